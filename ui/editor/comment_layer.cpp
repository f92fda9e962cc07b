#include "ui/editor/comment_layer.h"

#include "libsync/crdt/event.h"
#include "libsync/session/replica/replica.h"
#include "ui/editor/editor.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr float kTint = 0.18F;
constexpr float kChosenTint = 0.36F;
constexpr double kBubbleWidth = 20;
constexpr double kBubbleHeight = 15;
constexpr double kBubbleSpace = 4;
constexpr double kBubbleRadius = 4;
constexpr int kBubblePixels = 10;

QColor withAlpha(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

} // namespace

CommentLayer::CommentLayer(session::Replica &replica, Editor &editor)
    : QObject(&editor), EditorLayer(editor), m_replica(replica)
{
    connect(&editor, &Editor::textSet, this, &CommentLayer::observeText);
    connect(&replica.comments(), &session::Comments::changed, this, &CommentLayer::invalidate);
    editor.viewport()->installEventFilter(this);
    observeText();
}

void CommentLayer::observeText()
{
    if (editor().hasText()) {
        m_subscription = editor().text().observe([this](const crdt::Event &) { m_areOld = true; });
    }
    invalidate();
}

void CommentLayer::invalidate()
{
    m_areOld = true;
    editor().viewport()->update();
}

const std::vector<CommentLayer::Place> &CommentLayer::places() const
{
    if (m_areOld && editor().hasText()) {
        m_areOld = false;
        m_places.clear();
        const crdt::Text text = editor().text();
        for (const session::CommentThread &thread : m_replica.comments().threads()) {
            const auto range = thread.isResolved
                                   ? std::nullopt
                                   : m_replica.comments().placeOf(thread.anchor, text);
            if (range) {
                m_places.push_back({thread.id, *range, static_cast<int>(thread.messages.size())});
            }
        }
        std::stable_sort(m_places.begin(), m_places.end(), [](const Place &a, const Place &b) {
            return a.range.from < b.range.from;
        });
    }
    return m_places;
}

void CommentLayer::setChosen(const QString &thread)
{
    if (thread != m_chosen) {
        m_chosen = thread;
        editor().viewport()->update();
    }
}

QString CommentLayer::threadAt(std::uint32_t offset) const
{
    const Place *shortest = nullptr;
    for (const Place &place : places()) {
        const session::Comments::Range &range = place.range;
        if (range.from <= offset && offset <= range.to &&
            (!shortest || range.to - range.from < shortest->range.to - shortest->range.from)) {
            shortest = &place;
        }
    }
    return shortest ? shortest->thread : QString();
}

void CommentLayer::paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    const double paragraphEndWidth = editor().fontMetrics().horizontalAdvance(QLatin1Char(' '));
    const QColor color = editor().theme().waiting;
    for (const VisibleLine &line : lines) {
        for (const Place &place : places()) {
            if (place.range.from > line.endOffset) {
                break;
            }
            const QRectF rect = line.rectOf(place.range.from, place.range.to, paragraphEndWidth);
            if (rect.isEmpty()) {
                continue;
            }
            painter.fillRect(rect,
                             withAlpha(color, place.thread == m_chosen ? kChosenTint : kTint));
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color);
        }
    }
}

void CommentLayer::paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    m_bubbles.clear();
    const Theme &theme = editor().theme();
    QFont font = interfaceFont();
    font.setPixelSize(kBubblePixels);
    font.setWeight(QFont::DemiBold);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    for (const VisibleLine &line : lines) {
        double right = editor().viewport()->width() - kBubbleSpace;
        for (const Place &place : places()) {
            if (place.range.from > line.endOffset) {
                break;
            }
            const bool beginsHere = line.startOffset <= place.range.from &&
                                    (place.range.from < line.endOffset ||
                                     (place.range.from == line.endOffset && line.endsParagraph));
            if (!beginsHere) {
                continue;
            }
            const double top =
                line.origin.y() + line.line.y() + (line.line.height() - kBubbleHeight) / 2;
            const QRectF bubble(right - kBubbleWidth, top, kBubbleWidth, kBubbleHeight);
            right -= kBubbleWidth + kBubbleSpace;
            const bool isChosen = place.thread == m_chosen;
            painter.setPen(QPen(theme.waiting, 1));
            painter.setBrush(isChosen ? theme.waiting : theme.page);
            painter.drawRoundedRect(bubble.adjusted(0.5, 0.5, -0.5, -0.5), kBubbleRadius,
                                    kBubbleRadius);
            painter.setPen(isChosen ? readableOn(theme.waiting) : theme.text);
            painter.drawText(bubble, Qt::AlignCenter, QString::number(place.messages));
            m_bubbles.push_back({bubble, place.thread});
        }
    }
    painter.restore();
}

bool CommentLayer::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        const auto *press = static_cast<QMouseEvent *>(event);
        for (const Bubble &bubble : m_bubbles) {
            if (press->button() == Qt::LeftButton && bubble.rect.contains(press->position())) {
                Q_EMIT bubbleClicked(bubble.thread);
                return true;
            }
        }
    }
    return QObject::eventFilter(object, event);
}

} // namespace cowrite::ui
