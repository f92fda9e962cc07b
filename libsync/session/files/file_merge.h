#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/session/files/base_texts.h"
#include "libsync/session/files/external_file.h"
#include "libsync/session/files/replica_notes.h"

#include <string>

namespace cowrite::session {

/// A document and its file.
struct MergeQuestion {
    BaseTexts bases;
    DocumentId document = 0;
    FileNotes file;
    /// The text of the document, with a line feed at the end of lines.
    std::u16string ours;
};

struct MergeAnswer {
    /// Of the file that was read.
    FileVersion version;
    TextForm form;
    /// The name of what the file and the document have in common once the edits are done.
    QString base;
    /// The steps on `ours` that do there what the other program did in the file.
    crdt::Delta edits;
    /// There was a text, and now there is nothing: it may be about to be written.
    bool isEmptied = false;
};

/// Reads the file and merges it three ways: its base is what was last read or written. What becomes
/// the new base is kept on the disk when this returns. Blocks; for another thread. Errors: those of
/// readContent(), Busy also for a file that was written to just now; WrongKind for what is not
/// text; those of BaseTexts::write().
[[nodiscard]] Result<MergeAnswer> mergeFile(const MergeQuestion &question);

/// What a file is to hold, and the name of that as a base.
struct FileDraft {
    QByteArray bytes;
    QString name;
};

/// What is to be in the file after all edits of the document. A file that differs only in its line
/// ends is to stay as it is: the draft has the name of the base then. Otherwise it is kept on the
/// disk when this returns. Blocks; for another thread. Errors: LimitExceeded and WrongKind for what
/// could not be read from the file again; those of BaseTexts::write().
[[nodiscard]] Result<FileDraft> draftFile(const MergeQuestion &question, const TextForm &form);

} // namespace cowrite::session
