// cowrite-script: reads the steps of a document script from standard input, one JSON object a line,
// runs each on documents of the engine and prints JSON lines. A step that is not understood or is
// refused prints {"error": "line N: ..."} and ends the program with status 2.
// {"do":"reset"} forgets all documents, so that one process can run many scripts.

#include <iostream>
#include <optional>
#include <string>

#include "libsync/lib0/json.h"
#include "tests/support/script/script_runner.h"
#include "tests/support/script/script_values.h"

using namespace cowrite;

namespace {

void printLine(const lib0::Any &value)
{
    const Result<std::string> text = lib0::stringifyJson(value);
    std::cout << (text ? *text : "{\"error\":\"" + text.error().message + "\"}") << '\n';
}

void runLine(std::optional<script::Runner> &runner, const std::string &line)
{
    const Result<lib0::Any> step = lib0::parseJson(line);
    if (!step) {
        throw script::Refused(step.error().message);
    }
    const lib0::Any *name = step->find("do");
    if (name != nullptr && *name == lib0::Any("reset")) {
        runner.emplace(printLine);
    } else {
        runner->run(*step);
    }
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    std::optional<script::Runner> runner(printLine);
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        try {
            runLine(runner, line);
        } catch (const script::Refused &refused) {
            printLine(lib0::Any::object(
                {{"error", "line " + std::to_string(number) + ": " + refused.what()}}));
            return 2;
        }
    }
    return 0;
}
