#pragma once

#include "ui/look/theme.h"

#include <QStyledItemDelegate>

namespace cowrite::ui {

/// Draws a message: face, name, time, and the text wrapped below.
class ChatDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    ChatDelegate(const Theme &theme, QObject *parent);

    void setTheme(const Theme &theme) { m_theme = theme; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    Theme m_theme;
};

} // namespace cowrite::ui
