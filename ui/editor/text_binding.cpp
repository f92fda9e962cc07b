#include "ui/editor/text_binding.h"

#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"
#include "libsync/crdt/text_run.h"
#include "ui/syntax/view_text.h"

#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <utility>

namespace cowrite::ui {

namespace {

std::u16string_view asView(const QString &text)
{
    return {reinterpret_cast<const char16_t *>(text.utf16()),
            static_cast<std::size_t>(text.size())};
}

QString shown(std::u16string_view shared)
{
    QString result(static_cast<qsizetype>(shared.size()), Qt::Uninitialized);
    std::transform(shared.begin(), shared.end(), result.begin(),
                   [](char16_t unit) { return QChar(toView(unit)); });
    return result;
}

/// What an insert step of a delta puts into the view: an embed is one unit, like in the text.
QString shown(const crdt::DeltaOp &op)
{
    return op.text.empty() ? QString(static_cast<qsizetype>(op.length), QChar(kObjectSign))
                           : shown(op.text);
}

} // namespace

TextBinding::TextBinding(QTextDocument *view, crdt::Text text, QObject *parent)
    : QObject(parent), m_view(view), m_text(text)
{
    m_view->setUndoRedoEnabled(false);
    // A document without a layout reports no changes; asking for it makes one.
    m_view->documentLayout();
    m_applying = true;
    QTextCursor cursor(m_view);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    crdt::Delta whole = m_text.toDelta();
    cursor.removeSelectedText();
    for (const crdt::DeltaOp &op : whole) {
        cursor.insertText(shown(op));
    }
    cursor.endEditBlock();
    m_applying = false;
    connect(m_view, &QTextDocument::contentsChange, this, &TextBinding::onContentsChange);
    m_subscription = m_text.observe([this](const crdt::Event &event) { onSharedEvent(event); });
}

TextBinding::~TextBinding() = default;

std::uint32_t TextBinding::viewLength() const
{
    return static_cast<std::uint32_t>(m_view->characterCount() - 1);
}

QString TextBinding::viewText(std::uint32_t offset, std::uint32_t length) const
{
    const std::uint32_t end = std::min(offset + length, viewLength());
    QTextCursor cursor(m_view);
    cursor.setPosition(static_cast<int>(std::min(offset, end)));
    cursor.setPosition(static_cast<int>(end), QTextCursor::KeepAnchor);
    return cursor.selectedText();
}

QString TextBinding::sharedText(std::uint32_t offset, std::uint32_t length) const
{
    return QString::fromStdU16String(crdt::unitsIn(m_text, offset, length));
}

std::uint32_t TextBinding::moved(std::uint32_t offset, const crdt::Delta &delta, Side side)
{
    std::uint32_t at = 0; // in the new text
    for (const crdt::DeltaOp &op : delta) {
        if (at > offset) {
            break;
        }
        switch (op.kind) {
        case crdt::DeltaOp::Kind::Retain:
            at += op.length;
            break;
        case crdt::DeltaOp::Kind::Insert:
            if (at < offset || side == Side::After) {
                offset += op.length;
            }
            at += op.length;
            break;
        case crdt::DeltaOp::Kind::Delete:
            offset -= std::min(op.length, offset - at);
            break;
        }
    }
    return offset;
}

void TextBinding::onContentsChange(int position, int removed, int added)
{
    if (m_applying) {
        return;
    }
    const std::uint32_t viewUnits = viewLength();
    const std::uint32_t textUnits = m_text.length();
    // One unit more on each side, so that no pair of surrogates lies across the edge. The counts
    // may run past the end, or say nothing (ui.md): what was removed follows from the lengths.
    const auto from = static_cast<std::uint32_t>(std::max(position - 1, 0));
    const std::uint32_t viewEnd =
        std::min(static_cast<std::uint32_t>(position + added) + 1, viewUnits);
    const std::uint32_t after = viewUnits - std::min(viewEnd, viewUnits);
    std::uint32_t offset = from;
    std::uint32_t viewSpan = viewEnd - std::min(from, viewEnd);
    std::uint32_t sharedSpan = textUnits - std::min(textUnits, from + after);
    if (from + after > textUnits || removed < 0) {
        // The report does not fit the two texts; compare them whole.
        offset = 0;
        viewSpan = viewUnits;
        sharedSpan = textUnits;
    }
    const QString view = viewText(offset, viewSpan);
    const std::u16string shared = crdt::unitsIn(m_text, offset, sharedSpan);
    const TextChange change =
        smallestChange(shared, asView(view), offset, static_cast<std::uint32_t>(position + added));
    if (!change.isEmpty()) {
        send(change.offset, change.removedLength, change.inserted);
    }
}

void TextBinding::send(std::uint32_t offset, std::uint32_t removedLength,
                       std::u16string_view inserted)
{
    Q_EMIT aboutToSendEdit();
    Result<void> result;
    m_text.doc().transact(
        [&] {
            // Insert first: the new text then takes the place of the old one, and people who
            // stand in the old text end up after it.
            if (!inserted.empty()) {
                result = m_text.insert(offset, inserted);
            }
            if (result && removedLength > 0) {
                result = m_text.remove(offset + static_cast<std::uint32_t>(inserted.size()),
                                       removedLength);
            }
        },
        origin());
    const auto end = offset + static_cast<std::uint32_t>(inserted.size());
    checkLater(offset);
    checkLater(end);
    if (result) {
        Q_EMIT editSent(end);
    }
}

void TextBinding::onSharedEvent(const crdt::Event &event)
{
    if (event.transaction().origin() == origin()) {
        return;
    }
    showDelta(event.delta());
}

void TextBinding::showDelta(const crdt::Delta &delta)
{
    // From the first signal to the last: what the listeners do to the view, taking a composition
    // out and putting it back for one, must not be compared with a text that is ahead of it.
    m_applying = true;
    Q_EMIT aboutToChangeView(delta);
    writeDelta(delta);
    Q_EMIT viewChanged(delta);
    m_applying = false;
}

void TextBinding::writeDelta(const crdt::Delta &delta)
{
    QTextCursor cursor(m_view);
    cursor.beginEditBlock();
    std::uint32_t at = 0;
    const auto place = [&](std::uint32_t offset, QTextCursor::MoveMode mode) {
        cursor.setPosition(static_cast<int>(std::min(offset, viewLength())), mode);
    };
    for (const crdt::DeltaOp &op : delta) {
        switch (op.kind) {
        case crdt::DeltaOp::Kind::Retain:
            at += op.length;
            break;
        case crdt::DeltaOp::Kind::Insert:
            place(at, QTextCursor::MoveAnchor);
            cursor.insertText(shown(op));
            checkCut(at);
            at += op.length;
            checkCut(at);
            break;
        case crdt::DeltaOp::Kind::Delete:
            place(at, QTextCursor::MoveAnchor);
            place(at + op.length, QTextCursor::KeepAnchor);
            cursor.removeSelectedText();
            checkCut(at);
            break;
        }
    }
    cursor.endEditBlock();
}

void TextBinding::checkCut(std::uint32_t offset)
{
    // Nearly always there is none, and a change may have thousands of places.
    const auto position = static_cast<int>(offset);
    if ((position > 0 && m_view->characterAt(position - 1).isSurrogate()) ||
        m_view->characterAt(position).isSurrogate()) {
        checkLater(offset);
    }
}

void TextBinding::checkLater(std::uint32_t offset)
{
    m_suspects.push_back(offset);
    if (!m_checkQueued) {
        m_checkQueued = true;
        // Not now: a view may not be changed from within its own signal, and a following
        // transaction may be under way.
        QMetaObject::invokeMethod(this, &TextBinding::check, Qt::QueuedConnection);
    }
}

void TextBinding::check()
{
    m_checkQueued = false;
    const std::vector<std::uint32_t> suspects = std::exchange(m_suspects, {});
    const auto patch = [this](std::uint32_t offset, std::uint32_t viewSpan,
                              std::uint32_t sharedSpan) {
        const QString wanted = shown(crdt::unitsIn(m_text, offset, sharedSpan));
        if (wanted == viewText(offset, viewSpan)) {
            return;
        }
        const crdt::Delta delta{
            crdt::DeltaOp::retain(offset), crdt::DeltaOp::remove(viewSpan),
            crdt::DeltaOp::insertText(crdt::unitsIn(m_text, offset, sharedSpan))};
        showDelta(delta);
    };
    if (viewLength() != m_text.length()) {
        // A refused edit (the type was deleted meanwhile): the shared text decides.
        patch(0, viewLength(), m_text.length());
        return;
    }
    for (const std::uint32_t offset : suspects) {
        const std::uint32_t from = offset - std::min(offset, 1U);
        const std::uint32_t span =
            std::min(offset + 1, m_text.length()) - std::min(from, m_text.length());
        if (span > 0) {
            patch(from, span, span);
        }
    }
}

} // namespace cowrite::ui
