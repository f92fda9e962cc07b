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

    std::uint32_t size() const;
    bool has(std::string_view key) const;
    std::optional<Value> get(std::string_view key) const;
    /// What it was at `snapshot` of this document, which must not collect garbage.
    std::optional<Value> get(std::string_view key, const Snapshot &snapshot) const;
    /// In the order in which the keys were first seen here; replicas may differ in it.
    std::vector<std::string> keys() const;
    std::vector<std::string> keys(const Snapshot &snapshot) const;
    /// In the order of keys().
    std::vector<std::pair<std::string, Value>> entries() const;
    std::vector<std::pair<std::string, Value>> entries(const Snapshot &snapshot) const;

    Result<void> set(std::string_view key, NewValue value);
    /// Nothing happens if the key is absent.
    Result<void> remove(std::string_view key);
};

} // namespace cowrite::crdt
