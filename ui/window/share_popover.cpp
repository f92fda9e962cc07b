#include "ui/window/share_popover.h"

#include "ui/look/qr_code.h"
#include "ui/look/role_choice.h"
#include "ui/window/focus_order.h"
#include "ui/window/life_choice.h"
#include "ui/window/share_guests.h"
#include "ui/words/sentence.h"

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

/// Room for the words of every language that there is.
constexpr int kWidth = 440;
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
      m_role(new RoleChoice(this)),
      m_life(new LifeChoice(this)),
      m_roles(makeRoles()),
      m_qr(new QrCode(this)),
      m_security(makeLabel(QStringLiteral("shareSecurity"), this)),
      m_copyForBrowser(new QPushButton(tr("Copy link for a browser"), this)),
      m_newLink(new QPushButton(tr("Make a new link"), this)),
      m_network(new QCheckBox(tr("Let other computers on this network join"), this)),
      m_guests(new ShareGuests(profile.host(), this)),
      m_problem(makeLabel(QStringLiteral("shareProblem"), this)),
      m_stop(new QPushButton(tr("Stop sharing"), this)),
      m_done(new QPushButton(tr("Done"), this))
{
    setObjectName(QStringLiteral("sharePopover"));
    setFixedWidth(kWidth);
    setAccessibleName(tr("Share"));
    m_link->setObjectName(QStringLiteral("shareLink"));
    m_link->setAccessibleName(tr("Link"));
    m_link->setReadOnly(true);
    QFont mono = editorFont();
    mono.setPixelSize(12);
    m_link->setFont(mono);
    m_copy->setObjectName(QStringLiteral("shareCopy"));
    m_qr->setObjectName(QStringLiteral("shareQr"));
    m_qr->setAccessibleName(tr("The link for a browser, as a picture for a telephone"));
    m_newLink->setObjectName(QStringLiteral("shareNewLink"));
    m_newLink->setToolTip(tr("The link that there is stops working, for those who are here too."));
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
    buttons->addStretch(1);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addLayout(linkRow);
    column->addWidget(m_roles);
    column->addLayout(makeSecurity());
    column->addLayout(makeLinkButtons());
    column->addWidget(m_network);
    column->addWidget(m_guests);
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
    connect(m_newLink, &QPushButton::clicked, this, &SharePopover::replaceLink);
    connect(m_role, &RoleChoice::chosen, this, [this](protocol::Access access) {
        check(m_profile.host().setLinkAccess(*m_replica, access));
    });
    connect(m_life, &LifeChoice::chosen, this, [this](std::optional<std::chrono::seconds> life) {
        check(m_profile.host().setLinkLife(*m_replica, life));
    });
    connect(m_network, &QCheckBox::clicked, this, &SharePopover::setNetwork);
    connect(m_stop, &QPushButton::clicked, this, &SharePopover::stopSharing);
    connect(m_done, &QPushButton::clicked, this, &SharePopover::close);
    connect(&profile.host(), &session::Host::guestsChanged, this, &SharePopover::refresh);
    connect(&profile.host(), &session::Host::linkChanged, this, &SharePopover::refresh);
    hide();
}

QWidget *SharePopover::makeRoles()
{
    auto *roles = new QWidget(this);
    auto *who = makeLabel(QStringLiteral("shareWhoever"), roles);
    who->setText(tr("Anyone with the link"));
    m_role->setObjectName(QStringLiteral("shareRole"));
    m_role->setAccessibleName(tr("What anyone with the link may do"));
    m_life->setObjectName(QStringLiteral("shareLife"));
    m_life->setAccessibleName(tr("How long the link is good"));
    auto *row = new QHBoxLayout(roles);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(who, 1);
    row->addWidget(m_role);
    row->addWidget(m_life);
    return roles;
}

QHBoxLayout *SharePopover::makeSecurity()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(14);
    row->addWidget(m_qr);
    row->addWidget(m_security, 1);
    return row;
}

QHBoxLayout *SharePopover::makeLinkButtons()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_copyForBrowser);
    row->addWidget(m_newLink);
    row->addStretch(1);
    return row;
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
    m_guests->setReplica(&replica);
    // Also where it is shared: the link may have ended, and one press makes another one.
    if (replica.link() == session::LinkState::Local || isHostedHere()) {
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

void SharePopover::replaceLink()
{
    check(m_profile.host().replaceLink(*m_replica));
    m_copy->setText(tr("Copy"));
    Q_EMIT sharingChanged();
}

void SharePopover::check(const Result<void> &done)
{
    m_problem->clear();
    if (!done) {
        fail(done.error());
    }
    refresh();
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
    m_problem->setText(sentenceOf(error));
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
        m_hint->setText(tr("Hosted from this computer. People on the link join in the app or in a "
                           "browser; nothing to install."));
    } else if (here) {
        m_hint->setText(tr("Hosted from this computer, for programs on this computer. The link is "
                           "good in the app and in a browser."));
    } else if (!m_replica->address().isEmpty()) {
        m_hint->setText(
            tr("Hosted on %1. People join with this link.")
                .arg(m_replica->serverName().isEmpty() ? tr("a server") : m_replica->serverName()));
    } else {
        m_hint->setText(tr("This document is not shared."));
    }
    m_network->setVisible(here);
    m_network->setChecked(onNetwork);
    m_stop->setVisible(here);
    refreshLink();
    m_problem->setVisible(!m_problem->text().isEmpty());
    adjustSize();
    move(m_corner - QPoint(width(), 0));
}

void SharePopover::refreshLink()
{
    const session::Host &host = m_profile.host();
    const bool here = isHostedHere();
    const bool onNetwork = here && !host.address().isLoopback();
    const std::optional<session::LinkTerms> terms = host.terms(*m_replica);
    m_link->setText(m_replica->invitation());
    m_link->setCursorPosition(0);
    m_copy->setEnabled(!m_link->text().isEmpty());
    const QString page = m_replica->pageInvitation();
    m_copyForBrowser->setVisible(!page.isEmpty());
    m_roles->setVisible(terms.has_value());
    m_newLink->setVisible(here);
    if (terms) {
        m_role->setAccess(terms->access);
        m_life->setLeft(terms->left);
    }
    // A telephone reaches nothing that is for this computer only.
    m_qr->setText(here && !onNetwork ? QString() : page);
    m_qr->setVisible(m_qr->moduleCount() > 0);
    if (here && !terms && m_problem->text().isEmpty()) {
        m_security->setText(tr("This link has ended: nobody comes in with it any more. Make a new "
                               "link, to go on."));
    } else if (onNetwork) {
        m_security->setText(tr("Encrypted (TLS). The link carries this computer’s fingerprint, so "
                               "nobody can pose as it. A browser does not know it, and asks "
                               "before it goes on."));
    } else if (m_qr->moduleCount() > 0) {
        m_security->setText(tr("The camera of a telephone opens this picture in its browser."));
    } else {
        m_security->clear();
    }
    m_security->setVisible(!m_security->text().isEmpty());
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

bool SharePopover::focusNextPrevChild(bool next)
{
    // What lies under it is out of sight.
    return moveFocus(*this, next ? FocusStep::Next : FocusStep::Previous);
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
