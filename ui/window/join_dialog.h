#pragma once

#include "libsync/session/profile/profile.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace cowrite::ui {

/// Open a shared document by its link. Says what is wrong with the link in place.
class JoinDialog : public QDialog {
    Q_OBJECT

public:
    /// `profile` must outlive the dialog.
    JoinDialog(session::Profile &profile, QWidget *parent);

Q_SIGNALS:
    /// The document is open and connecting; the receiver owns one open of it.
    void joined(cowrite::session::Replica *replica);

private:
    void join();

    session::Profile &m_profile;
    QLineEdit *m_address;
    QLabel *m_problem;
    QPushButton *m_join;
};

} // namespace cowrite::ui
