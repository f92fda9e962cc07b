#include "libsync/store/segment.h"

#include <algorithm>
#include <string>
#include <utility>

#include <zlib.h>

#include "libsync/base/check.h"
#include "libsync/codec/update_columns.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/store/row_checksum.h"

namespace cowrite::store {

namespace {

/// No segment claims more memory than this; compaction packs far less at once.
constexpr std::uint64_t kLargestUnpacked = std::uint64_t{16} << 20;

tl::unexpected<Error> malformed()
{
    return fail(ErrorCode::Malformed, "A part of the history is damaged.");
}

/// Its size, then the bytes as zlib writes them.
Bytes compressed(ByteView bytes)
{
    lib0::Encoder out;
    out.writeVarUint(bytes.size());
    uLongf size = compressBound(bytes.size());
    Bytes room(size);
    // With that much room, only a lack of memory could make it fail.
    COWRITE_CHECK(
        compress2(room.data(), &size, bytes.data(), bytes.size(), Z_DEFAULT_COMPRESSION) == Z_OK);
    out.writeBytes(ByteView(room).first(size));
    return out.take();
}

Result<Bytes> decompressed(ByteView bytes)
{
    lib0::Decoder in(bytes);
    const std::uint64_t size = in.readVarUint();
    if (!in.ok() || size > kLargestUnpacked) {
        return malformed();
    }
    Bytes result(static_cast<std::size_t>(size));
    const ByteView packed = in.readBytes(in.remaining());
    uLongf written = result.size();
    if (uncompress(result.data(), &written, packed.data(), packed.size()) != Z_OK ||
        written != result.size()) {
        return malformed();
    }
    return result;
}

} // namespace

Bytes packSegment(std::span<const LoggedUpdate> updates)
{
    std::vector<ByteView> bytes;
    std::vector<std::string_view> authors;
    lib0::Encoder writers;
    lib0::Encoder merged;
    lib0::Encoder lowTimes;
    lib0::Encoder highTimes;
    std::int64_t time = 0;
    for (const LoggedUpdate &logged : updates) {
        const StoredUpdate &update = logged.update;
        bytes.emplace_back(update.bytes);
        const auto author = std::find(authors.begin(), authors.end(), update.author);
        writers.writeVarUint(static_cast<std::uint64_t>(author - authors.begin()));
        if (author == authors.end()) {
            authors.emplace_back(update.author);
        }
        merged.writeVarUint(logged.merged);
        const std::int64_t now = toInteger(update.time);
        const std::int64_t later = now - std::exchange(time, now);
        lowTimes.writeUint8(static_cast<std::uint8_t>(later & 0xff));
        highTimes.writeVarInt(later >> 8);
    }
    lib0::Encoder times;
    times.writeVarBytes(lowTimes.bytes());
    times.writeVarBytes(highTimes.bytes());
    lib0::Encoder rest;
    rest.writeVarUint(authors.size());
    for (const std::string_view author : authors) {
        rest.writeVarBytes(asBytes(author));
    }
    rest.writeVarBytes(writers.bytes());
    rest.writeVarBytes(merged.bytes());
    rest.writeVarBytes(codec::packUpdates(bytes));
    // The lower bytes of times are nearly random: among others, they would make those larger too.
    lib0::Encoder out;
    out.writeVarBytes(compressed(times.bytes()));
    out.writeVarBytes(compressed(rest.bytes()));
    return out.take();
}

Result<std::vector<LoggedUpdate>> unpackSegment(Seq first, ByteView bytes)
{
    lib0::Decoder in(bytes);
    const Result<Bytes> times = decompressed(in.readVarBytes());
    const Result<Bytes> rest = decompressed(in.readVarBytes());
    if (!in.ok() || in.remaining() > 0 || !times || !rest) {
        return malformed();
    }
    lib0::Decoder timesIn(*times);
    lib0::Decoder lowTimes = timesIn.readVarBlock();
    lib0::Decoder highTimes = timesIn.readVarBlock();
    lib0::Decoder restIn(*rest);
    std::vector<std::string> authors;
    for (std::uint64_t left = restIn.readVarUint(); left > 0 && restIn.ok(); --left) {
        const ByteView author = restIn.readVarBytes();
        authors.emplace_back(author.begin(), author.end());
    }
    lib0::Decoder writers = restIn.readVarBlock();
    lib0::Decoder merged = restIn.readVarBlock();
    Result<std::vector<Bytes>> updates = codec::unpackUpdates(restIn.readVarBytes());
    if (!timesIn.ok() || !restIn.ok() || !updates) {
        return malformed();
    }
    std::vector<LoggedUpdate> result;
    result.reserve(updates->size());
    std::uint64_t time = 0;
    Seq seq = first - 1;
    for (Bytes &update : *updates) {
        const std::uint64_t author = writers.readVarUint();
        const Seq before = merged.readVarUint();
        const auto high = static_cast<std::uint64_t>(highTimes.readVarInt());
        time += (high << 8) + lowTimes.readUint8();
        if (author >= authors.size() || !writers.ok() || !merged.ok() || !highTimes.ok() ||
            !lowTimes.ok()) {
            return malformed();
        }
        seq += before + 1;
        result.push_back({{seq, toTime(static_cast<std::int64_t>(time)),
                           authors[static_cast<std::size_t>(author)], std::move(update)},
                          before});
    }
    return result;
}

} // namespace cowrite::store
