#pragma once

#include "libsync/session/document/references.h"
#include "ui/look/theme.h"

#include <QStyledItemDelegate>

#include <optional>

namespace cowrite::ui {

/// Draws a message: face, name, time, what it answers, and the text wrapped below.
class ChatDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    ChatDelegate(const Theme &theme, QObject *parent);

    void setTheme(const Theme &theme) { m_theme = theme; }

    /// What stands at a point of a row: something that the text points at, or what it answers.
    struct Hit {
        std::optional<session::Reference> reference;
        bool isQuote = false;
    };
    /// `row`: the rectangle of the message in its view; `point` likewise.
    [[nodiscard]] Hit hitTest(const QModelIndex &index, const QRect &row,
                              const QPoint &point) const;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintHeader(QPainter &painter, const QRectF &header, const QModelIndex &index) const;
    void paintQuote(QPainter &painter, const QRectF &area, const QString &quote) const;

    Theme m_theme;
};

} // namespace cowrite::ui
