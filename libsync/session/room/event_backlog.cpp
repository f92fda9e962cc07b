#include "libsync/session/room/event_backlog.h"

#include <utility>

namespace cowrite::session {

EventBacklog::EventBacklog(QByteArray epoch, Bounds bounds)
    : m_epoch(std::move(epoch)), m_bounds(bounds)
{}

const EventBacklog::Event &EventBacklog::append(const QByteArray &type, const QByteArray &data)
{
    m_events.push_back({idOf(++m_count), type, data});
    m_bytes += static_cast<std::size_t>(data.size());
    // The new one stays whatever it takes: its reader is about to get it.
    while (m_events.size() > 1 &&
           (static_cast<int>(m_events.size()) > m_bounds.events || m_bytes > m_bounds.bytes)) {
        m_bytes -= static_cast<std::size_t>(m_events.front().data.size());
        m_events.pop_front();
    }
    return m_events.back();
}

std::optional<QList<EventBacklog::Event>> EventBacklog::after(const QByteArray &id) const
{
    const qsizetype dot = id.lastIndexOf('.');
    bool isNumber = false;
    const quint64 number = id.mid(dot + 1).toULongLong(&isNumber);
    const quint64 forgotten = m_count - m_events.size();
    if (dot < 0 || id.left(dot) != m_epoch || !isNumber || number > m_count || number < forgotten) {
        return std::nullopt;
    }
    return QList<Event>(m_events.begin() + static_cast<std::ptrdiff_t>(number - forgotten),
                        m_events.end());
}

QByteArray EventBacklog::idOf(quint64 number) const
{
    return m_epoch + '.' + QByteArray::number(number);
}

} // namespace cowrite::session
