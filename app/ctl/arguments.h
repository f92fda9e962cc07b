#pragma once

#include "libsync/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cowrite::ctl {

/// What a command takes.
struct Syntax {
    std::vector<std::string_view> flags;  ///< options without a value
    std::vector<std::string_view> values; ///< options with one; all of them are needed
    std::string_view repeatable;          ///< the one of `values` that may come more than once
    bool manyFiles = false;               ///< one FILE or more, instead of exactly one
    std::vector<std::string_view> mayBeLeftOut = {}; ///< options with a value that are not needed
};

/// The options and file names of a command line.
class Arguments {
public:
    /// Errors: Malformed, with a sentence, for what `syntax` does not allow or misses.
    [[nodiscard]] static Result<Arguments> parse(const std::vector<std::string> &words,
                                                 const Syntax &syntax);

    [[nodiscard]] bool has(std::string_view flag) const { return find(flag).has_value(); }
    /// The value of an option that is needed.
    [[nodiscard]] std::string value(std::string_view option) const { return *find(option); }
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
    /// At least one.
    [[nodiscard]] const std::vector<std::string> &files() const { return m_files; }

private:
    [[nodiscard]] std::optional<std::string> find(std::string_view option) const;
    [[nodiscard]] Result<void> check(const Syntax &syntax) const;

    std::vector<std::pair<std::string, std::string>> m_options;
    std::vector<std::string> m_files;
};

} // namespace cowrite::ctl
