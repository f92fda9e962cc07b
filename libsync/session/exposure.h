#pragma once

namespace cowrite::session {

/// Whether a server without encryption and invitations may be reached from other machines.
enum class Exposure {
    LoopbackOnly, ///< only programs on this machine
    OpenNetwork,  ///< chosen explicitly; the window shows a standing banner
};

} // namespace cowrite::session
