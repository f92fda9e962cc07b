#include "libsync/net/forwarded.h"

#include <algorithm>

namespace cowrite::net {

namespace {

constexpr char kForwardedFor[] = "X-Forwarded-For";

/// An address of version 4 stays one when it comes over a socket of version 6.
QHostAddress plain(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 ? QHostAddress(v4) : address;
}

bool isAmong(const QHostAddress &address, const QList<Network> &networks)
{
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network &network) { return address.isInSubnet(network); });
}

/// Some proxies name the port as well: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
QHostAddress addressIn(const QByteArray &entry)
{
    QByteArray text = entry.trimmed();
    if (text.startsWith('[')) {
        text = text.mid(1, text.indexOf(']') - 1);
    } else if (text.count(':') == 1) {
        text = text.left(text.indexOf(':'));
    }
    return plain(QHostAddress(QString::fromLatin1(text)));
}

} // namespace

std::optional<Network> networkFrom(const QString &text)
{
    const QHostAddress single(text);
    if (!single.isNull()) {
        return Network(single, single.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128);
    }
    const bool isNetwork = !QHostAddress(text.section(u'/', 0, 0)).isNull();
    const Network network = QHostAddress::parseSubnet(text);
    return isNetwork && network.second >= 0 ? std::optional(network) : std::nullopt;
}

QHostAddress senderOf(const RequestHead &head, const QHostAddress &peer,
                      const QList<Network> &trustedProxies)
{
    QHostAddress sender = plain(peer);
    if (!isAmong(sender, trustedProxies)) {
        return peer;
    }
    QList<QByteArray> entries;
    for (const auto &[name, value] : head.headers) {
        if (name.compare(kForwardedFor, Qt::CaseInsensitive) == 0) {
            entries += value.split(',');
        }
    }
    // Each proxy adds whom it heard at the end.
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const QHostAddress named = addressIn(*entry);
        if (named.isNull()) {
            break;
        }
        sender = named;
        if (!isAmong(sender, trustedProxies)) {
            break;
        }
    }
    return sender;
}

} // namespace cowrite::net
