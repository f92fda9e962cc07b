#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/session/document/author.h"
#include "libsync/session/document/moment.h"

#include <QList>

#include <functional>
#include <string>
#include <vector>

namespace cowrite::session {

class Timeline;

/// A piece of a PastText that differs from another moment.
struct TextMark {
    enum class Kind {
        Inserted,
        Deleted, ///< shown at its place though it is gone by then
    };

    std::uint32_t offset = 0; ///< UTF-16 units, as `length`
    std::uint32_t length = 0;
    Kind kind = Kind::Inserted;
    Author author;

    friend bool operator==(const TextMark &, const TextMark &) = default;
};

/// When somebody wrote last in a line.
struct LastWritten {
    std::uint32_t offset = 0; ///< where the line begins
    Moment moment = 0;        ///< right after that edit; 0 if all of it is only shown as deleted

    friend bool operator==(const LastWritten &, const LastWritten &) = default;
};

/// A text at one moment, with what had been deleted since another one still in it.
struct PastText {
    std::u16string text;
    QList<TextMark> marks;          ///< ascending, without overlaps
    std::vector<LastWritten> lines; ///< all of them, in their order

    /// The last edit that wrote in the line that begins at `offset`, as the moment after it.
    [[nodiscard]] Moment lastWrittenInLine(std::uint32_t offset) const;
};

/// Names a writer of a timeline by its index.
using NameWriter = std::function<const Author &(std::uint32_t writer)>;

/// The text at `moment`, with marks for what changed since `since`, which is not later. Where
/// something took the place of something else, the new stands before the old in one piece each,
/// in whatever order the document has their letters.
[[nodiscard]] PastText pastText(Timeline &timeline, Moment moment, Moment since,
                                const NameWriter &name);

/// What turns the text as it is now into what it was at `moment`; ends with the last difference,
/// and is empty without one.
[[nodiscard]] crdt::Delta changesTo(Timeline &timeline, Moment moment);

/// What takes back all that was written and deleted after `since` by those for whom `isTheirs` is
/// true of the writer's index. What somebody else deleted of it stays deleted.
[[nodiscard]] crdt::Delta changesWithout(Timeline &timeline, Moment since,
                                         const std::function<bool(std::uint32_t)> &isTheirs);

} // namespace cowrite::session
