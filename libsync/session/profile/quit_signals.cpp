#include "libsync/session/profile/quit_signals.h"

#include "libsync/base/check.h"

#include <array>
#include <csignal>

#include <sys/socket.h>
#include <unistd.h>

namespace cowrite::session {

namespace {

/// A signal handler can reach nothing else. Written by the handler, read by the event loop.
std::array<int, 2> g_pipe{-1, -1};

void onSignal(int number)
{
    const char byte = static_cast<char>(number);
    (void)!::write(g_pipe[0], &byte, 1);
}

void install(int number, int flags)
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | flags;
    ::sigaction(number, &action, nullptr);
}

} // namespace

QuitSignals::QuitSignals(Hangup hangup, QObject *parent) : QObject(parent), m_hangup(hangup)
{
    COWRITE_CHECK(g_pipe[0] == -1);
    COWRITE_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, g_pipe.data()) == 0);
    m_notifier = std::make_unique<QSocketNotifier>(g_pipe[1], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        (void)!::read(g_pipe[1], &byte, 1);
        if (byte == SIGHUP) {
            Q_EMIT reloadRequested();
        } else {
            Q_EMIT requested();
        }
    });
    // The default action comes back with the first signal that asks for the end.
    install(SIGTERM, static_cast<int>(SA_RESETHAND));
    install(SIGINT, static_cast<int>(SA_RESETHAND));
    if (m_hangup == Hangup::Reloads) {
        install(SIGHUP, 0);
    }
}

QuitSignals::~QuitSignals()
{
    ::signal(SIGTERM, SIG_DFL);
    ::signal(SIGINT, SIG_DFL);
    if (m_hangup == Hangup::Reloads) {
        ::signal(SIGHUP, SIG_DFL);
    }
    m_notifier.reset();
    ::close(g_pipe[0]);
    ::close(g_pipe[1]);
    g_pipe = {-1, -1};
}

} // namespace cowrite::session
