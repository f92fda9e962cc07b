#pragma once

#include "libsync/net/epoll_dispatcher.h"

#include <QCoreApplication>
#include <QTest>

namespace cowrite::net {

/// Runs a test in the event loop of EpollDispatcher; the exit code.
template <class Test>
int testWithEpoll(int argc, char **argv)
{
    if (auto loop = EpollDispatcher::create()) {
        QCoreApplication::setEventDispatcher(loop.release());
    }
    const QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace cowrite::net
