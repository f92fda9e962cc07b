#include "ui/window/share_guests.h"

#include "libsync/session/replica/replica.h"
#include "ui/look/role_choice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr int kRowHeight = 30;
constexpr int kRowGap = 6;
/// More of them scroll.
constexpr int kRowsInSight = 4;

} // namespace

ShareGuests::ShareGuests(session::Host &host, QWidget *parent)
    : QScrollArea(parent), m_host(host), m_list(new QWidget), m_rows(new QVBoxLayout(m_list))
{
    setObjectName(QStringLiteral("shareGuests"));
    setAccessibleName(tr("Who came by the link"));
    setFocusPolicy(Qt::NoFocus); // what is in the rows takes it
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    m_list->setObjectName(QStringLiteral("shareGuestRows"));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(kRowGap);
    setWidget(m_list);
    connect(&host, &session::Host::guestsChanged, this, &ShareGuests::refresh);
    hide();
}

void ShareGuests::setReplica(session::Replica *replica)
{
    if (m_replica != replica) {
        if (m_replica) {
            m_replica->disconnect(this);
        }
        m_replica = replica;
        if (replica != nullptr) {
            // Who they are, they say a moment after they came.
            connect(replica, &session::Replica::peopleChanged, this, &ShareGuests::refresh);
        }
    }
    refresh();
}

void ShareGuests::refresh()
{
    std::vector<session::HostGuest> guests;
    if (m_replica) {
        guests = m_host.guests(*m_replica);
    }
    if (guests == m_shown) {
        return; // a list that is being used stays as it is
    }
    m_shown = std::move(guests);
    while (QLayoutItem *const item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be what was just pressed
        delete item;
    }
    for (const session::HostGuest &guest : m_shown) {
        m_rows->addWidget(makeRow(guest));
    }
    const int count = std::min(static_cast<int>(m_shown.size()), kRowsInSight);
    setFixedHeight(count * (kRowHeight + kRowGap));
    setVisible(count > 0);
}

QWidget *ShareGuests::makeRow(const session::HostGuest &guest)
{
    const QString name = guest.name.isEmpty() ? tr("Somebody") : guest.name;
    auto *row = new QWidget(m_list);
    row->setFixedHeight(kRowHeight);
    auto *label = new QLabel(name, row);
    label->setObjectName(QStringLiteral("shareGuestName"));
    label->setTextFormat(Qt::PlainText);
    label->setMinimumWidth(0);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *role = new RoleChoice(row);
    role->setObjectName(QStringLiteral("shareGuestRole"));
    role->setAccessibleName(tr("What %1 may do").arg(name));
    role->setAccess(guest.access);
    auto *remove = new QPushButton(tr("Remove"), row);
    remove->setObjectName(QStringLiteral("shareGuestRemove"));
    remove->setAccessibleName(tr("Remove %1").arg(name));
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(label, 1);
    line->addWidget(role);
    line->addWidget(remove);
    connect(role, &RoleChoice::chosen, this, [this, id = guest.id](protocol::Access access) {
        if (m_replica) {
            m_host.setAccess(*m_replica, id, access);
        }
    });
    connect(remove, &QPushButton::clicked, this, [this, id = guest.id] {
        if (m_replica) {
            m_host.remove(*m_replica, id);
        }
    });
    return row;
}

} // namespace cowrite::ui
