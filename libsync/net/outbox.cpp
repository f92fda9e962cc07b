#include "libsync/net/outbox.h"

#include <algorithm>
#include <utility>

namespace cowrite::net {

Outbox &Outbox::ofThread()
{
    static thread_local Outbox outbox;
    return outbox;
}

Outbox::Outbox(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Outbox::flush);
}

void Outbox::add(Sender &sender, Turn turn)
{
    (turn == Turn::OfCrowds ? m_crowds : m_others).push_back(&sender);
    if (!m_timer.isActive()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            m_usedUp - kAhead - std::chrono::steady_clock::now());
        m_timer.start(std::clamp(left, std::chrono::milliseconds(0), kLongestPause));
    }
}

void Outbox::remove(Sender &sender)
{
    std::erase(m_crowds, &sender);
    std::erase(m_others, &sender);
    std::replace(m_asked.begin(), m_asked.end(), &sender, static_cast<Sender *>(nullptr));
}

void Outbox::flush()
{
    m_asked = std::exchange(m_crowds, {});
    m_asked.insert(m_asked.end(), m_others.begin(), m_others.end());
    m_others.clear();
    int writes = 0;
    for (std::size_t i = 0; i < m_asked.size(); ++i) {
        if (m_asked[i]) {
            writes += m_asked[i]->flush();
        }
    }
    m_asked.clear();
    m_usedUp = std::max(m_usedUp, std::chrono::steady_clock::now()) +
               std::min<std::chrono::microseconds>(kTimePerWrite * writes, kLongestPause);
}

} // namespace cowrite::net
