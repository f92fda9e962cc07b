#include "libsync/session/room/hocuspocus_server.h"

#include "libsync/base/check.h"
#include "libsync/base/overloaded.h"
#include "libsync/net/address.h"
#include "libsync/protocol/hocuspocus_socket.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <map>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcHocuspocus, "cowrite.session.hocuspocus", QtWarningMsg)

/// How often deadlines are looked at; they are many seconds long.
constexpr std::chrono::milliseconds kTick{1'000};
/// The words that Hocuspocus itself uses; applications may look for them.
constexpr char kPermissionDenied[] = "permission-denied";

} // namespace

/// One document of a socket, as the guest of its room.
class HocuspocusServer::Guest : public GuestConnection {
public:
    Guest(Socket &socket, std::string address) : m_socket(&socket), m_address(std::move(address)) {}

    protocol::Greeting greeting() const override { return protocol::Greeting::WhenAsked; }
    protocol::Acknowledgements acknowledgements() const override
    {
        return protocol::Acknowledgements::Negotiated;
    }
    QString peer() const override;
    using GuestConnection::send;
    void send(ByteView message) override;
    void refused(bool addsNothing) override;
    void close(protocol::CloseCode code, const QString &reason) override;

    void deliver(const Bytes &message)
    {
        Q_EMIT received(QByteArray(reinterpret_cast<const char *>(message.data()),
                                   static_cast<qsizetype>(message.size())));
    }
    void end()
    {
        m_socket = nullptr;
        Q_EMIT closed();
    }

private:
    QPointer<Socket> m_socket;
    std::string m_address;
    bool m_isClosing = false;
};

/// A socket and its documents.
class HocuspocusServer::Socket : public QObject {
public:
    Socket(HocuspocusServer &server, net::WebSocketChannel *channel)
        : m_server(server), m_protocol(server.m_clock), m_channel(channel)
    {
        channel->setParent(this);
        connect(channel, &net::WebSocketChannel::received, this, &Socket::receive);
        connect(channel, &net::WebSocketChannel::closed, this, &Socket::onClosed);
    }

    QString peer() const { return m_channel->peer(); }

    void receive(const QByteArray &frame)
    {
        m_protocol.receive(net::viewOf(frame));
        drain();
    }

    void tick(std::chrono::steady_clock::time_point now)
    {
        if (now >= m_protocol.nextDeadline()) {
            m_protocol.tick();
            drain();
        }
    }

    void send(const std::string &address, ByteView message)
    {
        m_protocol.send(address, message);
        drain();
    }

    void refused(const std::string &address, bool addsNothing)
    {
        m_protocol.refused(address, addsNothing);
        drain();
    }

    /// The room does not want the guest any more.
    void dismiss(const std::string &address, protocol::CloseCode code, const QString &reason)
    {
        const auto found = m_guests.find(address);
        if (found == m_guests.end()) {
            return;
        }
        m_protocol.dismiss(address, code, reason.toStdString());
        drain();
        // With the whole socket it goes when that is closed.
        if (m_isClosing) {
            return;
        }
        QMetaObject::invokeMethod(
            this,
            [guest = found->second] {
                if (guest) {
                    guest->end();
                }
            },
            Qt::QueuedConnection);
        m_guests.erase(found);
    }

    void relay(const std::string &document, const std::string &exceptAddress,
               const std::string &payload)
    {
        m_protocol.relay(document, exceptAddress, payload);
        drain();
    }

    /// Says goodbye, and is done with the server.
    void dismissAll()
    {
        m_channel->disconnect(this);
        endGuests();
        if (!m_channel->isOpen()) {
            deleteLater();
            return;
        }
        connect(m_channel, &net::WebSocketChannel::closed, this, &QObject::deleteLater);
        m_channel->close(static_cast<int>(protocol::CloseCode::GoingAway), {});
    }

private:
    using Protocol = protocol::HocuspocusSocket;

    void onClosed()
    {
        endGuests();
        // The server may be busy with its sockets.
        QMetaObject::invokeMethod(
            &m_server, [this, &server = m_server] { server.onGone(*this); }, Qt::QueuedConnection);
    }

    void endGuests()
    {
        const auto guests = std::exchange(m_guests, {});
        for (const auto &[address, guest] : guests) {
            if (guest) {
                guest->end();
            }
        }
    }

    void drain()
    {
        if (std::exchange(m_isDraining, true)) {
            return;
        }
        for (auto effects = m_protocol.takeEffects(); !effects.empty();
             effects = m_protocol.takeEffects()) {
            for (const Protocol::Effect &effect : effects) {
                carryOut(effect);
            }
        }
        m_isDraining = false;
    }

    void carryOut(const Protocol::Effect &effect)
    {
        std::visit(Overloaded{
                       [this](const Protocol::Send &send) { m_channel->send(send.frame); },
                       [this](const Protocol::CloseSocket &close) {
                           qCInfo(lcHocuspocus, "closing %s: %s", qPrintable(peer()),
                                  close.reason.c_str());
                           m_isClosing = true;
                           m_channel->close(static_cast<int>(close.code),
                                            QString::fromStdString(close.reason));
                       },
                       [this](const Protocol::Ask &ask) { decide(ask); },
                       [this](const Protocol::Enter &enter) { this->enter(enter.address); },
                       [this](const Protocol::Deliver &deliver) {
                           const auto guest = m_guests.find(deliver.address);
                           if (guest != m_guests.end() && guest->second) {
                               guest->second->deliver(deliver.message);
                           }
                       },
                       [this](const Protocol::Leave &leave) { this->leave(leave.address); },
                       [this](const Protocol::Relay &relay) {
                           m_server.relay(*this, relay.address, relay.payload);
                       },
                   },
                   effect);
    }

    void decide(const Protocol::Ask &ask)
    {
        const QString room = roomOf(ask.address);
        const auto visitor =
            net::isRoomName(room)
                ? m_server.m_policy.admits(room, ask.token, m_channel->peerAddress())
                : std::nullopt;
        if (!visitor) {
            m_protocol.deny(ask.address, kPermissionDenied);
            return;
        }
        using protocol::hocuspocus::Scope;
        const auto guest = m_guests.find(ask.address);
        if (guest != m_guests.end() && guest->second) {
            guest->second->setVisitor(*visitor);
        } else {
            m_admitted.insert_or_assign(ask.address, *visitor);
        }
        m_protocol.admit(ask.address,
                         protocol::mayEdit(visitor->access) ? Scope::ReadWrite : Scope::ReadOnly);
    }

    void enter(const std::string &address)
    {
        auto guest = std::make_unique<Guest>(*this, address);
        const auto admitted = m_admitted.find(address);
        COWRITE_CHECK(admitted != m_admitted.end());
        guest->setVisitor(admitted->second);
        m_admitted.erase(admitted);
        m_guests[address] = guest.get();
        m_server.m_policy.enter(roomOf(address), std::move(guest));
    }

    void leave(const std::string &address)
    {
        const auto found = m_guests.find(address);
        if (found == m_guests.end()) {
            return;
        }
        const QPointer<Guest> guest = found->second;
        m_guests.erase(found);
        if (guest) {
            guest->end();
        }
    }

    static QString roomOf(const std::string &address)
    {
        const std::string_view name = protocol::hocuspocus::documentOf(address);
        return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    }

    HocuspocusServer &m_server;
    Protocol m_protocol;
    net::WebSocketChannel *m_channel;
    std::map<std::string, QPointer<Guest>> m_guests;
    /// Those who were let in and are on their way.
    std::map<std::string, Visitor> m_admitted;
    bool m_isDraining = false;
    bool m_isClosing = false;
};

QString HocuspocusServer::Guest::peer() const
{
    return m_socket ? m_socket->peer() : QString();
}

void HocuspocusServer::Guest::send(ByteView message)
{
    if (m_socket) {
        m_socket->send(m_address, message);
    }
}

void HocuspocusServer::Guest::refused(bool addsNothing)
{
    if (m_socket) {
        m_socket->refused(m_address, addsNothing);
    }
}

void HocuspocusServer::Guest::close(protocol::CloseCode code, const QString &reason)
{
    if (m_socket && !std::exchange(m_isClosing, true)) {
        m_socket->dismiss(m_address, code, reason);
    }
}

HocuspocusServer::HocuspocusServer(HocuspocusPolicy policy, const Clock &clock, QObject *parent)
    : QObject(parent), m_policy(std::move(policy)), m_clock(clock)
{
    m_ticker.setInterval(kTick);
    connect(&m_ticker, &QTimer::timeout, this, [this] {
        const auto now = m_clock.steadyNow();
        for (std::size_t i = 0; i < m_sockets.size(); ++i) {
            m_sockets[i]->tick(now);
        }
    });
}

HocuspocusServer::~HocuspocusServer()
{
    for (auto &socket : m_sockets) {
        socket.release()->dismissAll();
    }
}

void HocuspocusServer::accept(net::WebSocketChannel *channel, const QByteArray &frame)
{
    Socket &socket = *m_sockets.emplace_back(new Socket(*this, channel));
    m_ticker.start();
    if (!frame.isEmpty()) {
        socket.receive(frame);
    }
}

ChannelGuest::OnHocuspocus HocuspocusServer::entrance()
{
    return [server = QPointer<HocuspocusServer>(this)](net::WebSocketChannel *channel,
                                                       const QByteArray &frame) {
        if (server) {
            server->accept(channel, frame);
        } else {
            channel->deleteLater();
        }
    };
}

void HocuspocusServer::relay(const Socket &from, const std::string &address,
                             const std::string &payload)
{
    const std::string document(protocol::hocuspocus::documentOf(address));
    for (const auto &socket : m_sockets) {
        socket->relay(document, socket.get() == &from ? address : std::string(), payload);
    }
}

void HocuspocusServer::onGone(Socket &socket)
{
    const auto gone = std::find_if(m_sockets.begin(), m_sockets.end(),
                                   [&](const auto &known) { return known.get() == &socket; });
    if (gone != m_sockets.end()) {
        m_sockets.erase(gone);
    }
    if (m_sockets.empty()) {
        m_ticker.stop();
    }
}

} // namespace cowrite::session
