#pragma once

#include <QSslSocket>
#include <QTcpSocket>

#include <cstddef>

namespace cowrite::net {

/// What was written to `socket` and has not gone to the kernel. An encrypted socket counts only
/// what is not encrypted yet as its own, which is next to nothing, whatever lies behind it;
/// `encrypted` is the same socket if it is one, else null.
[[nodiscard]] inline std::size_t unsentBytes(const QTcpSocket &socket, const QSslSocket *encrypted)
{
    return static_cast<std::size_t>(socket.bytesToWrite() +
                                    (encrypted ? encrypted->encryptedBytesToWrite() : 0));
}

[[nodiscard]] inline std::size_t unsentBytes(const QTcpSocket &socket)
{
    return unsentBytes(socket, qobject_cast<const QSslSocket *>(&socket));
}

} // namespace cowrite::net
