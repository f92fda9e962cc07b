#pragma once

#include <QSslSocket>
#include <QTcpSocket>

#include <cstddef>

namespace cowrite::net {

/// What was written to `socket` and has not gone to the kernel. An encrypted socket counts only
/// what is not encrypted yet as its own, which is next to nothing, whatever lies behind it.
[[nodiscard]] inline std::size_t unsentBytes(const QTcpSocket &socket)
{
    const auto *const encrypted = qobject_cast<const QSslSocket *>(&socket);
    return static_cast<std::size_t>(socket.bytesToWrite() +
                                    (encrypted ? encrypted->encryptedBytesToWrite() : 0));
}

} // namespace cowrite::net
