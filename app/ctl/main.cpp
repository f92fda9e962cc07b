#include <cstdio>
#include <string>
#include <vector>

#include <unistd.h>

#include "app/ctl/command_line.h"

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const cowrite::ctl::Outcome outcome = cowrite::ctl::run(arguments);
    std::fputs(outcome.messages.c_str(), stderr);
    if (outcome.outputIsBinary && isatty(STDOUT_FILENO) != 0) {
        std::fputs("cowritectl: the output is no text; send it to a file or a pipe.\n", stderr);
        return 1;
    }
    std::fwrite(outcome.output.data(), 1, outcome.output.size(), stdout);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::perror("cowritectl: standard output cannot be written");
        return 1;
    }
    return outcome.exitStatus;
}
