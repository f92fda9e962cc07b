#pragma once

#include <QByteArray>
#include <QList>

#include <cstddef>
#include <deque>
#include <optional>

namespace cowrite::session {

/// The last events of a stream, numbered without gaps, so that a reader who was cut off goes on
/// where they were: nothing is lost and nothing comes twice.
class EventBacklog {
public:
    struct Event {
        QByteArray id;
        QByteArray type;
        QByteArray data;
    };
    struct Bounds {
        int events = 1'000;
        std::size_t bytes = std::size_t{1} << 20;
    };

    /// `epoch` tells the numbers of this stream from those of the one before, of which nothing is
    /// known any more; characters of base64url.
    explicit EventBacklog(QByteArray epoch, Bounds bounds);
    explicit EventBacklog(QByteArray epoch) : EventBacklog(std::move(epoch), Bounds()) {}

    /// Numbers an event and keeps it, as long as it is among the last ones.
    const Event &append(const QByteArray &type, const QByteArray &data);
    /// What came after the event that a reader has; nothing if that is not known any more, or is
    /// of another stream.
    [[nodiscard]] std::optional<QList<Event>> after(const QByteArray &id) const;
    /// Of the last event, or of the moment before the first.
    [[nodiscard]] QByteArray lastId() const { return idOf(m_count); }

private:
    [[nodiscard]] QByteArray idOf(quint64 number) const;

    QByteArray m_epoch;
    Bounds m_bounds;
    quint64 m_count = 0; ///< of all so far; the number of the last
    std::deque<Event> m_events;
    std::size_t m_bytes = 0;
};

} // namespace cowrite::session
