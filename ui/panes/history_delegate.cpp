#include "ui/panes/history_delegate.h"

#include "ui/look/face.h"
#include "ui/look/mirrored.h"
#include "ui/look/row.h"
#include "ui/panes/history_model.h"

#include <QPainter>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr int kRowHeight = 46;
constexpr int kMargin = 12;
constexpr int kPadding = 8;
constexpr double kFaceSize = 26;
constexpr int kTextLeft = 54;
constexpr int kNameHeight = 16;
constexpr int kTimeHeight = 13;
constexpr int kTimePixels = 11;
constexpr int kRightPixels = 12;
constexpr int kGap = 10;
/// What is on the right takes no more of the row than this.
constexpr double kMostOnTheRight = 0.55;

} // namespace

HistoryDelegate::HistoryDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const QRectF area = QRectF(option.rect).adjusted(kMargin, 2, -kMargin, -2);
    painter->save();
    painter->setLayoutDirection(option.direction);
    const auto placed = [&option](const QRectF &place) {
        return mirrored(option.direction, option.rect, place);
    };
    painter->setRenderHint(QPainter::Antialiasing);
    paintRow(*painter, area, option.state, m_theme);
    const double middle = area.center().y();
    paintFace(*painter,
              placed({area.left() + kPadding, middle - kFaceSize / 2, kFaceSize, kFaceSize}),
              index.data(HistoryModel::NameRole).toString(),
              index.data(HistoryModel::ColorRole).value<QColor>());

    const double left = option.rect.left() + kTextLeft;
    const double right = area.right() - kPadding;
    QFont font = interfaceFont();
    font.setPixelSize(kRightPixels);
    painter->setFont(font);
    painter->setPen(m_theme.mutedText);
    const QString version = index.data(HistoryModel::VersionRole).toString();
    const QString most = version.isEmpty() ? index.data(HistoryModel::CountsRole).toString()
                                           : QStringLiteral("\u2605 ") + version;
    const QFontMetricsF metrics(font);
    const double width =
        std::min(metrics.horizontalAdvance(most) + 1, (right - left) * kMostOnTheRight);
    painter->drawText(placed({right - width, area.top(), width, area.height()}),
                      Qt::AlignRight | Qt::AlignVCenter,
                      isolated(metrics.elidedText(most, Qt::ElideRight, width)));

    font = interfaceFont();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(m_theme.text);
    const double nameWidth = right - width - kGap - left;
    const double top = middle - (kNameHeight + kTimeHeight) / 2.0;
    painter->drawText(placed({left, top, nameWidth, kNameHeight}), Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetricsF(font).elidedText(index.data(Qt::DisplayRole).toString(),
                                                     Qt::ElideRight, nameWidth));
    font.setWeight(QFont::Normal);
    font.setPixelSize(kTimePixels);
    painter->setFont(font);
    painter->setPen(m_theme.mutedText);
    painter->drawText(placed({left, top + kNameHeight, nameWidth, kTimeHeight}),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      index.data(HistoryModel::TimeRole).toString());
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, kRowHeight};
}

} // namespace cowrite::ui
