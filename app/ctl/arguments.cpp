#include "app/ctl/arguments.h"

#include <algorithm>

namespace cowrite::ctl {

namespace {

bool contains(const std::vector<std::string_view> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

tl::unexpected<Error> wrong(std::string message)
{
    return fail(ErrorCode::Malformed, std::move(message));
}

} // namespace

Result<Arguments> Arguments::parse(const std::vector<std::string> &words, const Syntax &syntax)
{
    Arguments result;
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (!word->starts_with('-') || *word == "-") {
            result.m_files.push_back(*word);
        } else if (contains(syntax.flags, *word)) {
            result.m_options.emplace_back(*word, std::string());
        } else if (contains(syntax.values, *word) || contains(syntax.mayBeLeftOut, *word)) {
            const std::string &option = *word;
            if (++word == words.end()) {
                return wrong(option + " needs a value.");
            }
            if (result.has(option) && option != syntax.repeatable) {
                return wrong(option + " is given twice.");
            }
            result.m_options.emplace_back(option, *word);
        } else {
            return wrong("unknown option " + *word + '.');
        }
    }
    if (const Result<void> checked = result.check(syntax); !checked) {
        return tl::unexpected(checked.error());
    }
    return result;
}

Result<void> Arguments::check(const Syntax &syntax) const
{
    for (const std::string_view option : syntax.values) {
        if (!has(option)) {
            return wrong(std::string(option) + " is needed.");
        }
    }
    if (m_files.empty()) {
        return wrong("a FILE is needed.");
    }
    if (m_files.size() > 1 && !syntax.manyFiles) {
        return wrong("only one FILE can be given.");
    }
    const auto isInput = [](const auto &option) {
        return option.first != "-o" && option.second == "-";
    };
    if (std::count(m_files.begin(), m_files.end(), "-") +
            std::count_if(m_options.begin(), m_options.end(), isInput) >
        1) {
        return wrong("standard input can be read only once.");
    }
    return {};
}

std::optional<std::string> Arguments::find(std::string_view option) const
{
    for (const auto &[name, value] : m_options) {
        if (name == option) {
            return value;
        }
    }
    return std::nullopt;
}

std::vector<std::string> Arguments::values(std::string_view option) const
{
    std::vector<std::string> result;
    for (const auto &[name, value] : m_options) {
        if (name == option) {
            result.push_back(value);
        }
    }
    return result;
}

} // namespace cowrite::ctl
