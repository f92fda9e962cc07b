#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/redone_range.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/undo_manager.h"

#include <optional>
#include <string>
#include <vector>

namespace cowrite::session {

// What can be undone as bytes, to be kept beside the document. They never travel.

/// A selection that sticks to its text.
struct StickySelection {
    crdt::RelativePosition anchor;
    crdt::RelativePosition head;

    friend bool operator==(const StickySelection &, const StickySelection &) = default;
};

/// A step without its meta, and the selection before it if that is known.
struct StoredStep {
    crdt::UndoStep step;
    std::optional<StickySelection> selection;
};

/// What can be undone and redone in a text, the next step last.
struct StoredSteps {
    std::string root; ///< the name of the text
    std::vector<StoredStep> undo;
    std::vector<StoredStep> redo;
    std::vector<crdt::RedoneRange> redone;
};

/// The same with each step as encodeStep() gives it.
struct EncodedSteps {
    std::string root;
    std::vector<Bytes> undo;
    std::vector<Bytes> redo;
    std::vector<crdt::RedoneRange> redone;
};

/// `selection` may be null.
[[nodiscard]] Bytes encodeStep(const crdt::UndoStep &step, const StickySelection *selection);
[[nodiscard]] Bytes encodeSteps(const EncodedSteps &steps);
/// Errors: Malformed and LimitExceeded, with the byte offset; Unsupported for what a newer version
/// wrote.
[[nodiscard]] Result<StoredSteps> decodeSteps(ByteView bytes);

} // namespace cowrite::session
