#include "libsync/session/files/file_merge.h"

#include "libsync/session/document/text_diff.h"
#include "libsync/session/files/text_merge.h"

#include <chrono>

namespace cowrite::session {

namespace {

/// Who writes a file in several steps makes no longer pauses than this.
constexpr std::chrono::milliseconds kWritingPause{150};

bool isBeingWritten(const FileVersion &version)
{
    const auto age = std::chrono::system_clock::now().time_since_epoch() - version.modified;
    return age >= std::chrono::nanoseconds::zero() && age < kWritingPause;
}

/// How much a text would have to change.
std::size_t distance(std::u16string_view from, std::u16string_view to)
{
    std::size_t units = 0;
    for (const crdt::DeltaOp &step : textDifference(from, to)) {
        units += step.kind == crdt::DeltaOp::Kind::Retain ? 0 : step.length;
    }
    return units;
}

std::optional<std::u16string> baseText(const MergeQuestion &question, const QString &name)
{
    const Result<QByteArray> bytes = question.bases.read(question.document, name);
    if (!bytes) {
        return std::nullopt;
    }
    const Result<TextFile> decoded = decodeTextFile(*bytes, question.file.path);
    return decoded ? std::optional(decoded->text) : std::nullopt;
}

/// What the other program began with. If we were ended while we wrote the file, that was either
/// what we had written before or what we were writing: the one which is nearer to what is there
/// now. What we were writing alone is none: the file may never have had it.
std::optional<std::u16string> commonBase(const MergeQuestion &question, std::u16string_view theirs)
{
    std::optional<std::u16string> base = baseText(question, question.file.base);
    std::optional<std::u16string> next = baseText(question, question.file.next);
    if (!base || !next) {
        return base;
    }
    return distance(*next, theirs) < distance(*base, theirs) ? next : base;
}

} // namespace

Result<MergeAnswer> mergeFile(const MergeQuestion &question)
{
    const Result<FileContent> content = readContent(question.file.path);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const QString name = BaseTexts::nameOf(content->bytes);
    const Result<TextFile> theirs = decodeTextFile(content->bytes, question.file.path);
    if (!theirs) {
        return tl::unexpected(theirs.error());
    }
    MergeAnswer answer{content->version, theirs->form, name, {}};
    if (name == question.file.base || name == question.file.next) {
        return answer;
    }
    if (isBeingWritten(content->version)) {
        return fail(ErrorCode::Busy, "The file is being written to.");
    }
    const std::optional<std::u16string> base = commonBase(question, theirs->text);
    answer.isEmptied = theirs->text.empty() && base && !base->empty();
    answer.edits = base ? mergeEdits(*base, question.ours, theirs->text)
                        : uniteEdits(question.ours, theirs->text);
    const Result<void> kept = question.bases.write(question.document, content->bytes);
    return kept ? Result<MergeAnswer>(answer) : tl::unexpected(kept.error());
}

Result<FileDraft> draftFile(const MergeQuestion &question, const TextForm &form)
{
    FileDraft draft{encodeText(question.ours, form), {}};
    draft.name = BaseTexts::nameOf(draft.bytes);
    if (draft.name == question.file.base) {
        return draft;
    }
    // Some files have line ends of both kinds, and opening one is no reason to change it.
    if (baseText(question, question.file.base) == question.ours) {
        draft.name = question.file.base;
        return draft;
    }
    const Result<TextFile> readBack = decodeTextFile(draft.bytes, question.file.path);
    if (!readBack) {
        return readBack.error().code == ErrorCode::WrongKind
                   ? fail(ErrorCode::WrongKind,
                          "This document has characters that cannot be in a text file.")
                   : tl::unexpected(readBack.error());
    }
    const Result<void> kept = question.bases.write(question.document, draft.bytes);
    return kept ? Result<FileDraft>(draft) : tl::unexpected(kept.error());
}

} // namespace cowrite::session
