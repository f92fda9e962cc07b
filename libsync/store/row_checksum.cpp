#include "libsync/store/row_checksum.h"

#include <array>

#include "libsync/store/crc32c.h"

namespace cowrite::store {

namespace {

std::uint32_t addInteger(std::int64_t value, std::uint32_t crc)
{
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
    return crc32c(bytes, crc);
}

/// With its length, so that a border between two texts cannot move.
std::uint32_t addText(std::string_view text, std::uint32_t crc)
{
    crc = addInteger(static_cast<std::int64_t>(text.size()), crc);
    return crc32c(asBytes(text), crc);
}

} // namespace

std::int64_t toInteger(DocumentId document)
{
    return static_cast<std::int64_t>(document);
}

std::int64_t toInteger(Seq seq)
{
    return static_cast<std::int64_t>(seq);
}

std::int64_t toInteger(std::chrono::system_clock::time_point time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

std::chrono::system_clock::time_point toTime(std::int64_t milliseconds)
{
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds));
}

std::int64_t updateChecksum(DocumentId document, Seq seq, Seq merged, std::int64_t time,
                            std::string_view author, ByteView bytes)
{
    std::uint32_t crc = addInteger(toInteger(document), 0);
    crc = addInteger(toInteger(seq), crc);
    crc = addInteger(time, crc);
    crc = addText(author, crc);
    crc = crc32c(bytes, crc);
    return merged > 0 ? addInteger(toInteger(merged), crc) : crc;
}

std::int64_t segmentChecksum(DocumentId document, Seq first, Seq seq, ByteView bytes)
{
    std::uint32_t crc = addInteger(toInteger(document), 0);
    crc = addInteger(toInteger(first), crc);
    return crc32c(bytes, addInteger(toInteger(seq), crc));
}

std::int64_t checkpointChecksum(DocumentId document, Seq seq, ByteView bytes)
{
    return crc32c(bytes, addInteger(toInteger(seq), addInteger(toInteger(document), 0)));
}

std::int64_t undoChecksum(DocumentId document, Seq seq, std::int64_t time, ByteView bytes)
{
    std::uint32_t crc = addInteger(toInteger(document), 0);
    crc = addInteger(toInteger(seq), crc);
    return crc32c(bytes, addInteger(time, crc));
}

std::int64_t documentChecksum(const DocumentInfo &info)
{
    std::uint32_t crc = addInteger(toInteger(info.id), 0);
    for (const std::string *text :
         {&info.key, &info.title, &info.kind, &info.address, &info.identity, &info.extra}) {
        crc = addText(*text, crc);
    }
    crc = addInteger(toInteger(info.created), crc);
    crc = addInteger(toInteger(info.opened), crc);
    return addInteger(toInteger(info.acknowledged), crc);
}

} // namespace cowrite::store
