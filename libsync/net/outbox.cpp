#include "libsync/net/outbox.h"

#include "libsync/net/web_socket_channel.h"

#include <algorithm>
#include <utility>

namespace cowrite::net {

Outbox::Outbox(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Outbox::flush);
}

void Outbox::add(WebSocketChannel *channel)
{
    m_waiting.push_back(channel);
    if (!m_timer.isActive()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            m_notBefore - std::chrono::steady_clock::now());
        m_timer.start(std::clamp(left, std::chrono::milliseconds(0), kLongestPause));
    }
}

void Outbox::remove(WebSocketChannel *channel)
{
    m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), channel), m_waiting.end());
    std::replace(m_asked.begin(), m_asked.end(), channel, static_cast<WebSocketChannel *>(nullptr));
}

void Outbox::flush()
{
    m_asked = std::exchange(m_waiting, {});
    for (std::size_t i = 0; i < m_asked.size(); ++i) {
        if (m_asked[i]) {
            m_asked[i]->flush();
        }
    }
    const std::chrono::microseconds pause = kPausePerChannel * m_asked.size();
    m_notBefore = std::chrono::steady_clock::now() +
                  std::min<std::chrono::microseconds>(pause, kLongestPause);
    m_asked.clear();
}

} // namespace cowrite::net
