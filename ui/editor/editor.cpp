#include "ui/editor/editor.h"

#include "libsync/crdt/doc.h"
#include "ui/editor/bracket_layer.h"
#include "ui/editor/highlighter.h"
#include "ui/editor/line_gutter.h"
#include "ui/editor/whitespace_layer.h"
#include "ui/look/spaced_layout.h"

#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr double kLineHeightFactor = 1.18;
constexpr int kTextMargin = 10;
constexpr int kCaretWidth = 2;
constexpr int kTabColumns = 4;
constexpr int kMinZoom = -6;
constexpr int kMaxZoom = 20;

std::uint32_t toOffset(int position)
{
    return static_cast<std::uint32_t>(std::max(position, 0));
}

} // namespace

Editor::Editor(const Clock &clock, const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent),
      m_clock(clock),
      m_theme(theme),
      m_gutter(new LineGutter(this)),
      m_carets(new RemoteCarets(this, clock)),
      m_anchor(this),
      m_whitespace(std::make_unique<WhitespaceLayer>(*this)),
      m_brackets(std::make_unique<BracketLayer>(*this))
{
    setObjectName(QStringLiteral("editor"));
    setAccessibleName(tr("Document text"));
    setFrameShape(QFrame::NoFrame);
    auto *document = new QTextDocument(this);
    document->setDocumentLayout(new SpacedLayout(document, kLineHeightFactor));
    document->setDocumentMargin(kTextMargin);
    setDocument(document);
    m_highlighter = new Highlighter(*this, theme);
    setCursorWidth(kCaretWidth);
    viewport()->setMouseTracking(true);
    setReadOnly(true);
    applyFont();

    connect(this, &QPlainTextEdit::blockCountChanged, this, &Editor::layOutGutter);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0) {
            m_gutter->scroll(0, dy);
        } else {
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
        }
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &Editor::onSelectionChanged);
    connect(this, &QPlainTextEdit::selectionChanged, this, &Editor::onSelectionChanged);
    layOutGutter();
}

Editor::~Editor()
{
    if (m_undo) {
        m_undo->untrack(m_binding->origin());
    }
}

void Editor::setText(crdt::Text text, session::TextUndo *undo)
{
    if (m_undo) {
        m_undo->untrack(m_binding->origin());
        m_undo->disconnect(this);
    }
    m_ownUndo.reset();
    m_binding.reset();
    m_composition.reset();
    m_binding = std::make_unique<TextBinding>(document(), text);
    if (undo == nullptr) {
        m_ownUndo = std::make_unique<session::TextUndo>(text, m_clock);
        undo = m_ownUndo.get();
    }
    m_undo = undo;
    m_undo->track(m_binding->origin());
    connect(m_binding.get(), &TextBinding::aboutToSendEdit, this, &Editor::onAboutToSendEdit);
    connect(m_binding.get(), &TextBinding::editSent, this, [this](std::uint32_t endOffset) {
        m_caretAfterEdit = endOffset;
        m_carets->invalidate();
        Q_EMIT edited();
    });
    connect(m_binding.get(), &TextBinding::aboutToChangeView, this, &Editor::onAboutToChangeView);
    connect(m_binding.get(), &TextBinding::viewChanged, this, &Editor::onViewChanged);
    connect(m_undo, &session::TextUndo::availabilityChanged, this,
            &Editor::undoAvailabilityChanged);
    connect(m_undo, &session::TextUndo::selectionRestored, this, &Editor::select);
    moveCursor(QTextCursor::Start);
    m_carets->invalidate();
    m_selection = selection();
    m_caretAfterEdit.reset();
    Q_EMIT textSet();
    Q_EMIT undoAvailabilityChanged();
}

QString Editor::sharedText(std::uint32_t offset, std::uint32_t length) const
{
    return m_binding ? m_binding->sharedText(offset, length) : QString();
}

void Editor::removeLayer(const EditorLayer &layer)
{
    m_layers.erase(std::remove(m_layers.begin(), m_layers.end(), &layer), m_layers.end());
}

// ---------------------------------------------------------------- look

void Editor::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_highlighter->setTheme(theme);
    m_gutter->update();
    viewport()->update();
}

void Editor::setLanguage(const Language &language)
{
    m_language = &language;
    m_highlighter->setLanguage(language);
}

void Editor::applyFont()
{
    QFont font = m_face == Face::Monospaced ? editorFont() : proportionalFont();
    font.setPixelSize(std::max(m_textSize + m_zoomSteps, Settings::kSmallestText));
    setFont(font);
    setTabStopDistance(kTabColumns * QFontMetricsF(font).horizontalAdvance(QLatin1Char(' ')));
    layOutGutter();
}

void Editor::zoomBy(int steps)
{
    m_zoomSteps = std::clamp(m_zoomSteps + steps, kMinZoom, kMaxZoom);
    applyFont();
}

void Editor::resetZoom()
{
    m_zoomSteps = 0;
    applyFont();
}

void Editor::setFace(Face face)
{
    m_face = face;
    applyFont();
}

void Editor::setTextSize(int pixels)
{
    m_textSize = pixels;
    applyFont();
}

void Editor::setWrapping(bool wrap)
{
    setLineWrapMode(wrap ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
}

void Editor::setLineNumbersVisible(bool visible)
{
    m_lineNumbers = visible;
    layOutGutter();
    m_gutter->update();
}

void Editor::setWhitespaceVisible(bool visible)
{
    m_whitespace->setVisible(visible);
    viewport()->update();
}

void Editor::setLookOf(const Editor &other)
{
    setLanguage(other.language());
    setWhitespaceVisible(other.m_whitespace->isVisible());
    setWrapping(other.lineWrapMode() == QPlainTextEdit::WidgetWidth);
    m_lineNumbers = other.m_lineNumbers;
    m_authorsVisible = other.m_authorsVisible;
    // Also with another width of what is left of the text.
    m_textSize = other.m_textSize;
    m_zoomSteps = other.m_zoomSteps;
    m_face = other.m_face;
    applyFont();
}

void Editor::setMarks(std::vector<TextMark> marks)
{
    if (marks != m_marks.all()) {
        m_marks.set(std::move(marks));
        viewport()->update();
    }
}

// ---------------------------------------------------------------- selection and offsets

SelectionOffsets Editor::selection() const
{
    const QTextCursor cursor = textCursor();
    return {toOffset(cursor.anchor()), toOffset(cursor.position())};
}

void Editor::select(const SelectionOffsets &selection)
{
    const auto clamped = [this](std::uint32_t offset) {
        return static_cast<int>(
            std::min(offset, static_cast<std::uint32_t>(document()->characterCount() - 1)));
    };
    QTextCursor cursor = textCursor();
    cursor.setPosition(clamped(selection.anchor));
    cursor.setPosition(clamped(selection.head), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void Editor::showOffset(std::uint32_t offset)
{
    const QTextCursor own = textCursor();
    QTextCursor there = own;
    there.setPosition(
        std::min(static_cast<int>(offset), std::max(document()->characterCount() - 1, 0)));
    const QTextBlock block = there.block();
    document()->documentLayout()->blockBoundingRect(block);
    const QTextLine line = block.layout()->lineForTextPosition(there.positionInBlock());
    const int number = block.firstLineNumber() + (line.isValid() ? line.lineNumber() : 0);
    // A third from the top: with what comes before it, and more of what comes after.
    verticalScrollBar()->setValue(number - verticalScrollBar()->pageStep() / 3);
}

std::uint32_t Editor::topOffset() const
{
    return toOffset(m_anchor.topLine().position());
}

void Editor::showAtTop(std::uint32_t offset)
{
    QTextCursor there = textCursor();
    there.setPosition(
        std::min(static_cast<int>(offset), std::max(document()->characterCount() - 1, 0)));
    m_anchor.showAtTop(there);
}

void Editor::bringIntoSight(std::uint32_t offset)
{
    for (const VisibleLine &line : visibleLines()) {
        const double top = line.origin.y() + line.line.y();
        if (line.startOffset <= offset && offset <= line.endOffset && top >= 0 &&
            top + line.line.height() <= viewport()->height()) {
            return;
        }
    }
    showOffset(offset);
}

void Editor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    const int place = block.position() + std::clamp(column, 1, block.length()) - 1;
    const auto offset = static_cast<std::uint32_t>(place);
    select({offset, offset});
    bringIntoSight(offset);
}

int Editor::lineOf(std::uint32_t offset) const
{
    return document()->findBlock(static_cast<int>(offset)).blockNumber() + 1;
}

int Editor::columnOf(std::uint32_t offset) const
{
    return static_cast<int>(offset) - document()->findBlock(static_cast<int>(offset)).position() +
           1;
}

void Editor::onSelectionChanged()
{
    if (m_binding && m_binding->isApplying()) {
        return;
    }
    const SelectionOffsets now = selection();
    if (m_undo && m_caretAfterEdit && *m_caretAfterEdit != now.head) {
        m_undo->breakStep();
        m_caretAfterEdit.reset();
    }
    if (now == m_selection) {
        return;
    }
    m_selection = now;
    viewport()->update();
    Q_EMIT selectionMoved(now);
}

// ---------------------------------------------------------------- edits, mine and theirs

void Editor::onAboutToSendEdit()
{
    m_undo->setSelectionBefore(m_selection);
}

void Editor::onAboutToChangeView(const crdt::Delta &delta)
{
    using Side = TextBinding::Side;
    if (m_composition) {
        // The view loses or misplaces a composition when its line changes: take it out, and put
        // it back where the caret is then.
        QInputMethodEvent nothing;
        QPlainTextEdit::inputMethodEvent(&nothing);
    }
    m_anchor.remember();
    // A selection holds on to its own text; a caret to what was written before it.
    const SelectionOffsets now = selection();
    const auto [start, end] = std::minmax(now.anchor, now.head);
    const std::uint32_t newStart =
        TextBinding::moved(start, delta, start == end ? Side::Before : Side::After);
    const std::uint32_t newEnd = std::max(newStart, TextBinding::moved(end, delta, Side::Before));
    m_selectionAfterChange = now.anchor <= now.head ? SelectionOffsets{newStart, newEnd}
                                                    : SelectionOffsets{newEnd, newStart};
    if (m_caretAfterEdit) {
        m_caretAfterEdit = TextBinding::moved(*m_caretAfterEdit, delta, Side::Before);
    }
}

void Editor::onViewChanged()
{
    if (selection() != m_selectionAfterChange) {
        select(m_selectionAfterChange);
    }
    m_anchor.restore();
    if (m_composition) {
        QInputMethodEvent again(m_composition->text, m_composition->attributes);
        QPlainTextEdit::inputMethodEvent(&again);
    }
    m_carets->invalidate();
    m_selection = m_selectionAfterChange;
    viewport()->update();
    Q_EMIT selectionMoved(m_selection);
}

bool Editor::canUndoEdit() const
{
    return !isReadOnly() && m_undo && m_undo->canUndo();
}

bool Editor::canRedoEdit() const
{
    return !isReadOnly() && m_undo && m_undo->canRedo();
}

void Editor::undoEdit()
{
    if (canUndoEdit()) {
        m_undo->setSelectionBefore(m_selection);
        m_undo->undo();
        m_caretAfterEdit.reset();
        ensureCursorVisible();
        Q_EMIT edited();
    }
}

void Editor::redoEdit()
{
    if (canRedoEdit()) {
        m_undo->setSelectionBefore(m_selection);
        m_undo->redo();
        m_caretAfterEdit.reset();
        ensureCursorVisible();
        Q_EMIT edited();
    }
}

void Editor::applyChange(const crdt::Delta &delta)
{
    if (isReadOnly() || !m_undo || delta.empty()) {
        return;
    }
    m_undo->setSelectionBefore(m_selection);
    m_undo->apply(delta);
    m_caretAfterEdit.reset();
    Q_EMIT edited();
}

} // namespace cowrite::ui
