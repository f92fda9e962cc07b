#pragma once

#include "libsync/crdt/value.h"

#include <optional>

namespace cowrite::crdt {

struct Snapshot;

/// A shared list of values and nested types (yjs-compat 5.3).
class Array : public SharedType {
public:
    explicit Array(SharedType type) : SharedType(type) {}

    [[nodiscard]] std::uint32_t length() const;
    /// Nothing past the end.
    [[nodiscard]] std::optional<Value> get(std::uint32_t index) const;
    [[nodiscard]] std::vector<Value> values() const;
    /// Those at `snapshot` of this document, which must not collect garbage. Nested types are there
    /// as they are now.
    [[nodiscard]] std::vector<Value> values(const Snapshot &snapshot) const;

    /// Error OutOfRange past the end; Unsupported for undefined and bigint (yjs-compat 5.3);
    /// LimitExceeded for keys and values beyond limits.h.
    [[nodiscard]] Result<void> insert(std::uint32_t index, const std::vector<NewValue> &values);
    /// Appends after everything, tombstones included, as Yjs's push does. Errors as insert().
    [[nodiscard]] Result<void> push(const std::vector<NewValue> &values);
    /// Error OutOfRange when the range passes the end; nothing is removed then.
    [[nodiscard]] Result<void> remove(std::uint32_t index, std::uint32_t length);
};

} // namespace cowrite::crdt
