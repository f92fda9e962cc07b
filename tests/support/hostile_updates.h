#pragma once

#include "libsync/base/bytes.h"
#include "libsync/codec/update_format.h"

#include <vector>

namespace cowrite::test {

/// An update that no honest peer sends, in one of the formats.
struct HostileUpdate {
    const char *name;
    Bytes bytes;
};

/// The rows of yjs-compat 10.1 that an engine must refuse, of those that both formats can say.
std::vector<HostileUpdate> refusedUpdates(codec::UpdateFormat format);
/// Those that it must take and survive. Made for any document, an empty one as well.
std::vector<HostileUpdate> strangeUpdates(codec::UpdateFormat format);

} // namespace cowrite::test
