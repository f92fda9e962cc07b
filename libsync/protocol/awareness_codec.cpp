#include "libsync/protocol/awareness_codec.h"

#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/json.h"

namespace cowrite::protocol {

namespace {

/// A client, a clock, the length of the text and at least one character of it.
constexpr std::size_t kSmallestEntry = 4;

AwarenessEntry readEntry(lib0::Decoder &decoder)
{
    AwarenessEntry entry;
    entry.client = decoder.readVarUint();
    entry.clock = decoder.readVarUint();
    const std::string_view json = decoder.readVarStringUtf8();
    if (!decoder.ok()) {
        return entry;
    }

    const std::size_t start = decoder.position() - json.size();
    if (json.size() > kMaxAwarenessStateBytes) {
        decoder.fail(ErrorCode::LimitExceeded, "an awareness state is too large", start);
        return entry;
    }
    Result<lib0::Any> state = lib0::parseJson(json);
    if (!state) {
        decoder.fail(state.error().code,
                     "an awareness state is not valid JSON: " + state.error().message,
                     start + static_cast<std::size_t>(state.error().byteOffset.value_or(0)));
        return entry;
    }
    entry.json = json;
    if (!state->isNull()) {
        entry.state = std::move(*state);
    }
    return entry;
}

} // namespace

Result<std::vector<AwarenessEntry>> decodeAwarenessUpdate(ByteView update)
{
    lib0::Decoder decoder(update);
    const std::uint64_t count = decoder.readVarUint();
    if (decoder.ok() && count > kMaxAwarenessEntries) {
        decoder.fail(ErrorCode::LimitExceeded, "too many entries in an awareness update", 0);
    } else if (count > decoder.remaining() / kSmallestEntry) {
        decoder.fail(ErrorCode::Malformed, "an awareness update has fewer entries than it says", 0);
    }
    if (!decoder.ok()) {
        return tl::unexpected(decoder.error());
    }

    std::vector<AwarenessEntry> entries;
    entries.reserve(static_cast<std::size_t>(count));
    for (std::uint64_t i = 0; i < count && decoder.ok(); ++i) {
        entries.push_back(readEntry(decoder));
    }
    if (!decoder.ok()) {
        return tl::unexpected(decoder.error());
    }
    return entries;
}

Bytes encodeAwarenessUpdate(const std::vector<AwarenessEntry> &entries)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(entries.size());
    for (const AwarenessEntry &entry : entries) {
        encoder.writeVarUint(entry.client);
        encoder.writeVarUint(entry.clock);
        encoder.writeVarString(entry.json);
    }
    return encoder.take();
}

} // namespace cowrite::protocol
