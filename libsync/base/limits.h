#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every bound that more than one folder knows, with its reason. Sizes are in bytes.
namespace cowrite::limits {

/// Clients and clocks are JavaScript numbers: the largest integer a double holds exactly, 2^53-1.
inline constexpr std::uint64_t kMaxSafeInteger = (std::uint64_t{1} << 53) - 1;

/// One WebSocket message, and one update: above every update seen in practice, far under memory.
inline constexpr std::size_t kMaxMessageBytes = std::size_t{16} << 20;

/// Unsent bytes on one socket; past it the peer is cut and resynchronises. QWebSocket has no bound.
inline constexpr std::size_t kMaxUnsentBytes = std::size_t{4} << 20;

/// How often unsent bytes are looked at; a flood fills 4 MiB in about this time on loopback.
inline constexpr std::chrono::milliseconds kUnsentCheckInterval{50};

/// A message that has begun must be complete by then, so that nobody holds a buffer open.
inline constexpr std::chrono::seconds kPartialMessageDeadline{10};

/// A request head that is still incomplete by then is dropped: slow and half-open handshakes.
inline constexpr std::chrono::seconds kHandshakeDeadline{10};

/// Nesting of `any` values and JSON: no recursion over what a peer controls without a bound.
inline constexpr std::size_t kMaxValueDepth = 256;

/// Room names are opaque keys of 1 to this many characters of `A-Z a-z 0-9 . _ ~ -`.
inline constexpr std::size_t kMaxRoomNameLength = 128;

/// Structs of one document that wait for missing ones; more than that is not a gap but an attack.
inline constexpr std::size_t kMaxPendingStructs = 10'000;
/// And what they may take in memory: one struct can hold a whole message.
inline constexpr std::size_t kMaxPendingBytes = std::size_t{8} << 20;

/// Structs that updates V2 may bring into one document beyond those that as many bytes could hold
/// in V1. Their runs cost no bytes per struct: 25 bytes can claim four billion of them, of 90 to
/// 310 bytes each in memory, but 100,000 characters typed at the front and deleted again honestly
/// take 40 bytes.
inline constexpr std::uint64_t kFreeStructs = 500'000;

/// The text of one chat message in UTF-8.
inline constexpr std::size_t kMaxChatMessageBytes = 4096;

/// Edits wait at most this long for others to share their commit: an fsync costs about 7 ms.
inline constexpr std::chrono::milliseconds kGroupCommitDelay{20};

/// Reconnecting: exponential between these two, with full jitter so that a crowd spreads out.
inline constexpr std::chrono::milliseconds kReconnectMinDelay{250};
inline constexpr std::chrono::milliseconds kReconnectMaxDelay{30'000};

/// A connection that lived this long was healthy: the next failure starts from the smallest delay.
inline constexpr std::chrono::seconds kReconnectHealthy{30};

/// Roots of one document: each costs a few hundred bytes here for a few in an update.
inline constexpr std::size_t kMaxRoots = 10'000;

/// Bytes of a root name, and of a map key; nobody types longer ones.
inline constexpr std::size_t kMaxRootNameBytes = 1024;
inline constexpr std::size_t kMaxKeyBytes = 4096;

/// Highest clock of a client: yrs holds 32 bits, and so do we.
inline constexpr std::uint32_t kMaxClock = 0xFFFF'FFFF;

} // namespace cowrite::limits
