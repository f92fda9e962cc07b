#pragma once

#include <QString>

#include <filesystem>
#include <string>
#include <vector>

#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/store/log.h"

namespace cowrite {

/// A document whose every edit appends one token that is nowhere else, and its log.
class TokenWriter {
public:
    /// Goes on with the document `key` of `log`, which must be empty or what this writer wrote.
    /// `rng` outlives the writer.
    TokenWriter(std::string key, Rng &rng);

    /// From now on tokens go to `log`, which knows everything written so far.
    void use(store::Log &log);
    /// Who types from now on; at first somebody called like the document.
    void setAuthor(std::string author) { m_author = std::move(author); }
    /// Types one token. A few of them are long.
    void type();
    /// Stores the whole state.
    void checkpoint();

    [[nodiscard]] const std::string &key() const { return m_key; }
    [[nodiscard]] store::DocumentId id() const { return m_id; }
    /// What the document says after so many edits.
    [[nodiscard]] std::u16string_view textAfter(store::Seq edits) const;
    /// The bytes of edit `seq`, counted from 1.
    [[nodiscard]] const Bytes &update(store::Seq seq) const { return m_updates.at(seq - 1); }
    [[nodiscard]] store::Seq edits() const { return m_lengths.size() - 1; }
    /// What is wrong with `updates`, which should be all up to one of the edits; empty if nothing.
    [[nodiscard]] std::string
    firstDifference(const std::vector<store::StoredUpdate> &updates) const;

private:
    std::string m_key;
    std::string m_author;
    Rng &m_rng;
    crdt::Doc m_doc;
    store::Log *m_log = nullptr;
    store::DocumentId m_id{};
    std::u16string m_text;
    std::vector<std::size_t> m_lengths{0};
    std::vector<Bytes> m_updates;
};

/// A name for a temporary folder, in memory where there is such a place: for tests that write a log
/// some thousand times.
[[nodiscard]] QString fastFolderTemplate();

/// Applies all of a stored document. Returns why the last update that could not be applied could
/// not, else an empty text.
std::string applyAll(crdt::Doc &doc, const store::StoredDocument &stored);

/// What a document that was loaded says; `error` tells what could not be applied.
struct Restored {
    std::u16string text;
    std::string error;
};
[[nodiscard]] Restored restore(const store::StoredDocument &stored);

/// The first thing that is wrong with the database `file` for `PRAGMA integrity_check`; "ok".
[[nodiscard]] std::string integrityOf(const std::filesystem::path &file, const std::string &vfs);

} // namespace cowrite
