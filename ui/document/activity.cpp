#include "ui/document/activity.h"

namespace cowrite::ui {

void Activity::note(const std::vector<protocol::Presence> &people)
{
    std::map<crdt::ClientId, Last> next;
    for (const protocol::Presence &presence : people) {
        const auto before = m_last.find(presence.clientId);
        const bool isIdle = before != m_last.end() && before->second.presence == presence;
        next.emplace(presence.clientId,
                     Last{presence, isIdle ? before->second.since : m_clock.steadyNow()});
    }
    m_last = std::move(next);
}

bool Activity::isAway(crdt::ClientId client) const
{
    const auto last = m_last.find(client);
    return last != m_last.end() && m_clock.steadyNow() - last->second.since >= kAwayAfter;
}

} // namespace cowrite::ui
