#include "ui/window/join_dialog.h"

#include "ui/look/theme.h"
#include "ui/words/sentence.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace cowrite::ui {

namespace {

bool looksLikeLink(const QString &text)
{
    return text.startsWith(QLatin1String("cowrite://")) ||
           text.startsWith(QLatin1String("ws://")) || text.startsWith(QLatin1String("wss://"));
}

} // namespace

JoinDialog::JoinDialog(session::Profile &profile, QWidget *parent)
    : QDialog(parent),
      m_profile(profile),
      m_address(new QLineEdit(this)),
      m_problem(new QLabel(this)),
      m_join(new QPushButton(tr("Open"), this))
{
    setObjectName(QStringLiteral("joinDialog"));
    setWindowTitle(tr("Open shared document"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(460);
    auto *hint = new QLabel(tr("Paste the link that you were sent."), this);
    hint->setObjectName(QStringLiteral("dialogHint"));
    m_address->setObjectName(QStringLiteral("joinAddress"));
    m_address->setAccessibleName(tr("Link"));
    m_address->setPlaceholderText(QStringLiteral("cowrite://…"));
    m_problem->setObjectName(QStringLiteral("dialogProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_join->setObjectName(QStringLiteral("joinButton"));
    m_join->setProperty("primary", true);
    m_join->setDefault(true);
    m_join->setEnabled(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_join);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(18, 16, 18, 16);
    column->setSpacing(11);
    column->addWidget(hint);
    column->addWidget(m_address);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addLayout(buttons);

    connect(m_address, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_join->setEnabled(!text.trimmed().isEmpty());
        m_problem->hide();
    });
    connect(m_join, &QPushButton::clicked, this, &JoinDialog::join);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    const QString copied = QApplication::clipboard()->text().trimmed();
    if (looksLikeLink(copied)) {
        m_address->setText(copied);
        m_address->selectAll();
    }
}

void JoinDialog::join()
{
    const auto replica = m_profile.join(m_address->text().trimmed());
    if (!replica) {
        m_problem->setText(sentenceOf(replica.error()));
        m_problem->show();
        adjustSize();
        m_address->setFocus();
        return;
    }
    Q_EMIT joined(*replica);
    accept();
}

} // namespace cowrite::ui
