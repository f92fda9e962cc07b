#include "libsync/net/foreign_address.h"

#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cowrite::net {

namespace {

/// Behind one of these JupyterLab and Notebook show the path of a file.
constexpr std::array kJupyterViews{QLatin1String("lab/tree/"), QLatin1String("doc/tree/"),
                                   QLatin1String("notebooks/"), QLatin1String("edit/")};
constexpr quint16 kHttpPort = 80;
constexpr quint16 kHttpsPort = 443;

bool isToken(const QString &token)
{
    return token.size() <= kMaxTokenLength && std::all_of(token.begin(), token.end(), [](QChar c) {
               return c.unicode() > 0x20 && c.unicode() < 0x7f;
           });
}

/// What cannot stand in a path that is sent to a server.
bool isPath(const QString &path)
{
    return path.size() <= 1024 && std::none_of(path.begin(), path.end(), [](QChar c) {
               return c.category() == QChar::Other_Control;
           });
}

std::optional<RoomAddress> parseYSweet(const QUrl &url)
{
    RoomAddress address;
    address.form = RoomAddress::Form::YSweet;
    address.encrypted = url.scheme() == u"yss";
    address.host = url.host();
    address.port = static_cast<quint16>(url.port(address.encrypted ? kHttpsPort : kHttpPort));
    address.token = url.userName(QUrl::FullyDecoded);
    const QString path = url.path(QUrl::FullyDecoded);
    address.room = path.section(u'/', -1);
    address.base = path.section(u'/', 1, -2);
    // The ids of its documents have fewer characters than our rooms; the server will say.
    const bool isGood = !address.host.isEmpty() && isRoomName(address.room) &&
                        isPath(address.base) && isToken(address.token);
    return isGood ? std::optional(address) : std::nullopt;
}

std::optional<RoomAddress> parseJupyter(const QUrl &url)
{
    RoomAddress address;
    address.form = RoomAddress::Form::Jupyter;
    address.encrypted = url.scheme() == u"https";
    address.host = url.host();
    address.port = static_cast<quint16>(url.port(address.encrypted ? kHttpsPort : kHttpPort));
    address.token = QUrlQuery(url).queryItemValue(QStringLiteral("token"), QUrl::FullyDecoded);
    const QString path = url.path(QUrl::FullyDecoded);
    qsizetype view = -1;
    for (const QLatin1String name : kJupyterViews) {
        const qsizetype at = path.indexOf(u'/' + name);
        if (at >= 0 && (view < 0 || at < view)) {
            view = at;
            address.room = path.mid(at + 1 + name.size());
        }
    }
    if (view < 0) {
        return std::nullopt;
    }
    address.base = path.mid(1, std::max(qsizetype{0}, view - 1));
    const bool isGood = !address.host.isEmpty() && !address.room.isEmpty() &&
                        !address.room.endsWith(u'/') && isPath(address.room) &&
                        isPath(address.base) && isToken(address.token);
    return isGood ? std::optional(address) : std::nullopt;
}

} // namespace

std::optional<RoomAddress> parseForeignAddress(const QUrl &url)
{
    if (!url.isValid()) {
        return std::nullopt;
    }
    if (url.scheme() == u"ys" || url.scheme() == u"yss") {
        return parseYSweet(url);
    }
    const bool isPage = url.scheme() == u"http" || url.scheme() == u"https";
    return isPage && url.userInfo().isEmpty() ? parseJupyter(url) : std::nullopt;
}

QString writeForeignAddress(const RoomAddress &address, ForeignToken token)
{
    const bool isShown = token == ForeignToken::Shown && !address.token.isEmpty();
    if (address.form == RoomAddress::Form::YSweet) {
        QUrl url = address.httpUrl(address.room);
        url.setScheme(address.encrypted ? QStringLiteral("yss") : QStringLiteral("ys"));
        url.setUserName(isShown ? address.token : QString(), QUrl::DecodedMode);
        return QString::fromLatin1(url.toEncoded());
    }
    QUrl url = address.httpUrl(kJupyterViews.front() + address.room);
    if (isShown) {
        url.setQuery(QStringLiteral("token=") +
                     QString::fromLatin1(QUrl::toPercentEncoding(address.token)));
    }
    return QString::fromLatin1(url.toEncoded());
}

} // namespace cowrite::net
