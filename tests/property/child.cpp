#include "tests/property/child.h"

#include "libsync/base/check.h"

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cowrite::test {

namespace {

constexpr unsigned kChildSeconds = 30;

[[noreturn]] void runHere(const std::function<std::string()> &work, ChildOutput output, int pipe)
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none); // Many children stop while a plan is shortened.
    if (output == ChildOutput::Hidden) {
        const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nowhere, STDERR_FILENO);
        // Qt Test would start a debugger for a backtrace of each.
        for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
            ::signal(signal, SIG_DFL);
    }
    ::alarm(kChildSeconds);
    const std::string failure = work();
    std::size_t written = 0;
    while (written < failure.size()) {
        const ssize_t count = ::write(pipe, failure.data() + written, failure.size() - written);
        if (count <= 0)
            break;
        written += static_cast<std::size_t>(count);
    }
    ::_exit(failure.empty() ? 0 : 1);
}

} // namespace

std::string runInChild(const std::function<std::string()> &work, ChildOutput output)
{
    int ends[2];
    COWRITE_CHECK(::pipe(ends) == 0);
    std::fflush(nullptr);
    const pid_t child = ::fork();
    COWRITE_CHECK(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        runHere(work, output, ends[1]);
    }
    ::close(ends[1]);
    std::string failure;
    char buffer[4096];
    for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        failure.append(buffer, static_cast<std::size_t>(count));
    ::close(ends[0]);
    int status = 0;
    COWRITE_CHECK(::waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status))
        return "stopped by signal " + std::to_string(WTERMSIG(status));
    if (WEXITSTATUS(status) != 0 && failure.empty())
        return "ended with status " + std::to_string(WEXITSTATUS(status));
    return failure;
}

} // namespace cowrite::test
