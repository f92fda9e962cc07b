#include "libsync/store/row_scan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "libsync/store/row_checksum.h"

namespace cowrite::store {

namespace {

// Numbers of https://sqlite.org/fileformat2.html, "B-tree Pages" and "Record Format".
constexpr std::size_t kSmallestSpill = (kPageSize - 12) * 32 / 255 - 23;
constexpr std::size_t kMostInTableCell = kPageSize - 35;
constexpr std::size_t kMostInIndexCell = (kPageSize - 12) * 64 / 255 - 23;
/// More than the header of any row of ours.
constexpr std::int64_t kLargestHeader = 128;

/// What the columns of a table hold: `i`nteger, `t`ext, `b`lob, `n`othing.
struct Shape {
    std::string_view columns;
    std::size_t fewest; ///< columns that rows of the oldest version have
    bool isTable;       ///< rows have an id of their own; else they lie in the primary key's tree
};
constexpr Shape kUpdate{"iiitbii", 6, false};
constexpr Shape kDocument{"ntttttiiitii", 8, true};
constexpr Shape kSegment{"niiibi", 6, true};
constexpr Shape kCheckpoint{"nibi", 4, true};

/// Reads on in bytes that may be anything. What reaches beyond the end is `failed`.
class Reader {
public:
    explicit Reader(ByteView bytes) : m_bytes(bytes) {}

    std::int64_t varint()
    {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            if (m_position >= m_bytes.size()) {
                failed = true;
                return 0;
            }
            const std::uint8_t byte = m_bytes[m_position++];
            if (i == 8) {
                value = value << 8 | byte;
                break;
            }
            value = value << 7 | (byte & 0x7f);
            if (byte < 0x80) {
                break;
            }
        }
        return static_cast<std::int64_t>(value);
    }

    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] ByteView rest() const { return m_bytes.subspan(m_position); }

    bool failed = false;

private:
    ByteView m_bytes;
    std::size_t m_position = 0;
};

/// Bytes that a value of serial type `type` takes; nothing if `column` cannot hold it.
std::optional<std::int64_t> sizeOfValue(std::int64_t type, char column)
{
    constexpr std::int64_t kIntegerSizes[] = {0, 1, 2, 3, 4, 6, 8, -1, 0, 0};
    switch (column) {
    case 'n':
        return type == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    case 'i':
        // NULL stands in columns that an older version did not write.
        return type >= 0 && type <= 9 && type != 7 ? std::optional(kIntegerSizes[type])
                                                   : std::nullopt;
    case 'b':
        return type >= 12 && type % 2 == 0 ? std::optional((type - 12) / 2) : std::nullopt;
    default:
        return type >= 13 && type % 2 == 1 ? std::optional((type - 13) / 2) : std::nullopt;
    }
}

/// A row whose form is right.
struct Row {
    std::int64_t id = 0; ///< of a row of a table
    std::array<std::int64_t, 12> types{};
    std::size_t columns = 0;
    Bytes payload;
    std::size_t headerSize = 0;

    [[nodiscard]] ByteView value(std::size_t column, const Shape &shape) const
    {
        std::size_t begin = headerSize;
        for (std::size_t i = 0; i < column; ++i) {
            begin += static_cast<std::size_t>(*sizeOfValue(types[i], shape.columns[i]));
        }
        const auto size =
            static_cast<std::size_t>(*sizeOfValue(types[column], shape.columns[column]));
        return ByteView(payload).subspan(begin, size);
    }

    [[nodiscard]] std::int64_t integer(std::size_t column, const Shape &shape) const
    {
        if (types[column] == 9) {
            return 1;
        }
        const ByteView bytes = value(column, shape);
        // The sign is that of the first byte.
        std::uint64_t result = !bytes.empty() && bytes[0] >= 0x80 ? ~std::uint64_t{0} : 0;
        for (const std::uint8_t byte : bytes) {
            result = result << 8 | byte;
        }
        return static_cast<std::int64_t>(result);
    }

    [[nodiscard]] std::string text(std::size_t column, const Shape &shape) const
    {
        const ByteView bytes = value(column, shape);
        return std::string(bytes.begin(), bytes.end());
    }
};

std::size_t sizeInPage(std::size_t payload, bool isTable)
{
    const std::size_t most = isTable ? kMostInTableCell : kMostInIndexCell;
    if (payload <= most) {
        return payload;
    }
    const std::size_t size = kSmallestSpill + (payload - kSmallestSpill) % (kPageSize - 4);
    return size <= most ? size : kSmallestSpill;
}

/// Reads what a row has beyond its page into `payload`, whose size is right; false if there is
/// none.
bool readOverflow(DamagedPages &pages, ByteView link, Bytes &payload, std::size_t begin)
{
    Page page;
    while (begin < payload.size()) {
        if (!pages.readLast(bigEndian(link.data()), page)) {
            return false;
        }
        link = ByteView(page).first(4);
        const std::size_t size = std::min(payload.size() - begin, kPageSize - 4);
        std::copy_n(page.begin() + 4, size, payload.begin() + static_cast<std::ptrdiff_t>(begin));
        begin += size;
    }
    return true;
}

/// Reads the header of a row: the type of each column, of which `row` then knows the sizes.
bool readHeader(Reader header, std::int64_t payloadSize, const Shape &shape, Row &row)
{
    const std::int64_t size = header.varint();
    std::int64_t total = size;
    while (!header.failed && static_cast<std::int64_t>(header.position()) < size) {
        if (row.columns == shape.columns.size()) {
            return false;
        }
        const std::int64_t type = header.varint();
        const auto valueSize = sizeOfValue(type, shape.columns[row.columns]);
        if (!valueSize || *valueSize > payloadSize - total) {
            return false;
        }
        total += *valueSize;
        row.types[row.columns++] = type;
    }
    row.headerSize = static_cast<std::size_t>(size);
    return !header.failed && header.position() == row.headerSize && total == payloadSize &&
           row.columns >= shape.fewest;
}

/// The row that begins where `rest`, the rest of a page, begins, if there can be one.
std::optional<Row> rowAt(DamagedPages &pages, ByteView rest, const Shape &shape)
{
    Reader cell(rest);
    const std::int64_t size = cell.varint();
    if (size < static_cast<std::int64_t>(shape.fewest) ||
        size > static_cast<std::int64_t>(pages.versions() * kPageSize)) {
        return std::nullopt;
    }
    const std::int64_t id = shape.isTable ? cell.varint() : 0;
    const std::size_t payloadSize = static_cast<std::size_t>(size);
    const std::size_t local = sizeInPage(payloadSize, shape.isTable);
    const std::size_t linkSize = local < payloadSize ? 4 : 0;
    if (cell.failed || cell.rest().size() < local + linkSize) {
        return std::nullopt;
    }
    const ByteView inPage = cell.rest().first(local);
    // Most places end here.
    const std::int64_t headerSize = Reader(inPage).varint();
    if (headerSize < 1 + static_cast<std::int64_t>(shape.fewest) ||
        headerSize > std::min(kLargestHeader, size)) {
        return std::nullopt;
    }
    Row row;
    if (!readHeader(Reader(inPage), size, shape, row)) {
        return std::nullopt;
    }
    row.id = id;
    row.payload.resize(payloadSize);
    std::copy(inPage.begin(), inPage.end(), row.payload.begin());
    if (!readOverflow(pages, cell.rest().subspan(local, linkSize), row.payload, local)) {
        return std::nullopt;
    }
    return row;
}

void tellUpdate(const Row &row, const FoundRows &found)
{
    FoundUpdate update;
    update.document = DocumentId{row.integer(0, kUpdate)};
    update.seq = static_cast<Seq>(row.integer(1, kUpdate));
    update.time = row.integer(2, kUpdate);
    update.author = row.text(3, kUpdate);
    const ByteView bytes = row.value(4, kUpdate);
    update.bytes.assign(bytes.begin(), bytes.end());
    update.crc = row.integer(5, kUpdate);
    update.merged = row.columns > 6 ? static_cast<Seq>(row.integer(6, kUpdate)) : 0;
    const bool isSound = update.crc == updateChecksum(update.document, update.seq, update.merged,
                                                      update.time, update.author, update.bytes);
    found.update(update, isSound ? Soundness::Sound : Soundness::Broken);
}

void tellDocument(const Row &row, const FoundRows &found)
{
    DocumentInfo info;
    info.id = DocumentId{row.id};
    info.key = row.text(1, kDocument);
    info.title = row.text(2, kDocument);
    info.kind = row.text(3, kDocument);
    info.address = row.text(4, kDocument);
    info.identity = row.text(5, kDocument);
    info.created = toTime(row.integer(6, kDocument));
    info.opened = toTime(row.integer(7, kDocument));
    if (row.columns > 9) {
        info.acknowledged = static_cast<Seq>(row.integer(8, kDocument));
        info.extra = row.text(9, kDocument);
    }
    const bool isSound = row.columns > 10 && row.integer(10, kDocument) == documentChecksum(info);
    found.document(info, isSound ? Soundness::Sound : Soundness::Broken);
}

void tellSegment(const Row &row, const FoundRows &found)
{
    FoundSegment segment;
    segment.document = DocumentId{row.integer(1, kSegment)};
    segment.first = static_cast<Seq>(row.integer(2, kSegment));
    segment.seq = static_cast<Seq>(row.integer(3, kSegment));
    const ByteView bytes = row.value(4, kSegment);
    if (row.integer(5, kSegment) ==
        segmentChecksum(segment.document, segment.first, segment.seq, bytes)) {
        segment.bytes.assign(bytes.begin(), bytes.end());
        found.segment(segment);
    }
}

void tellCheckpoint(const Row &row, const FoundRows &found)
{
    FoundCheckpoint checkpoint;
    checkpoint.document = DocumentId{row.id};
    checkpoint.seq = static_cast<Seq>(row.integer(1, kCheckpoint));
    const ByteView bytes = row.value(2, kCheckpoint);
    if (row.integer(3, kCheckpoint) ==
        checkpointChecksum(checkpoint.document, checkpoint.seq, bytes)) {
        checkpoint.bytes.assign(bytes.begin(), bytes.end());
        found.checkpoint(checkpoint);
    }
}

} // namespace

void scanRows(DamagedPages &pages, const FoundRows &found)
{
    Page page;
    for (std::size_t version = 0; version < pages.versions(); ++version) {
        if (!pages.read(version, page)) {
            continue;
        }
        for (std::size_t begin = 0; begin < page.size(); ++begin) {
            const ByteView rest = ByteView(page).subspan(begin);
            if (const auto row = rowAt(pages, rest, kUpdate)) {
                tellUpdate(*row, found);
            } else if (const auto row = rowAt(pages, rest, kDocument)) {
                tellDocument(*row, found);
            } else if (const auto row = rowAt(pages, rest, kSegment)) {
                tellSegment(*row, found);
            } else if (const auto row = rowAt(pages, rest, kCheckpoint)) {
                tellCheckpoint(*row, found);
            }
        }
    }
}

} // namespace cowrite::store
