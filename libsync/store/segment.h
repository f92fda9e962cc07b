#pragma once

#include <span>
#include <vector>

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/store/types.h"

namespace cowrite::store {

/// An update as a row of the log has it.
struct LoggedUpdate {
    StoredUpdate update;
    Seq merged = 0; ///< how many updates before it it took in, in logs of older versions

    [[nodiscard]] Seq first() const { return update.seq - merged; }
    friend bool operator==(const LoggedUpdate &, const LoggedUpdate &) = default;
};

/// Updates that follow each other without a gap, in a fraction of their room: each with its place,
/// time, author and bytes, exactly as it was.
[[nodiscard]] Bytes packSegment(std::span<const LoggedUpdate> updates);

/// What was given to packSegment(); `first` is the first place of the first of them. Errors:
/// Malformed when `bytes` is not what it returned.
[[nodiscard]] Result<std::vector<LoggedUpdate>> unpackSegment(Seq first, ByteView bytes);

} // namespace cowrite::store
