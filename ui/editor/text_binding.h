#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/origin.h"
#include "libsync/crdt/text.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <vector>

class QTextDocument;

namespace cowrite::ui {

/// Keeps a QTextDocument and a shared text equal, in both directions, for any widget that shows
/// the document (ui.md, Notes from trials).
///
/// Every unit of the shared text is one unit of the view (view_text.h), so an offset means the
/// same on both sides at all times. What the view reports is only believed as "something changed
/// around here": the two texts are compared there, and the smallest difference is sent.
///
/// The shared text must live in a document that outlives the binding, and nobody else may write
/// into the QTextDocument except as if a person had typed.
class TextBinding : public QObject {
    Q_OBJECT

public:
    /// Fills `view` with the shared text and takes its own undo away: it would undo the edits of
    /// others (crdt::UndoManager does it right).
    TextBinding(QTextDocument *view, crdt::Text text, QObject *parent = nullptr);
    ~TextBinding() override;

    /// The origin of the transactions this binding makes.
    [[nodiscard]] crdt::Origin origin() const { return crdt::Origin::of(this); }
    [[nodiscard]] crdt::Text text() const { return m_text; }
    /// Whether a change that came from the shared text is being written into the view just now,
    /// the two signals about it included.
    [[nodiscard]] bool isApplying() const { return m_applying; }

    /// Units in the view: its last paragraph has no end of its own.
    [[nodiscard]] std::uint32_t viewLength() const;
    /// The view's units in [offset, offset + length), with U+2029 for the ends of paragraphs.
    [[nodiscard]] QString viewText(std::uint32_t offset, std::uint32_t length) const;
    /// The shared text behind a range of the view, with the characters the view cannot hold.
    [[nodiscard]] QString sharedText(std::uint32_t offset, std::uint32_t length) const;

    /// Where `offset` is after `delta`. With Side::Before it stays in front of what is inserted
    /// right there.
    enum class Side { Before, After };
    [[nodiscard]] static std::uint32_t moved(std::uint32_t offset, const crdt::Delta &delta,
                                             Side side);

Q_SIGNALS:
    /// The view was edited and the shared text is about to follow: it still has its old content.
    void aboutToSendEdit();
    /// The shared text followed. `endOffset` is where the change ends in the new text.
    void editSent(std::uint32_t endOffset);
    /// A change from elsewhere (other people, undo) is about to be written into the view, and has
    /// been. The delta is valid during the call.
    void aboutToChangeView(const cowrite::crdt::Delta &delta);
    void viewChanged(const cowrite::crdt::Delta &delta);

private:
    void onContentsChange(int position, int removed, int added);
    void onSharedEvent(const crdt::Event &event);
    void send(std::uint32_t offset, std::uint32_t removedLength, std::u16string_view inserted);
    void showDelta(const crdt::Delta &delta);
    void writeDelta(const crdt::Delta &delta);
    /// Checks later if there is half of a surrogate pair beside `offset` in the view.
    void checkCut(std::uint32_t offset);
    void checkLater(std::uint32_t offset);
    void check();

    QTextDocument *m_view;
    crdt::Text m_text;
    Subscription m_subscription;
    bool m_applying = false;
    bool m_checkQueued = false;
    /// Places where a surrogate pair may have been cut, which changes its halves to U+FFFD
    /// without an event saying so (yjs-compat.md 5.2).
    std::vector<std::uint32_t> m_suspects;
};

} // namespace cowrite::ui
