#include "ui/window/share_popover.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QGraphicsDropShadowEffect>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace cowrite::ui {

namespace {

constexpr int kWidth = 380;
constexpr int kMargin = 16;
constexpr int kLargestPort = 65535;

QLabel *makeLabel(const QString &objectName, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

SharePopover::SharePopover(session::Profile &profile, const Settings &settings, QWidget *window)
    : QFrame(window),
      m_profile(profile),
      m_settings(settings),
      m_title(makeLabel(QStringLiteral("shareTitle"), this)),
      m_hint(makeLabel(QStringLiteral("shareHint"), this)),
      m_link(new QLineEdit(this)),
      m_copy(new QPushButton(tr("Copy"), this)),
      m_copyForBrowser(new QPushButton(tr("Copy link for a browser"), this)),
      m_network(new QCheckBox(tr("Let other computers on this network join"), this)),
      m_guests(makeLabel(QStringLiteral("shareGuests"), this)),
      m_problem(makeLabel(QStringLiteral("shareProblem"), this)),
      m_stop(new QPushButton(tr("Stop sharing"), this)),
      m_done(new QPushButton(tr("Done"), this))
{
    setObjectName(QStringLiteral("sharePopover"));
    setAccessibleName(tr("Share"));
    setFixedWidth(kWidth);
    m_link->setObjectName(QStringLiteral("shareLink"));
    m_link->setAccessibleName(tr("Link"));
    m_link->setReadOnly(true);
    QFont mono = editorFont();
    mono.setPixelSize(12);
    m_link->setFont(mono);
    m_copy->setObjectName(QStringLiteral("shareCopy"));
    m_copyForBrowser->setObjectName(QStringLiteral("shareCopyForBrowser"));
    m_network->setObjectName(QStringLiteral("shareNetwork"));
    m_stop->setObjectName(QStringLiteral("shareStop"));
    m_done->setObjectName(QStringLiteral("shareDone"));
    m_done->setProperty("primary", true);

    auto *linkRow = new QHBoxLayout;
    linkRow->setSpacing(8);
    linkRow->addWidget(m_link, 1);
    linkRow->addWidget(m_copy);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_guests, 1);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addLayout(linkRow);
    column->addWidget(m_copyForBrowser, 0, Qt::AlignLeft);
    column->addWidget(m_network);
    column->addWidget(m_problem);
    column->addLayout(buttons);

    auto *shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(30);
    shadow->setOffset(0, 6);
    shadow->setColor(QColor(0, 0, 0, 60));
    setGraphicsEffect(shadow);

    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_link->text());
        m_copy->setText(tr("Copied"));
    });
    connect(m_copyForBrowser, &QPushButton::clicked, this, [this] {
        if (m_replica) {
            QApplication::clipboard()->setText(m_replica->pageInvitation());
            m_copyForBrowser->setText(tr("Copied for a browser"));
        }
    });
    connect(m_network, &QCheckBox::clicked, this, &SharePopover::setNetwork);
    connect(m_stop, &QPushButton::clicked, this, &SharePopover::stopSharing);
    connect(m_done, &QPushButton::clicked, this, &SharePopover::close);
    connect(&profile.host(), &session::Host::guestsChanged, this, &SharePopover::refresh);
    hide();
}

bool SharePopover::isHostedHere() const
{
    return m_replica && m_profile.host().isShared(*m_replica);
}

void SharePopover::open(session::Replica &replica, const QPoint &corner)
{
    m_replica = &replica;
    m_corner = corner;
    m_problem->clear();
    m_copy->setText(tr("Copy"));
    m_copyForBrowser->setText(tr("Copy link for a browser"));
    if (replica.link() == session::LinkState::Local) {
        startSharing();
    }
    refresh();
    show();
    raise();
    m_copy->setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
}

void SharePopover::close()
{
    qApp->removeEventFilter(this);
    hide();
    if (parentWidget()->focusWidget() != nullptr) {
        parentWidget()->focusWidget()->setFocus(Qt::PopupFocusReason);
    }
}

void SharePopover::startSharing()
{
    session::Host &host = m_profile.host();
    if (!host.isRunning()) {
        const bool isForNetwork = m_settings.get(Settings::kReach) == Settings::Reach::ThisNetwork;
        const auto started = host.start(
            isForNetwork ? QHostAddress::AnyIPv4 : QHostAddress::LocalHost,
            static_cast<quint16>(std::clamp(m_settings.get(Settings::kPort), 0, kLargestPort)));
        if (!started) {
            fail(started.error());
            return;
        }
    }
    if (const auto link = host.share(*m_replica); !link) {
        fail(link.error());
        return;
    }
    Q_EMIT sharingChanged();
}

void SharePopover::stopSharing()
{
    if (m_replica) {
        m_profile.host().unshare(*m_replica);
        Q_EMIT sharingChanged();
    }
    close();
}

void SharePopover::setNetwork(bool open)
{
    session::Host &host = m_profile.host();
    const quint16 port = host.port();
    const QList<session::Replica *> replicas = m_profile.openReplicas();
    QList<session::Replica *> shared;
    for (session::Replica *replica : replicas) {
        if (host.isShared(*replica)) {
            shared.append(replica);
        }
    }
    const auto restart = [&](bool toNetwork) -> Result<void> {
        host.stop();
        return toNetwork ? host.start(QHostAddress::AnyIPv4, port)
                         : host.start(QHostAddress::LocalHost, port);
    };
    m_problem->clear();
    if (const auto restarted = restart(open); !restarted) {
        fail(restarted.error());
        // As it was, as far as that goes.
        if (const auto back = restart(!open); !back) {
            fail(back.error());
        }
    }
    for (session::Replica *replica : std::as_const(shared)) {
        if (const auto link = host.share(*replica); !link) {
            fail(link.error());
        }
    }
    refresh();
    Q_EMIT sharingChanged();
}

void SharePopover::fail(const Error &error)
{
    m_problem->setText(QString::fromStdString(error.message));
}

void SharePopover::refresh()
{
    if (!m_replica) {
        return;
    }
    const session::Host &host = m_profile.host();
    const bool here = isHostedHere();
    const bool onNetwork = here && !host.address().isLoopback();
    m_title->setText(tr("Share “%1”").arg(m_replica->title()));
    if (onNetwork) {
        m_hint->setText(tr("Hosted from this computer. Anybody on this network who has the link "
                           "can read and write. The connection is encrypted."));
    } else if (here) {
        m_hint->setText(tr("Hosted from this computer, for programs on this computer. Whoever has "
                           "the link can read and write."));
    } else if (!m_replica->address().isEmpty()) {
        m_hint->setText(
            tr("Hosted on %1. People join with this link.")
                .arg(m_replica->serverName().isEmpty() ? tr("a server") : m_replica->serverName()));
    } else {
        m_hint->setText(tr("This document is not shared."));
    }
    m_link->setText(m_replica->invitation());
    m_link->setCursorPosition(0);
    m_copy->setEnabled(!m_link->text().isEmpty());
    m_copyForBrowser->setVisible(!m_replica->pageInvitation().isEmpty());
    m_network->setVisible(here);
    m_network->setChecked(onNetwork);
    const int guests = here ? host.guestCount(*m_replica) : 0;
    m_guests->setText(guests == 0   ? QString()
                      : guests == 1 ? tr("1 guest is here.")
                                    : tr("%1 guests are here.").arg(guests));
    m_stop->setVisible(here);
    m_problem->setVisible(!m_problem->text().isEmpty());
    adjustSize();
    move(m_corner - QPoint(width(), 0));
}

bool SharePopover::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && object->isWidgetType()) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QPoint point = mapFromGlobal(mouse->globalPosition().toPoint());
        if (!rect().contains(point)) {
            close();
        }
    }
    return QFrame::eventFilter(object, event);
}

void SharePopover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace cowrite::ui
