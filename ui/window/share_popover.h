#pragma once

#include "libsync/session/profile/profile.h"
#include "ui/look/theme.h"
#include "ui/settings/settings.h"

#include <QFrame>
#include <QPointer>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace cowrite::ui {

class LifeChoice;
class QrCode;
class RoleChoice;
class ShareGuests;

/// Sharing the document in front: opening it shares it, and the link is there to copy; what the
/// link allows, for how long, and who came by it. A part of the window, not a window of its own, so
/// that nothing else stops.
class SharePopover : public QFrame {
    Q_OBJECT

public:
    /// `profile` must outlive the popover; `window` is what it lies over.
    SharePopover(session::Profile &profile, const Settings &settings, QWidget *window);

    /// Shares `replica` from this computer unless it is on a server already, and shows the popover
    /// with its upper right corner at `corner`, in the window's coordinates.
    void open(session::Replica &replica, const QPoint &corner);
    void close();

Q_SIGNALS:
    /// The document in front is shared or no longer so.
    void sharingChanged();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QWidget *makeRoles();
    QHBoxLayout *makeSecurity();
    QHBoxLayout *makeLinkButtons();
    void startSharing();
    void stopSharing();
    void setNetwork(bool open);
    void replaceLink();
    void refresh();
    void refreshLink();
    /// Shows what went wrong, if something did.
    void check(const Result<void> &done);
    void fail(const Error &error);
    [[nodiscard]] bool isHostedHere() const;

    session::Profile &m_profile;
    const Settings &m_settings;
    QPointer<session::Replica> m_replica;
    QLabel *m_title;
    QLabel *m_hint;
    QLineEdit *m_link;
    QPushButton *m_copy;
    RoleChoice *m_role;
    LifeChoice *m_life;
    QWidget *m_roles; ///< the row of both
    QrCode *m_qr;
    QLabel *m_security;
    QPushButton *m_copyForBrowser;
    QPushButton *m_newLink;
    QCheckBox *m_network;
    ShareGuests *m_guests;
    QLabel *m_problem;
    QPushButton *m_stop;
    QPushButton *m_done;
    QPoint m_corner;
};

} // namespace cowrite::ui
