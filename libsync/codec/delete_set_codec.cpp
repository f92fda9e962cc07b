#include "libsync/codec/delete_set_codec.h"

#include "libsync/base/limits.h"
#include "libsync/codec/wire.h"

namespace cowrite::codec {

using namespace crdt;

namespace {

constexpr std::size_t kSmallestRange = 2;

// V2 counts clocks from the end of the range before, and lengths from 1.
struct Relative {
    std::uint64_t from = 0;
    std::uint64_t shortest = 0;
};

void writeRanges(lib0::Encoder &out, DeleteSet::Ranges ranges, UpdateFormat format)
{
    Relative base{0, format == UpdateFormat::V2 ? 1U : 0U};
    for (const ClockRange &range : ranges) {
        out.append(2 * lib0::varint::kMaxBytes, [&](std::uint8_t *at) {
            at = lib0::varint::putVarUint(at, range.clock - base.from);
            return lib0::varint::putVarUint(at, range.length - base.shortest);
        });
        base.from = format == UpdateFormat::V2 ? range.end() : 0;
    }
}

void readRanges(lib0::Decoder &in, DeleteSet &into, UpdateFormat format)
{
    const ClientId client = in.readVarUint();
    const std::uint64_t count = wire::readCount(in, kSmallestRange);
    into.makeRoomFor(count);
    Relative base{0, format == UpdateFormat::V2 ? 1U : 0U};
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
        const std::size_t start = in.position();
        const std::uint64_t clock = base.from + in.readVarUint();
        const std::uint64_t length = base.shortest + in.readVarUint();
        if (clock > limits::kMaxClock || length > limits::kMaxClock - clock) {
            in.fail(ErrorCode::LimitExceeded, "a clock is too large", start);
            return;
        }
        into.add(client, {static_cast<Clock>(clock), static_cast<Clock>(length)});
        base.from = format == UpdateFormat::V2 ? clock + length : 0;
    }
}

} // namespace

void writeDeleteSet(lib0::Encoder &out, const DeleteSet &deletions, UpdateFormat format)
{
    out.writeVarUint(deletions.clientCount());
    for (const auto &[client, ranges] : deletions) {
        out.writeVarUint(client);
        out.writeVarUint(ranges.size());
        writeRanges(out, ranges, format);
    }
}

void readDeleteSet(lib0::Decoder &in, DeleteSet &into, UpdateFormat format)
{
    const std::uint64_t clients = wire::readCount(in, kSmallestRange);
    for (std::uint64_t i = 0; i < clients && in.ok(); ++i) {
        readRanges(in, into, format);
    }
    into.normalize();
}

} // namespace cowrite::codec
