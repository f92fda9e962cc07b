#include "libsync/session/log/undo_codec.h"

#include "libsync/base/limits.h"
#include "libsync/codec/delete_set_codec.h"
#include "libsync/codec/relative_position_codec.h"
#include "libsync/codec/wire.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

#include <algorithm>

namespace cowrite::session {

namespace {

constexpr std::uint64_t kVersion = 1;
/// A client of an order, a step, and a range that was redone take at least so many bytes.
constexpr std::size_t kSmallestClient = 1;
constexpr std::size_t kSmallestStep = 5;
constexpr std::size_t kSmallestRedone = 5;

void writeSteps(lib0::Encoder &out, const std::vector<Bytes> &steps)
{
    out.writeVarUint(steps.size());
    for (const Bytes &step : steps) {
        out.writeVarBytes(step);
    }
}

void writeId(lib0::Encoder &out, crdt::Id id)
{
    out.writeVarUint(id.client);
    out.writeVarUint(id.clock);
}

crdt::Clock readClock(lib0::Decoder &in)
{
    const std::size_t start = in.position();
    const std::uint64_t clock = in.readVarUint();
    if (clock > limits::kMaxClock) {
        in.fail(ErrorCode::LimitExceeded, "a clock is too large", start);
        return 0;
    }
    return static_cast<crdt::Clock>(clock);
}

crdt::Id readId(lib0::Decoder &in)
{
    const crdt::ClientId client = in.readVarUint();
    return {client, readClock(in)};
}

crdt::RelativePosition readPosition(lib0::Decoder &in)
{
    const std::size_t start = in.position();
    const ByteView bytes = in.readVarBytes();
    Result<crdt::RelativePosition> position = codec::decodeRelativePosition(bytes);
    if (!position) {
        in.fail(position.error().code, position.error().message, start);
        return {};
    }
    return *std::move(position);
}

StoredStep readStep(lib0::Decoder &in)
{
    using codec::UpdateFormat;
    StoredStep stored;
    codec::readDeleteSet(in, stored.step.insertions, UpdateFormat::V1);
    codec::readDeleteSet(in, stored.step.deletions, UpdateFormat::V1);
    const std::uint64_t clients = codec::wire::readCount(in, kSmallestClient);
    for (std::uint64_t i = 0; i < clients && in.ok(); ++i) {
        stored.step.deletionOrder.push_back(in.readVarUint());
    }
    if (in.readUint8() != 0) {
        const crdt::RelativePosition anchor = readPosition(in);
        stored.selection = StickySelection{anchor, readPosition(in)};
    }
    codec::wire::expectEnd(in);
    return stored;
}

void readSteps(lib0::Decoder &in, std::vector<StoredStep> &into)
{
    const std::uint64_t count = codec::wire::readCount(in, kSmallestStep);
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
        lib0::Decoder step = in.readVarBlock();
        into.push_back(readStep(step));
        if (in.ok() && !step.ok()) {
            in.fail(step.error());
        }
    }
}

} // namespace

Bytes encodeStep(const crdt::UndoStep &step, const StickySelection *selection)
{
    lib0::Encoder out;
    codec::writeDeleteSet(out, step.insertions, codec::UpdateFormat::V1);
    codec::writeDeleteSet(out, step.deletions, codec::UpdateFormat::V1);
    out.writeVarUint(step.deletionOrder.size());
    for (const crdt::ClientId client : step.deletionOrder) {
        out.writeVarUint(client);
    }
    out.writeUint8(selection != nullptr ? 1 : 0);
    if (selection != nullptr) {
        out.writeVarBytes(codec::encodeRelativePosition(selection->anchor));
        out.writeVarBytes(codec::encodeRelativePosition(selection->head));
    }
    return out.take();
}

Bytes encodeSteps(const EncodedSteps &steps)
{
    lib0::Encoder out;
    out.writeVarUint(kVersion);
    out.writeVarString(std::string_view(steps.root));
    writeSteps(out, steps.undo);
    writeSteps(out, steps.redo);
    out.writeVarUint(steps.redone.size());
    for (const crdt::RedoneRange &range : steps.redone) {
        writeId(out, range.from);
        out.writeVarUint(range.length);
        writeId(out, range.to);
    }
    return out.take();
}

Result<StoredSteps> decodeSteps(ByteView bytes)
{
    lib0::Decoder in(bytes);
    const std::uint64_t version = in.readVarUint();
    if (in.ok() && version != kVersion) {
        return fail(ErrorCode::Unsupported, "The steps were written by a newer Cowrite.", 0);
    }
    StoredSteps steps;
    steps.root = std::string(in.readVarStringUtf8());
    readSteps(in, steps.undo);
    readSteps(in, steps.redo);
    const std::uint64_t count = codec::wire::readCount(in, kSmallestRedone);
    for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
        const crdt::Id from = readId(in);
        const crdt::Clock length = readClock(in);
        steps.redone.push_back({from, length, readId(in)});
    }
    codec::wire::expectEnd(in);
    return in.ok() ? Result<StoredSteps>(std::move(steps)) : tl::unexpected(in.error());
}

} // namespace cowrite::session
