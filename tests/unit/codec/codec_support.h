#pragma once

#include "libsync/base/rng.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "tests/unit/lib0/hex.h"

#include <cstddef>
#include <string_view>

namespace cowrite::test {

/// A document with a fixed random source, and what the tests do with it over and over.
struct Replica {
    explicit Replica(crdt::ClientId client = 4'000'000'000, crdt::DocOptions options = {})
        : doc(client, rng, options)
    {}

    Result<void> apply(const Bytes &update, codec::UpdateFormat format = codec::UpdateFormat::V1)
    {
        return codec::applyUpdate(doc, update, crdt::Origin(), format);
    }
    /// True if the update went in.
    bool apply(std::string_view digits) { return apply(hex(digits)).has_value(); }
    QByteArray state(const crdt::StateVector &target = {},
                     codec::UpdateFormat format = codec::UpdateFormat::V1) const
    {
        return hex(codec::encodeStateAsUpdate(doc, target, format));
    }
    QByteArray vector() const { return hex(codec::encodeStateVector(doc.stateVector())); }

    SeededRng rng{1};
    crdt::Doc doc;
};

/// Unsigned varints as lib0 writes them, for updates put together by hand.
inline Bytes varUint(std::uint64_t value)
{
    Bytes bytes;
    for (; value >= 0x80; value >>= 7)
        bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(value));
    return bytes;
}

inline Bytes operator+(Bytes left, const Bytes &right)
{
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

} // namespace cowrite::test
