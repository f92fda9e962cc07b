#pragma once

#include "libsync/net/address.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QPointer>
#include <QString>

class QNetworkAccessManager;
class QNetworkReply;

namespace cowrite::net {

/// The other end of an EventStream: reads a stream of server-sent events (HTML standard, section
/// 9.2) for as long as it lives. Ids and retries are left out.
///
/// Whoever hears its signals deletes it later.
class EventReader : public QObject {
    Q_OBJECT

public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    explicit EventReader(QObject *parent = nullptr);
    /// Cuts the connection, without a signal.
    ~EventReader() override;

    /// Asks the server of `address`, which must have the key of its fingerprint if there is one,
    /// for what is at `path`, without a leading slash. Once.
    void open(const RoomAddress &address, const QString &path, const Headers &headers);

Q_SIGNALS:
    /// `type` is `message` where the server named none.
    void received(const QByteArray &type, const QByteArray &data);
    /// Once, at the end: the HTTP status of the answer, or 0 if there was none, with a sentence
    /// then that says why.
    void ended(int status, const QString &sentence);

private:
    void watchKey();
    void read();
    void take(const QByteArray &line);
    void end(int status, const QString &sentence);
    [[nodiscard]] bool isPinned() const;

    QNetworkAccessManager *m_network;
    QPointer<QNetworkReply> m_reply;
    RoomAddress m_address;
    QByteArray m_unread;
    QByteArray m_type;
    QByteArray m_data;
    bool m_hasOtherKey = false;
};

} // namespace cowrite::net
