#pragma once

#include "libsync/session/document/references.h"

#include <QTextLayout>

class QPainter;

namespace cowrite::ui {

struct Theme;

/// The text of a message, broken into lines, with what it points at in the colour of links.
class MessageText {
public:
    /// `width` in pixels.
    MessageText(const QString &text, const QList<session::Reference> &references, double width,
                const Theme &theme);

    [[nodiscard]] double height() const { return m_height; }
    void draw(QPainter &painter, const QPointF &topLeft) const;
    /// What stands at a point of the text, from its top left; null for nothing.
    [[nodiscard]] const session::Reference *referenceAt(const QPointF &point) const;

private:
    QList<session::Reference> m_references;
    QTextLayout m_layout;
    double m_height = 0;
};

} // namespace cowrite::ui
