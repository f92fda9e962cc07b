#pragma once

#include "libsync/base/bytes.h"
#include "libsync/net/frame_batch.h"
#include "libsync/protocol/close_codes.h"
#include "libsync/protocol/sync_machine.h"
#include "libsync/session/admission/visitor.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <cstddef>

namespace cowrite::session {

/// How one guest reaches one room: messages as of y-websocket (protocol/messages.h) there and back,
/// whatever the socket below speaks. Several of them may share one socket.
///
/// Whoever takes one over deletes it when it has closed; farewell() does both.
class GuestConnection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Who it is. Before it is taken over, and again when they show another invitation.
    void setVisitor(const Visitor &visitor)
    {
        m_visitor = visitor;
        Q_EMIT visitorChanged();
    }
    [[nodiscard]] const Visitor &visitor() const { return m_visitor; }

    /// How this guest is greeted, and whether it hears what is on the disk. Neither changes.
    [[nodiscard]] virtual protocol::Greeting greeting() const = 0;
    [[nodiscard]] virtual protocol::Acknowledgements acknowledgements() const = 0;
    /// `address:port` of the other end, for logs.
    [[nodiscard]] virtual QString peer() const = 0;
    /// Sends one message. Nothing happens once it is closed.
    virtual void send(ByteView message) = 0;
    /// The same with the messages from `first` to before `last` of a batch.
    virtual void send(const net::FrameBatch &batch, std::size_t first, std::size_t last);
    /// The room did not take the guest's last document-changing message, as the guest may only
    /// view; `addsNothing`: because there was nothing in it.
    virtual void refused(bool addsNothing) { (void)addsNothing; }
    /// Asks the guest to go; closed() follows.
    virtual void close(protocol::CloseCode code, const QString &reason) = 0;

Q_SIGNALS:
    /// One whole message. Never after closed().
    void received(const QByteArray &message);
    /// Once, whoever closed.
    void closed();
    void visitorChanged();

private:
    Visitor m_visitor;
};

/// Closes a connection that nobody listens to any more, and lets it say goodbye on its own time.
void farewell(GuestConnection *connection, protocol::CloseCode code, const QString &reason = {});

} // namespace cowrite::session
