#include "ui/window/identity_dialog.h"

#include "ui/look/color_choice.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace cowrite::ui {

IdentityDialog::IdentityDialog(const session::Identity &identity, QWidget *parent)
    : QDialog(parent),
      m_identity(identity),
      m_name(new QLineEdit(identity.name, this)),
      m_colors(new ColorChoice(session::palette(), this)),
      m_accept(new QPushButton(tr("Continue"), this))
{
    setObjectName(QStringLiteral("identityDialog"));
    setWindowTitle(tr("Your name and colour"));
    auto *hint = new QLabel(tr("The people you write with see this name and this colour."), this);
    hint->setObjectName(QStringLiteral("dialogHint"));
    m_name->setObjectName(QStringLiteral("identityName"));
    m_name->setPlaceholderText(tr("Your name"));
    m_name->setAccessibleName(tr("Your name"));
    m_name->setMaxLength(60);
    m_name->selectAll();
    m_colors->setColor(identity.color);
    m_accept->setObjectName(QStringLiteral("identityAccept"));
    m_accept->setProperty("primary", true);
    m_accept->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_accept);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(12);
    column->addWidget(hint);
    column->addWidget(m_name);
    column->addWidget(m_colors);
    column->addLayout(buttons);

    const auto check = [this] { m_accept->setEnabled(!m_name->text().trimmed().isEmpty()); };
    connect(m_name, &QLineEdit::textChanged, this, check);
    connect(m_accept, &QPushButton::clicked, this, &QDialog::accept);
    check();
}

session::Identity IdentityDialog::identity() const
{
    session::Identity identity = m_identity;
    identity.name = m_name->text().trimmed();
    identity.color = m_colors->color();
    return identity;
}

} // namespace cowrite::ui
