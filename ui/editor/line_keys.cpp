#include "ui/editor/line_keys.h"

#include "ui/editor/editor.h"
#include "ui/editor/line_commands.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace cowrite::ui {

namespace {

QString indentationOf(const QString &text)
{
    qsizetype size = 0;
    while (size < text.size() &&
           (text[size] == QLatin1Char(' ') || text[size] == QLatin1Char('\t'))) {
        ++size;
    }
    return text.left(size);
}

bool spansLines(const QTextCursor &cursor)
{
    return cursor.selectedText().contains(QChar::ParagraphSeparator);
}

bool opensBlock(const QString &text, const Language &language)
{
    const QString before = text.trimmed();
    if (language.kind != Language::Kind::Code || before.isEmpty()) {
        return false;
    }
    const QChar last = before.back();
    return last == QLatin1Char('{') || last == QLatin1Char('(') || last == QLatin1Char('[') ||
           (last == QLatin1Char(':') && language.id == QLatin1String("python"));
}

} // namespace

LineKeys::LineKeys(Editor &editor, LineCommands &commands)
    : QObject(&editor), m_editor(editor), m_commands(commands)
{
    editor.installEventFilter(this);
}

bool LineKeys::eventFilter(QObject *object, QEvent *event)
{
    return object == &m_editor && event->type() == QEvent::KeyPress && !m_editor.isReadOnly() &&
           handleKey(*static_cast<QKeyEvent *>(event));
}

bool LineKeys::handleKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    switch (event.key()) {
    case Qt::Key_Tab:
        if (modifiers == Qt::NoModifier) {
            insertTab();
            return true;
        }
        return false;
    case Qt::Key_Backtab:
        m_commands.unindent();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier) {
            breakLine();
            return true;
        }
        return false;
    case Qt::Key_Backspace:
        return modifiers == Qt::NoModifier && unindentByBackspace();
    case Qt::Key_BraceRight:
    case Qt::Key_ParenRight:
    case Qt::Key_BracketRight:
        unindentForBracket();
        return false;
    default:
        return false;
    }
}

void LineKeys::insertTab()
{
    QTextCursor cursor = m_editor.textCursor();
    if (cursor.hasSelection() && spansLines(cursor)) {
        m_commands.indent();
        return;
    }
    const QString unit = m_commands.indentUnit();
    if (unit != QLatin1String("\t")) {
        const auto column = cursor.selectionStart() -
                            m_editor.document()->findBlock(cursor.selectionStart()).position();
        cursor.insertText(QString(unit.size() - column % unit.size(), QLatin1Char(' ')));
    } else {
        cursor.insertText(unit);
    }
    m_editor.ensureCursorVisible();
}

void LineKeys::breakLine()
{
    QTextCursor cursor = m_editor.textCursor();
    const QTextBlock block = m_editor.document()->findBlock(cursor.selectionStart());
    const QString before = block.text().left(cursor.selectionStart() - block.position());
    QString inserted = QLatin1Char('\n') + indentationOf(before);
    if (opensBlock(before, m_editor.language())) {
        inserted += m_commands.indentUnit();
    }
    cursor.insertText(inserted);
    m_editor.setTextCursor(cursor);
    m_editor.ensureCursorVisible();
}

bool LineKeys::unindentByBackspace()
{
    QTextCursor cursor = m_editor.textCursor();
    const QString unit = m_commands.indentUnit();
    const int column = cursor.positionInBlock();
    if (cursor.hasSelection() || column == 0 || unit == QLatin1String("\t") ||
        cursor.block().text().left(column) != QString(column, QLatin1Char(' '))) {
        return false;
    }
    const auto width = static_cast<int>(unit.size());
    const int over = column % width;
    cursor.setPosition(cursor.position() - (over > 0 ? over : width), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    return true;
}

void LineKeys::unindentForBracket()
{
    const QTextCursor cursor = m_editor.textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    if (m_editor.language().kind != Language::Kind::Code || cursor.hasSelection() ||
        before.isEmpty() || !before.trimmed().isEmpty()) {
        return;
    }
    const QString unit = m_commands.indentUnit();
    if (before.endsWith(unit)) {
        QTextCursor level = cursor;
        level.setPosition(cursor.position() - static_cast<int>(unit.size()),
                          QTextCursor::KeepAnchor);
        level.removeSelectedText();
    }
}

} // namespace cowrite::ui
