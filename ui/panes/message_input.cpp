#include "ui/panes/message_input.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

#include <utility>

namespace cowrite::ui {

MessageInput::MessageInput(std::function<QStringList()> names, QWidget *parent)
    : QLineEdit(parent),
      m_names(std::move(names)),
      m_model(new QStringListModel(this)),
      m_completer(new QCompleter(m_model, this))
{
    // Not setCompleter(): that would complete the whole line.
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->popup()->setObjectName(QStringLiteral("mentionList"));
    m_completer->popup()->setAccessibleName(tr("People to mention"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &MessageInput::insertName);
    connect(this, &QLineEdit::textEdited, this, &MessageInput::offerNames);
}

void MessageInput::keyPressEvent(QKeyEvent *event)
{
    // The list offers these keys to the line first.
    const bool isForList = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter ||
                           event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape;
    if (isForList && m_completer->popup()->isVisible()) {
        event->ignore();
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

qsizetype MessageInput::mentionStart() const
{
    const QString before = text().left(cursorPosition());
    const qsizetype start = before.lastIndexOf(QLatin1Char('@'));
    const bool isInWord = start > 0 && before.at(start - 1).isLetterOrNumber();
    return isInWord ? -1 : start;
}

void MessageInput::offerNames()
{
    const qsizetype start = mentionStart();
    if (start < 0) {
        m_completer->popup()->hide();
        return;
    }
    m_model->setStringList(m_names());
    m_completer->setCompletionPrefix(text().mid(start + 1, cursorPosition() - start - 1));
    if (m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void MessageInput::insertName(const QString &name)
{
    const qsizetype start = mentionStart();
    if (start < 0) {
        return;
    }
    const QString before = text().left(start) + QLatin1Char('@') + name + QLatin1Char(' ');
    setText(before + text().mid(cursorPosition()));
    setCursorPosition(static_cast<int>(before.size()));
}

} // namespace cowrite::ui
