#pragma once

#include "libsync/session/document/document_info.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace cowrite::session {

class Replica;

/// Sends the edits that wait in documents which nobody has open: opens a few of them at a time,
/// and closes each once the server has everything. A server that cannot be reached is asked again
/// later, less and less often, and so is one that takes edits without ever confirming one; one that
/// refuses is not asked again.
class BackgroundSender : public QObject {
    Q_OBJECT

public:
    struct Context {
        /// The documents with edits that wait, apart from those that a person has open.
        std::function<std::vector<DocumentId>()> waiting;
        /// Opens one of them, unseen by others; null if it is gone.
        std::function<Replica *(DocumentId)> open;
        std::function<void(DocumentId)> close;
    };

    /// A server confirms what it stores within moments, and has this long for each.
    static constexpr std::chrono::milliseconds kPatience{60'000};

    explicit BackgroundSender(Context context, std::chrono::milliseconds patience = kPatience,
                              QObject *parent = nullptr);

    /// There may be something to send; looks in the next turn of the event loop.
    void lookSoon();
    /// The network is there again, or the machine is awake: what failed is tried again at once.
    void tryAgain();
    /// Closes the document if it has it open.
    void drop(DocumentId id) { finish(id); }
    /// Closes what it has open, and does nothing from now on.
    void stop();

private:
    struct Sending {
        Replica *replica = nullptr;
        quint64 waiting = 0;
        std::unique_ptr<QTimer> patience;
    };

    void look();
    void check(DocumentId id);
    /// Closes the document, and tries it again later.
    void giveUp(DocumentId id);
    void finish(DocumentId id);

    Context m_context;
    std::chrono::milliseconds m_patience;
    std::map<DocumentId, Sending> m_open;
    std::set<DocumentId> m_failed; ///< not to be tried before the timer says so
    std::set<DocumentId> m_refused;
    std::chrono::seconds m_delay;
    QTimer m_timer;
    bool m_isLooking = false;
    bool m_isStopped = false;
};

} // namespace cowrite::session
