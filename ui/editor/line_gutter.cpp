#include "ui/editor/line_gutter.h"

#include "ui/editor/editor.h"

namespace cowrite::ui {

LineGutter::LineGutter(Editor *editor) : QWidget(editor), m_editor(editor)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize LineGutter::sizeHint() const
{
    return {m_editor->gutterWidth(), 0};
}

void LineGutter::paintEvent(QPaintEvent *event)
{
    m_editor->paintGutter(event);
}

} // namespace cowrite::ui
