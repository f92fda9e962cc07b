#pragma once

#include "libsync/base/clock.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/text.h"

#include <QColor>
#include <QObject>
#include <QPoint>
#include <QString>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

class QPainter;

namespace cowrite::ui {

class Editor;

/// Where another person is in the text, as they say themselves.
struct RemoteCaret {
    /// Tells the people apart; the client id of their awareness state.
    std::uint64_t key = 0;
    QString name;
    QColor color;
    crdt::RelativePosition anchor;
    crdt::RelativePosition head;
};

/// Carets, name flags and selections of the others, painted by the editor around its own text.
///
/// The offsets are looked up anew after every change and only when something is painted, so a
/// caret sticks to its text and 50 of them cost nothing while one types out of their sight.
class RemoteCarets : public QObject {
    Q_OBJECT

public:
    /// How long a flag stays without movement, and how long it takes to fade.
    static constexpr std::chrono::milliseconds kFlagTime{3000};
    static constexpr std::chrono::milliseconds kFadeTime{250};

    RemoteCarets(Editor *editor, const Clock &clock);

    void setCarets(std::vector<RemoteCaret> carets);
    /// The text changed: offsets have to be looked up again.
    void invalidate() { m_resolved = false; }

    /// Offset of the person's caret into the text, or nothing while it cannot be told.
    [[nodiscard]] std::optional<std::uint32_t> headOffset(std::uint64_t key);
    /// 1 while the flag is shown, 0 when it has faded.
    [[nodiscard]] double flagOpacity(std::uint64_t key) const;

    /// Shows the flag of the caret at this point of the viewport again.
    void hover(const QPoint &point);
    void leave();

    void paintSelections(QPainter &painter);
    void paintCarets(QPainter &painter);

private:
    struct Shown {
        RemoteCaret caret;
        std::optional<std::uint32_t> anchor;
        std::optional<std::uint32_t> head;
        std::chrono::steady_clock::time_point moved;
    };

    void resolveAll();
    void onTick();
    [[nodiscard]] double opacityOf(const Shown &shown) const;
    void paintFlag(QPainter &painter, const Shown &shown, const QRectF &caretRect, double opacity);

    Editor *m_editor;
    const Clock &m_clock;
    std::vector<Shown> m_shown;
    bool m_resolved = false;
    std::optional<std::uint64_t> m_hovered;
    QTimer m_timer;
};

} // namespace cowrite::ui
