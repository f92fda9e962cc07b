#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/text.h"
#include "libsync/session/files/base_texts.h"
#include "libsync/session/files/external_file.h"
#include "libsync/session/files/file_merge.h"
#include "libsync/session/files/replica_notes.h"
#include "libsync/store/log.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace cowrite::session {

/// What is to become of the text in a file that a document is to be kept in step with.
enum class ExistingText {
    Merge,   ///< into the document
    Replace, ///< by that of the document; the person has agreed
};

/// Keeps a document and a file that other programs write to in step, in both directions.
///
/// Twice a second it looks whether the file is another than the one it knows: that also sees files
/// that are replaced, links, and disks of other computers. If so, what the other program did is
/// merged into the document as edits of this person. If the document has changed, the file is
/// written, after the log has all that is in it. What both had in common is kept on the disk
/// (BaseTexts), and which that is in the notes, that is in the log, in this order:
///
///  - writing: the new text is kept, the log gets the edits in it and `next`, the file is replaced,
///    `next` becomes `base`. Whenever it ends, the file is one of the two.
///  - merging: the text of the file is kept; the log gets the edits and the new `base` as one.
class LinkedFile : public QObject {
    Q_OBJECT

public:
    struct Context {
        store::Log &log;
        BaseTexts bases;
        DocumentId document = 0;
        /// Of this document alone, for the name of the file that is written first.
        QString tag;
        ReplicaNotes &notes;
        /// Hands the notes to the log, after all that it has got until now.
        std::function<void()> saveNotes;
        std::function<crdt::Text()> content;
        std::function<bool()> isReadOnly;
        /// What is edited before and after this is undone in different steps.
        std::function<void()> breakUndoStep;
    };

    explicit LinkedFile(Context context);

    /// The document is there, with the notes about it.
    void start();
    /// Another text of the document was chosen: its file is not that of the other one.
    void onContentChosen();

    /// Keeps what is in the file now, which the notes call the base. For a document that was just
    /// made of it.
    void keepBase(const QByteArray &content);
    /// From now on in step with the file at this absolute path, which need not be there.
    void keep(const QString &path, ExistingText existing);
    /// The file stays as it is.
    void stopKeeping();
    /// Merges what another program did to the file, if it did; also if it is not kept in step.
    void look();
    /// Makes the file anew that is not there any more.
    void makeAgain();
    /// Writes now what is to be written, and calls `done` when that is over, well or not. At once
    /// if there is nothing to write.
    void finish(std::function<void()> done);

    /// What is wrong with the file, in sentences; empty while all is well.
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] bool isMissing() const { return m_isMissing; }

Q_SIGNALS:
    /// The file, whether it is kept, or message().
    void changed();

private:
    /// One round: looks, merges, writes. Each step ends with the next one or with endRound().
    void round();
    void onVersion(const Result<FileVersion> &version);
    void merge();
    void onMerged(const Result<MergeAnswer> &answer);
    /// Does them in the document, as a step of its own for undo.
    Result<void> apply(const crdt::Delta &edits);
    void save();
    void onEncoded(const Result<FileDraft> &draft);
    void write(const FileDraft &draft);
    void onWritten(const Result<FileVersion> &version);
    void onBaseKept(const Result<void> &kept);
    void endRound();

    void begin();
    void observe();
    /// The next file is another one.
    void forget();
    void onEvent(const crdt::Event &event);
    void doubt(const Error &error);
    void complain(const Error &error);
    void failRound();
    void setMessage(const QString &message, bool isMissing = false);
    [[nodiscard]] FileNotes &file() { return m_context.notes.file; }
    /// Runs `work` on another thread and then `then` with its result, if this is still there.
    template <class Work, class Then>
    void inBackground(Work work, Then then);

    Context m_context;
    QTimer m_timer;
    Subscription m_subscription;
    /// The version of the file that holds what the notes call `base`.
    std::optional<FileVersion> m_seen;
    /// What happened to the document since the text was taken that is being merged with.
    std::vector<crdt::Delta> m_since;
    std::vector<std::function<void()>> m_finished;
    QString m_message;
    int m_fileNumber = 0; ///< what is in flight about another file is dropped
    int m_doubts = 0;     ///< rounds in which the file was not there or empty
    int m_looksLeft = 0;  ///< rounds in which a file that is not kept may still be busy
    bool m_isMissing = false;
    bool m_isStarted = false;
    bool m_isLookDue = false; ///< look() was called since the round began
    bool m_isBusy = false;
    bool m_hasFailed = false; ///< this round
    bool m_isDirty = false;   ///< the document has what the file may not have
    bool m_isMerging = false; ///< m_since is being collected
    bool m_mayMake = false;   ///< the file is not there, and is to be
};

} // namespace cowrite::session
