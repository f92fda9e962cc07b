#include "libsync/codec/snapshot_codec.h"

#include "libsync/codec/delete_set_codec.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/wire.h"

#include <algorithm>

namespace cowrite::codec {

Bytes encodeSnapshot(const crdt::Snapshot &snapshot, UpdateFormat format)
{
    lib0::Encoder out;
    writeDeleteSet(out, snapshot.deletions, format);
    writeStateVector(out, snapshot.stateVector);
    return out.take();
}

Result<crdt::Snapshot> decodeSnapshot(ByteView bytes, UpdateFormat format)
{
    lib0::Decoder in(bytes);
    crdt::Snapshot snapshot;
    readDeleteSet(in, snapshot.deletions, format);
    snapshot.stateVector = readStateVector(in);
    wire::expectEnd(in);
    if (!in.ok()) {
        return tl::unexpected(in.error());
    }
    return snapshot;
}

Result<bool> snapshotContainsUpdate(const crdt::Snapshot &snapshot, ByteView update,
                                    UpdateFormat format)
{
    crdt::Update decoded;
    return decodeUpdate(update, decoded, format).map([&] {
        const auto isKnown = [&](const crdt::WireSection &section) {
            const crdt::Clock end = decoded.structs[section.first + section.count - 1].end();
            return end <= snapshot.stateVector.get(decoded.clients[section.client]);
        };
        return std::all_of(decoded.sections.begin(), decoded.sections.end(), isKnown) &&
               snapshot.deletions.covers(decoded.deletions);
    });
}

} // namespace cowrite::codec
