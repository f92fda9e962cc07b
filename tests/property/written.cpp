#include "tests/property/written.h"

#include "libsync/base/check.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_tools.h"

#include <algorithm>

namespace cowrite::test {

using namespace crdt;
using codec::UpdateFormat;

namespace {

/// Yjs 13.6 knows these kinds of nested types (yjs-compat 2.3).
constexpr std::uint8_t kMaxTypeRef = 6;

} // namespace

std::string checkWritten(ByteView bytes, UpdateFormat format)
{
    // The decoder refuses what is malformed: empty structs, sections that come twice, bad UTF-8.
    Update update;
    if (const auto decoded = codec::decodeUpdate(bytes, update, format); !decoded) {
        return "an update of ours cannot be read: " + decoded.error().message;
    }
    // As long as it was after a writer took it apart: deletions are normalised, numbers as short as
    // they can be. Not equal, as Yjs and we forget on the way that an entry of a map has a key
    // where its origin says so too; in V2 that alone changes lengths.
    if (format == UpdateFormat::V1) {
        const Bytes converted = *codec::convertUpdate(bytes, UpdateFormat::V1, UpdateFormat::V2);
        const Bytes back = *codec::convertUpdate(converted, UpdateFormat::V2, UpdateFormat::V1);
        if (back.size() != bytes.size()) {
            return "an update is written longer than it has to be";
        }
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
        if (wire.kind == ContentKind::Type &&
            std::get<TypeContent>(update.contents[wire.content]).typeRef > kMaxTypeRef) {
            return "an update has a nested type that Yjs does not know";
        }
    }
    return {};
}

} // namespace cowrite::test
