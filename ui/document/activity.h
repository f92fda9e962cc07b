#pragma once

#include "libsync/base/clock.h"
#include "libsync/protocol/presence.h"

#include <chrono>
#include <map>
#include <vector>

namespace cowrite::ui {

/// Since when the people in a document have done nothing that others could see: moved, written,
/// scrolled. Nobody says that they are away.
class Activity {
public:
    /// Whoever does nothing for this long is away.
    static constexpr std::chrono::minutes kAwayAfter{5};

    /// `clock` outlives this object.
    explicit Activity(const Clock &clock) : m_clock(clock) {}

    /// Whenever somebody came, left or did something. Whoever is seen for the first time has just
    /// come.
    void note(const std::vector<protocol::Presence> &people);
    [[nodiscard]] bool isAway(crdt::ClientId client) const;

private:
    struct Last {
        protocol::Presence presence;
        std::chrono::steady_clock::time_point since;
    };

    const Clock &m_clock;
    std::map<crdt::ClientId, Last> m_last;
};

} // namespace cowrite::ui
