#pragma once

#include "libsync/crdt/text.h"

#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::crdt {

/// Neighbouring units of a text that one client wrote in one go. Formats are left out, and what
/// was collected.
struct TextRun {
    Id first;
    Clock length = 0;
    bool isDeleted = false;
    /// `length` units; empty for an embed or a nested type, which is one unit. Valid until the
    /// document changes.
    std::u16string_view text;
};

/// Calls `visit` for everything that was ever written into `text`, in document order. What was
/// deleted is among it as long as the document keeps it: all of it with GarbageCollection::Off.
void forEachRun(const Text &text, const std::function<void(const TextRun &)> &visit);

/// Who wrote the units in [offset, offset + length), which ends with the text. O(log n) and the
/// number of runs.
[[nodiscard]] std::vector<TextRun> runsIn(const Text &text, std::uint32_t offset,
                                          std::uint32_t length);

/// What stands for a unit that is no character.
inline constexpr char16_t kObjectUnit = u'\uFFFC';

/// The units in [offset, offset + length), which ends with the text: one for one, where
/// Text::substring() leaves out what is no character.
[[nodiscard]] std::u16string
unitsIn(const Text &text, std::uint32_t offset = 0,
        std::uint32_t length = std::numeric_limits<std::uint32_t>::max());

} // namespace cowrite::crdt
