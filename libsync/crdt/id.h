#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace cowrite::crdt {

/// Names one writer of a document. Yjs 13 draws 32 bits, Yjs 14 and yrs 53; at most 2^53-1.
using ClientId = std::uint64_t;

/// Counts the content units one client has written, from 0 and without gaps (yjs-compat 2.1).
/// 32 bits: yrs peers cannot hold more, and limits.h refuses updates that would pass it.
using Clock = std::uint32_t;

/// Names one unit of content for ever: its writer and the writer's clock.
struct Id {
    ClientId client = 0;
    Clock clock = 0;

    friend bool operator==(const Id &, const Id &) = default;
    friend auto operator<=>(const Id &, const Id &) = default;
};

} // namespace cowrite::crdt

template <>
struct std::hash<cowrite::crdt::Id> {
    std::size_t operator()(const cowrite::crdt::Id &id) const noexcept
    {
        return std::hash<std::uint64_t>{}(id.client * 0x9E3779B97F4A7C15ULL ^ id.clock);
    }
};
