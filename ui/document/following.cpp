#include "ui/document/following.h"

#include "libsync/crdt/doc.h"
#include "ui/editor/edit_announcer.h"
#include "ui/editor/editor.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr double kFrameWidth = 2;
/// What is on my screen is told this often at most.
constexpr std::chrono::milliseconds kTellTime{200};

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
           key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

} // namespace

Following::Following(session::Replica &replica, Editor &itsEditor)
    : QObject(&itsEditor), EditorLayer(itsEditor), m_replica(replica)
{
    itsEditor.installEventFilter(this);
    itsEditor.viewport()->installEventFilter(this);
    // By hand: moves that the program makes do not come here.
    connect(itsEditor.verticalScrollBar(), &QScrollBar::actionTriggered, this,
            &Following::onOwnMove);
    m_tell.setSingleShot(true);
    m_tell.setInterval(kTellTime);
    connect(&m_tell, &QTimer::timeout, this, &Following::tellViewport);
    // The scroll bar itself says nothing where the view goes after the caret.
    connect(&itsEditor, &QPlainTextEdit::updateRequest, this, &Following::tellSoon);
    connect(itsEditor.verticalScrollBar(), &QScrollBar::valueChanged, this, &Following::tellSoon);
}

void Following::goTo(crdt::ClientId client)
{
    if (client == m_followed) {
        stop();
        return;
    }
    if (client == m_replica.doc().clientId()) {
        onOwnMove();
        editor().ensureCursorVisible();
        return;
    }
    if (client == m_shown) {
        follow(client);
        return;
    }
    stop();
    if (const auto offset = editor().remoteCarets().headOffset(client)) {
        editor().showOffset(*offset);
        m_shown = client;
    }
}

void Following::follow(crdt::ClientId client)
{
    const std::optional<protocol::Presence> person = find(client);
    if (!person || client == m_replica.doc().clientId()) {
        return;
    }
    m_color = QColor(QString::fromStdString(person->color));
    setFollowed(client);
    announce(editor(),
             tr("You follow %1. Any key ends it.").arg(QString::fromStdString(person->name)));
    show(*person);
}

void Following::stop()
{
    if (m_followed) {
        setFollowed(std::nullopt);
        announce(editor(), tr("You follow nobody any more."));
    }
}

void Following::setFollowed(std::optional<crdt::ClientId> client)
{
    m_followed = client;
    m_shown.reset();
    m_replica.setFollowing(client);
    editor().viewport()->update();
    Q_EMIT changed();
}

std::optional<protocol::Presence> Following::find(crdt::ClientId client) const
{
    const std::vector<protocol::Presence> people = m_replica.people();
    const auto person = std::find_if(people.begin(), people.end(),
                                     [client](const auto &it) { return it.clientId == client; });
    return person == people.end() ? std::nullopt : std::optional(*person);
}

void Following::onPeople(const std::vector<protocol::Presence> &people)
{
    const crdt::ClientId me = m_replica.doc().clientId();
    const bool isFollowed = std::any_of(people.begin(), people.end(), [me](const auto &person) {
        return person.clientId != me && person.following == me;
    });
    if (std::exchange(m_isFollowed, isFollowed) != isFollowed) {
        if (isFollowed) {
            tellViewport();
        } else {
            m_replica.clearViewport();
        }
    }
    if (!m_followed) {
        return;
    }
    const auto person = std::find_if(people.begin(), people.end(),
                                     [this](const auto &it) { return it.clientId == *m_followed; });
    if (person == people.end()) {
        stop(); // they have left
    } else {
        show(*person);
    }
}

std::optional<std::uint32_t> Following::offsetOf(const crdt::RelativePosition &position) const
{
    const crdt::Text text = m_replica.content();
    const auto found = crdt::resolve(text.doc(), position);
    return found && found->type == text ? std::optional(found->index) : std::nullopt;
}

void Following::show(const protocol::Presence &person)
{
    const auto top = person.viewport ? offsetOf(person.viewport->top) : std::nullopt;
    if (top) {
        editor().showAtTop(*top);
    } else if (const auto head = editor().remoteCarets().headOffset(person.clientId)) {
        editor().bringIntoSight(*head);
    }
}

void Following::tellSoon()
{
    if (m_isFollowed && !m_tell.isActive() && editor().topOffset() != m_toldTop) {
        m_tell.start();
    }
}

void Following::tellViewport()
{
    const std::vector<VisibleLine> lines = editor().visibleLines();
    if (m_isFollowed && m_replica.isLoaded() && !lines.empty()) {
        m_toldTop = editor().topOffset();
        m_replica.setViewport(lines.front().startOffset, lines.back().endOffset);
    }
}

void Following::onOwnMove()
{
    m_shown.reset();
    stop();
}

bool Following::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (!isModifier(static_cast<QKeyEvent *>(event)->key())) {
            onOwnMove();
        }
        break;
    case QEvent::Wheel:
    case QEvent::MouseButtonPress:
    case QEvent::InputMethod:
        onOwnMove();
        break;
    default:
        break;
    }
    return QObject::eventFilter(object, event);
}

void Following::paintAbove(QPainter &painter, const std::vector<VisibleLine> &)
{
    if (!m_followed) {
        return;
    }
    painter.save();
    painter.setPen(QPen(m_color, kFrameWidth));
    painter.setBrush(Qt::NoBrush);
    const double half = kFrameWidth / 2;
    painter.drawRect(QRectF(editor().viewport()->rect()).adjusted(half, half, -half, -half));
    painter.restore();
}

} // namespace cowrite::ui
