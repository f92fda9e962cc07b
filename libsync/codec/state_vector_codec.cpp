#include "libsync/codec/state_vector_codec.h"

#include "libsync/base/limits.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::codec {

Bytes encodeStateVector(const crdt::StateVector &stateVector)
{
    lib0::Encoder out;
    out.writeVarUint(stateVector.size());
    for (const auto &[client, clock] : stateVector) {
        out.writeVarUint(client);
        out.writeVarUint(clock);
    }
    return out.take();
}

Result<crdt::StateVector> decodeStateVector(ByteView bytes)
{
    constexpr std::size_t kSmallestEntry = 2;
    lib0::Decoder in(bytes);
    crdt::StateVector result;
    const std::uint64_t count = in.readVarUint();
    if (count > in.remaining() / kSmallestEntry) {
        in.fail(ErrorCode::Malformed, "a count exceeds what the state vector can hold", 0);
    }
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
    if (in.remaining() > 0) {
        in.fail(ErrorCode::Malformed, "the state vector ends before its bytes do");
    }
    if (!in.ok()) {
        return tl::unexpected(in.error());
    }
    return result;
}

} // namespace cowrite::codec
