// Puts a load on a server of rooms on this machine and prints what it bore, as one line of JSON.
//
//   load_rooms WORK DIALECT PORT PID [GUESTS [RATE [SECONDS [MEGABYTES]]]]
//
// run.mjs calls it; works.h says what the words mean.

#include "tests/load/works.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <sys/resource.h>

namespace {

using namespace cowrite;

Result<load::Figures> carryOut(std::string_view work, const load::Order &order)
{
    if (work == "traffic") {
        return load::traffic(order);
    }
    if (work == "idle-rooms") {
        return load::idleRooms(order);
    }
    if (work == "idle-guests") {
        return load::idleGuests(order);
    }
    if (work == "returning") {
        return load::returning(order);
    }
    return fail(ErrorCode::NotFound, "there is no such work: " + std::string(work));
}

/// Each guest is a descriptor.
void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5) {
        std::fputs(
            "usage: load_rooms WORK DIALECT PORT PID [GUESTS [RATE [SECONDS [MEGABYTES]]]]\n",
            stderr);
        return 2;
    }
    raiseDescriptorLimit();
    const auto number = [&](int index, double otherwise) {
        return index < argc ? std::atof(argv[index]) : otherwise;
    };
    load::Order order;
    order.dialect = std::string_view(argv[2]) == "hocuspocus" ? load::Dialect::Hocuspocus
                                                              : load::Dialect::YWebSocket;
    order.port = static_cast<std::uint16_t>(number(3, 0));
    order.pid = static_cast<int>(number(4, 0));
    order.guests = static_cast<int>(number(5, order.guests));
    order.rate = number(6, order.rate);
    order.seconds = static_cast<int>(number(7, order.seconds));
    order.megabytes = static_cast<int>(number(8, order.megabytes));
    const Result<load::Figures> figures = carryOut(argv[1], order);
    if (!figures) {
        std::fprintf(stderr, "%s\n", figures.error().message.c_str());
        return 1;
    }
    std::printf("%s\n", nlohmann::json(*figures).dump().c_str());
    return 0;
}
