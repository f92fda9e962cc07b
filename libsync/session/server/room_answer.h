#pragma once

namespace cowrite::session {

/// What becomes of somebody who asks for a room.
enum class RoomAnswer {
    Known,   ///< it is there
    New,     ///< it is made for them
    Missing, ///< there is none, and none is made
    NoMore,  ///< the server has as many as it may
};

} // namespace cowrite::session
