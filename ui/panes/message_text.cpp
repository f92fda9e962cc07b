#include "ui/panes/message_text.h"

#include "ui/look/mirrored.h"
#include "ui/look/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace cowrite::ui {

namespace {

constexpr int kLineHeight = 18;

QString lineSeparated(QString text)
{
    return text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
}

QList<QTextLayout::FormatRange> formatsOf(const QList<session::Reference> &references,
                                          const Theme &theme)
{
    QList<QTextLayout::FormatRange> ranges;
    for (const session::Reference &reference : references) {
        QTextCharFormat format;
        format.setForeground(theme.syntax.heading);
        if (reference.kind == session::Reference::Kind::Mention) {
            format.setFontWeight(QFont::DemiBold);
        } else {
            format.setFontUnderline(true);
        }
        ranges.append({reference.from, reference.length, format});
    }
    return ranges;
}

} // namespace

MessageText::MessageText(const QString &text, const QList<session::Reference> &references,
                         double width, const Theme &theme)
    : m_references(references), m_layout(lineSeparated(text), interfaceFont())
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    // On the side of the face, whatever the letters.
    option.setAlignment(leadingSide());
    m_layout.setTextOption(option);
    m_layout.setFormats(formatsOf(references, theme));
    m_layout.beginLayout();
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, m_height + std::floor((kLineHeight - line.height()) / 2)});
        m_height += kLineHeight;
    }
    m_layout.endLayout();
}

void MessageText::draw(QPainter &painter, const QPointF &topLeft) const
{
    m_layout.draw(&painter, topLeft);
}

const session::Reference *MessageText::referenceAt(const QPointF &point) const
{
    const int number = static_cast<int>(std::floor(point.y() / kLineHeight));
    if (number < 0 || number >= m_layout.lineCount()) {
        return nullptr;
    }
    const QTextLine line = m_layout.lineAt(number);
    const QRectF words = line.naturalTextRect();
    if (point.x() < words.left() || point.x() >= words.right()) {
        return nullptr;
    }
    const int unit = line.xToCursor(point.x(), QTextLine::CursorOnCharacter);
    const auto found = std::find_if(
        m_references.begin(), m_references.end(), [unit](const session::Reference &reference) {
            return unit >= reference.from && unit < reference.from + reference.length;
        });
    return found == m_references.end() ? nullptr : &*found;
}

} // namespace cowrite::ui
