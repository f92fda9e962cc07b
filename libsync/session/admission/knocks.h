#pragma once

#include "libsync/base/clock.h"
#include "libsync/net/handshake_limit.h"
#include "libsync/net/verdict.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>
#include <QString>

#include <vector>

namespace cowrite::session {

/// Somebody without an invitation who asks to be let into a document.
struct Knock {
    quint64 id = 0;
    QString room;
    QString name; ///< as they say, fit to be shown; empty if they did not
    QString address;

    friend bool operator==(const Knock &, const Knock &) = default;
};

/// Who stands at the doors of the documents that this app shares. Each waits on a stream of events,
/// so that whoever goes away does not ask any more: `come-in` brings the token of an invitation,
/// `not-now` nothing. Their name comes percent-encoded in the header kNameHeader.
class Knocks : public QObject {
    Q_OBJECT

public:
    static constexpr char kNameHeader[] = "Cowrite-Name";
    static constexpr char kComeIn[] = "come-in";
    static constexpr char kNotNow[] = "not-now";

    /// `clock` outlives this object.
    explicit Knocks(const Clock &clock, QObject *parent = nullptr);
    ~Knocks() override;

    /// What becomes of a request to be let into `room`, in which people may ask. Three a minute
    /// from one address, and five at a time at one door.
    [[nodiscard]] net::Verdict answer(const QString &room, const net::Request &request);

    /// Oldest first.
    [[nodiscard]] std::vector<Knock> at(const QString &room) const;
    /// Nothing happens if they have gone.
    void letIn(quint64 id, const QByteArray &token);
    void turnAway(quint64 id);
    void turnAwayAll(const QString &room);

Q_SIGNALS:
    /// Somebody came, went, or got an answer.
    void changed();

private:
    struct Waiting {
        Knock knock;
        QPointer<net::EventStream> stream;
    };

    void take(Knock knock, net::EventStream *stream);
    void give(quint64 id, const QByteArray &type, const QByteArray &data);

    net::HandshakeLimit m_limit;
    std::vector<Waiting> m_waiting;
    quint64 m_last = 0;
};

} // namespace cowrite::session
