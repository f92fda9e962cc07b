#pragma once

#include "libsync/session/profile/host.h"

#include <QPointer>
#include <QScrollArea>

#include <vector>

class QVBoxLayout;

namespace cowrite::ui {

/// Who came by the link of a document that is shared from here: what each may do, and a way to
/// show them out.
class ShareGuests : public QScrollArea {
    Q_OBJECT

public:
    ShareGuests(session::Host &host, QWidget *parent = nullptr);

    /// Null for none.
    void setReplica(session::Replica *replica);

private:
    void refresh();
    [[nodiscard]] QWidget *makeRow(const session::HostGuest &guest);

    session::Host &m_host;
    QPointer<session::Replica> m_replica;
    std::vector<session::HostGuest> m_shown;
    QWidget *m_list;
    QVBoxLayout *m_rows;
};

} // namespace cowrite::ui
