#pragma once

#include "libsync/crdt/value.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cowrite::crdt {

/// Formatting attributes in the order they were given; null takes an attribute away.
using Attributes = std::vector<std::pair<std::string, Any>>;

/// One step of a delta (the Quill form): walk along the old content and keep, remove or add.
struct DeltaOp {
    enum class Kind { Insert, Retain, Delete };

    Kind kind = Kind::Retain;
    /// Units of text or list cells: kept, removed, or added.
    std::uint32_t length = 0;
    /// Insert into a text: the characters; empty when `values` holds an embed or a nested type.
    std::u16string text;
    /// Insert into a list: the cells. Insert into a text: one embed or nested type.
    std::vector<Value> values;
    Attributes attributes;

    [[nodiscard]] static DeltaOp insertText(std::u16string text, Attributes attributes = {});
    [[nodiscard]] static DeltaOp insertValues(std::vector<Value> values,
                                              Attributes attributes = {});
    [[nodiscard]] static DeltaOp retain(std::uint32_t length, Attributes attributes = {});
    [[nodiscard]] static DeltaOp remove(std::uint32_t length);

    friend bool operator==(const DeltaOp &, const DeltaOp &) = default;
};

using Delta = std::vector<DeltaOp>;

} // namespace cowrite::crdt
