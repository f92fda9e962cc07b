#include "libsync/session/room/stream_watch.h"

namespace cowrite::session {

namespace {

constexpr std::chrono::milliseconds kTick{1'000};

} // namespace

StreamWatch::StreamWatch(const Entrance &entrance, QObject *parent)
    : QObject(parent), m_entrance(entrance)
{
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, &StreamWatch::look);
}

void StreamWatch::watch(net::EventStream *stream, const Visitor &visitor)
{
    if (visitor.pass) {
        m_watched.push_back({stream, visitor});
        m_timer.start();
    }
}

void StreamWatch::look()
{
    std::erase_if(m_watched, [this](const Watched &watched) {
        if (!watched.stream || !watched.stream->isOpen()) {
            return true;
        }
        const bool isGood = m_entrance.isStillIn(watched.visitor);
        if (!isGood) {
            watched.stream->close();
        }
        return !isGood;
    });
    if (m_watched.empty()) {
        m_timer.stop();
    }
}

} // namespace cowrite::session
