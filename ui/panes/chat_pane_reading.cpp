// What a person does with the messages in the list: search, go back, answer, follow what they point
// at.
#include "ui/panes/chat_delegate.h"
#include "ui/panes/chat_model.h"
#include "ui/panes/chat_pane.h"
#include "ui/panes/message_input.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

namespace cowrite::ui {

void ChatPane::openSearch()
{
    m_search->show();
    m_search->selectAll();
    m_search->setFocus();
}

void ChatPane::closeSearch()
{
    m_search->clear();
    m_search->hide();
}

void ChatPane::search(const QString &text)
{
    m_model->setSearch(text.trimmed());
    showWhatIsMissing();
    m_list->scrollToBottom();
}

void ChatPane::showEarlier()
{
    if (!m_model->hasEarlier()) {
        return;
    }
    // What is in sight stays where it is.
    const QPersistentModelIndex first = m_model->index(0);
    const int offset = m_list->visualRect(first).top();
    m_model->showEarlier();
    m_list->doItemsLayout();
    QScrollBar *bar = m_list->verticalScrollBar();
    bar->setValue(bar->value() + m_list->visualRect(first).top() - offset);
}

void ChatPane::showMessage(const QString &id)
{
    closeSearch();
    const int row = m_model->showMessage(id);
    if (row >= 0) {
        m_list->setCurrentIndex(m_model->index(row));
        m_list->scrollTo(m_model->index(row), QAbstractItemView::PositionAtCenter);
    }
}

void ChatPane::replyTo(const QModelIndex &index)
{
    if (!m_input->isEnabled()) {
        return;
    }
    m_replyTo = index.data(ChatModel::IdRole).toString();
    const QString name = index.data(ChatModel::NameRole).toString();
    m_replyLabel->setText(tr("Answer to %1").arg(name));
    m_replyLabel->setToolTip(index.data(ChatModel::TextRole).toString());
    m_replyStrip->show();
    m_input->setFocus();
}

void ChatPane::endReply()
{
    m_replyTo.clear();
    m_replyStrip->hide();
}

void ChatPane::choose(const QPoint &point)
{
    const QModelIndex index = m_list->indexAt(point);
    if (!index.isValid()) {
        return;
    }
    const ChatDelegate::Hit hit = m_delegate->hitTest(index, m_list->visualRect(index), point);
    if (hit.isQuote) {
        showMessage(index.data(ChatModel::QuotedIdRole).toString());
    } else if (hit.reference && hit.reference->kind == session::Reference::Kind::Line) {
        Q_EMIT lineChosen(hit.reference->target.toInt());
    } else if (hit.reference && hit.reference->kind == session::Reference::Kind::Link) {
        Q_EMIT linkChosen(hit.reference->target);
    } else if (!m_search->text().isEmpty()) {
        // What was found is shown among its neighbours.
        showMessage(index.data(ChatModel::IdRole).toString());
    }
}

void ChatPane::showMenu(const QPoint &point)
{
    const QModelIndex index = m_list->indexAt(point);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("chatMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index.isValid()) {
        const QPersistentModelIndex message = index;
        QAction *reply =
            menu->addAction(tr("&Answer"), this, [this, message] { replyTo(message); });
        reply->setObjectName(QStringLiteral("actionAnswer"));
        reply->setEnabled(m_input->isEnabled());
        addPlaces(*menu, index);
        menu->addAction(tr("&Copy text"), this, [message] {
            QApplication::clipboard()->setText(message.data(ChatModel::TextRole).toString());
        });
        menu->addSeparator();
    }
    menu->addAction(tr("&Search the messages"), this, &ChatPane::openSearch);
    menu->popup(m_list->viewport()->mapToGlobal(point));
}

void ChatPane::addPlaces(QMenu &menu, const QModelIndex &index)
{
    if (const QString id = index.data(ChatModel::QuotedIdRole).toString(); !id.isEmpty()) {
        menu.addAction(tr("Show what this answers"), this, [this, id] { showMessage(id); });
    }
    const auto references =
        index.data(ChatModel::ReferencesRole).value<QList<session::Reference>>();
    for (const session::Reference &reference : references) {
        if (reference.kind == session::Reference::Kind::Mention) {
            continue;
        }
        const bool isLine = reference.kind == session::Reference::Kind::Line;
        QString place = reference.target;
        place.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction *action =
            menu.addAction(isLine ? tr("Go to line %1").arg(place) : tr("Open %1").arg(place));
        action->setObjectName(QStringLiteral("actionFollow"));
        connect(action, &QAction::triggered, this, [this, isLine, target = reference.target] {
            if (isLine) {
                Q_EMIT lineChosen(target.toInt());
            } else {
                Q_EMIT linkChosen(target);
            }
        });
    }
}

void ChatPane::updateCursor(const QPoint &point)
{
    const QModelIndex index = m_list->indexAt(point);
    bool leads = false;
    if (index.isValid()) {
        const ChatDelegate::Hit hit = m_delegate->hitTest(index, m_list->visualRect(index), point);
        leads = hit.isQuote ||
                (hit.reference && hit.reference->kind != session::Reference::Kind::Mention);
    }
    m_list->viewport()->setCursor(leads ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool ChatPane::onKey(const QObject *where, const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Find)) {
        openSearch();
        return true;
    }
    if (where == m_list && event.key() == Qt::Key_Return && m_list->currentIndex().isValid()) {
        replyTo(m_list->currentIndex());
        return true;
    }
    if (event.key() != Qt::Key_Escape) {
        return false;
    }
    if (where == m_search) {
        closeSearch();
        m_input->setFocus();
        return true;
    }
    if (where == m_input && !m_replyTo.isEmpty()) {
        endReply();
        return true;
    }
    return false;
}

bool ChatPane::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        return onKey(object, *static_cast<QKeyEvent *>(event)) ||
               QWidget::eventFilter(object, event);
    }
    if (object == m_list && event->type() == QEvent::FocusIn && !m_list->currentIndex().isValid()) {
        // The view itself would begin with the oldest.
        m_list->setCurrentIndex(m_model->index(m_model->rowCount() - 1));
    }
    if (object != m_list->viewport()) {
        return QWidget::eventFilter(object, event);
    }
    switch (event->type()) {
    case QEvent::Resize: {
        // Rows are as high as their text is long at this width.
        const bool follow = isAtEnd();
        m_list->doItemsLayout();
        if (follow) {
            m_list->scrollToBottom();
        }
        break;
    }
    case QEvent::MouseMove:
        updateCursor(static_cast<QMouseEvent *>(event)->pos());
        break;
    case QEvent::MouseButtonRelease:
        if (static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
            choose(static_cast<QMouseEvent *>(event)->pos());
        }
        break;
    default:
        break;
    }
    return QWidget::eventFilter(object, event);
}

} // namespace cowrite::ui
