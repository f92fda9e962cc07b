#include "tests/load/update_bytes.h"

#include <string>

namespace cowrite::load {

namespace {

// Of the format (yjs-compat 4).
constexpr std::uint8_t kString = 4;
constexpr std::uint8_t kHasRightOrigin = 0x40;
constexpr std::uint8_t kHasOrigin = 0x80;
constexpr std::uint64_t kParentIsRoot = 1;

constexpr char kRoot[] = "content";
constexpr std::size_t kParagraphLength = 80;

/// The head of an update with structs of one client.
void writeHead(lib0::Encoder &encoder, std::size_t structs, std::uint32_t client,
               std::uint64_t clock)
{
    encoder.writeVarUint(1); // clients
    encoder.writeVarUint(structs);
    encoder.writeVarUint(client);
    encoder.writeVarUint(clock);
}

void writeParent(lib0::Encoder &encoder)
{
    encoder.writeVarUint(kParentIsRoot);
    encoder.writeVarString(kRoot);
}

} // namespace

Bytes insertionAtEnd(std::uint32_t client, std::uint64_t clock, std::string_view text)
{
    lib0::Encoder encoder;
    writeHead(encoder, 1, client, clock);
    if (clock > 0) {
        encoder.writeUint8(kString | kHasOrigin);
        encoder.writeVarUint(client);
        encoder.writeVarUint(clock - 1);
    } else {
        encoder.writeUint8(kString);
        writeParent(encoder);
    }
    encoder.writeVarString(text);
    encoder.writeVarUint(0); // deletions
    return encoder.take();
}

Bytes LongDocument::next(std::size_t bytes)
{
    const std::size_t first = m_paragraphs;
    lib0::Encoder structs;
    while (structs.size() < bytes) {
        writeParagraph(structs);
    }
    lib0::Encoder update;
    writeHead(update, m_paragraphs - first, m_client, first * kParagraphLength);
    update.writeBytes(structs.bytes());
    update.writeVarUint(0); // deletions
    m_bytes += update.size();
    return update.take();
}

void LongDocument::writeParagraph(lib0::Encoder &encoder)
{
    if (m_paragraphs > 0) {
        encoder.writeUint8(kString | kHasRightOrigin);
        encoder.writeVarUint(m_client);
        encoder.writeVarUint((m_paragraphs - 1) * kParagraphLength);
    } else {
        encoder.writeUint8(kString);
        writeParent(encoder);
    }
    encoder.writeVarString(std::string(kParagraphLength - 1, 'x') + '\n');
    ++m_paragraphs;
}

Bytes LongDocument::stateVectorAfter(std::size_t paragraphs) const
{
    lib0::Encoder encoder;
    encoder.writeVarUint(1);
    encoder.writeVarUint(m_client);
    encoder.writeVarUint(paragraphs * kParagraphLength);
    return encoder.take();
}

} // namespace cowrite::load
