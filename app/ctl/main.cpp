#include <cstdio>
#include <string>
#include <vector>

#include "app/ctl/command_line.h"

int main(int argc, char *argv[])
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const cowrite::ctl::Outcome outcome = cowrite::ctl::run(arguments);
    std::fputs(outcome.output.c_str(), stdout);
    std::fputs(outcome.messages.c_str(), stderr);
    return outcome.exitStatus;
}
