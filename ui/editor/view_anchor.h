#pragma once

#include <QTextCursor>

class QPlainTextEdit;

namespace cowrite::ui {

/// Keeps the line at the top of a QPlainTextEdit where it is while something above it changes:
/// remember before the change, restore after it (ui.md: a remote edit never moves what I am
/// looking at).
class ViewAnchor {
public:
    explicit ViewAnchor(QPlainTextEdit *editor);

    void remember();
    void restore();

    /// The beginning of the topmost line in sight; a wrapped line counts by itself.
    [[nodiscard]] QTextCursor topLine() const;
    /// Scrolls the line that this is in to the top.
    void showAtTop(const QTextCursor &position);

private:
    QPlainTextEdit *m_editor;
    QTextCursor m_topLine;
    int m_horizontal = 0;
    bool m_follow = false;
};

} // namespace cowrite::ui
