#include "app/server/server.h"
#include "libsync/net/epoll_dispatcher.h"
#include "libsync/session/profile/quit_signals.h"

#include <QCoreApplication>

#include <cstdio>

#include <sys/resource.h>

namespace {

int complain(const cowrite::Error &error)
{
    std::fprintf(stderr, "cowrited: %s\n", error.message.c_str());
    return 1;
}

/// Every guest is a descriptor, and the usual limit of 1,024 is meant for programs that use
/// select().
void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        // Where it is not allowed, the server works as far as it goes.
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char **argv)
{
    using namespace cowrite;
    if (auto loop = net::EpollDispatcher::create()) {
        QCoreApplication::setEventDispatcher(loop.release());
    }
    const QCoreApplication application(argc, argv);
    const auto parsed = server::parseServerOptions(QCoreApplication::arguments());
    if (!parsed) {
        (void)complain(parsed.error());
        return 2;
    }
    if (const auto *text = std::get_if<server::PrintText>(&*parsed)) {
        std::fputs(qPrintable(text->text), stdout);
        return 0;
    }
    raiseDescriptorLimit();
    // Before anything that a signal must not interrupt.
    session::QuitSignals quit(session::QuitSignals::Hangup::Reloads);
    auto server = server::Server::start(std::get<server::ServerOptions>(*parsed));
    if (!server) {
        return complain(server.error());
    }
    std::printf("listening on %s\n", qPrintable((*server)->url()));
    if (const QByteArray fingerprint = (*server)->fingerprint(); !fingerprint.isEmpty()) {
        std::printf("fingerprint %s\n", fingerprint.constData());
    }
    std::fflush(stdout);
    QObject::connect(&quit, &session::QuitSignals::requested, &quit,
                     [&server] { (*server)->stop([] { QCoreApplication::quit(); }); });
    QObject::connect(&quit, &session::QuitSignals::reloadRequested, &quit, [&server] {
        const auto wanted = server::parseServerOptions(QCoreApplication::arguments());
        const auto reloaded = wanted ? (*server)->reload(std::get<server::ServerOptions>(*wanted))
                                     : Result<void>(tl::unexpected(wanted.error()));
        if (!reloaded) {
            (void)complain(reloaded.error());
        }
    });
    const int code = QCoreApplication::exec();
    if (const auto closed = (*server)->close(); !closed) {
        return complain(closed.error());
    }
    return code;
}
