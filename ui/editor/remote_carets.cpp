#include "ui/editor/remote_carets.h"

#include "libsync/crdt/doc.h"
#include "ui/editor/editor.h"
#include "ui/look/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr double kCaretWidth = 2;
constexpr double kSelectionOpacity = 0.2;
constexpr int kFlagFontPixels = 10;
constexpr double kFlagHeight = 15;
constexpr double kFlagPadding = 5;
constexpr double kFlagRadius = 3;
/// How near the pointer must come to a caret, in pixels.
constexpr double kHoverDistance = 4;
constexpr std::chrono::milliseconds kFadeFrame{30};

} // namespace

RemoteCarets::RemoteCarets(Editor *editor, const Clock &clock)
    : QObject(editor), m_editor(editor), m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RemoteCarets::onTick);
}

void RemoteCarets::setCarets(std::vector<RemoteCaret> carets)
{
    const auto now = m_clock.steadyNow();
    std::vector<Shown> next;
    next.reserve(carets.size());
    for (RemoteCaret &caret : carets) {
        const auto old = std::find_if(m_shown.begin(), m_shown.end(), [&](const Shown &shown) {
            return shown.caret.key == caret.key;
        });
        const bool moved = old == m_shown.end() || old->caret.head != caret.head ||
                           old->caret.anchor != caret.anchor;
        next.push_back({std::move(caret), {}, {}, moved ? now : old->moved});
    }
    m_shown = std::move(next);
    m_resolved = false;
    m_timer.start(kFlagTime);
    m_editor->viewport()->update();
}

void RemoteCarets::resolveAll()
{
    if (m_resolved || !m_editor->hasText()) {
        return;
    }
    m_resolved = true;
    const crdt::Text text = m_editor->text();
    const auto offsetOf = [&](const crdt::RelativePosition &position) {
        const auto found = crdt::resolve(text.doc(), position);
        return found && found->type == text ? std::optional(found->index) : std::nullopt;
    };
    for (Shown &shown : m_shown) {
        shown.anchor = offsetOf(shown.caret.anchor);
        shown.head = offsetOf(shown.caret.head);
    }
}

std::optional<std::uint32_t> RemoteCarets::headOffset(std::uint64_t key)
{
    resolveAll();
    for (const Shown &shown : m_shown) {
        if (shown.caret.key == key) {
            return shown.head;
        }
    }
    return std::nullopt;
}

double RemoteCarets::opacityOf(const Shown &shown) const
{
    if (m_hovered == shown.caret.key) {
        return 1;
    }
    const auto still = m_clock.steadyNow() - shown.moved;
    if (still < kFlagTime) {
        return 1;
    }
    const std::chrono::duration<double> fading = still - kFlagTime;
    return std::max(0.0, 1 - fading / std::chrono::duration<double>(kFadeTime));
}

double RemoteCarets::flagOpacity(std::uint64_t key) const
{
    for (const Shown &shown : m_shown) {
        if (shown.caret.key == key) {
            return opacityOf(shown);
        }
    }
    return 0;
}

void RemoteCarets::onTick()
{
    bool fading = false;
    std::optional<std::chrono::steady_clock::duration> next;
    const auto now = m_clock.steadyNow();
    for (const Shown &shown : m_shown) {
        const auto still = now - shown.moved;
        if (still < kFlagTime) {
            next = std::min(next.value_or(kFlagTime), kFlagTime - still);
        } else if (still < kFlagTime + 2 * kFadeTime) {
            fading = true;
        }
    }
    if (fading) {
        m_timer.start(kFadeFrame);
    } else if (next) {
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(*next));
    }
    m_editor->viewport()->update();
}

void RemoteCarets::hover(const QPoint &point)
{
    resolveAll();
    std::optional<std::uint64_t> hovered;
    for (const Shown &shown : m_shown) {
        if (!shown.head) {
            continue;
        }
        const auto rect = m_editor->visibleCaretRect(*shown.head);
        if (rect && rect->adjusted(-kHoverDistance, 0, kHoverDistance, 0).contains(point)) {
            hovered = shown.caret.key;
        }
    }
    if (hovered != m_hovered) {
        m_hovered = hovered;
        m_editor->viewport()->update();
    }
}

void RemoteCarets::leave()
{
    if (m_hovered) {
        m_hovered.reset();
        m_editor->viewport()->update();
    }
}

void RemoteCarets::paintSelections(QPainter &painter)
{
    resolveAll();
    for (const Shown &shown : m_shown) {
        if (!shown.anchor || !shown.head || *shown.anchor == *shown.head) {
            continue;
        }
        QColor color = shown.caret.color;
        color.setAlphaF(kSelectionOpacity);
        const auto [from, to] = std::minmax(*shown.anchor, *shown.head);
        for (const QRectF &rect : m_editor->visibleRects(from, to)) {
            painter.fillRect(rect, color);
        }
    }
}

void RemoteCarets::paintCarets(QPainter &painter)
{
    resolveAll();
    for (const Shown &shown : m_shown) {
        const auto rect = shown.head ? m_editor->visibleCaretRect(*shown.head) : std::nullopt;
        if (!rect) {
            continue;
        }
        painter.fillRect(QRectF(rect->left(), rect->top(), kCaretWidth, rect->height()),
                         visibleOn(m_editor->theme().page, shown.caret.color));
        const double opacity = opacityOf(shown);
        if (opacity > 0 && !shown.caret.name.isEmpty()) {
            paintFlag(painter, shown, *rect, opacity);
        }
    }
}

void RemoteCarets::paintFlag(QPainter &painter, const Shown &shown, const QRectF &caretRect,
                             double opacity)
{
    QFont font = interfaceFont();
    font.setPixelSize(kFlagFontPixels);
    font.setBold(true);
    const double width = QFontMetricsF(font).horizontalAdvance(shown.caret.name) + 2 * kFlagPadding;
    const double viewWidth = m_editor->viewport()->width();
    // Above the line, or below it where there is no room; inside the window in any case.
    const bool above = caretRect.top() >= kFlagHeight;
    const QRectF flag(std::max(0.0, std::min(caretRect.left(), viewWidth - width)),
                      above ? caretRect.top() - kFlagHeight : caretRect.bottom(), width,
                      kFlagHeight);
    painter.save();
    painter.setOpacity(opacity);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    path.addRoundedRect(flag, kFlagRadius, kFlagRadius);
    // The corner at the caret is square: the flag hangs on its pole.
    path.addRect(flag.left(), above ? flag.bottom() - kFlagRadius : flag.top(), kFlagRadius,
                 kFlagRadius);
    const QColor color = visibleOn(m_editor->theme().page, shown.caret.color);
    painter.fillPath(path, color);
    painter.setFont(font);
    painter.setPen(readableOn(color));
    painter.drawText(flag, Qt::AlignCenter, shown.caret.name);
    painter.restore();
}

} // namespace cowrite::ui
