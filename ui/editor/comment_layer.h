#pragma once

#include "libsync/base/signal.h"
#include "libsync/session/document/comments.h"
#include "ui/editor/editor_layer.h"

#include <QObject>
#include <QString>

#include <vector>

namespace cowrite::session {
class Replica;
}

namespace cowrite::ui {

/// Marks the pieces of the text that open comments are about, with a bubble in the margin for each.
/// Where they are is asked for again after every change of the text, at the next paint.
class CommentLayer : public QObject, public EditorLayer {
    Q_OBJECT

public:
    /// `replica` outlives the layer.
    CommentLayer(session::Replica &replica, Editor &editor);

    /// The one that is looked at stands out; empty for none.
    void setChosen(const QString &thread);
    /// The open thread about the text at this offset, the one with the shortest text if there are
    /// several; empty for none.
    [[nodiscard]] QString threadAt(std::uint32_t offset) const;

    void paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines) override;
    void paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines) override;
    bool eventFilter(QObject *object, QEvent *event) override;

Q_SIGNALS:
    /// The bubble of a thread was clicked.
    void bubbleClicked(const QString &thread);

private:
    struct Place {
        QString thread;
        session::Comments::Range range;
        int messages = 0;
    };
    struct Bubble {
        QRectF rect;
        QString thread;
    };

    void observeText();
    void invalidate();
    [[nodiscard]] const std::vector<Place> &places() const;

    session::Replica &m_replica;
    QString m_chosen;
    mutable std::vector<Place> m_places; ///< ascending by their beginning
    mutable bool m_areOld = true;
    std::vector<Bubble> m_bubbles; ///< those of the last paint
    Subscription m_subscription;
};

} // namespace cowrite::ui
