#include "ui/panes/person_delegate.h"

#include "ui/document/people_model.h"
#include "ui/look/face.h"
#include "ui/look/mirrored.h"
#include "ui/look/row.h"

#include <QPainter>

namespace cowrite::ui {

namespace {

constexpr int kRowHeight = 44;
constexpr int kLeft = 12;
constexpr double kFaceSize = 26;
constexpr int kTextLeft = 46;
constexpr int kLineHeight = 17;
constexpr int kSmallPixels = 12;
constexpr int kRoleGap = 8;

} // namespace

PersonDelegate::PersonDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

void PersonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const QRectF area = option.rect;
    painter->save();
    painter->setLayoutDirection(option.direction);
    painter->setRenderHint(QPainter::Antialiasing);
    paintRow(*painter, area.adjusted(5, 1, -5, -1), option.state, m_theme);
    painter->setOpacity(index.data(PeopleModel::AwayRole).toBool() ? kAwayOpacity : 1);
    paintFace(*painter,
              mirrored(option.direction, area,
                       QRectF(area.left() + kLeft, area.center().y() - kFaceSize / 2, kFaceSize,
                              kFaceSize)),
              index.data(PeopleModel::NameRole).toString(),
              index.data(PeopleModel::ColorRole).value<QColor>());
    painter->setOpacity(1);
    const QString where = index.data(PeopleModel::WhereaboutsRole).toString();
    const double textHeight = where.isEmpty() ? kLineHeight : 2 * kLineHeight;
    QRectF line(area.left() + kTextLeft, area.center().y() - textHeight / 2,
                area.width() - kTextLeft - kLeft, kLineHeight);
    line = mirrored(option.direction, area, line);
    QFont font = interfaceFont();
    const QString role = index.data(PeopleModel::AccessRole).toString();
    if (!role.isEmpty()) {
        font.setPixelSize(kSmallPixels);
        painter->setFont(font);
        painter->setPen(m_theme.mutedText);
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, role);
        line.setWidth(line.width() - painter->fontMetrics().horizontalAdvance(role) - kRoleGap);
        font = interfaceFont();
    }
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(m_theme.text);
    painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(),
                                                        Qt::ElideRight,
                                                        static_cast<int>(line.width())));
    font.setWeight(QFont::Normal);
    font.setPixelSize(kSmallPixels);
    painter->setFont(font);
    painter->setPen(m_theme.mutedText);
    line.translate(0, kLineHeight);
    line.setRight(area.right() - kLeft);
    painter->drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        painter->fontMetrics().elidedText(where, Qt::ElideRight, static_cast<int>(line.width())));
    painter->restore();
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, kRowHeight};
}

} // namespace cowrite::ui
