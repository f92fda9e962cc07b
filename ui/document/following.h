#pragma once

#include "libsync/protocol/presence.h"
#include "libsync/session/replica/replica.h"
#include "ui/editor/editor_layer.h"

#include <QColor>
#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

namespace cowrite::ui {

/// Going where somebody else is. Once: their place is shown. Asked for once more, it is kept in
/// sight, and a thin frame in their colour says so, until a key, a wheel or a click of one's own
/// ends it. The other side: while somebody follows me, they are told what is on my screen.
class Following : public QObject, private EditorLayer {
    Q_OBJECT

public:
    /// Both outlive this object.
    Following(session::Replica &replica, Editor &editor);

    /// Shows where this person is; if that was the last thing one did, follows them, and if one
    /// follows them already, stops. Nothing for oneself but to go back to one's own caret.
    void goTo(crdt::ClientId client);
    void follow(crdt::ClientId client);
    void stop();
    [[nodiscard]] std::optional<crdt::ClientId> followed() const { return m_followed; }

    /// Whenever somebody came, left or moved.
    void onPeople(const std::vector<protocol::Presence> &people);

Q_SIGNALS:
    /// followed() is another one.
    void changed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines) override;
    void onOwnMove();
    void setFollowed(std::optional<crdt::ClientId> client);
    /// Shows their screen, if they tell what is on it, else the place of their caret.
    void show(const protocol::Presence &person);
    void tellSoon();
    void tellViewport();
    [[nodiscard]] std::optional<std::uint32_t>
    offsetOf(const crdt::RelativePosition &position) const;
    [[nodiscard]] std::optional<protocol::Presence> find(crdt::ClientId client) const;

    session::Replica &m_replica;
    /// Was shown, and nothing was done since.
    std::optional<crdt::ClientId> m_shown;
    std::optional<crdt::ClientId> m_followed;
    QColor m_color;
    bool m_isFollowed = false;
    /// The top of the screen, as the others know it.
    std::uint32_t m_toldTop = 0;
    QTimer m_tell;
};

} // namespace cowrite::ui
