#include "libsync/session/background_sender.h"

#include "libsync/session/replica.h"

#include <algorithm>
#include <utility>

namespace cowrite::session {

namespace {

/// Each is a document in memory and a connection.
constexpr std::size_t kAtOnce = 3;
/// Reading documents again and again costs more than asking a server.
constexpr std::chrono::seconds kFirstDelay{30};
constexpr std::chrono::seconds kLongestDelay{600};

} // namespace

BackgroundSender::BackgroundSender(Context context, QObject *parent)
    : QObject(parent), m_context(std::move(context)), m_delay(kFirstDelay)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_failed.clear();
        look();
    });
}

void BackgroundSender::lookSoon()
{
    if (!std::exchange(m_isLooking, true)) {
        QMetaObject::invokeMethod(this, &BackgroundSender::look, Qt::QueuedConnection);
    }
}

void BackgroundSender::tryAgain()
{
    m_delay = kFirstDelay;
    m_failed.clear();
    lookSoon();
}

void BackgroundSender::stop()
{
    m_isStopped = true;
    m_timer.stop();
    while (!m_open.empty()) {
        finish(m_open.begin()->first);
    }
}

void BackgroundSender::look()
{
    m_isLooking = false;
    if (m_isStopped) {
        return;
    }
    for (const DocumentId id : m_context.waiting()) {
        if (m_open.size() >= kAtOnce) {
            return;
        }
        if (m_open.contains(id) || m_failed.contains(id) || m_refused.contains(id)) {
            continue;
        }
        Replica *const replica = m_context.open(id);
        if (replica == nullptr) {
            continue;
        }
        m_open.emplace(id, replica);
        const auto checkIt = [this, id, replica] { check(id, *replica); };
        connect(replica, &Replica::editsChanged, this, checkIt);
        connect(replica, &Replica::linkChanged, this, checkIt);
        connect(replica, &Replica::loadFailed, this, [this, id] {
            m_refused.insert(id);
            finish(id);
        });
    }
    if (m_open.empty() && !m_failed.empty() && !m_timer.isActive()) {
        m_timer.start(m_delay);
        m_delay = std::min(2 * m_delay, kLongestDelay);
    }
}

void BackgroundSender::check(DocumentId id, const Replica &replica)
{
    if (!m_open.contains(id) || !replica.isLoaded()) {
        return;
    }
    if (replica.edits().waiting == 0) {
        m_delay = kFirstDelay;
        finish(id);
    } else if (replica.link() == LinkState::Offline) {
        m_failed.insert(id);
        finish(id);
    } else if (replica.link() == LinkState::Refused) {
        m_refused.insert(id);
        finish(id);
    }
}

void BackgroundSender::finish(DocumentId id)
{
    const auto entry = m_open.find(id);
    if (entry != m_open.end()) {
        entry->second->disconnect(this);
        m_open.erase(entry);
        m_context.close(id);
        lookSoon();
    }
}

} // namespace cowrite::session
