#pragma once

#include "libsync/base/bytes.h"
#include "libsync/codec/update_format.h"

#include <cstddef>
#include <vector>

namespace cowrite::test {

/// An update that makes an engine hold as much as it can be made to for its bytes.
struct CostlyUpdate {
    const char *name;
    Bytes bytes;
    std::size_t structs; ///< Or what else there is many of, if it is no values.
};

/// Each shape with as many structs or values as take about `bytes` in V1. Made for an empty
/// document. In V2 most of them are a few bytes.
std::vector<CostlyUpdate> costlyUpdates(codec::UpdateFormat format, std::size_t bytes);

} // namespace cowrite::test
