#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>

#include "libsync/base/bytes.h"

namespace cowrite::store {

/// Every log has pages of this size (database.cpp).
inline constexpr std::size_t kPageSize = 4'096;
using Page = std::array<std::uint8_t, kPageSize>;

/// The number in four bytes, as SQLite stores those of its files.
constexpr std::uint32_t bigEndian(const std::uint8_t *bytes)
{
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

/// A write-ahead log as it lies on the disk (https://sqlite.org/fileformat2.html#walformat).
class WalFile {
public:
    /// A file that is not there has no frames.
    explicit WalFile(const std::filesystem::path &file);

    /// Whether frames that were committed would be left out when SQLite opens the database: it
    /// stops at the first frame whose checksum is wrong. A commit that was torn when the power went
    /// may look the same. One of a program that was killed does not: the log is never written over
    /// (database.cpp), so its last frame is not whole.
    [[nodiscard]] bool isDamaged();

    /// Frames, sound or not, up to the end of the last commit since the log was last begun. What
    /// follows was never confirmed, and is not whole.
    [[nodiscard]] std::size_t frames() const { return m_frames; }
    /// The number of the page in a frame.
    [[nodiscard]] std::optional<std::uint32_t> read(std::size_t frame, Page &into);

private:
    static constexpr std::size_t kHeaderSize = 32;
    static constexpr std::size_t kFrameHeaderSize = 24;
    using Frame = std::array<std::uint8_t, kFrameHeaderSize + kPageSize>;

    [[nodiscard]] bool readFrame(std::size_t frame, Frame &into);
    [[nodiscard]] bool isCurrent(const Frame &frame) const;
    [[nodiscard]] static bool endsCommit(const Frame &frame);

    std::ifstream m_file;
    std::array<std::uint8_t, kHeaderSize> m_header{};
    std::array<std::uint8_t, 8> m_salts{}; ///< of all frames since the log was last begun
    std::size_t m_frames = 0;
    std::size_t m_wholeFrames = 0; ///< in the file, older ones included
    bool m_isHeaderSound = false;
};

/// All versions of all pages of a database that need not be sound: those of its file, then those
/// of its write-ahead log in the order in which they were written.
class DamagedPages {
public:
    explicit DamagedPages(const std::filesystem::path &database);

    [[nodiscard]] std::size_t versions() const { return m_filePages + m_wal.frames(); }
    /// False if the disk does not give it.
    [[nodiscard]] bool read(std::size_t version, Page &into);
    /// The last version of page `number`, which is counted from 1.
    [[nodiscard]] bool readLast(std::uint32_t number, Page &into);

private:
    std::ifstream m_file;
    std::size_t m_filePages = 0;
    WalFile m_wal;
    std::map<std::uint32_t, std::size_t> m_lastFrames;
};

} // namespace cowrite::store
