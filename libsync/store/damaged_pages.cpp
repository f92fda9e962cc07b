#include "libsync/store/damaged_pages.h"

#include <algorithm>
#include <system_error>

#include "libsync/store/disk_files.h"

namespace cowrite::store {

namespace {

std::uint32_t littleEndian(const std::uint8_t *bytes)
{
    return std::uint32_t{bytes[3]} << 24 | std::uint32_t{bytes[2]} << 16 |
           std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[0]};
}

/// The running checksum of a write-ahead log.
struct WalChecksum {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    bool isBigEndian = false;

    void add(ByteView bytes)
    {
        const auto word = isBigEndian ? bigEndian : littleEndian;
        for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
            first += word(&bytes[i]) + second;
            second += word(&bytes[i + 4]) + first;
        }
    }

    [[nodiscard]] bool isStoredAt(const std::uint8_t *bytes) const
    {
        return bigEndian(bytes) == first && bigEndian(bytes + 4) == second;
    }
};

constexpr std::uint32_t kMagic = 0x377f0682; ///< or with the lowest bit set: big-endian checksums

std::size_t sizeOf(const std::filesystem::path &file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

bool readAt(std::ifstream &file, std::size_t offset, std::uint8_t *into, std::size_t size)
{
    file.clear();
    file.seekg(static_cast<std::streamoff>(offset));
    file.read(reinterpret_cast<char *>(into), static_cast<std::streamsize>(size));
    return file.good();
}

} // namespace

WalFile::WalFile(const std::filesystem::path &file) : m_file(file, std::ios::binary)
{
    const std::size_t size = sizeOf(file);
    Frame frame;
    if (size < kHeaderSize + frame.size() || !readAt(m_file, 0, m_header.data(), m_header.size())) {
        return;
    }
    m_wholeFrames = (size - kHeaderSize) / frame.size();
    WalChecksum checksum{0, 0, (m_header[3] & 1) != 0};
    checksum.add(ByteView(m_header).first(24));
    m_isHeaderSound =
        (bigEndian(m_header.data()) & ~1U) == kMagic && checksum.isStoredAt(&m_header[24]);
    std::copy_n(&m_header[16], m_salts.size(), m_salts.begin());
    if (!m_isHeaderSound && readFrame(0, frame)) {
        std::copy_n(&frame[8], m_salts.size(), m_salts.begin());
    }
    for (std::size_t i = 0; i < m_wholeFrames; ++i) {
        if (readFrame(i, frame) && isCurrent(frame) && endsCommit(frame)) {
            m_frames = i + 1;
        }
    }
}

bool WalFile::readFrame(std::size_t frame, Frame &into)
{
    return readAt(m_file, kHeaderSize + frame * into.size(), into.data(), into.size());
}

bool WalFile::isCurrent(const Frame &frame) const
{
    return std::equal(m_salts.begin(), m_salts.end(), &frame[8]);
}

bool WalFile::endsCommit(const Frame &frame)
{
    return bigEndian(&frame[4]) != 0;
}

bool WalFile::isDamaged()
{
    if (!m_isHeaderSound) {
        return m_wholeFrames > 0;
    }
    WalChecksum checksum{bigEndian(&m_header[24]), bigEndian(&m_header[28]),
                         (m_header[3] & 1) != 0};
    bool isSound = true;
    for (std::size_t i = 0; i < m_wholeFrames; ++i) {
        Frame frame;
        if (!readFrame(i, frame)) {
            return true;
        }
        if (isSound) {
            checksum.add(ByteView(frame).first(8));
            checksum.add(ByteView(frame).subspan(kFrameHeaderSize));
            isSound = checksum.isStoredAt(&frame[16]);
            if (isSound && !isCurrent(frame)) {
                return true;
            }
        }
        if (!isSound && isCurrent(frame) && endsCommit(frame)) {
            return true;
        }
    }
    return false;
}

std::optional<std::uint32_t> WalFile::read(std::size_t frame, Page &into)
{
    Frame whole;
    if (!readFrame(frame, whole)) {
        return std::nullopt;
    }
    std::copy_n(&whole[kFrameHeaderSize], into.size(), into.begin());
    return bigEndian(whole.data());
}

DamagedPages::DamagedPages(const std::filesystem::path &database)
    : m_file(database, std::ios::binary),
      m_filePages(sizeOf(database) / kPageSize),
      m_wal(walOf(database))
{
    Page page;
    for (std::size_t frame = 0; frame < m_wal.frames(); ++frame) {
        if (const auto number = m_wal.read(frame, page)) {
            m_lastFrames[*number] = frame;
        }
    }
}

bool DamagedPages::read(std::size_t version, Page &into)
{
    if (version >= m_filePages) {
        return m_wal.read(version - m_filePages, into).has_value();
    }
    return readAt(m_file, version * kPageSize, into.data(), into.size());
}

bool DamagedPages::readLast(std::uint32_t number, Page &into)
{
    if (const auto frame = m_lastFrames.find(number); frame != m_lastFrames.end()) {
        return read(m_filePages + frame->second, into);
    }
    return number >= 1 && number <= m_filePages && read(number - 1, into);
}

} // namespace cowrite::store
