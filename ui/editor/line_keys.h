#pragma once

#include <QObject>

class QKeyEvent;

namespace cowrite::ui {

class Editor;
class LineCommands;

/// The keys that know about indentation: Return goes on below the text of the line, Tab and
/// Backspace go from stop to stop, a closing bracket goes back to where its line began.
class LineKeys : public QObject {
    Q_OBJECT

public:
    /// Becomes a child of `editor`; `commands` is of the same one and lives as long.
    LineKeys(Editor &editor, LineCommands &commands);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    [[nodiscard]] bool handleKey(const QKeyEvent &event);
    void insertTab();
    void breakLine();
    [[nodiscard]] bool unindentByBackspace();
    void unindentForBracket();

    Editor &m_editor;
    LineCommands &m_commands;
};

} // namespace cowrite::ui
