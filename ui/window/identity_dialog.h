#pragma once

#include "libsync/session/document/identity.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace cowrite::ui {

class ColorChoice;

/// Who I am to the others: a name and a colour. Asked once, on the first start.
class IdentityDialog : public QDialog {
    Q_OBJECT

public:
    IdentityDialog(const session::Identity &identity, QWidget *parent);

    [[nodiscard]] session::Identity identity() const;

private:
    session::Identity m_identity;
    QLineEdit *m_name;
    ColorChoice *m_colors;
    QPushButton *m_accept;
};

} // namespace cowrite::ui
