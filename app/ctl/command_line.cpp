#include "app/ctl/command_line.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "app/ctl/update_json.h"

namespace cowrite::ctl {

namespace {

constexpr const char *kUsage =
    R"(Usage: cowritectl update json --root NAME:KIND [--root NAME:KIND ...] FILE...

Applies update files (V1) in order and prints the roots as one JSON object.
KIND is text (printed as a delta), array or map. FILE "-" is standard input.

Exit status: 0 done, 1 wrong use or a file that cannot be read, 2 a malformed file.
)";

Outcome wrongUse(const std::string &message)
{
    return {1, {}, "cowritectl: " + message + "\n\n" + kUsage};
}

Outcome failed(int exitStatus, const Error &error)
{
    return {exitStatus, {}, "cowritectl: " + error.message + '\n'};
}

Result<Bytes> readFile(const std::string &name)
{
    std::ifstream file(name == "-" ? "/dev/stdin" : name, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open() || file.bad()) {
        return fail(ErrorCode::Io, name + " cannot be read: " + std::strerror(errno) + '.');
    }
    return bytes;
}

Outcome updateJson(const std::vector<std::string> &arguments)
{
    std::vector<RootChoice> roots;
    std::vector<std::string> names;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (*argument == "--v2") {
            return failed(1, {ErrorCode::Unsupported, "This version reads only V1 updates.", {}});
        }
        if (*argument == "--root") {
            if (++argument == arguments.end()) {
                return wrongUse("--root needs NAME:KIND.");
            }
            const Result<RootChoice> root = parseRootChoice(*argument);
            if (!root) {
                return wrongUse(root.error().message);
            }
            roots.push_back(*root);
        } else if (argument->starts_with("--")) {
            return wrongUse("unknown option " + *argument + '.');
        } else {
            names.push_back(*argument);
        }
    }
    if (roots.empty() || names.empty()) {
        return wrongUse(roots.empty() ? "at least one --root is needed."
                                      : "at least one FILE is needed.");
    }
    std::vector<UpdateFile> files;
    for (const std::string &name : names) {
        Result<Bytes> bytes = readFile(name);
        if (!bytes) {
            return failed(1, bytes.error());
        }
        files.push_back({name, std::move(*bytes)});
    }
    const Result<UpdateJson> result = updatesToJson(files, roots);
    if (!result) {
        const ErrorCode code = result.error().code;
        const bool badFile = code == ErrorCode::Malformed || code == ErrorCode::LimitExceeded;
        return failed(badFile ? 2 : 1, result.error());
    }
    return {0, result->json + '\n',
            result->isComplete ? std::string()
                               : "cowritectl: the updates refer to others that are not among them;"
                                 " what depends on those is left out.\n"};
}

} // namespace

Outcome run(const std::vector<std::string> &arguments)
{
    const auto asksForHelp = [](const std::string &it) { return it == "--help" || it == "-h"; };
    if (std::any_of(arguments.begin(), arguments.end(), asksForHelp)) {
        return {0, kUsage, {}};
    }
    if (arguments.size() < 2 || arguments[0] != "update" || arguments[1] != "json") {
        return wrongUse(arguments.empty() ? "what is to be done?" : "unknown command.");
    }
    return updateJson({arguments.begin() + 2, arguments.end()});
}

} // namespace cowrite::ctl
