#include "libsync/net/origin_check.h"

#include <QSysInfo>
#include <QUrl>

namespace cowrite::net {

namespace {

bool isLoopbackName(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

bool isOurName(const QString &host)
{
    const QString machine = QSysInfo::machineHostName().toLower();
    return !QHostAddress(host).isNull() || host == u"localhost" ||
           (!machine.isEmpty() && (host == machine || host == machine + QLatin1String(".local")));
}

/// A port that is not named is that of the scheme, which a Host does not tell.
bool isSamePort(const QUrl &origin, const QUrl &host)
{
    const int usual = origin.scheme() == u"https" ? 443 : 80;
    return origin.port(usual) == host.port(usual);
}

} // namespace

Result<void> checkOrigin(const RequestHead &head, const QHostAddress &boundTo,
                         const TrustedNames &trusted)
{
    const QUrl host(QLatin1String("http://") + QString::fromLatin1(head.header("Host")));
    const QString hostName = host.host().toLower();
    const bool isOurs = boundTo.isLoopback() ? isLoopbackName(hostName) : isOurName(hostName);
    if (!host.isValid() || !(isOurs || trusted.hosts.contains(hostName))) {
        return fail(ErrorCode::Denied, "This server does not go by that name.");
    }
    const QByteArray originHeader = head.header("Origin");
    if (originHeader.isEmpty() || trusted.origins.contains(QString::fromLatin1(originHeader))) {
        return {};
    }
    const QUrl origin(QString::fromLatin1(originHeader));
    const QString originName = origin.host().toLower();
    const bool sameOrigin = originName == hostName && isSamePort(origin, host);
    if (!sameOrigin && !(isLoopbackName(originName) && isLoopbackName(hostName))) {
        return fail(ErrorCode::Denied, "Pages from elsewhere may not connect to this server.");
    }
    return {};
}

} // namespace cowrite::net
