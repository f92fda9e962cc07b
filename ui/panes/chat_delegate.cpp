#include "ui/panes/chat_delegate.h"

#include "ui/look/face.h"
#include "ui/look/mirrored.h"
#include "ui/look/row.h"
#include "ui/panes/chat_model.h"
#include "ui/panes/message_text.h"

#include <QAbstractItemView>
#include <QGuiApplication>
#include <QPainter>

#include <cmath>

namespace cowrite::ui {

namespace {

constexpr int kLeft = 12;
constexpr int kTop = 12;
constexpr double kFaceSize = 26;
constexpr int kTextLeft = 46;
constexpr int kRight = 12;
constexpr int kHeaderHeight = 18;
constexpr int kQuoteHeight = 20;
constexpr int kQuoteBar = 2;
constexpr int kTimePixels = 11;

/// Where the parts of a message stand in its row.
struct Parts {
    QRectF header;
    QRectF quote; ///< empty for a message that answers nothing
    QPointF text; ///< its top left
};

Parts partsOf(const QRect &row, Qt::LayoutDirection direction, const QModelIndex &index)
{
    Parts parts;
    const double width = row.width() - kTextLeft - kRight;
    parts.header = {row.left() + kTextLeft + 0.0, row.top() + kTop - 1.0, width, kHeaderHeight};
    double y = parts.header.bottom() + 1;
    if (!index.data(ChatModel::QuotedIdRole).toString().isEmpty()) {
        parts.quote = {parts.header.left(), y, width, kQuoteHeight - 2};
        y += kQuoteHeight;
    }
    parts.header = mirrored(direction, row, parts.header);
    parts.quote = mirrored(direction, row, parts.quote);
    parts.text = {parts.header.left(), y};
    return parts;
}

MessageText textOf(const QModelIndex &index, double width, const Theme &theme)
{
    return {index.data(ChatModel::TextRole).toString(),
            index.data(ChatModel::ReferencesRole).value<QList<session::Reference>>(), width, theme};
}

} // namespace

ChatDelegate::ChatDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

void ChatDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Parts parts = partsOf(option.rect, option.direction, index);
    painter->save();
    painter->setLayoutDirection(option.direction);
    const QRect row = option.rect.adjusted(0, kTop / 2, 0, kTop / 2);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        paintRow(*painter, row.adjusted(2, 0, -2, 0), QStyle::State_HasFocus, m_theme);
    } else if (index.data(ChatModel::MentionsSelfRole).toBool()) {
        painter->fillRect(row, m_theme.banner);
    }
    paintFace(*painter,
              mirrored(option.direction, option.rect,
                       QRectF(option.rect.left() + kLeft, option.rect.top() + kTop, kFaceSize,
                              kFaceSize)),
              index.data(ChatModel::NameRole).toString().section(QLatin1String(" ("), 0, 0),
              index.data(ChatModel::ColorRole).value<QColor>());
    paintHeader(*painter, parts.header, index);
    if (!parts.quote.isEmpty()) {
        paintQuote(*painter, parts.quote, index.data(ChatModel::QuoteRole).toString());
    }
    painter->setPen(m_theme.text);
    textOf(index, parts.header.width(), m_theme).draw(*painter, parts.text);
    painter->restore();
}

void ChatDelegate::paintHeader(QPainter &painter, const QRectF &header,
                               const QModelIndex &index) const
{
    QFont bold = interfaceFont();
    bold.setWeight(QFont::DemiBold);
    QFont small = interfaceFont();
    small.setPixelSize(kTimePixels);
    const QString time = index.data(ChatModel::TimeRole).toString();
    const double timeWidth = QFontMetricsF(small).horizontalAdvance(time);
    const QString name = QFontMetricsF(bold).elidedText(
        index.data(ChatModel::NameRole).toString(), Qt::ElideRight, header.width() - timeWidth - 8);
    painter.setFont(bold);
    painter.setPen(m_theme.text);
    painter.drawText(header, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.setFont(small);
    painter.setPen(m_theme.mutedText);
    const QRectF rest = header.adjusted(QFontMetricsF(bold).horizontalAdvance(name) + 6, 1, 0, 1);
    painter.drawText(mirrored(painter.layoutDirection(), header, rest),
                     Qt::AlignLeft | Qt::AlignVCenter, time);
}

void ChatDelegate::paintQuote(QPainter &painter, const QRectF &area, const QString &quote) const
{
    const QRectF bar(area.left(), area.top() + 1, kQuoteBar, area.height() - 2);
    painter.fillRect(mirrored(painter.layoutDirection(), area, bar), m_theme.accent);
    QFont small = interfaceFont();
    small.setPixelSize(kTimePixels + 1);
    painter.setFont(small);
    painter.setPen(m_theme.mutedText);
    const QRectF words =
        mirrored(painter.layoutDirection(), area, area.adjusted(kQuoteBar + 6, 0, 0, 0));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(small).elidedText(quote, Qt::ElideRight, words.width()));
}

QSize ChatDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view != nullptr ? view->viewport()->width() : option.rect.width();
    const Parts parts = partsOf({0, 0, width, 0}, option.direction, index);
    const double height = textOf(index, parts.header.width(), m_theme).height();
    return {width, static_cast<int>(std::ceil(parts.text.y() + height))};
}

ChatDelegate::Hit ChatDelegate::hitTest(const QModelIndex &index, const QRect &row,
                                        const QPoint &point) const
{
    const Parts parts = partsOf(row, QGuiApplication::layoutDirection(), index);
    if (parts.quote.contains(point)) {
        return {std::nullopt, true};
    }
    const MessageText text = textOf(index, parts.header.width(), m_theme);
    const session::Reference *reference = text.referenceAt(QPointF(point) - parts.text);
    return {reference == nullptr ? std::nullopt : std::optional(*reference), false};
}

} // namespace cowrite::ui
