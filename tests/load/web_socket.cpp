#include "tests/load/web_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cowrite::load {

namespace {

// Opcodes of RFC 6455.
constexpr std::uint8_t kContinuation = 0;
constexpr std::uint8_t kBinary = 2;
constexpr std::uint8_t kClose = 8;
constexpr std::uint8_t kPing = 9;
constexpr std::uint8_t kPong = 10;

constexpr std::uint8_t kFinal = 0x80;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::size_t kReadAtOnce = 256 * 1024;

std::uint64_t readBigEndian(const std::uint8_t *bytes, int count)
{
    std::uint64_t value = 0;
    for (int i = 0; i < count; ++i) {
        value = value << 8 | bytes[i];
    }
    return value;
}

void appendBigEndian(Bytes &out, std::uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; --i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

} // namespace

WebSocket::~WebSocket()
{
    close();
}

Result<void> WebSocket::open(std::uint16_t port, const std::string &path,
                             const std::string &subprotocol)
{
    close();
    m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0) {
        return fail(ErrorCode::Network, std::string("no socket: ") + std::strerror(errno));
    }
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // On loopback the kernel answers at once, or when the server's queue has room again.
    if (::connect(m_descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) !=
        0) {
        const std::string reason = std::strerror(errno);
        close();
        return fail(ErrorCode::Network, "cannot connect: " + reason);
    }
    const int on = 1;
    (void)::setsockopt(m_descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    m_state = State::Upgrading;
    std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                          "Sec-WebSocket-Version: 13\r\n";
    if (!subprotocol.empty()) {
        request += "Sec-WebSocket-Protocol: " + subprotocol + "\r\n";
    }
    write(asBytes(request + "\r\n"));
    return {};
}

void WebSocket::close()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    m_descriptor = -1;
    m_state = State::Closed;
    m_in.clear();
    m_out.clear();
    m_message.clear();
    m_sent = 0;
}

void WebSocket::send(ByteView message)
{
    sendFrame(kBinary, message);
}

void WebSocket::sendFrame(std::uint8_t opcode, ByteView payload)
{
    Bytes frame{static_cast<std::uint8_t>(kFinal | opcode)};
    if (payload.size() < 126) {
        frame.push_back(static_cast<std::uint8_t>(kMasked | payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame.push_back(kMasked | 126);
        appendBigEndian(frame, payload.size(), 2);
    } else {
        frame.push_back(kMasked | 127);
        appendBigEndian(frame, payload.size(), 8);
    }
    // A mask of zeros leaves the payload as it is.
    frame.insert(frame.end(), 4, 0);
    frame.insert(frame.end(), payload.begin(), payload.end());
    write(frame);
}

void WebSocket::write(ByteView bytes)
{
    m_out.insert(m_out.end(), bytes.begin(), bytes.end());
    onWritable();
}

void WebSocket::onWritable()
{
    while (m_sent < m_out.size()) {
        const ssize_t sent = ::send(m_descriptor, m_out.data() + m_sent, m_out.size() - m_sent,
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0) {
            // An end of the connection is seen by who reads.
            return;
        }
        m_sent += static_cast<std::size_t>(sent);
    }
    m_out.clear();
    m_sent = 0;
}

Result<void> WebSocket::onReadable(const std::function<void()> &onOpen,
                                   const std::function<void(ByteView)> &onMessage)
{
    // Shared by all connections: thousands of buffers of this size would be the load themselves.
    static std::array<std::uint8_t, kReadAtOnce> buffer;
    for (bool isMore = true; isMore;) {
        const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        m_in.insert(m_in.end(), buffer.begin(), buffer.begin() + std::max<ssize_t>(got, 0));
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
            close();
            return fail(ErrorCode::Network, "the server has closed the connection");
        }
        isMore = got == static_cast<ssize_t>(kReadAtOnce);
    }
    if (m_state == State::Upgrading) {
        if (const Result<void> upgraded = readUpgrade(onOpen); !upgraded) {
            close();
            return upgraded;
        }
    }
    if (m_state == State::Open) {
        readFrames(onMessage);
    }
    return {};
}

Result<void> WebSocket::readUpgrade(const std::function<void()> &onOpen)
{
    constexpr std::string_view kEnd = "\r\n\r\n";
    const auto end = std::search(m_in.begin(), m_in.end(), kEnd.begin(), kEnd.end());
    if (end == m_in.end()) {
        return {};
    }
    const std::string head(m_in.begin(), end);
    if (head.rfind("HTTP/1.1 101", 0) != 0) {
        return fail(ErrorCode::Network, "the server answers: " + head.substr(0, head.find('\r')));
    }
    m_in.erase(m_in.begin(), end + kEnd.size());
    m_state = State::Open;
    onOpen();
    return {};
}

void WebSocket::readFrames(const std::function<void(ByteView)> &onMessage)
{
    std::size_t at = 0;
    while (m_state == State::Open && m_in.size() - at >= 2) {
        const std::uint8_t *const frame = m_in.data() + at;
        std::size_t head = 2;
        std::uint64_t length = frame[1] & 0x7f;
        const int lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        head += static_cast<std::size_t>(lengthBytes);
        if (m_in.size() - at < head) {
            break;
        }
        if (lengthBytes > 0) {
            length = readBigEndian(frame + 2, lengthBytes);
        }
        if (m_in.size() - at - head < length) {
            break;
        }
        const ByteView payload(frame + head, length);
        const std::uint8_t opcode = frame[0] & 0x0f;
        at += head + length;
        if (opcode == kPing) {
            sendFrame(kPong, payload);
        } else if (opcode == kBinary || opcode == kContinuation) {
            const bool isWhole = (frame[0] & kFinal) != 0;
            if (isWhole && m_message.empty()) {
                onMessage(payload);
                continue;
            }
            m_message.insert(m_message.end(), payload.begin(), payload.end());
            if (isWhole) {
                onMessage(std::exchange(m_message, {}));
            }
        } else if (opcode == kClose) {
            sendFrame(kClose, payload);
        }
    }
    m_in.erase(m_in.begin(), m_in.begin() + static_cast<std::ptrdiff_t>(std::min(at, m_in.size())));
}

} // namespace cowrite::load
