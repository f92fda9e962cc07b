#pragma once

#include "libsync/base/clock.h"
#include "libsync/crdt/text.h"
#include "libsync/session/log/text_undo.h"
#include "ui/editor/line_author.h"
#include "ui/editor/remote_carets.h"
#include "ui/editor/text_binding.h"
#include "ui/editor/text_marks.h"
#include "ui/editor/view_anchor.h"
#include "ui/editor/visible_line.h"
#include "ui/look/theme.h"
#include "ui/settings/settings.h"
#include "ui/syntax/language.h"

#include <QInputMethodEvent>
#include <QPlainTextEdit>
#include <QPointer>

#include <memory>
#include <optional>

class QMenu;

namespace cowrite::ui {

class BracketLayer;
class EditorLayer;
class Highlighter;
class LineGutter;
class WhitespaceLayer;

using session::SelectionOffsets;

/// The text of one shared document: a QPlainTextEdit with line numbers and who wrote them, the
/// carets of the others, undo of one's own edits only, and a view that stays still while others
/// write.
class Editor : public QPlainTextEdit {
    Q_OBJECT

public:
    /// `clock` must outlive the editor.
    Editor(const Clock &clock, const Theme &theme, QWidget *parent = nullptr);
    ~Editor() override;

    /// Shows `text`, whose document must outlive the editor or the next setText(). What is
    /// written goes to `undo`, which is that of `text`; without one, undo starts anew.
    void setText(crdt::Text text, session::TextUndo *undo = nullptr);
    [[nodiscard]] bool hasText() const { return m_binding != nullptr; }
    /// Units of the text, with those that the view cannot show; beyond the end is the end.
    [[nodiscard]] QString sharedText(std::uint32_t offset, std::uint32_t length) const;
    /// Only after setText().
    [[nodiscard]] crdt::Text text() const { return m_binding->text(); }

    void setTheme(const Theme &theme);
    [[nodiscard]] const Theme &theme() const { return m_theme; }
    /// One of languages().
    void setLanguage(const Language &language);
    [[nodiscard]] const Language &language() const { return *m_language; }
    [[nodiscard]] Highlighter &highlighter() const { return *m_highlighter; }
    [[nodiscard]] RemoteCarets &remoteCarets() { return *m_carets; }

    [[nodiscard]] SelectionOffsets selection() const;
    /// Sets the selection and scrolls to its head; beyond the end is the end.
    void select(const SelectionOffsets &selection);
    /// Puts the line with this offset into view without touching the selection.
    void showOffset(std::uint32_t offset);
    /// The same, unless it is in view already.
    void bringIntoSight(std::uint32_t offset);
    /// Puts the caret there, both from 1, and brings it into sight; beyond the end is the end.
    void goTo(int line, int column = 1);
    /// The beginning of the topmost line in sight, a wrapped one included.
    [[nodiscard]] std::uint32_t topOffset() const;
    /// Scrolls the line with this offset to the top, as far as there is text below it.
    void showAtTop(std::uint32_t offset);
    /// From 1.
    [[nodiscard]] int lineOf(std::uint32_t offset) const;
    [[nodiscard]] int columnOf(std::uint32_t offset) const;

    [[nodiscard]] bool canUndoEdit() const;
    [[nodiscard]] bool canRedoEdit() const;
    void undoEdit();
    void redoEdit();
    /// Changes the text as one step of mine, which can be undone. The caret stays on its text.
    void applyChange(const crdt::Delta &delta);

    void zoomBy(int steps);
    void resetZoom();
    using Face = Settings::Face;
    void setFace(Face face);
    /// The height of the font in pixels, before zooming.
    void setTextSize(int pixels);
    void setWrapping(bool wrap);
    void setLineNumbersVisible(bool visible);
    void setWhitespaceVisible(bool visible);
    /// The look of another editor: language, zoom, face, wrapping, what is left of the text.
    void setLookOf(const Editor &other);

    /// Asked for every line in sight that is not empty, whenever the strip beside it is painted.
    void setLineAuthors(LineAuthors authors);
    /// Whether a stripe beside a line has the colour of its author.
    void setAuthorsVisible(bool visible);
    /// The authors have other answers now.
    void updateAuthors();

    /// Only for EditorLayer, which does it by itself.
    void addLayer(EditorLayer &layer) { m_layers.push_back(&layer); }
    void removeLayer(const EditorLayer &layer);
    [[nodiscard]] BracketLayer &brackets() { return *m_brackets; }

    /// Shows what changed in the text; see TextMarks.
    void setMarks(std::vector<TextMark> marks);
    [[nodiscard]] const TextMarks &marks() const { return m_marks; }

    /// The room on the left for the line numbers and the stripe.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

    /// A caret's rectangle in the viewport, as high as the line; nothing if it is out of sight.
    [[nodiscard]] std::optional<QRectF> visibleCaretRect(std::uint32_t offset) const;
    /// The parts of [from, to) in sight, one rectangle a line of text.
    [[nodiscard]] std::vector<QRectF> visibleRects(std::uint32_t from, std::uint32_t to) const;
    [[nodiscard]] std::vector<VisibleLine> visibleLines() const;
    /// The numbers of the first and the last paragraph that may be in sight.
    [[nodiscard]] std::pair<int, int> blocksInSight() const;

Q_SIGNALS:
    /// The menu of the text at `offset` is about to show; what is put into it is only there once.
    void menuRequested(QMenu &menu, std::uint32_t offset);
    /// setText() was called: text() is another one.
    void textSet();
    /// My selection is somewhere else, or the text around it changed.
    void selectionMoved(const cowrite::ui::SelectionOffsets &selection);
    /// I changed the text, undo and redo included.
    void edited();
    void undoAvailabilityChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    struct Composition {
        QString text;
        QList<QInputMethodEvent::Attribute> attributes;
    };

    void applyFont();
    void onSelectionChanged();
    void onAboutToSendEdit();
    void onAboutToChangeView(const crdt::Delta &delta);
    void onViewChanged();
    void layOutGutter();
    /// Calls `visit` for each block in sight with its rectangle in the viewport.
    template <class Visit>
    void forVisibleBlocks(Visit visit) const;
    void paintCurrentLine(QPainter &painter);
    [[nodiscard]] std::optional<LineAuthor> authorOf(const QTextBlock &block) const;

    const Clock &m_clock;
    Theme m_theme;
    std::vector<EditorLayer *> m_layers;
    LineGutter *m_gutter;
    RemoteCarets *m_carets;
    TextMarks m_marks{*this};
    LineAuthors m_lineAuthors;
    ViewAnchor m_anchor;
    std::unique_ptr<TextBinding> m_binding;
    QPointer<session::TextUndo> m_undo; ///< null only while there is no text
    std::unique_ptr<session::TextUndo> m_ownUndo;
    Highlighter *m_highlighter = nullptr;
    /// What the next edit will have been made on.
    SelectionOffsets m_selection;
    /// Where the last edit left the caret: a caret elsewhere has jumped.
    std::optional<std::uint32_t> m_caretAfterEdit;
    /// Where my selection belongs once the change under way is in the view.
    SelectionOffsets m_selectionAfterChange;
    /// The composition under way, as the input method last sent it.
    std::optional<Composition> m_composition;
    std::unique_ptr<WhitespaceLayer> m_whitespace;
    std::unique_ptr<BracketLayer> m_brackets;
    int m_textSize = Settings::kTextSize.standard;
    int m_zoomSteps = 0;
    /// Of a wheel with Ctrl, what is not a whole step yet; in eighths of a degree.
    int m_wheelRest = 0;
    Face m_face = Face::Monospaced;
    const Language *m_language = &plainText();
    bool m_lineNumbers = true;
    bool m_authorsVisible = true;
};

} // namespace cowrite::ui
