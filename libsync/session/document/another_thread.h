#pragma once

#include <QAbstractEventDispatcher>
#include <QMetaObject>
#include <QThread>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace cowrite::session {

/// Runs `work` on a thread of the pool, and then `done` with its result on this one, whose event
/// loop is running. `done` must bear that whoever asked is gone by then.
template <class Work, class Done>
void onAnotherThread(Work work, Done done)
{
    QThreadPool::globalInstance()->start([work = std::move(work), done = std::move(done),
                                          thread = QThread::currentThread()]() mutable {
        // Shared, as a queued call is copied and a result need not be.
        const auto result = std::make_shared<decltype(work())>(work());
        QMetaObject::invokeMethod(
            QAbstractEventDispatcher::instance(thread),
            [done = std::move(done), result]() mutable { done(std::move(*result)); },
            Qt::QueuedConnection);
    });
}

} // namespace cowrite::session
