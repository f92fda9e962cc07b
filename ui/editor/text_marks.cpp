#include "ui/editor/text_marks.h"

#include "ui/editor/editor.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace cowrite::ui {

namespace {

/// How much of the author's colour is behind a mark.
constexpr double kTint = 0.2;
/// How much of a deleted letter is left.
constexpr double kPaleness = 0.45;

QColor mixed(const QColor &page, const QColor &color, double share)
{
    const auto channel = [share](double a, double b) {
        return static_cast<float>(a + (b - a) * share);
    };
    return QColor::fromRgbF(channel(page.redF(), color.redF()),
                            channel(page.greenF(), color.greenF()),
                            channel(page.blueF(), color.blueF()));
}

} // namespace

std::vector<TextMark>::const_iterator TextMarks::firstAfter(std::uint32_t offset) const
{
    return std::partition_point(m_marks.begin(), m_marks.end(), [offset](const TextMark &mark) {
        return mark.offset + mark.length <= offset;
    });
}

QString TextMarks::withoutDeleted(std::uint32_t offset, const QString &text) const
{
    const auto end = offset + static_cast<std::uint32_t>(text.size());
    QString kept;
    std::uint32_t at = offset;
    const auto keepTo = [&](std::uint32_t to) {
        kept += QStringView(text).mid(at - offset, to - at);
    };
    for (auto mark = firstAfter(offset); mark != m_marks.end() && mark->offset < end; ++mark) {
        if (mark->kind == TextMark::Kind::Deleted) {
            keepTo(std::max(mark->offset, at));
            at = std::min(mark->offset + mark->length, end);
        }
    }
    keepTo(end);
    return kept.isEmpty() ? text : kept;
}

template <class Visit>
void TextMarks::forVisibleMarks(Visit visit) const
{
    if (m_marks.empty()) {
        return;
    }
    const double paragraphEndWidth =
        QFontMetricsF(m_editor.font()).horizontalAdvance(QLatin1Char(' '));
    for (const VisibleLine &line : m_editor.visibleLines()) {
        for (auto mark = firstAfter(line.startOffset);
             mark != m_marks.end() && mark->offset <= line.endOffset; ++mark) {
            const QRectF rect =
                line.rectOf(mark->offset, mark->offset + mark->length, paragraphEndWidth);
            if (!rect.isEmpty()) {
                visit(*mark, line, rect);
            }
        }
    }
}

void TextMarks::paintBelow(QPainter &painter, const Theme &theme) const
{
    forVisibleMarks([&](const TextMark &mark, const VisibleLine &, const QRectF &rect) {
        painter.fillRect(rect, mixed(theme.page, mark.color, kTint));
    });
}

void TextMarks::paintAbove(QPainter &painter, const Theme &theme) const
{
    const QFontMetricsF metrics(m_editor.font());
    forVisibleMarks([&](const TextMark &mark, const VisibleLine &line, const QRectF &rect) {
        const double baseline = line.origin.y() + line.line.y() + line.line.ascent();
        const double thickness = std::max(1.0, metrics.lineWidth());
        if (mark.kind == TextMark::Kind::Inserted) {
            painter.fillRect(
                QRectF(rect.left(), baseline + metrics.underlinePos(), rect.width(), thickness),
                mixed(theme.page, mark.color, 0.6));
            return;
        }
        QColor veil = mixed(theme.page, mark.color, kTint);
        veil.setAlphaF(static_cast<float>(1 - kPaleness));
        painter.fillRect(rect, veil);
        painter.fillRect(
            QRectF(rect.left(), baseline - metrics.strikeOutPos(), rect.width(), thickness),
            theme.mutedText);
    });
}

} // namespace cowrite::ui
