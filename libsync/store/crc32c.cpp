#include "libsync/store/crc32c.h"

#include <array>
#include <cstddef>

namespace cowrite::store {

namespace {

/// How many bytes are taken in at once.
constexpr std::size_t kSlices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

/// Table i says what a byte does to the sum when i more bytes follow it. With all of them the bytes
/// of a word need not wait for each other (Kounavis and Berry, "Slicing-by-8").
constexpr Tables makeTables()
{
    constexpr std::uint32_t kReversedPolynomial = 0x82f63b78;
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value >> 1) ^ ((value & 1) != 0 ? kReversedPolynomial : 0);
        }
        tables[0][byte] = value;
    }
    for (std::size_t slice = 1; slice < kSlices; ++slice) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[slice - 1][byte];
            tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xff];
        }
    }
    return tables;
}

constexpr Tables kTables = makeTables();

std::uint32_t littleEndian(const std::uint8_t *bytes)
{
    return bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
           std::uint32_t{bytes[3]} << 24;
}

} // namespace

std::uint32_t crc32c(ByteView bytes, std::uint32_t crc)
{
    crc = ~crc;
    for (; bytes.size() >= kSlices; bytes = bytes.subspan(kSlices)) {
        const std::uint32_t first = crc ^ littleEndian(bytes.data());
        const std::uint32_t second = littleEndian(bytes.data() + 4);
        crc = kTables[7][first & 0xff] ^ kTables[6][(first >> 8) & 0xff] ^
              kTables[5][(first >> 16) & 0xff] ^ kTables[4][first >> 24] ^
              kTables[3][second & 0xff] ^ kTables[2][(second >> 8) & 0xff] ^
              kTables[1][(second >> 16) & 0xff] ^ kTables[0][second >> 24];
    }
    for (const std::uint8_t byte : bytes) {
        crc = (crc >> 8) ^ kTables[0][(crc ^ byte) & 0xff];
    }
    return ~crc;
}

} // namespace cowrite::store
