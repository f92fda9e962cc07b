#pragma once

#include "libsync/base/error.h"
#include "tests/load/dialect.h"

#include <cstdint>
#include <map>
#include <string>

namespace cowrite::load {

/// The server to load, and how heavily.
struct Order {
    Dialect dialect = Dialect::YWebSocket;
    std::uint16_t port = 0;
    int pid = 0; ///< of the server
    int guests = 2;
    double rate = 1; ///< tokens each guest writes in a second
    int seconds = 10;
    int megabytes = 20; ///< of the document that guests return to
};

/// Figures by name; units are in the names.
using Figures = std::map<std::string, double>;

/// All guests of one room write and read.
[[nodiscard]] Result<Figures> traffic(const Order &order);
/// As many rooms as guests, each visited once and left.
[[nodiscard]] Result<Figures> idleRooms(const Order &order);
/// Guests who do nothing, ten to a room, and two others who write.
[[nodiscard]] Result<Figures> idleGuests(const Order &order);
/// Guests who have nearly all of a large document come back at once.
[[nodiscard]] Result<Figures> returning(const Order &order);

} // namespace cowrite::load
