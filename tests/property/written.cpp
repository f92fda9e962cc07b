#include "tests/property/written.h"

#include "libsync/base/check.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_tools.h"
#include "libsync/lib0/run_length_decoder.h"
#include "libsync/lib0/run_length_encoder.h"

#include <algorithm>

namespace cowrite::test {

using namespace crdt;
using codec::UpdateFormat;

namespace {

/// Yjs 13.6 knows these kinds of nested types (yjs-compat 2.3).
constexpr std::uint8_t kMaxTypeRef = 6;

// Of an update V2 (yjs-compat 4.3).
constexpr std::size_t kColumns = 9;
constexpr std::size_t kInfoColumn = 4;

/// The column of info bytes with its runs as long as they can be.
Bytes rewrittenInfo(const lib0::Decoder &column, std::size_t structs)
{
    lib0::Decoder errors{ByteView()};
    lib0::RleDecoder in(column, errors);
    lib0::RleEncoder out;
    for (std::size_t i = 0; i < structs; ++i) {
        out.write(in.read());
    }
    COWRITE_CHECK(errors.ok());
    const ByteView bytes = out.finish();
    return {bytes.begin(), bytes.end()};
}

/// How long an update is that a writer took apart and wrote again: deletions are normalised,
/// numbers and runs as short as they can be. The info bytes stay: as Yjs, a writer forgets that an
/// entry of a map has a key where its origin says so too, and that alone changes the runs of V2.
std::size_t shortestSize(ByteView bytes, const Update &update, UpdateFormat format)
{
    const Bytes rewritten = *codec::convertUpdate(bytes, format, format);
    if (format == UpdateFormat::V1) {
        return rewritten.size();
    }
    lib0::Decoder before(bytes);
    lib0::Decoder after(rewritten);
    lib0::Encoder shortest;
    COWRITE_CHECK(before.readVarUint() == 0);
    shortest.writeVarUint(after.readVarUint());
    for (std::size_t i = 0; i < kColumns; ++i) {
        const lib0::Decoder column = before.readVarBlock();
        const ByteView rewrittenColumn = after.readVarBytes();
        if (i == kInfoColumn) {
            shortest.writeVarBytes(rewrittenInfo(column, update.structs.size()));
        } else {
            shortest.writeVarBytes(rewrittenColumn);
        }
    }
    shortest.writeBytes(after.readBytes(after.remaining()));
    return shortest.size();
}

} // namespace

std::string checkWritten(ByteView bytes, UpdateFormat format)
{
    // The decoder refuses what is malformed: empty structs, sections that come twice, bad UTF-8.
    Update update;
    if (const auto decoded = codec::decodeUpdate(bytes, update, format); !decoded) {
        return "an update of ours cannot be read: " + decoded.error().message;
    }
    if (shortestSize(bytes, update, format) != bytes.size()) {
        return "an update is written longer than it has to be";
    }
    const auto descends = [&](const WireSection &a, const WireSection &b) {
        return update.clients[a.client] > update.clients[b.client];
    };
    if (!std::is_sorted(update.sections.begin(), update.sections.end(), descends)) {
        return "the clients of an update do not descend";
    }
    for (const WireStruct &wire : update.structs) {
        if (wire.kind == ContentKind::Skip) {
            return "an update skips though nothing is missing";
        }
        if (wire.kind == ContentKind::Type && wire.typeRef > kMaxTypeRef) {
            return "an update has a nested type that Yjs does not know";
        }
    }
    return {};
}

} // namespace cowrite::test
