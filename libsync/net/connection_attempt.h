#pragma once

#include "libsync/net/address.h"
#include "libsync/net/room_locator.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

class QSslSocket;
class QTcpSocket;
class QWebSocket;

namespace cowrite::net {

/// Whether the server was reached at this address before. What was found once comes back: its host
/// may just have closed the document for a while.
enum class Known { NotYet, Yes };

/// One attempt to connect; reports once, never within start(), and destroys what it has when it
/// goes.
class ConnectionAttempt : public QObject {
public:
    struct Ends {
        std::function<void()> connected;
        /// A sentence, and whether another attempt is in vain.
        std::function<void(const QString &message, bool isFinal)> failed;
    };

    ConnectionAttempt(RoomAddress address, Known known, Ends ends);
    ~ConnectionAttempt() override;

    void start(std::chrono::milliseconds deadline, std::size_t maxMessageBytes);
    /// Nothing is reported from here on. Safe within a signal of the socket; deletes itself.
    void abandon();
    /// What the web socket runs on; null before start().
    [[nodiscard]] QTcpSocket *transport() const;
    /// Once connected.
    [[nodiscard]] std::unique_ptr<QWebSocket> takeSocket();
    /// Once connected: whether the server has said that it takes no edits.
    [[nodiscard]] bool isReadOnly() const { return m_isReadOnly; }

private:
    void locate();
    void open(const RoomEndpoint &endpoint);
    void watchCertificate();
    void refuse(const QString &why);
    void fail(const QString &message, bool isFinal);

    RoomAddress m_address;
    Known m_known;
    Ends m_ends;
    std::unique_ptr<QWebSocket> m_socket;
    RoomLocator m_locator;
    QTimer m_deadline;
    bool m_isReadOnly = false;
    bool m_hasFailed = false;
    bool m_isStarting = false;
    bool m_isAbandoned = false;
};

} // namespace cowrite::net
