#pragma once

#include "libsync/crdt/value.h"

#include <optional>
#include <string_view>

namespace cowrite::crdt {

struct Snapshot;

/// A shared map from string to value or nested type; the last writer of a key wins
/// (yjs-compat 5.4).
class Map : public SharedType {
public:
    explicit Map(SharedType type) : SharedType(type) {}

    [[nodiscard]] std::uint32_t size() const;
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::optional<Value> get(std::string_view key) const;
    /// What it was at `snapshot` of this document, which must not collect garbage.
    [[nodiscard]] std::optional<Value> get(std::string_view key, const Snapshot &snapshot) const;
    /// In the order in which the keys were first seen here; replicas may differ in it.
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] std::vector<std::string> keys(const Snapshot &snapshot) const;
    /// In the order of keys().
    [[nodiscard]] std::vector<std::pair<std::string, Value>> entries() const;
    [[nodiscard]] std::vector<std::pair<std::string, Value>>
    entries(const Snapshot &snapshot) const;

    /// Error LimitExceeded for keys and values beyond limits.h; Unsupported as Array::insert, for
    /// what is in lists.
    [[nodiscard]] Result<void> set(std::string_view key, NewValue value);
    /// Nothing happens if the key is absent.
    [[nodiscard]] Result<void> remove(std::string_view key);
};

} // namespace cowrite::crdt
