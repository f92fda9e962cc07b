#pragma once

#include <algorithm>
#include <cstddef>

#include "libsync/store/types.h"

namespace cowrite::store {

/// How many damaged rows cost some of the content; what can be undone is none of it.
inline std::size_t damagedContentRows(const StoredDocument &stored)
{
    return static_cast<std::size_t>(
        std::count_if(stored.damaged.begin(), stored.damaged.end(),
                      [](const Damage &damage) { return damage.kind != Damage::Kind::Undo; }));
}

} // namespace cowrite::store
