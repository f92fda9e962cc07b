#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/clock.h"
#include "libsync/crdt/doc.h"

#include <chrono>
#include <cstddef>
#include <optional>

namespace cowrite::session {

/// Whether a document is as large as it may be, in bytes as update V1. It is encoded when what came
/// since the last time could have filled it, and not for every change.
class DocumentSize {
public:
    /// Both outlive this object.
    DocumentSize(const crdt::Doc &doc, const Clock &clock, std::size_t most)
        : m_doc(doc), m_clock(clock), m_most(most)
    {}

    /// The document was changed by an update of so many bytes.
    void changed(std::size_t bytes)
    {
        m_bytes += bytes;
        m_hasChanged = true;
    }
    [[nodiscard]] bool isFull();

private:
    const crdt::Doc &m_doc;
    const Clock &m_clock;
    std::size_t m_most;
    /// At most so many: what was measured, and what came since.
    std::size_t m_bytes = 0;
    bool m_hasChanged = true;
    bool m_wasFull = false;
    /// Nothing before the first time.
    std::optional<std::chrono::steady_clock::time_point> m_measuredAt;
};

/// Whether a message, as it comes over a connection, brings content: more than deletions, and what
/// is left of what was deleted.
[[nodiscard]] bool bringsContent(ByteView frame);

} // namespace cowrite::session
