#include "ui/panes/document_delegate.h"

#include "ui/look/face.h"
#include "ui/look/icons.h"
#include "ui/look/mirrored.h"
#include "ui/look/row.h"
#include "ui/panes/document_list_model.h"

#include <QPainter>

namespace cowrite::ui {

namespace {

using session::DocumentKind;
using session::DocumentState;

constexpr int kRowHeight = 30;
constexpr int kSectionHeight = 33;
constexpr int kMargin = 9;
constexpr int kIconLeft = 16;
constexpr int kIconSize = 16;
constexpr int kTitleLeft = 39;
constexpr int kDotRight = 21;
constexpr int kSectionPixels = 11;

QString iconOf(DocumentKind kind)
{
    switch (kind) {
    case DocumentKind::Table:
        return QStringLiteral("document-table");
    case DocumentKind::Code:
        return QStringLiteral("document-code");
    case DocumentKind::Text:
    case DocumentKind::Markdown:
    case DocumentKind::Rich:
        break;
    }
    return QStringLiteral("document-text");
}

} // namespace

DocumentDelegate::DocumentDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

void DocumentDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const QRect area = option.rect;
    const QString title = index.data(Qt::DisplayRole).toString();
    painter->save();
    painter->setLayoutDirection(option.direction);
    const auto placed = [&option](const QRectF &place) {
        return mirrored(option.direction, option.rect, place);
    };
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(DocumentListModel::IsSectionRole).toBool()) {
        QFont font = interfaceFont();
        font.setPixelSize(kSectionPixels);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(m_theme.mutedText);
        painter->drawText(placed(area.adjusted(kIconLeft + 1, 6, -kMargin, 0)),
                          Qt::AlignLeft | Qt::AlignVCenter, title);
        painter->restore();
        return;
    }
    paintRow(*painter, area.adjusted(kMargin, 1, -kMargin, -1), option.state, m_theme);
    const auto kind = static_cast<DocumentKind>(index.data(DocumentListModel::KindRole).toInt());
    paintIcon(*painter,
              placed(QRectF(area.left() + kIconLeft, area.top() + (area.height() - kIconSize) / 2,
                            kIconSize, kIconSize)),
              iconOf(kind), m_theme.mutedText);
    const QRect titleRect = area.adjusted(kTitleLeft, 0, -kDotRight - 12, 0);
    painter->setFont(interfaceFont());
    painter->setPen(m_theme.text);
    painter->drawText(placed(titleRect), Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(title, Qt::ElideRight, titleRect.width()));
    const auto state = static_cast<DocumentState>(index.data(DocumentListModel::StateRole).toInt());
    if (state != DocumentState::Local) {
        const QPointF dot(area.right() + 1 - kDotRight, area.top() + area.height() / 2.0);
        paintDot(*painter, placed({dot, QSizeF()}).topLeft(),
                 state == DocumentState::Synced ? m_theme.good : m_theme.waiting);
    }
    painter->restore();
}

QSize DocumentDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {0, index.data(DocumentListModel::IsSectionRole).toBool() ? kSectionHeight : kRowHeight};
}

} // namespace cowrite::ui
