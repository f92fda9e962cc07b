#pragma once

#include "libsync/base/error.h"
#include "libsync/net/listener.h"
#include "libsync/session/exposure.h"
#include "libsync/session/web_entrance.h"

#include <QHostAddress>
#include <QObject>
#include <QString>

#include <functional>

namespace cowrite::session {

/// What a server does with the rooms people ask for.
struct RoomPolicy {
    /// Whether there is such a room for whoever asks; the name is well-formed. Before any upgrade.
    std::function<bool(const QString &room)> admits;
    /// Somebody came in; takes the channel over.
    std::function<void(const QString &room, net::WebSocketChannel *channel)> enter;
};

/// The port of a server of rooms: `/r/<room>`, `/<room>` for clients that know no better, the page
/// for browsers, and `/healthz`. The same in `cowrited` and in the app.
class RoomServer : public QObject {
    Q_OBJECT

public:
    explicit RoomServer(RoomPolicy policy, net::ListenerOptions options = {},
                        QObject *parent = nullptr);

    /// Port 0 picks one. Errors, each a sentence: Denied for an address beyond loopback without
    /// OpenNetwork; those of net::Listener::listen().
    Result<void> listen(const QHostAddress &address, quint16 port, Exposure exposure);
    void close();
    [[nodiscard]] bool isListening() const { return m_listener.isListening(); }
    [[nodiscard]] quint16 port() const { return m_listener.port(); }
    [[nodiscard]] QHostAddress address() const { return m_listener.address(); }

private:
    [[nodiscard]] tl::expected<WebAccess, WebRefusal> accessTo(const QString &room) const;
    [[nodiscard]] net::Verdict route(const net::Request &request) const;

    RoomPolicy m_policy;
    WebEntrance m_web;
    net::Listener m_listener;
};

} // namespace cowrite::session
