#pragma once

namespace cowrite::session {

/// How a server may be reached from other machines. From its own it always is.
enum class Exposure {
    Encrypted,   ///< only with encryption, which takes a certificate
    OpenNetwork, ///< without as well; chosen explicitly, and the window shows a standing banner
};

} // namespace cowrite::session
