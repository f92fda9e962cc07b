#include "libsync/store/row_statements.h"

#include <string_view>
#include <utility>

#include "libsync/store/row_checksum.h"

namespace cowrite::store {

std::optional<LoggedUpdate> readUpdate(const Statement &row, DocumentId document)
{
    const auto seq = static_cast<Seq>(row.integer(0));
    const std::int64_t time = row.integer(1);
    std::string author = row.text(2);
    const ByteView bytes = row.blob(3);
    const auto merged = static_cast<Seq>(row.integer(5));
    if (row.integer(4) != updateChecksum(document, seq, merged, time, author, bytes)) {
        return std::nullopt;
    }
    return LoggedUpdate{{seq, toTime(time), std::move(author), Bytes(bytes.begin(), bytes.end())},
                        merged};
}

Result<> insertSegment(Statement &statement, DocumentId document, Seq first, Seq seq,
                       ByteView bytes)
{
    return statement.bind(0, toInteger(document))
        .bind(1, toInteger(first))
        .bind(2, toInteger(seq))
        .bind(3, bytes)
        .bind(4, segmentChecksum(document, first, seq, bytes))
        .run();
}

Result<> putCheckpoint(Statement &statement, DocumentId document, Seq seq, ByteView bytes)
{
    return statement.bind(0, toInteger(document))
        .bind(1, toInteger(seq))
        .bind(2, bytes)
        .bind(3, checkpointChecksum(document, seq, bytes))
        .run();
}

Result<> putDocument(Statement &statement, const DocumentInfo &info, std::int64_t crc)
{
    return statement.bind(0, toInteger(info.id))
        .bind(1, std::string_view(info.key))
        .bind(2, std::string_view(info.title))
        .bind(3, std::string_view(info.kind))
        .bind(4, std::string_view(info.address))
        .bind(5, std::string_view(info.identity))
        .bind(6, toInteger(info.created))
        .bind(7, toInteger(info.opened))
        .bind(8, toInteger(info.acknowledged))
        .bind(9, std::string_view(info.extra))
        .bind(10, crc)
        .run();
}

} // namespace cowrite::store
