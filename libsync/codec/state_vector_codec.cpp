#include "libsync/codec/state_vector_codec.h"

#include "libsync/base/limits.h"
#include "libsync/codec/wire.h"

namespace cowrite::codec {

void writeStateVector(lib0::Encoder &out, const crdt::StateVector &stateVector)
{
    out.writeVarUint(stateVector.size());
    for (const auto &[client, clock] : stateVector) {
        out.writeVarUint(client);
        out.writeVarUint(clock);
    }
}

crdt::StateVector readStateVector(lib0::Decoder &in)
{
    constexpr std::size_t kSmallestEntry = 2;
    crdt::StateVector result;
    const std::uint64_t count = wire::readCount(in, kSmallestEntry);
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
        const crdt::ClientId client = in.readVarUint();
        const std::size_t clockStart = in.position();
        const std::uint64_t clock = in.readVarUint();
        if (clock > limits::kMaxClock) {
            in.fail(ErrorCode::LimitExceeded, "a clock is too large", clockStart);
        } else {
            result.set(client, static_cast<crdt::Clock>(clock));
        }
    }
    return result;
}

Bytes encodeStateVector(const crdt::StateVector &stateVector)
{
    lib0::Encoder out;
    writeStateVector(out, stateVector);
    return out.take();
}

Result<crdt::StateVector> decodeStateVector(ByteView bytes)
{
    lib0::Decoder in(bytes);
    crdt::StateVector result = readStateVector(in);
    wire::expectEnd(in);
    if (!in.ok()) {
        return tl::unexpected(in.error());
    }
    return result;
}

} // namespace cowrite::codec
