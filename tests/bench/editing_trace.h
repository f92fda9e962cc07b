#pragma once

#include "libsync/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::bench {

/// A recording of a person writing a document, edit by edit.
struct EditingTrace {
    /// Removes, then inserts. Positions are UTF-16 units.
    struct Edit {
        std::uint32_t position = 0;
        std::uint32_t removed = 0;
        std::uint32_t insertedOffset = 0; ///< Into `text`.
        std::uint32_t insertedLength = 0;
    };

    std::string name;
    std::u16string text; ///< All insertions, one after another.
    std::vector<Edit> edits;
    std::u16string finalText;

    [[nodiscard]] std::u16string_view inserted(const Edit &edit) const
    {
        return std::u16string_view(text).substr(edit.insertedOffset, edit.insertedLength);
    }
};

/// Reads `folder`/`name`.json.gz. Errors: NotFound, or Malformed for anything unexpected in it.
Result<EditingTrace> loadTrace(const std::string &folder, const std::string &name);

/// The environment variable COWRITE_TRACES, else the folder that CMake was told.
std::string traceFolder();

} // namespace cowrite::bench
