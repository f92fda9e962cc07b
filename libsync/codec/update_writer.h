#pragma once

#include "libsync/crdt/pending.h"
#include "libsync/crdt/store.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::codec {

/// Whether a struct that has a key says so where its text does not follow. Yjs does when it writes
/// from a document, and forgets it when it merges updates (yjs-compat 2.4, 4.4). Readers do not
/// mind.
enum class LoneKeyBit { Write, Omit };

/// Appends the parts of an update V1 (yjs-compat 4.2), byte for byte as Yjs does. Counts are the
/// caller's.
class UpdateWriter {
public:
    explicit UpdateWriter(lib0::Encoder &out, LoneKeyBit loneKeyBit = LoneKeyBit::Write)
        : m_out(out), m_loneKeyBit(loneKeyBit)
    {}

    void writeSectionHead(std::size_t structs, crdt::ClientId client, crdt::Clock clock);
    /// The units [from, to) of a struct of the store, counted from its first one. A tail that
    /// begins within a surrogate pair begins with U+FFFD (yjs-compat 2.5).
    void writeItem(const crdt::Store &store, const crdt::Item &item, crdt::Clock from,
                   crdt::Clock to);
    void writePending(const crdt::PendingStruct &pending);
    void writeGc(crdt::Clock length) { writeRange(crdt::ContentKind::Gc, length); }
    void writeSkip(crdt::Clock length) { writeRange(crdt::ContentKind::Skip, length); }
    /// `deletions` must be normalised.
    void writeDeletions(const crdt::DeleteSet &deletions);

private:
    void writeRange(crdt::ContentKind kind, crdt::Clock length);
    void writeId(crdt::Id id);
    void writeContent(const crdt::Content &content, crdt::Clock from, crdt::Clock to);
    void writeType(std::uint8_t typeRef, std::string_view name);
    void writeJson(const lib0::Any &value);

    lib0::Encoder &m_out;
    LoneKeyBit m_loneKeyBit;
};

} // namespace cowrite::codec
