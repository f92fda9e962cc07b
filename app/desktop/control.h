#pragma once

#include "libsync/base/error.h"
#include "libsync/session/replica/replica.h"

#include <QByteArray>
#include <QJsonObject>
#include <QObject>
#include <QSocketNotifier>
#include <QString>

#include <vector>

namespace cowrite::desktop {

/// Lets a script steer a replica: JSON lines on standard input and output, as `cowrite --help`
/// describes them. Edits are ordinary local edits.
class Control : public QObject {
    Q_OBJECT

public:
    /// `link` is where others find the document. `replica` outlives this object.
    Control(session::Replica &replica, const QString &link, QObject *parent = nullptr);
    ~Control() override;

Q_SIGNALS:
    /// The script said so, or has closed its end.
    void finished();

private:
    /// A `wait` that has not been answered.
    struct Waiting {
        QString until;
        QJsonObject answer;
    };

    void begin();
    void onReadable();
    void workOff();
    void handle(const QByteArray &line);
    void handleWait(const QJsonObject &command, QJsonObject answer);
    Result<void> edit(const QString &what, const QJsonObject &command);
    void checkWaiting();
    [[nodiscard]] bool holds(const QString &condition) const;
    [[nodiscard]] QJsonObject print();
    [[nodiscard]] QJsonObject status();

    session::Replica &m_replica;
    QString m_link;
    QSocketNotifier m_notifier;
    QByteArray m_buffer;
    qsizetype m_next = 0;
    std::vector<Waiting> m_waiting;
    bool m_isAtEnd = false;
    bool m_isScheduled = false;
};

} // namespace cowrite::desktop
