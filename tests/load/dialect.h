#pragma once

#include "libsync/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::load {

/// How a server wants to be spoken to: y-websocket, or Hocuspocus with the name of the document in
/// front of every message (yjs-compat 7.1 to 7.6).
enum class Dialect { YWebSocket, Hocuspocus };

/// Where the door of a room is.
[[nodiscard]] std::string pathOf(Dialect dialect, std::string_view room);
/// What a guest begins with, in order: it shows that it may come in, and tells what it has.
[[nodiscard]] std::vector<Bytes> greeting(Dialect dialect, std::string_view room,
                                          ByteView stateVector);
[[nodiscard]] Bytes step1Message(Dialect dialect, std::string_view room, ByteView stateVector);
[[nodiscard]] Bytes step2Message(Dialect dialect, std::string_view room, ByteView update);
[[nodiscard]] Bytes updateMessage(Dialect dialect, std::string_view room, ByteView update);

enum class Heard { Step1, Step2, Update, Else };
/// What a message of the server is.
[[nodiscard]] Heard classify(Dialect dialect, ByteView message);

} // namespace cowrite::load
