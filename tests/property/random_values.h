#pragma once

#include "libsync/crdt/delta.h"

#include <cstdint>
#include <string>

namespace cowrite::test {

// What random edits write; the same number gives the same.

/// Short runs; now and then a surrogate pair, which later steps cut.
std::u16string randomText(std::uint64_t random);
crdt::Attributes randomAttributes(std::uint64_t random);
/// For a list or a map: a plain value or a nested type.
crdt::NewValue randomValue(std::uint64_t random);
/// For a text.
crdt::NewValue randomEmbed(std::uint64_t random);
/// For an XML element or fragment.
crdt::NewValue randomNode(std::uint64_t random);

} // namespace cowrite::test
