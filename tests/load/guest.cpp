#include "tests/load/guest.h"

#include "tests/load/update_bytes.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <utility>

namespace cowrite::load {

namespace {

/// '@', the client and the time in hexadecimal, ';'.
constexpr std::size_t kTokenBytes = 1 + 8 + 16 + 1;
constexpr char kTokenBegin = '@';
constexpr char kTokenEnd = ';';

constexpr std::array<std::uint8_t, 2> kNothing{0, 0};

std::int64_t nanosecondsNow()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

std::string tokenOf(std::uint32_t client)
{
    std::array<char, kTokenBytes + 1> token{};
    std::snprintf(token.data(), token.size(), "%c%08x%016llx%c", kTokenBegin, client,
                  static_cast<unsigned long long>(nanosecondsNow()), kTokenEnd);
    return {token.data(), kTokenBytes};
}

/// The value of hexadecimal digits; -1 for anything else.
std::int64_t hexadecimal(const std::uint8_t *digits, int count)
{
    std::int64_t value = 0;
    for (int i = 0; i < count; ++i) {
        const int digit = digits[i] >= '0' && digits[i] <= '9'   ? digits[i] - '0'
                          : digits[i] >= 'a' && digits[i] <= 'f' ? digits[i] - 'a' + 10
                                                                 : -1;
        if (digit < 0) {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

} // namespace

Guest::Guest(Options options, Deliveries &deliveries)
    : m_options(std::move(options)), m_deliveries(deliveries)
{}

Result<void> Guest::open()
{
    m_isSynced = false;
    return m_socket.open(m_options.port, pathOf(m_options.dialect, m_options.room), {});
}

void Guest::writeToken()
{
    const std::string token = tokenOf(m_options.client);
    sendUpdate(insertionAtEnd(m_options.client, m_clock, token));
    m_clock += token.size();
}

void Guest::ask(ByteView stateVector)
{
    m_isSynced = false;
    m_socket.send(step1Message(m_options.dialect, m_options.room, stateVector));
}

void Guest::sendUpdate(ByteView update)
{
    m_socket.send(updateMessage(m_options.dialect, m_options.room, update));
}

Result<void> Guest::onReadable()
{
    return m_socket.onReadable(
        [this] {
            for (const Bytes &message :
                 greeting(m_options.dialect, m_options.room, m_options.stateVector)) {
                m_socket.send(message);
            }
        },
        [this](ByteView message) { onMessage(message); });
}

void Guest::onMessage(ByteView message)
{
    m_bytesReceived += message.size();
    switch (classify(m_options.dialect, message)) {
    case Heard::Step1:
        m_socket.send(step2Message(m_options.dialect, m_options.room, kNothing));
        return;
    case Heard::Step2:
        if (!std::exchange(m_isSynced, true)) {
            m_syncedAt = std::chrono::steady_clock::now();
        }
        return;
    case Heard::Update:
        countTokens(message);
        return;
    case Heard::Else:
        return;
    }
}

void Guest::countTokens(ByteView message)
{
    if (!m_deliveries.isCounting) {
        return;
    }
    const std::uint8_t *at = message.data();
    const std::uint8_t *const end = at + message.size();
    while (end - at >= std::ptrdiff_t(kTokenBytes)) {
        at = static_cast<const std::uint8_t *>(
            std::memchr(at, kTokenBegin, static_cast<std::size_t>(end - at)));
        if (!at || end - at < std::ptrdiff_t(kTokenBytes)) {
            return;
        }
        const std::int64_t client = hexadecimal(at + 1, 8);
        const std::int64_t sent = hexadecimal(at + 9, 16);
        const bool isToken = client >= 0 && sent >= 0 && at[kTokenBytes - 1] == kTokenEnd;
        // Some servers tell the writer as well, who knows.
        if (isToken && client != m_options.client) {
            m_deliveries.delays.push_back(nanosecondsNow() - sent);
        }
        at += isToken ? kTokenBytes : 1;
    }
}

} // namespace cowrite::load
