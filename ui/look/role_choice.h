#pragma once

#include "libsync/protocol/access.h"

#include <QComboBox>

namespace cowrite::ui {

/// "can edit", "can comment", "can view".
[[nodiscard]] QString roleName(protocol::Access access);

/// A choice among what somebody may do.
class RoleChoice : public QComboBox {
    Q_OBJECT

public:
    explicit RoleChoice(QWidget *parent = nullptr);

    /// Admin is shown as Edit.
    void setAccess(protocol::Access access);

Q_SIGNALS:
    /// By the person, not by setAccess().
    void chosen(cowrite::protocol::Access access);
};

} // namespace cowrite::ui
