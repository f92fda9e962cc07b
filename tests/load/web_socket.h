#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"

#include <cstdint>
#include <functional>
#include <string>

namespace cowrite::load {

/// One WebSocket to a server on loopback, as light as can be: a descriptor, and what is half read
/// or half sent. Not for use elsewhere: it masks with zeros, and takes the server to be honest.
class WebSocket {
public:
    /// Connects to 127.0.0.1:`port` and asks for `path`. Errors: Network.
    Result<void> open(std::uint16_t port, const std::string &path, const std::string &subprotocol);
    WebSocket() = default;
    ~WebSocket();
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    /// Whether something waits until the descriptor can be written.
    [[nodiscard]] bool wantsToWrite() const { return m_state != State::Closed && !m_out.empty(); }

    /// A binary message.
    void send(ByteView message);
    /// The descriptor can be written.
    void onWritable();
    /// The descriptor can be read: calls `onMessage` for each message that is whole now, and
    /// `onOpen` when the server has agreed. Errors: Network when the server has closed or refused;
    /// the descriptor is closed then.
    Result<void> onReadable(const std::function<void()> &onOpen,
                            const std::function<void(ByteView)> &onMessage);
    void close();

private:
    enum class State { Closed, Upgrading, Open };

    void write(ByteView bytes);
    void sendFrame(std::uint8_t opcode, ByteView payload);
    [[nodiscard]] Result<void> readUpgrade(const std::function<void()> &onOpen);
    void readFrames(const std::function<void(ByteView)> &onMessage);

    int m_descriptor = -1;
    State m_state = State::Closed;
    Bytes m_in;
    Bytes m_out;
    std::size_t m_sent = 0; ///< of m_out
    Bytes m_message;        ///< of several frames
};

} // namespace cowrite::load
