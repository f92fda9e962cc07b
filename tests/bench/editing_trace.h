#pragma once

#include "libsync/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::bench {

/// How a document is written, edit by edit: recorded from a person, or one of our shapes.
struct EditingTrace {
    /// Removes, then inserts. Positions are UTF-16 units.
    struct Edit {
        std::uint32_t position = 0;
        std::uint32_t removed = 0;
        std::uint32_t insertedOffset = 0; ///< Into `text`.
        std::uint32_t insertedLength = 0;
    };

    enum class Writers {
        InTurn, ///< Each has seen all edits before its own.
        AtOnce, ///< None has seen any other's.
    };

    std::string name;
    std::u16string text; ///< All insertions, one after another.
    std::vector<Edit> edits;
    std::u16string finalText;      ///< Empty if it depends on the ids of the writers.
    std::uint32_t repetitions = 1; ///< Of all edits, each before the text of the one before.
    std::uint32_t writerCount = 1; ///< Edit i is by writer i modulo this.
    Writers writers = Writers::InTurn;

    void add(std::uint32_t position, std::uint32_t removed, std::u16string_view inserted)
    {
        edits.push_back({position, removed, static_cast<std::uint32_t>(text.size()),
                         static_cast<std::uint32_t>(inserted.size())});
        text += inserted;
    }

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
