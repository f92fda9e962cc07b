#include "app/desktop/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <string_view>

namespace cowrite::desktop {

namespace {

constexpr char kDescription[] =
    R"(Cowrite: several people write the same document at once.

Without a window (--headless) it hosts FILE, or the last document, or joins an
address, until SIGTERM ends it with everything saved.

With --control, scripts steer it: each line on standard input is a JSON object,
and so is each line on standard output. The first answer is {"event":"ready",
"link":ADDRESS}. Edits are answered only if they fail, or if they carry an "id",
which is repeated in the answer. Offsets count UTF-16 units; they never cut a
surrogate pair.
  {"do":"insert","at":0,"text":"Hi"}      {"do":"delete","at":0,"length":2}
  {"do":"edit","patches":[[AT,DELETED,"INSERTED"],...]}     as one step
  {"do":"format","at":0,"length":2,"attributes":{"bold":true}}
  {"do":"chat","text":"Hello"}            {"do":"cursor","anchor":0,"head":2}
  {"do":"wait","until":"online"|"offline"|"saved"|"stored"}
                            stored: online, and nothing waits for the server
  {"do":"print"}            text, delta, state vector, deletions, update (base64)
  {"do":"status"}           edits, connection, people, disk
  {"do":"connect"}  {"do":"disconnect"}  {"do":"quit"})";

QString defaultProfile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QLatin1String("/cowrite/profile");
}

tl::unexpected<Error> misused(const char *sentence)
{
    return fail(ErrorCode::Malformed, sentence);
}

} // namespace

Result<std::variant<Options, PrintText>> parseOptions(const QStringList &arguments,
                                                      const QString &folder)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QString::fromUtf8(kDescription));
    const QCommandLineOption profile(
        QStringLiteral("profile"),
        QStringLiteral("Folder for documents and settings. Default: %1.").arg(defaultProfile()),
        QStringLiteral("DIR"), defaultProfile());
    const QCommandLineOption name(QStringLiteral("name"),
                                  QStringLiteral("Your name, as others see it."),
                                  QStringLiteral("NAME"));
    const QCommandLineOption join(QStringLiteral("join"),
                                  QStringLiteral("Open the shared document at this address."),
                                  QStringLiteral("ADDRESS"));
    const QCommandLineOption host(QStringLiteral("host"),
                                  QStringLiteral("Share from this app; port 0 picks a free one."),
                                  QStringLiteral("ADDRESS:PORT"));
    const QCommandLineOption open(
        QStringLiteral("open"),
        QStringLiteral("With --host: whoever reaches the address may write, without the invitation "
                       "in the link. Beyond this machine it needs --allow-open-network too."));
    const QCommandLineOption network(
        QStringLiteral("allow-open-network"),
        QStringLiteral("With --host beyond this machine: let in those who come unencrypted as "
                       "well, such as browsers."));
    const QCommandLineOption headless(QStringLiteral("headless"),
                                      QStringLiteral("Run without a window."));
    const QCommandLineOption control(
        QStringLiteral("control"),
        QStringLiteral("With --headless: take commands on standard input."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Show this text."));
    const QCommandLineOption version(QStringLiteral("version"),
                                     QStringLiteral("Show the version."));
    parser.addOptions({profile, name, join, host, open, network, headless, control, help, version});
    parser.addPositionalArgument(
        QStringLiteral("FILE"),
        QStringLiteral("Text files, or links of shared documents; without a window only one."),
        QStringLiteral("[FILE...]"));
    if (!parser.parse(arguments)) {
        return fail(ErrorCode::Malformed, parser.errorText().toStdString() + " Try --help.");
    }
    if (parser.isSet(help)) {
        return PrintText{parser.helpText()};
    }
    if (parser.isSet(version)) {
        return PrintText{QStringLiteral("cowrite " COWRITE_VERSION "\n")};
    }
    Options options;
    const QDir here(folder);
    options.profileDirectory = QDir::cleanPath(here.absoluteFilePath(parser.value(profile)));
    options.name = parser.value(name).trimmed();
    options.joinAddress = parser.value(join);
    options.isHeadless = parser.isSet(headless);
    options.hasControl = parser.isSet(control);
    options.exposure =
        parser.isSet(network) ? session::Exposure::OpenNetwork : session::Exposure::Encrypted;
    if (parser.isSet(open)) {
        options.admission = session::Admission::Everybody;
    }
    if (parser.isSet(host)) {
        const Result<net::ListenAddress> address = net::parseListenAddress(parser.value(host));
        if (!address) {
            return tl::unexpected(address.error());
        }
        options.host = *address;
    }
    const QStringList rest = parser.positionalArguments();
    for (const QString &argument : rest) {
        const QUrl url(argument);
        if (url.isLocalFile()) {
            options.files.append(url.toLocalFile());
        } else if (argument.contains(QLatin1String("://"))) {
            options.links.append(argument);
        } else {
            options.files.append(QDir::cleanPath(here.absoluteFilePath(argument)));
        }
    }
    if (options.isHeadless) {
        // The person who starts it without a window is there to be asked no more.
        if (rest.size() > 1) {
            return misused("Without a window only one file can be given. Try --help.");
        }
        if (!options.links.isEmpty()) {
            options.joinAddress = options.links.takeFirst();
        }
    }
    const bool isJoining = !options.joinAddress.isEmpty() || !options.links.isEmpty();
    if (isJoining && (options.host || !options.files.isEmpty())) {
        return misused("A document is either joined or shared from here, not both.");
    }
    if (options.hasControl && !options.isHeadless) {
        return misused("--control works with --headless only.");
    }
    return options;
}

bool asksForHeadless(int argc, const char *const *argv)
{
    static constexpr std::string_view kWithout[] = {"--headless", "--help", "-h", "--version"};
    return std::any_of(argv, argv + argc, [](std::string_view argument) {
        return std::find(std::begin(kWithout), std::end(kWithout), argument) != std::end(kWithout);
    });
}

} // namespace cowrite::desktop
