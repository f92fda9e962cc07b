#include "libsync/net/address.h"

#include "libsync/base/limits.h"
#include "libsync/net/certificate.h"
#include "libsync/net/foreign_address.h"

#include <QHostAddress>

#include <algorithm>
#include <array>

namespace cowrite::net {

namespace {

constexpr QLatin1String kCowritePrefix("r/");
constexpr QLatin1String kSchemeAround("cowrite:");
constexpr std::array kSecretParameters{QLatin1String("token"), QLatin1String("access_token"),
                                       QLatin1String("auth"),  QLatin1String("yauth"),
                                       QLatin1String("jwt"),   QLatin1String("password"),
                                       QLatin1String("secret")};

bool isRoomCharacter(QChar c)
{
    const ushort u = c.unicode();
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '.' ||
           u == '_' || u == '~' || u == '-';
}

/// In a request line it would end the path, or the request.
bool isControlCharacter(QChar c)
{
    return c.category() == QChar::Other_Control;
}

/// What stands behind one of the marks may be a secret, even where the rest is no address.
tl::unexpected<Error> notAnAddress(const QString &text)
{
    return fail(ErrorCode::Malformed,
                "“" + text.section(u'#', 0, 0).section(u'?', 0, 0).toStdString() +
                    "” is not the address of a shared document. It looks like "
                    "cowrite://computer:7300/r/name or ws://computer:1234/name.");
}

/// Reads `fingerprint.token` into `address`.
Result<void> readFragment(const QString &fragment, RoomAddress &address)
{
    const qsizetype dot = fragment.indexOf(u'.');
    address.fingerprint = (dot < 0 ? fragment : fragment.left(dot)).toLatin1();
    address.token = dot < 0 ? QString() : fragment.mid(dot + 1);
    if ((!address.fingerprint.isEmpty() && !isFingerprint(address.fingerprint)) ||
        (!address.token.isEmpty() && !isTokenText(address.token))) {
        return fail(ErrorCode::Malformed,
                    "The end of this link, behind the #, is damaged. Copy the whole link again.");
    }
    return {};
}

QString bracketed(const QString &host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

QString encodedPath(const QString &room)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(room, "/"));
}

QString encodedQuery(const QList<QPair<QString, QString>> &parameters)
{
    QStringList parts;
    for (const auto &[key, value] : parameters) {
        parts.append(QString::fromLatin1(QUrl::toPercentEncoding(key) + '=' +
                                         QUrl::toPercentEncoding(value)));
    }
    return parts.join(u'&');
}

using Parameters = QList<QPair<QString, QString>>;

Parameters withoutSecrets(Parameters parameters)
{
    parameters.removeIf([](const auto &parameter) { return isSecretParameter(parameter.first); });
    return parameters;
}

QList<QPair<QString, QString>> decodedQuery(const QString &query)
{
    QList<QPair<QString, QString>> parameters;
    for (const QString &part : query.split(u'&', Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(u'=');
        const QString key = equals < 0 ? part : part.left(equals);
        const QString value = equals < 0 ? QString() : part.mid(equals + 1);
        parameters.append(
            {QUrl::fromPercentEncoding(key.toUtf8()), QUrl::fromPercentEncoding(value.toUtf8())});
    }
    return parameters;
}

} // namespace

bool isRoomName(QStringView name)
{
    if (name.isEmpty() || name.size() > static_cast<qsizetype>(limits::kMaxRoomNameLength)) {
        return false;
    }
    // These two mean something to whoever normalises a path on the way.
    if (name == u"." || name == u"..") {
        return false;
    }
    return std::all_of(name.begin(), name.end(), isRoomCharacter);
}

QUrl RoomAddress::httpUrl(const QString &path) const
{
    const QString whole = base.isEmpty() ? path : base + u'/' + path;
    // JupyterLab joins the name of a room by colons.
    return QUrl(QLatin1String(encrypted ? "https://" : "http://") + server() + u'/' +
                    QString::fromLatin1(QUrl::toPercentEncoding(whole, "/:")),
                QUrl::StrictMode);
}

QUrl RoomAddress::webSocketUrl() const
{
    const QString server = QLatin1String(encrypted ? "wss://" : "ws://") + bracketed(host) + u':' +
                           QString::number(port);
    if (form == Form::Cowrite) {
        return yWebSocketUrl(server, kCowritePrefix + room, {});
    }
    return yWebSocketUrl(server, room, parameters);
}

QString RoomAddress::toString() const
{
    if (form == Form::YSweet || form == Form::Jupyter) {
        return writeForeignAddress(*this, ForeignToken::LeftOut);
    }
    if (!fingerprint.isEmpty()) {
        return QLatin1String("cowrite://") + server() + u'/' + kCowritePrefix + encodedPath(room) +
               u'#' + QString::fromLatin1(fingerprint);
    }
    if (form == Form::Cowrite && !encrypted) {
        return QLatin1String("cowrite://") + server() + u'/' + kCowritePrefix + encodedPath(room);
    }
    RoomAddress shown = *this;
    shown.parameters = withoutSecrets(parameters);
    return QString::fromLatin1(shown.webSocketUrl().toEncoded());
}

QString RoomAddress::secret() const
{
    if (form != Form::Plain) {
        return token;
    }
    Parameters secrets = parameters;
    secrets.removeIf([](const auto &parameter) {
        return !isSecretParameter(parameter.first) || parameter.second.isEmpty();
    });
    return encodedQuery(secrets);
}

void RoomAddress::setSecret(const QString &secret)
{
    if (form == Form::Plain) {
        parameters = withoutSecrets(parameters) + decodedQuery(secret);
    } else {
        token = secret;
    }
}

QString RoomAddress::toLink() const
{
    if (form == Form::Plain) {
        return QString::fromLatin1(webSocketUrl().toEncoded());
    }
    if (token.isEmpty()) {
        return toString();
    }
    if (form == Form::YSweet || form == Form::Jupyter) {
        return writeForeignAddress(*this, ForeignToken::Shown);
    }
    return toString() + QLatin1String(fingerprint.isEmpty() ? "#." : ".") + token;
}

QString RoomAddress::toPageLink() const
{
    if (form != Form::Cowrite) {
        return {};
    }
    const QString end =
        QString::fromLatin1(fingerprint) + (token.isEmpty() ? QString() : u'.' + token);
    return QLatin1String(encrypted ? "https://" : "http://") + server() + u'/' + kCowritePrefix +
           encodedPath(room) + (end.isEmpty() ? QString() : u'#' + end);
}

QString RoomAddress::server() const
{
    return bracketed(host) + u':' + QString::number(port);
}

Result<RoomAddress> parseRoomAddress(const QString &text)
{
    QString trimmed = text.trimmed();
    // As the page gives it to the app: only that scheme leads there.
    if (trimmed.startsWith(QLatin1String("cowrite:http"))) {
        trimmed.remove(0, kSchemeAround.size());
    }
    const bool hasScheme = trimmed.contains(QLatin1String("://"));
    const QUrl url((hasScheme ? QString() : QStringLiteral("ws://")) + trimmed, QUrl::TolerantMode);
    const QString scheme = url.scheme();
    const bool isPage = scheme == u"https" || scheme == u"http";
    if (const auto foreign = parseForeignAddress(url)) {
        return *foreign;
    }
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() ||
        (scheme != u"cowrite" && scheme != u"ws" && scheme != u"wss" && !isPage)) {
        return notAnAddress(trimmed);
    }
    RoomAddress address;
    address.host = url.host();
    address.encrypted = scheme == u"wss" || scheme == u"https";
    address.port = static_cast<quint16>(
        url.port(scheme == u"cowrite" ? kDefaultPort : (address.encrypted ? 443 : 80)));
    // A path without scheme or port means our own default rather than port 80.
    if (!hasScheme && url.port() < 0) {
        address.port = kDefaultPort;
    }
    const QString path = url.path(QUrl::FullyDecoded).mid(1);
    if (path.isEmpty() || path.size() > 1024) {
        return notAnAddress(trimmed);
    }
    if (path.startsWith(kCowritePrefix)) {
        address.form = RoomAddress::Form::Cowrite;
        address.room = path.mid(kCowritePrefix.size());
        if (!isRoomName(address.room)) {
            return notAnAddress(trimmed);
        }
        if (const auto read = readFragment(url.fragment(QUrl::FullyEncoded), address); !read) {
            return tl::unexpected(read.error());
        }
        address.encrypted = address.encrypted || !address.fingerprint.isEmpty();
        return address;
    }
    if (scheme == u"cowrite" || isPage) {
        return notAnAddress(trimmed);
    }
    if (std::any_of(path.begin(), path.end(), isControlCharacter)) {
        return notAnAddress(trimmed);
    }
    address.form = RoomAddress::Form::Plain;
    address.room = path;
    address.parameters = decodedQuery(url.query(QUrl::FullyEncoded));
    return address;
}

bool isSameRoom(const RoomAddress &left, const RoomAddress &right)
{
    return left.form == right.form && left.host == right.host && left.port == right.port &&
           left.base == right.base && left.room == right.room &&
           withoutSecrets(left.parameters) == withoutSecrets(right.parameters);
}

bool isSecretParameter(const QString &name)
{
    return std::any_of(
        kSecretParameters.begin(), kSecretParameters.end(),
        [&](QLatin1String secret) { return name.compare(secret, Qt::CaseInsensitive) == 0; });
}

bool isTokenText(QStringView token)
{
    return !token.isEmpty() && token.size() <= kMaxTokenLength &&
           std::all_of(token.begin(), token.end(),
                       [](QChar c) { return isRoomCharacter(c) && c != u'.' && c != u'~'; });
}

QUrl yWebSocketUrl(const QString &serverUrl, const QString &room,
                   const QList<QPair<QString, QString>> &parameters)
{
    QString server = serverUrl;
    while (server.endsWith(u'/')) {
        server.chop(1);
    }
    const QString query = encodedQuery(parameters);
    return QUrl(server + u'/' + encodedPath(room) + (query.isEmpty() ? QString() : u'?' + query),
                QUrl::StrictMode);
}

Result<ListenAddress> parseListenAddress(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const ushort port = colon < 0 ? 0 : text.mid(colon + 1).toUShort(&isNumber);
    QString host = colon < 0 ? QString() : text.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']')) {
        host = host.mid(1, host.size() - 2);
    }
    if (host == u"localhost") {
        host = QStringLiteral("127.0.0.1");
    }
    if (!isNumber || QHostAddress(host).isNull()) {
        return fail(ErrorCode::Malformed, "“" + text.toStdString() +
                                              "” is not an address to listen on. It looks like "
                                              "127.0.0.1:7300; port 0 picks a free one.");
    }
    return ListenAddress{host, port};
}

} // namespace cowrite::net
