#include "app/server/options.h"

#include "libsync/base/overloaded.h"
#include "libsync/net/forwarded.h"

#include <array>

namespace cowrite::server {

namespace {

using std::chrono::milliseconds;

constexpr int kMany = 1'000'000;
constexpr std::size_t kKiB = std::size_t{1} << 10;
constexpr std::size_t kMuch = std::size_t{1} << 36;
constexpr milliseconds kTenth{100};
constexpr milliseconds kHour = std::chrono::hours(1);

// A captureless lambda is a pointer to a function.
#define COWRITE_MEMBER(NAME)                                                                       \
    [](ServerOptions & options) -> auto &                                                          \
    {                                                                                              \
        return options.NAME;                                                                       \
    }

constexpr char kRooms[] = "Where the server is, and who may come";
constexpr char kTls[] = "Encryption";
constexpr char kLimits[] = "Limits";

const auto kOptions = std::to_array<Option>({
    {kRooms, "listen", "ADDRESS:PORT", "Where to listen; port 0 picks a free one.",
     Applies::OnRestart, Listening{COWRITE_MEMBER(listen)}},
    {kRooms, "data", "DIR",
     "Folder for the documents; if empty, “cowrited” among this user's own data.",
     Applies::OnRestart, Text{COWRITE_MEMBER(dataDirectory)}},
    {kRooms, "open", "",
     "Let in everybody who reaches the address, without invitation. Otherwise make invitations "
     "with cowritectl token.",
     Applies::OnRestart, Switch{COWRITE_MEMBER(isOpen)}},
    {kRooms, "allow-open-network", "",
     "Listen beyond this machine although nothing is encrypted, or although everybody is let in "
     "and whoever reaches the address can read and write everything.",
     Applies::OnRestart, Switch{COWRITE_MEMBER(allowsOpenNetwork)}},
    {kRooms, "trusted-hosts", "NAMES",
     "Names by which browsers reach this server, beside its own name and address, in lower case "
     "and without a port.",
     Applies::OnReload, Names{COWRITE_MEMBER(trustedHosts)}},
    {kRooms, "trusted-origins", "ORIGINS",
     "Pages of elsewhere that may connect, for instance https://notes.example.org.",
     Applies::OnReload, Names{COWRITE_MEMBER(trustedOrigins)}},
    {kRooms, "trusted-proxies", "ADDRESSES",
     "Proxies that are believed when X-Forwarded-For says for whom they ask, for instance "
     "127.0.0.1 "
     "or 10.0.0.0/8. Limits and the audit log then know guests by their own addresses; without it, "
     "all that come through a proxy are one.",
     Applies::OnReload,
     Names{COWRITE_MEMBER(trustedProxies),
           [](const QString &name) { return net::networkFrom(name).has_value(); }}},
    {kTls, "tls", "",
     "Encrypt with a certificate that is made on first use and kept in the data folder. Links "
     "carry its fingerprint; browsers do not know it.",
     Applies::OnRestart, Switch{COWRITE_MEMBER(hasSelfMadeCertificate)}},
    {kTls, "tls-cert", "FILE",
     "Encrypt with this certificate: PEM, followed by those that vouch for it. SIGHUP reads it "
     "again. With one or without one is decided at the start.",
     Applies::OnReload, Text{COWRITE_MEMBER(certificateFile)}},
    {kTls, "tls-key", "FILE",
     "Its private key, PEM without a password; if empty, it is in the same file.",
     Applies::OnReload, Text{COWRITE_MEMBER(keyFile)}},
    {kLimits, "limit-this-machine", "",
     "Hold programs on this machine to the limits of a user, too.", Applies::OnReload,
     Switch{COWRITE_MEMBER(limitsThisMachine)}},
    {kLimits, "messages", "N",
     "Messages of one user in each window. Beyond it the server stops reading until there is room. "
     "A user is an invitation and the address that it comes from, or else the address.",
     Applies::OnReload, Count{COWRITE_MEMBER(users.messages.messages), 1, kMany}},
    {kLimits, "bytes", "SIZE",
     "Bytes of one user in each window; what was written offline counts for nothing.",
     Applies::OnReload, Size{COWRITE_MEMBER(users.messages.bytes), kKiB, kMuch}},
    {kLimits, "window", "TIME", "The window, which slides.", Applies::OnReload,
     Duration{COWRITE_MEMBER(users.messages.window), kTenth, kHour}},
    {kLimits, "patience", "TIME",
     "Who sends so much at once that it would have to wait for longer than this is closed.",
     Applies::OnReload, Duration{COWRITE_MEMBER(users.messages.patience), kTenth, kHour}},
    {kLimits, "connections", "N", "Connections of all together.", Applies::OnReload,
     Count{COWRITE_MEMBER(users.connections), 1, kMany}},
    {kLimits, "connections-per-user", "N", "Connections of one user.", Applies::OnReload,
     Count{COWRITE_MEMBER(users.connectionsPerUser), 1, kMany}},
    {kLimits, "connections-per-address", "N", "Connections from one address.", Applies::OnReload,
     Count{COWRITE_MEMBER(users.connectionsPerAddress), 1, kMany}},
    {kLimits, "guests-per-room", "N",
     "Connections to one document; for documents that are opened from then on.", Applies::OnReload,
     Count{COWRITE_MEMBER(guestsPerRoom), 1, kMany}},
    {kLimits, "document-size", "SIZE",
     "Of one document, as an update of Yjs; a larger one only shrinks. For documents that are "
     "opened from then on.",
     Applies::OnReload, Size{COWRITE_MEMBER(documentBytes), kKiB, kMuch}},
    {kLimits, "rooms", "N", "Documents of all together; beyond it no new ones are made.",
     Applies::OnReload, Count{COWRITE_MEMBER(rooms), 1, 100 * kMany}},
    {kLimits, "new-rooms-per-minute", "N", "How many documents one address may make.",
     Applies::OnReload, Count{COWRITE_MEMBER(newRoomsPerMinute), 1, kMany}},
    {kLimits, "handshakes-per-minute", "N", "How often one address may connect.", Applies::OnReload,
     Count{COWRITE_MEMBER(handshakesPerMinute), 1, kMany}},
    {kLimits, "bad-tokens-per-minute", "N",
     "How often one address may show what is no good invitation.", Applies::OnReload,
     Count{COWRITE_MEMBER(badTokensPerMinute), 1, kMany}},
    {kLimits, "handshake-deadline", "TIME",
     "Until a connection has said what it wants, and then until it has sent the rest.",
     Applies::OnRestart, Duration{COWRITE_MEMBER(handshakeDeadline), kTenth, kHour}},
    {kLimits, "message-deadline", "TIME",
     "Of a message that was begun, 8 KiB at least must come in each such time.", Applies::OnRestart,
     Duration{COWRITE_MEMBER(messageDeadline), kTenth, kHour}},
});

#undef COWRITE_MEMBER

tl::unexpected<Error> isNot(const QString &value, const std::string &what)
{
    return fail(ErrorCode::Malformed, "“" + value.toStdString() + "” is not " + what + '.');
}

/// A number and a unit, as many as it says.
struct Unit {
    const char *name;
    qint64 size;
};

/// More than that is no quantity of anything here.
constexpr qint64 kMostOfAnything = qint64{1} << 56;

constexpr std::array<Unit, 4> kSizes{
    {{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"B", 1}}};
constexpr std::array<Unit, 3> kTimes{{{"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

template <std::size_t N>
std::optional<qint64> quantityFrom(const QString &text, const std::array<Unit, N> &units)
{
    for (const Unit &unit : units) {
        const QLatin1String name(unit.name);
        bool isNumber = false;
        const qint64 number =
            text.endsWith(name) ? text.chopped(name.size()).toLongLong(&isNumber) : 0;
        if (isNumber && number >= 0 && number <= kMostOfAnything / unit.size) {
            return number * unit.size;
        }
    }
    return std::nullopt;
}

/// In the largest unit that leaves nothing over.
template <std::size_t N>
QString quantityText(qint64 quantity, const std::array<Unit, N> &units)
{
    for (const Unit &unit : units) {
        if (quantity % unit.size == 0 && (quantity != 0 || unit.size == 1)) {
            return QString::number(quantity / unit.size) + QLatin1String(unit.name);
        }
    }
    return QString::number(quantity);
}

QString listenText(const net::ListenAddress &address)
{
    const bool isV6 = address.address.contains(u':');
    return (isV6 ? u'[' + address.address + u']' : address.address) + u':' +
           QString::number(address.port);
}

template <typename T, typename Print>
Result<void> setWithin(T &target, T value, T least, T most, const Print &print)
{
    if (value < least || value > most) {
        return fail(ErrorCode::OutOfRange,
                    print(value) + " is not between " + print(least) + " and " + print(most) + '.');
    }
    target = value;
    return {};
}

std::string sizeText(std::size_t size)
{
    return quantityText(static_cast<qint64>(size), kSizes).toStdString();
}

std::string timeText(milliseconds time)
{
    return quantityText(time.count(), kTimes).toStdString();
}

} // namespace

std::span<const Option> options()
{
    return kOptions;
}

Result<void> setOption(const Option &option, const QString &value, ServerOptions &options)
{
    return std::visit(
        Overloaded{
            [&](const Switch &field) -> Result<void> {
                if (value != u"true" && value != u"false") {
                    return isNot(value, "true or false");
                }
                field.member(options) = value == u"true";
                return {};
            },
            [&](const Text &field) -> Result<void> {
                field.member(options) = value;
                return {};
            },
            [&](const Names &field) -> Result<void> {
                QStringList names = value.split(u',', Qt::SkipEmptyParts);
                for (QString &name : names) {
                    name = name.trimmed();
                }
                for (const QString &name : std::as_const(names)) {
                    if (field.isName && !field.isName(name)) {
                        return isNot(name, "an address");
                    }
                }
                field.member(options) = names;
                return {};
            },
            [&](const Listening &field) -> Result<void> {
                const auto address = net::parseListenAddress(value);
                if (!address) {
                    return tl::unexpected(address.error());
                }
                field.member(options) = *address;
                return {};
            },
            [&](const Count &field) -> Result<void> {
                bool isNumber = false;
                const int number = value.toInt(&isNumber);
                if (!isNumber) {
                    return isNot(value, "a number");
                }
                return setWithin(field.member(options), number, field.least, field.most,
                                 [](int it) { return std::to_string(it); });
            },
            [&](const Size &field) -> Result<void> {
                const auto size = quantityFrom(value, kSizes);
                if (!size) {
                    return isNot(value, "a size; it looks like 500B, 64KiB or 16MiB");
                }
                return setWithin(field.member(options), static_cast<std::size_t>(*size),
                                 field.least, field.most, sizeText);
            },
            [&](const Duration &field) -> Result<void> {
                const auto time = quantityFrom(value, kTimes);
                if (!time) {
                    return isNot(value, "a time; it looks like 500ms, 10s or 2m");
                }
                return setWithin(field.member(options), milliseconds(*time), field.least,
                                 field.most, timeText);
            },
        },
        option.field);
}

QString valueOf(const Option &option, ServerOptions options)
{
    return std::visit(
        Overloaded{
            [&](const Switch &field) {
                return field.member(options) ? QStringLiteral("true") : QStringLiteral("false");
            },
            [&](const Text &field) { return field.member(options); },
            [&](const Names &field) { return field.member(options).join(u','); },
            [&](const Listening &field) { return listenText(field.member(options)); },
            [&](const Count &field) { return QString::number(field.member(options)); },
            [&](const Size &field) {
                return quantityText(static_cast<qint64>(field.member(options)), kSizes);
            },
            [&](const Duration &field) {
                return quantityText(field.member(options).count(), kTimes);
            },
        },
        option.field);
}

} // namespace cowrite::server
