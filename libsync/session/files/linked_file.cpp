#include "libsync/session/files/linked_file.h"

#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"
#include "libsync/crdt/text_run.h"
#include "libsync/session/document/another_thread.h"
#include "libsync/session/files/text_merge.h"

#include <QFileInfo>
#include <QPointer>

#include <utility>

namespace cowrite::session {

namespace {

/// Between two looks at the file; changes of the document are written this often at most.
constexpr std::chrono::milliseconds kRound{500};
/// Programs that save take a file away or empty it for a moment. After this many rounds they mean
/// it.
constexpr int kDoubts = 3;

} // namespace

LinkedFile::LinkedFile(Context context) : m_context(std::move(context))
{
    m_timer.setInterval(kRound);
    connect(&m_timer, &QTimer::timeout, this, &LinkedFile::round);
}

template <class Work, class Then>
void LinkedFile::inBackground(Work work, Then then)
{
    onAnotherThread(std::move(work),
                    [self = QPointer(this), then, number = m_fileNumber](const auto &result) {
                        if (self && self->m_fileNumber == number) {
                            (self->*then)(result);
                        } else if (self) {
                            self->failRound(); // it was about another file
                        }
                    });
}

void LinkedFile::start()
{
    m_isStarted = true;
    observe();
    m_isDirty = true;
    if (file().isKept) {
        begin();
    } else if (m_isLookDue) {
        round();
    }
}

void LinkedFile::begin()
{
    if (m_isStarted) {
        m_timer.start();
        round();
    }
}

void LinkedFile::onContentChosen()
{
    if (m_isStarted) {
        observe();
    }
    m_timer.stop();
    forget();
    m_message.clear();
    m_isMissing = false;
    m_context.saveNotes();
    Q_EMIT changed();
}

void LinkedFile::forget()
{
    ++m_fileNumber;
    file() = {};
    m_seen.reset();
    m_since.clear();
    m_doubts = 0;
    m_looksLeft = 0;
    m_isLookDue = false;
    m_isMerging = false;
    m_mayMake = false;
}

void LinkedFile::observe()
{
    m_subscription =
        m_context.content().observe([this](const crdt::Event &event) { onEvent(event); });
}

void LinkedFile::onEvent(const crdt::Event &event)
{
    m_isDirty = true;
    if (m_isMerging) {
        m_since.push_back(event.delta());
    }
}

void LinkedFile::keepBase(const QByteArray &content)
{
    // A round like any other: only one at a time writes bases of a document.
    m_isBusy = true;
    m_hasFailed = false;
    inBackground([bases = m_context.bases, document = m_context.document,
                  content] { return bases.write(document, content); },
                 &LinkedFile::onBaseKept);
}

void LinkedFile::onBaseKept(const Result<void> &kept)
{
    // Without it, what both have is taken for the base.
    m_hasFailed = !kept;
    endRound();
}

void LinkedFile::keep(const QString &path, ExistingText existing)
{
    if (path != file().path) {
        forget();
    }
    file().path = path;
    file().isKept = true;
    if (existing == ExistingText::Replace) {
        makeAgain();
        return;
    }
    file().isReplacing = false;
    m_context.saveNotes();
    m_isDirty = true;
    Q_EMIT changed();
    begin();
}

void LinkedFile::makeAgain()
{
    // Nothing in common any more, so that it is written whatever it was.
    file().base.clear();
    file().next.clear();
    file().isReplacing = true;
    m_context.saveNotes();
    m_isDirty = true;
    Q_EMIT changed();
    begin();
}

void LinkedFile::stopKeeping()
{
    m_timer.stop();
    if (std::exchange(file().isKept, false)) {
        file().isReplacing = false;
        m_context.saveNotes();
        m_message.clear();
        m_isMissing = false;
        Q_EMIT changed();
    }
}

void LinkedFile::look()
{
    m_looksLeft = kDoubts + 1;
    m_isLookDue = true;
    if (m_isStarted) {
        round();
    }
}

void LinkedFile::finish(std::function<void()> done)
{
    if (!m_isStarted || (!m_isBusy && (!m_isDirty || !file().isKept))) {
        done();
        return;
    }
    m_finished.push_back(std::move(done));
    round();
}

// ---------------------------------------------------------------- one round

void LinkedFile::round()
{
    if (!std::exchange(m_isBusy, true)) {
        m_hasFailed = false;
        m_isLookDue = false;
        inBackground([path = file().path] { return versionOf(path); }, &LinkedFile::onVersion);
    }
}

void LinkedFile::onVersion(const Result<FileVersion> &version)
{
    const bool isGone = !version && version.error().code == ErrorCode::NotFound;
    if (file().isReplacing && (version || isGone)) {
        m_mayMake = isGone;
        m_seen = version ? std::optional(*version) : std::nullopt;
        save();
    } else if (isGone && m_mayMake) {
        save();
    } else if (!version) {
        doubt(version.error());
    } else if (m_seen == *version) {
        m_doubts = 0;
        save();
    } else {
        merge();
    }
}

void LinkedFile::merge()
{
    m_since.clear();
    m_isMerging = true;
    const MergeQuestion question{m_context.bases, m_context.document, file(),
                                 crdt::unitsIn(m_context.content())};
    inBackground([question] { return mergeFile(question); }, &LinkedFile::onMerged);
}

void LinkedFile::onMerged(const Result<MergeAnswer> &answer)
{
    m_isMerging = false;
    if (!answer) {
        doubt(answer.error());
        return;
    }
    if (answer->isEmptied && m_doubts < kDoubts) {
        ++m_doubts;
        failRound();
        return;
    }
    if (!answer->edits.empty() && m_context.isReadOnly()) {
        setMessage(
            QStringLiteral(
                "This document cannot be changed. What another program wrote into “%1” stays "
                "there alone.")
                .arg(QFileInfo(file().path).fileName()));
        failRound();
        return;
    }
    m_doubts = 0;
    crdt::Delta edits = answer->edits;
    for (const crdt::Delta &change : m_since) {
        edits = rebased(edits, change);
    }
    // With the edits and without the base, the next start would take them for ours.
    Result<void> applied;
    m_context.log.together([&] {
        applied = apply(edits);
        if (applied) {
            m_context.notes.form = answer->form;
            file().base = answer->base;
            file().next.clear();
            m_context.saveNotes();
        }
    });
    if (!applied) {
        // The base stays as it was, or what is missing here would be removed from the file.
        complain(applied.error());
        return;
    }
    m_seen = answer->version;
    save();
}

Result<void> LinkedFile::apply(const crdt::Delta &edits)
{
    crdt::Text text = m_context.content();
    m_context.breakUndoStep();
    Result<void> applied =
        text.doc().transact([&] { return applyEdits(text, edits); }, crdt::Origin::of(this));
    m_context.breakUndoStep();
    return applied;
}

void LinkedFile::save()
{
    if (!file().isKept || !m_isDirty) {
        setMessage({});
        endRound();
        return;
    }
    m_isDirty = false;
    const MergeQuestion question{m_context.bases, m_context.document, file(),
                                 crdt::unitsIn(m_context.content())};
    inBackground([question, form = m_context.notes.form] { return draftFile(question, form); },
                 &LinkedFile::onEncoded);
}

void LinkedFile::onEncoded(const Result<FileDraft> &draft)
{
    if (!draft) {
        complain(draft.error());
        return;
    }
    if (draft->name == file().base) {
        setMessage({});
        endRound();
        return;
    }
    file().next = draft->name;
    m_context.saveNotes();
    m_context.log.flush([self = QPointer(this), draft = *draft](const Result<> &stored) {
        if (!self) {
            return;
        }
        if (stored && self->file().isKept && self->file().next == draft.name) {
            self->write(draft);
        } else {
            // It is not to be written any more; or the log has not all that is in it, and a file
            // that is ahead of the log would lose its edits to it after a crash.
            self->failRound();
        }
    });
}

void LinkedFile::write(const FileDraft &draft)
{
    inBackground(
        [bases = m_context.bases, document = m_context.document, file = file(), draft,
         expected = m_seen, tag = m_context.tag] {
            // Not before now: until the log has these two, it names older ones.
            bases.keepOnly(document, {file.base, file.next});
            return replaceContent(file.path, draft.bytes, expected, tag);
        },
        &LinkedFile::onWritten);
}

void LinkedFile::onWritten(const Result<FileVersion> &version)
{
    if (!version) {
        complain(version.error());
        return;
    }
    m_seen = *version;
    m_mayMake = false;
    file().isReplacing = false;
    file().base = std::exchange(file().next, QString());
    m_context.saveNotes();
    setMessage({});
    endRound();
}

void LinkedFile::endRound()
{
    m_isBusy = false;
    if (!m_isLookDue) {
        m_looksLeft = m_hasFailed && m_looksLeft > 0 ? m_looksLeft - 1 : 0;
    }
    if (!m_timer.isActive() && (m_isLookDue || m_looksLeft > 0)) {
        QTimer::singleShot(kRound, this, &LinkedFile::round);
    }
    if (m_finished.empty()) {
        return;
    }
    if (m_isDirty && !m_hasFailed && file().isKept) {
        round(); // it was changed meanwhile
        return;
    }
    for (const auto &done : std::exchange(m_finished, {})) {
        done();
    }
}

void LinkedFile::failRound()
{
    m_isMerging = false;
    m_hasFailed = true;
    m_isDirty = true;
    endRound();
}

// ---------------------------------------------------------------- what is wrong

void LinkedFile::doubt(const Error &error)
{
    if (error.code == ErrorCode::NotFound && m_doubts < kDoubts) {
        ++m_doubts;
        failRound();
        return;
    }
    complain(error);
}

void LinkedFile::complain(const Error &error)
{
    const QString name = QFileInfo(file().path).fileName();
    const QString safe =
        QStringLiteral(" Your text is safe in Cowrite, and goes into the file as soon as that "
                       "is possible.");
    if (error.code == ErrorCode::NotFound) {
        setMessage(QStringLiteral("“%1” is not there any more.").arg(name) + safe, true);
    } else if (error.code == ErrorCode::DiskFull) {
        setMessage(QStringLiteral("“%1” cannot be written: the disk is full.").arg(name) + safe);
    } else if (error.code == ErrorCode::ReadOnly) {
        setMessage(QStringLiteral("“%1” cannot be written there.").arg(name) + safe);
    } else if (error.code != ErrorCode::Busy) {
        setMessage(QString::fromStdString(error.message) + safe);
    }
    failRound();
}

void LinkedFile::setMessage(const QString &message, bool isMissing)
{
    m_isMissing = isMissing;
    if (m_message != message) {
        m_message = message;
        Q_EMIT changed();
    }
}

} // namespace cowrite::session
