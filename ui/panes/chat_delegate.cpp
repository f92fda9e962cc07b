#include "ui/panes/chat_delegate.h"

#include "ui/look/face.h"
#include "ui/panes/chat_model.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace cowrite::ui {

namespace {

constexpr int kLeft = 12;
constexpr int kTop = 12;
constexpr double kFaceSize = 26;
constexpr int kTextLeft = 46;
constexpr int kRight = 12;
constexpr int kHeaderHeight = 18;
constexpr int kLineHeight = 18;
constexpr int kTimePixels = 11;

/// Breaks the text into lines of this width; returns the height.
double breakLines(QTextLayout &layout, double width)
{
    QTextOption option(Qt::AlignLeft);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double y = 0;
    while (true) {
        QTextLine line = layout.createLine();
        if (!line.isValid()) {
            break;
        }
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y + std::floor((kLineHeight - line.height()) / 2)));
        y += kLineHeight;
    }
    layout.endLayout();
    return y;
}

QString lineSeparated(QString text)
{
    return text.replace(QLatin1Char('\n'), QChar(QChar::LineSeparator));
}

} // namespace

ChatDelegate::ChatDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

void ChatDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const QRect area = option.rect;
    const QString name = index.data(ChatModel::NameRole).toString();
    painter->save();
    paintFace(*painter, QRectF(area.left() + kLeft, area.top() + kTop, kFaceSize, kFaceSize),
              name.section(QLatin1String(" ("), 0, 0),
              index.data(ChatModel::ColorRole).value<QColor>());

    QFont font = interfaceFont();
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    const double width = area.width() - kTextLeft - kRight;
    const QRectF header(area.left() + kTextLeft, area.top() + kTop - 1, width, kHeaderHeight);
    QFont small = font;
    small.setPixelSize(kTimePixels);
    const QString time = index.data(ChatModel::TimeRole).toString();
    const double timeWidth = QFontMetricsF(small).horizontalAdvance(time);
    const QString shownName =
        QFontMetricsF(bold).elidedText(name, Qt::ElideRight, width - timeWidth - 8);
    painter->setFont(bold);
    painter->setPen(m_theme.text);
    painter->drawText(header, Qt::AlignLeft | Qt::AlignVCenter, shownName);
    painter->setFont(small);
    painter->setPen(m_theme.mutedText);
    painter->drawText(
        header.adjusted(QFontMetricsF(bold).horizontalAdvance(shownName) + 6, 1, 0, 1),
        Qt::AlignLeft | Qt::AlignVCenter, time);

    painter->setPen(m_theme.text);
    QTextLayout layout(lineSeparated(index.data(ChatModel::TextRole).toString()), font);
    breakLines(layout, width);
    layout.draw(painter, QPointF(header.left(), header.bottom() + 1));
    painter->restore();
}

QSize ChatDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    QTextLayout layout(lineSeparated(index.data(ChatModel::TextRole).toString()), interfaceFont());
    const double textHeight = breakLines(layout, width - kTextLeft - kRight);
    return {width, kTop + kHeaderHeight + static_cast<int>(std::ceil(textHeight))};
}

} // namespace cowrite::ui
