#include "libsync/session/profile/background_sender.h"

#include "libsync/session/replica/replica.h"

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

BackgroundSender::BackgroundSender(Context context, std::chrono::milliseconds patience,
                                   QObject *parent)
    : QObject(parent), m_context(std::move(context)), m_patience(patience), m_delay(kFirstDelay)
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
        Sending &sending = m_open[id];
        sending.replica = replica;
        sending.patience = std::make_unique<QTimer>();
        sending.patience->setSingleShot(true);
        sending.patience->callOnTimeout(this, [this, id] { giveUp(id); });
        sending.patience->start(m_patience);
        const auto checkIt = [this, id] { check(id); };
        connect(replica, &Replica::editsChanged, this, checkIt);
        connect(replica, &Replica::linkChanged, this, checkIt);
        connect(replica, &Replica::loadFailed, this, [this, id] {
            m_refused.insert(id);
            finish(id);
        });
        // It may have been open, and have got as far as it will.
        QMetaObject::invokeMethod(this, checkIt, Qt::QueuedConnection);
    }
    if (m_open.empty() && !m_failed.empty() && !m_timer.isActive()) {
        m_timer.start(m_delay);
        m_delay = std::min(2 * m_delay, kLongestDelay);
    }
}

void BackgroundSender::check(DocumentId id)
{
    const auto entry = m_open.find(id);
    if (entry == m_open.end() || !entry->second.replica->isLoaded()) {
        return;
    }
    Sending &sending = entry->second;
    const quint64 waitedBefore = std::exchange(sending.waiting, sending.replica->edits().waiting);
    if (sending.waiting == 0) {
        m_delay = kFirstDelay;
        finish(id);
    } else if (sending.replica->link() == LinkState::Offline) {
        giveUp(id);
    } else if (sending.replica->link() == LinkState::Refused) {
        m_refused.insert(id);
        finish(id);
    } else if (sending.waiting < waitedBefore) {
        sending.patience->start();
    }
}

void BackgroundSender::giveUp(DocumentId id)
{
    m_failed.insert(id);
    finish(id);
}

void BackgroundSender::finish(DocumentId id)
{
    const auto entry = m_open.find(id);
    if (entry != m_open.end()) {
        entry->second.replica->disconnect(this);
        // Its timer may be what called.
        entry->second.patience.release()->deleteLater();
        m_open.erase(entry);
        m_context.close(id);
        lookSoon();
    }
}

} // namespace cowrite::session
