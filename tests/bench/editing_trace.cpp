#include "tests/bench/editing_trace.h"

#include "libsync/lib0/utf.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include <nlohmann/json.hpp>

namespace cowrite::bench {

namespace {

/// gzip is part of every system that we build on; a library would be one more dependency.
std::string unpacked(const std::filesystem::path &file)
{
    const std::string command = "gzip -dc '" + file.string() + "'";
    std::string content;
    std::unique_ptr<FILE, int (*)(FILE *)> pipe(popen(command.c_str(), "r"), pclose);
    if (!pipe) {
        return content;
    }
    std::array<char, 1 << 16> buffer;
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        content.append(buffer.data(), count);
    }
    return content;
}

bool append(const nlohmann::json &json, std::u16string &to)
{
    return json.is_string() && lib0::utf8ToUtf16(json.get_ref<const std::string &>(), to);
}

} // namespace

Result<EditingTrace> loadTrace(const std::string &folder, const std::string &name)
{
    const std::filesystem::path file = std::filesystem::path(folder) / (name + ".json.gz");
    if (!std::filesystem::exists(file)) {
        return fail(ErrorCode::NotFound, "there is no " + file.string());
    }
    const auto malformed = [&] {
        return fail(ErrorCode::Malformed, file.string() + " is no editing trace");
    };
    const nlohmann::json json = nlohmann::json::parse(unpacked(file), nullptr, false);
    if (!json.is_object() || !json.contains("txns") || !json.contains("endContent")) {
        return malformed();
    }

    EditingTrace trace;
    trace.name = name;
    if (!append(json["endContent"], trace.finalText)) {
        return malformed();
    }
    for (const nlohmann::json &transaction : json["txns"]) {
        for (const nlohmann::json &patch : transaction["patches"]) {
            std::u16string inserted;
            if (!append(patch[2], inserted)) {
                return malformed();
            }
            trace.add(patch[0].get<std::uint32_t>(), patch[1].get<std::uint32_t>(), inserted);
        }
    }
    return trace;
}

std::string traceFolder()
{
    const char *folder = std::getenv("COWRITE_TRACES");
    return folder != nullptr ? folder : COWRITE_TRACES;
}

} // namespace cowrite::bench
