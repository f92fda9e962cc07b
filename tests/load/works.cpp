#include "tests/load/works.h"

#include "tests/load/crowd.h"
#include "tests/load/server_process.h"
#include "tests/load/update_bytes.h"

#include <algorithm>
#include <cmath>

namespace cowrite::load {

namespace {

using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::uint32_t kFirstClient = 1'000'000'000;
constexpr seconds kWarmUp{2};
/// For what is still under way.
constexpr seconds kAfterwards{5};
/// So many come in at a time: no honest crowd knocks all at once, and a listener's queue is short.
constexpr int kAtADoor = 100;
constexpr int kGuestsInARoom = 10;
/// A guest who comes back lacks a hundredth of the document.
constexpr std::size_t kPartsMissed = 100;
constexpr std::size_t kMegabyte = 1'000'000;

double millisecondsOf(std::int64_t time)
{
    return double(time) / 1e6;
}

std::int64_t percentile(std::vector<std::int64_t> &values, double share)
{
    if (values.empty()) {
        return 0;
    }
    const auto at = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

Guest::Options optionsFor(const Order &order, std::string room, int number)
{
    Guest::Options options;
    options.dialect = order.dialect;
    options.port = order.port;
    options.room = std::move(room);
    options.client = kFirstClient + static_cast<std::uint32_t>(number);
    return options;
}

/// Guests in order write a token each, evenly spread over the time. The number of tokens.
Result<std::size_t> write(Crowd &crowd, const std::vector<Guest *> &writers, double rate,
                          seconds time)
{
    const auto interval =
        duration_cast<nanoseconds>(duration<double>(1 / (rate * double(writers.size()))));
    const TimePoint begin = steady_clock::now();
    const TimePoint end = begin + time;
    std::size_t written = 0;
    for (TimePoint next = begin; next < end; next += interval) {
        if (const Result<bool> ran = crowd.runUntil([] { return false; }, next); !ran) {
            return tl::unexpected(ran.error());
        }
        writers[written++ % writers.size()]->writeToken();
    }
    return written;
}

/// As many guests as `rooms` has names, a hundred at a time.
Result<void> enterAll(Crowd &crowd, const Order &order, const std::vector<std::string> &rooms)
{
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        const auto guest = crowd.add(optionsFor(order, rooms[i], static_cast<int>(i)));
        if (!guest) {
            return tl::unexpected(guest.error());
        }
        if ((i + 1) % kAtADoor == 0 || i + 1 == rooms.size()) {
            if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
                return synced;
            }
        }
    }
    return {};
}

std::vector<Guest *> pointersTo(const Crowd &crowd)
{
    std::vector<Guest *> guests;
    for (const auto &guest : crowd.guests()) {
        guests.push_back(guest.get());
    }
    return guests;
}

/// Counts what `writers` tell each other for the time of the order.
Result<Figures> measureTraffic(Crowd &crowd, const std::vector<Guest *> &writers, double rate,
                               const Order &order)
{
    if (const auto warm = write(crowd, writers, rate, kWarmUp); !warm) {
        return tl::unexpected(warm.error());
    }
    Deliveries &deliveries = crowd.deliveries();
    deliveries.isCounting = true;
    const Usage before = usageOf(order.pid);
    const TimePoint begin = steady_clock::now();
    const auto written = write(crowd, writers, rate, seconds(order.seconds));
    if (!written) {
        return tl::unexpected(written.error());
    }
    const std::size_t due = *written * (writers.size() - 1);
    const auto late = crowd.runUntil([&] { return deliveries.delays.size() >= due; },
                                     steady_clock::now() + kAfterwards);
    if (!late) {
        return tl::unexpected(late.error());
    }
    const double time = duration<double>(steady_clock::now() - begin).count();
    const double cpu = usageOf(order.pid).cpuSeconds - before.cpuSeconds;
    std::vector<std::int64_t> &delays = deliveries.delays;
    const double delivered = double(delays.size());
    return Figures{{"due", double(due)},
                   {"delivered", delivered},
                   {"delivered per second", delivered / time},
                   {"delivered per CPU second", cpu > 0 ? delivered / cpu : 0},
                   {"p50 ms", millisecondsOf(percentile(delays, 0.5))},
                   {"p99 ms", millisecondsOf(percentile(delays, 0.99))}};
}

} // namespace

Result<Figures> traffic(const Order &order)
{
    Crowd crowd;
    const std::vector<std::string> rooms(static_cast<std::size_t>(order.guests), "traffic");
    if (const auto entered = enterAll(crowd, order, rooms); !entered) {
        return tl::unexpected(entered.error());
    }
    return measureTraffic(crowd, pointersTo(crowd), order.rate, order);
}

Result<Figures> idleRooms(const Order &order)
{
    const Usage before = usageOf(order.pid);
    Crowd crowd;
    for (int i = 0; i < order.guests; ++i) {
        const auto guest = crowd.add(optionsFor(order, "idle" + std::to_string(i), i));
        if (!guest) {
            return tl::unexpected(guest.error());
        }
        if ((i + 1) % kAtADoor != 0 && i + 1 != order.guests) {
            continue;
        }
        if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
            return tl::unexpected(synced.error());
        }
        for (const auto &visitor : crowd.guests()) {
            if (visitor->socket().isOpen()) {
                visitor->writeToken();
                crowd.leave(*visitor);
            }
        }
    }
    if (const auto settled = crowd.runUntil([] { return false; }, steady_clock::now() + kWarmUp);
        !settled) {
        return tl::unexpected(settled.error());
    }
    const Usage after = usageOf(order.pid);
    return Figures{
        {"KB per room",
         double(after.residentBytes - before.residentBytes) / 1e3 / double(order.guests)},
        {"CPU ms per room", 1e3 * (after.cpuSeconds - before.cpuSeconds) / double(order.guests)}};
}

Result<Figures> idleGuests(const Order &order)
{
    const Usage before = usageOf(order.pid);
    Crowd crowd;
    std::vector<std::string> rooms;
    for (int i = 0; i < order.guests; ++i) {
        rooms.push_back("guests" + std::to_string(i / kGuestsInARoom));
    }
    if (const auto entered = enterAll(crowd, order, rooms); !entered) {
        return tl::unexpected(entered.error());
    }
    const double grown = double(usageOf(order.pid).residentBytes - before.residentBytes);

    std::vector<Guest *> writers;
    for (int i = 0; i < 2; ++i) {
        const auto guest = crowd.add(optionsFor(order, "lively", order.guests + i));
        if (!guest) {
            return tl::unexpected(guest.error());
        }
        writers.push_back(*guest);
    }
    if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
        return tl::unexpected(synced.error());
    }
    Result<Figures> figures = measureTraffic(crowd, writers, order.rate, order);
    if (figures) {
        figures->emplace("KB per guest", grown / 1e3 / double(order.guests));
    }
    return figures;
}

Result<Figures> returning(const Order &order)
{
    Crowd crowd;
    const auto writer = crowd.add(optionsFor(order, "return", 0));
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
        return tl::unexpected(synced.error());
    }
    LongDocument document(kFirstClient);
    while (document.bytes() < std::size_t(order.megabytes) * kMegabyte) {
        (*writer)->sendUpdate(document.next(kMegabyte));
    }
    (*writer)->ask(document.stateVectorAfter(document.paragraphs()));
    if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
        return tl::unexpected(synced.error());
    }

    const Usage before = usageOf(order.pid);
    forgetPeak(order.pid);
    const std::size_t missed = document.paragraphs() / kPartsMissed;
    const TimePoint begin = steady_clock::now();
    for (int i = 0; i < order.guests; ++i) {
        Guest::Options options = optionsFor(order, "return", 1 + i);
        // Half of them left together, the others one by one before.
        const std::size_t earlier = i % 2 == 0 ? 0 : static_cast<std::size_t>(i);
        options.stateVector = document.stateVectorAfter(document.paragraphs() - missed - earlier);
        if (const auto guest = crowd.add(std::move(options)); !guest) {
            return tl::unexpected(guest.error());
        }
    }
    if (const auto synced = crowd.waitUntilAllAreSynced(); !synced) {
        return tl::unexpected(synced.error());
    }
    const double time = duration<double>(steady_clock::now() - begin).count();
    const Usage after = usageOf(order.pid);
    std::size_t received = 0;
    for (const auto &guest : crowd.guests()) {
        received += guest->bytesReceived();
    }
    return Figures{{"seconds", time},
                   {"CPU seconds", after.cpuSeconds - before.cpuSeconds},
                   {"peak MB", double(after.peakBytes) / 1e6},
                   {"MB before", double(before.residentBytes) / 1e6},
                   {"MB sent", double(received) / 1e6}};
}

} // namespace cowrite::load
