#pragma once

#include "libsync/crdt/snapshot.h"

#include <string>
#include <vector>

namespace cowrite::test {

/// What a document said at some moments, to be compared with what snapshots say of them later.
class Moments {
public:
    void remember(crdt::Doc &doc);
    /// What is wrong with one of the moments as `doc`, which collects nothing, shows it now.
    std::string check(crdt::Doc &doc, std::uint64_t random) const;

private:
    struct Moment {
        crdt::Snapshot snapshot;
        std::string content;
        std::string roots; ///< Without what is nested in them.
    };
    std::vector<Moment> m_moments;
};

} // namespace cowrite::test
