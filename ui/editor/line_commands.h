#pragma once

#include "libsync/session/log/text_undo.h"
#include "ui/editor/text_edits.h"

#include <QObject>

#include <optional>
#include <vector>

namespace cowrite::ui {

class Editor;

/// What a person does with whole lines: indent, comment, move, duplicate, delete. Each command is
/// one step of undo and touches no more of the text than it changes, so the carets and the authors
/// of the others stay where they are.
class LineCommands : public QObject {
    Q_OBJECT

public:
    /// Becomes a child of `editor`.
    explicit LineCommands(Editor &editor);

    void indent();
    void unindent();
    /// Comments the selected lines out, or in again if they all are; nothing in a language without
    /// comments.
    void toggleComment();
    void moveUp();
    void moveDown();
    void duplicate();
    void removeLines();

    /// One level: a tab, or the spaces that the lines of this text mostly begin with; four if it
    /// has none.
    [[nodiscard]] QString indentUnit() const;

private:
    struct Line {
        std::uint32_t offset = 0;
        QString text; ///< without its end
    };

    /// Those of the selection; one that is only touched by its end does not count.
    [[nodiscard]] std::vector<Line> selectedLines() const;
    [[nodiscard]] Line lineAt(int blockNumber) const;
    [[nodiscard]] std::optional<Line> lineBeside(const std::vector<Line> &lines, int step) const;
    void apply(const std::vector<TextEdit> &edits);
    void apply(const std::vector<TextEdit> &edits, const session::SelectionOffsets &selection);
    void toggleBlockComment(const std::vector<Line> &lines);

    Editor &m_editor;
};

} // namespace cowrite::ui
