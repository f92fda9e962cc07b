#include "ui/look/role_choice.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cowrite::ui {

namespace {

constexpr std::array kRoles{protocol::Access::Edit, protocol::Access::Comment,
                            protocol::Access::View};

} // namespace

QString roleName(protocol::Access access)
{
    switch (access) {
    case protocol::Access::View:
        return QCoreApplication::translate("cowrite::ui::RoleChoice", "can view");
    case protocol::Access::Comment:
        return QCoreApplication::translate("cowrite::ui::RoleChoice", "can comment");
    case protocol::Access::Edit:
    case protocol::Access::Admin:
        break;
    }
    return QCoreApplication::translate("cowrite::ui::RoleChoice", "can edit");
}

RoleChoice::RoleChoice(QWidget *parent) : QComboBox(parent)
{
    for (const protocol::Access role : kRoles) {
        addItem(roleName(role));
    }
    connect(this, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(kRoles.at(static_cast<std::size_t>(index))); });
}

void RoleChoice::setAccess(protocol::Access access)
{
    const auto role =
        std::find(kRoles.begin(), kRoles.end(), std::min(access, protocol::Access::Edit));
    setCurrentIndex(static_cast<int>(role - kRoles.begin()));
}

} // namespace cowrite::ui
