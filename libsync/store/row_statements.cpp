#include "libsync/store/row_statements.h"

#include <string_view>

#include "libsync/store/row_checksum.h"

namespace cowrite::store {

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
