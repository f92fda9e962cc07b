#include "ui/editor/go_to_bar.h"

#include "ui/editor/editor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpressionValidator>

namespace cowrite::ui {

namespace {

constexpr int kInputWidth = 120;

} // namespace

GoToBar::GoToBar(QWidget *parent)
    : QFrame(parent), m_input(new QLineEdit(this)), m_range(new QLabel(this))
{
    setObjectName(QStringLiteral("goToBar"));
    setAccessibleName(tr("Go to line"));
    m_input->setObjectName(QStringLiteral("goToInput"));
    m_input->setAccessibleName(tr("Line"));
    m_input->setPlaceholderText(tr("Line"));
    m_input->setFixedWidth(kInputWidth);
    m_input->setValidator(new QRegularExpressionValidator(
        QRegularExpression(QStringLiteral("\\d{0,9}(:\\d{0,6})?")), m_input));
    m_input->installEventFilter(this);
    m_range->setObjectName(QStringLiteral("goToRange"));
    auto *button = new QPushButton(tr("Go"), this);
    button->setObjectName(QStringLiteral("goToButton"));
    auto *closing = new QPushButton(tr("Close"), this);
    closing->setObjectName(QStringLiteral("goToClose"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 7, 12, 7);
    row->setSpacing(6);
    row->addWidget(m_input);
    row->addWidget(button);
    row->addWidget(m_range);
    row->addStretch(1);
    row->addWidget(closing);
    for (QPushButton *each : {button, closing}) {
        each->setFocusPolicy(Qt::TabFocus);
        each->setAutoDefault(false);
    }
    connect(button, &QPushButton::clicked, this, &GoToBar::go);
    connect(closing, &QPushButton::clicked, this, &GoToBar::close);
    hide();
}

void GoToBar::setEditor(Editor &editor)
{
    m_editor = &editor;
}

void GoToBar::open()
{
    m_range->setText(tr("1 to %1").arg(QLocale().toString(m_editor->blockCount())));
    m_input->setText(QString::number(m_editor->lineOf(m_editor->selection().head)));
    m_input->selectAll();
    show();
    m_input->setFocus(Qt::ShortcutFocusReason);
}

void GoToBar::close()
{
    hide();
    m_editor->setFocus();
    Q_EMIT closed();
}

void GoToBar::go()
{
    const QStringList parts = m_input->text().split(QLatin1Char(':'));
    if (parts.first().isEmpty()) {
        return;
    }
    m_editor->goTo(parts.first().toInt(), parts.value(1).toInt());
    close();
}

bool GoToBar::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            go();
            return true;
        }
        if (key == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return QFrame::eventFilter(object, event);
}

} // namespace cowrite::ui
