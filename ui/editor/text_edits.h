#pragma once

#include "libsync/crdt/delta.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace cowrite::ui {

/// `length` units at `offset` become `text`.
struct TextEdit {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    QString text;

    friend bool operator==(const TextEdit &, const TextEdit &) = default;
};

/// Ascending edits that do not overlap, whose offsets are all of the text before them, as one
/// delta. What comes new goes before what goes, so that people who stand in the old text end up
/// after it.
[[nodiscard]] crdt::Delta deltaOf(const std::vector<TextEdit> &edits);

} // namespace cowrite::ui
