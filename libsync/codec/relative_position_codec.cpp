#include "libsync/codec/relative_position_codec.h"

#include "libsync/base/limits.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

#include <algorithm>
#include <limits>

namespace cowrite::codec {

namespace {

/// What the first number says the position is anchored to (yjs-compat 4.6).
enum Anchor : std::uint64_t { kItem = 0, kRootName = 1, kType = 2 };

crdt::Id readId(lib0::Decoder &in)
{
    const crdt::ClientId client = in.readVarUint();
    const std::size_t clockStart = in.position();
    const std::uint64_t clock = in.readVarUint();
    if (clock > limits::kMaxClock) {
        in.fail(ErrorCode::LimitExceeded, "a clock is too large", clockStart);
    }
    return {client, static_cast<crdt::Clock>(clock)};
}

} // namespace

Bytes encodeRelativePosition(const crdt::RelativePosition &position)
{
    lib0::Encoder out;
    if (position.item) {
        out.writeVarUint(kItem);
        out.writeVarUint(position.item->client);
        out.writeVarUint(position.item->clock);
    } else if (position.type) {
        out.writeVarUint(kType);
        out.writeVarUint(position.type->client);
        out.writeVarUint(position.type->clock);
    } else {
        out.writeVarUint(kRootName);
        out.writeVarString(position.rootName.value_or(std::string()));
    }
    out.writeVarInt(position.assoc);
    return out.take();
}

Result<crdt::RelativePosition> decodeRelativePosition(ByteView bytes)
{
    lib0::Decoder in(bytes);
    crdt::RelativePosition position;
    switch (in.readVarUint()) {
    case kItem:
        position.item = readId(in);
        break;
    case kRootName:
        position.rootName = std::string(in.readVarStringUtf8());
        break;
    case kType:
        position.type = readId(in);
        break;
    default:
        in.fail(ErrorCode::Malformed, "a position is anchored to something unknown", 0);
        break;
    }
    if (in.remaining() > 0) {
        const std::int64_t assoc = in.readVarInt();
        // Only its sign means something.
        position.assoc = static_cast<int>(std::clamp<std::int64_t>(
            assoc, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    }
    if (in.remaining() > 0) {
        in.fail(ErrorCode::Malformed, "the position ends before its bytes do");
    }
    if (!in.ok()) {
        return tl::unexpected(in.error());
    }
    return position;
}

} // namespace cowrite::codec
