#pragma once

#include "libsync/net/address.h"
#include "libsync/net/event_reader.h"
#include "libsync/session/document/identity.h"

#include <QObject>
#include <QString>

namespace cowrite::session {

/// Asks whoever shares a document to be let in, and waits for the answer as long as it lives.
/// Deleted, it does not ask any more. Whoever hears its signals deletes it later.
class JoinRequest : public QObject {
    Q_OBJECT

public:
    /// `address` is that of a NearbySession; `self` says who asks.
    JoinRequest(const QString &address, const Identity &self, QObject *parent = nullptr);

Q_SIGNALS:
    /// The link to join by, as Profile::join() takes it. A secret.
    void letIn(const QString &link);
    /// Instead of letIn(), with a sentence.
    void refused(const QString &sentence);

private:
    void onReceived(const QByteArray &type, const QByteArray &data);
    void onEnded(int status, const QString &sentence);
    void refuse(const QString &sentence);

    net::RoomAddress m_address;
    net::EventReader m_reader;
    bool m_isAnswered = false;
};

} // namespace cowrite::session
