#include "tests/support/token_log.h"

#include <QDir>
#include <QFileInfo>

#include <sqlite3.h>

#include "libsync/base/check.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/text.h"

namespace cowrite {

TokenWriter::TokenWriter(std::string key, Rng &rng)
    : m_key(std::move(key)), m_author(m_key), m_rng(rng), m_doc(rng)
{}

void TokenWriter::use(store::Log &log)
{
    m_log = &log;
    const auto known = log.findByKey(m_key);
    store::DocumentInfo info;
    info.key = m_key;
    m_id = known ? known->id : log.createDocument(info).value();
}

void TokenWriter::type()
{
    std::string token = m_key + std::to_string(edits()) + ';';
    if (m_rng.below(20) == 0) {
        token.insert(0, 1 + m_rng.below(6'000), '.');
    }
    const std::u16string text(token.begin(), token.end());
    const Subscription subscription =
        codec::observeUpdates(m_doc, [this](ByteView update, const crdt::Transaction &) {
            m_updates.emplace_back(update.begin(), update.end());
            m_log->append(m_id, m_author, m_updates.back());
        });
    const auto inserted =
        m_doc.text("content")->insert(static_cast<std::uint32_t>(m_text.size()), text);
    COWRITE_CHECK(inserted.has_value());
    m_text += text;
    m_lengths.push_back(m_text.size());
}

void TokenWriter::checkpoint()
{
    m_log->writeCheckpoint(m_id, edits(), codec::encodeStateAsUpdate(m_doc));
}

std::u16string_view TokenWriter::textAfter(store::Seq edits) const
{
    return std::u16string_view(m_text).substr(0, m_lengths.at(edits));
}

std::string TokenWriter::firstDifference(const std::vector<store::StoredUpdate> &updates) const
{
    store::Seq seq = 0;
    for (const store::StoredUpdate &found : updates) {
        if (found.seq != ++seq) {
            return "there is no update " + std::to_string(seq);
        }
        if (seq > edits() || found.bytes != update(seq) || found.author != m_author) {
            return "update " + std::to_string(seq) + " is another one";
        }
    }
    return {};
}

QString fastFolderTemplate()
{
    const QString memory = QStringLiteral("/dev/shm");
    return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) +
           QStringLiteral("/cowrite-fault-XXXXXX");
}

std::string applyAll(crdt::Doc &doc, const store::StoredDocument &stored)
{
    std::string error;
    doc.transact([&] {
        const auto apply = [&](ByteView update) {
            const auto applied = codec::applyUpdate(doc, update, crdt::Origin::of(&doc));
            if (!applied) {
                error = applied.error().message;
            }
        };
        if (!stored.checkpoint.empty()) {
            apply(stored.checkpoint);
        }
        for (const store::StoredUpdate &update : stored.updates) {
            apply(update.bytes);
        }
    });
    return error;
}

Restored restore(const store::StoredDocument &stored)
{
    SeededRng rng(1);
    crdt::Doc doc(rng);
    Restored result;
    result.error = applyAll(doc, stored);
    result.text = doc.text("content")->toString();
    return result;
}

std::string integrityOf(const std::filesystem::path &file, const std::string &vfs)
{
    sqlite3 *connection = nullptr;
    sqlite3_stmt *statement = nullptr;
    std::string result = "cannot be opened";
    if (sqlite3_open_v2(file.c_str(), &connection, SQLITE_OPEN_READWRITE,
                        vfs.empty() ? nullptr : vfs.c_str()) == SQLITE_OK &&
        sqlite3_exec(connection, "PRAGMA locking_mode=EXCLUSIVE", nullptr, nullptr, nullptr) ==
            SQLITE_OK &&
        sqlite3_prepare_v2(connection, "PRAGMA integrity_check", -1, &statement, nullptr) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        result = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return result;
}

} // namespace cowrite
