#include "ui/panes/history_pane.h"

#include "ui/document/document_view.h"
#include "ui/document/history_text.h"
#include "ui/look/elided_label.h"
#include "ui/look/list_focus.h"
#include "ui/panes/history_delegate.h"
#include "ui/panes/history_model.h"
#include "ui/words/sentence.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace cowrite::ui {

namespace {

using session::Moment;

/// While somebody types, the list is made anew this often at most.
constexpr std::chrono::milliseconds kRefreshTime{200};

} // namespace

HistoryPane::HistoryPane(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_model(new HistoryModel(this)),
      m_delegate(new HistoryDelegate(theme, this)),
      m_pages(new QStackedWidget(this)),
      m_list(new QListView(this)),
      m_message(new QLabel(this)),
      m_chosen(new ElidedLabel(this)),
      m_name(new QPushButton(tr("Name…"), this)),
      m_restore(new QPushButton(tr("Restore"), this))
{
    setObjectName(QStringLiteral("historyPage"));
    setAttribute(Qt::WA_StyledBackground);
    m_list->setObjectName(QStringLiteral("historyList"));
    m_list->setAccessibleName(tr("What was written, the latest first"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->installEventFilter(this);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    takeFocusWhenFilled(*m_list);
    m_message->setObjectName(QStringLiteral("historyMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_message);
    m_chosen->setObjectName(QStringLiteral("historyChosen"));
    m_chosen->setTextFormat(Qt::PlainText);
    m_name->setObjectName(QStringLiteral("historyName"));
    m_name->setAccessibleName(tr("Give this moment a name"));
    m_restore->setObjectName(QStringLiteral("historyRestore"));
    m_restore->setProperty("primary", true);

    auto *footer = new QFrame(this);
    footer->setObjectName(QStringLiteral("historyFooter"));
    footer->setFixedHeight(kTimeBarHeight);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(10, 1, 10, 0);
    row->setSpacing(8);
    row->addWidget(m_chosen, 1);
    row->addWidget(m_name);
    row->addWidget(m_restore);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addSpacing(10);
    column->addWidget(m_pages, 1);
    column->addWidget(footer);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshTime);
    connect(&m_refresh, &QTimer::timeout, this, &HistoryPane::refresh);
    // The keys select as they move; coming here by Tab does not.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
        if (!m_following && !selected.isEmpty()) {
            choose(selected.first());
        }
    });
    connect(m_list, &QListView::clicked, this, &HistoryPane::choose);
    connect(m_list, &QListView::activated, this, &HistoryPane::choose);
    connect(m_list, &QListView::customContextMenuRequested, this, &HistoryPane::showMenu);
    connect(m_name, &QPushButton::clicked, this, [this] {
        if (m_view) {
            m_view->askForName(moment());
        }
    });
    connect(m_restore, &QPushButton::clicked, this, [this] {
        if (m_view) {
            m_view->restore(moment());
        }
    });
    setView(nullptr);
}

void HistoryPane::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_list->viewport()->update();
}

void HistoryPane::setView(DocumentView *view)
{
    if (m_view) {
        m_view->disconnect(this);
        m_view->history().disconnect(this);
    }
    m_view = view;
    if (view != nullptr) {
        connect(view, &DocumentView::pastChanged, this, &HistoryPane::updateChosen);
        connect(&view->replica(), &session::Replica::readOnlyChanged, this,
                &HistoryPane::updateChosen);
        const session::History &history = view->history();
        connect(&history, &session::History::loaded, this, &HistoryPane::refresh);
        connect(&history, &session::History::extended, this, &HistoryPane::refreshSoon);
        connect(&history, &session::History::versionsChanged, this, &HistoryPane::refreshSoon);
        connect(&history, &session::History::authorsChanged, this, &HistoryPane::refreshSoon);
    }
    m_model->setRows({}, {}, {});
    refresh();
    m_list->scrollToTop();
}

void HistoryPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void HistoryPane::refreshSoon()
{
    if (isVisible() && !m_refresh.isActive()) {
        m_refresh.start();
    }
}

void HistoryPane::refresh()
{
    m_refresh.stop();
    // It is made when somebody sees it.
    if (!isVisible()) {
        return;
    }
    QString message;
    if (!m_view) {
        message = tr("Open a document to see its history.");
    } else if (const session::History &history = m_view->history(); history.isReady()) {
        const QScopedValueRollback following(m_following, true);
        m_model->setRows(
            historyRows(EntryIndex(history.entries()), history.versions(),
                        [&history](Moment moment) { return history.editBefore(moment); }),
            m_view->replica().self().userId, QDate::currentDate());
        if (m_model->rowCount() == 0) {
            message = tr("Nothing has been written yet.");
        }
    } else {
        message = history.failure().isEmpty() ? tr("Reading the history…")
                                              : sentenceOf(history.failure());
    }
    m_message->setText(message);
    m_pages->setCurrentWidget(message.isEmpty() ? static_cast<QWidget *>(m_list) : m_message);
    updateChosen();
}

Moment HistoryPane::moment() const
{
    return m_view->pastMoment().value_or(m_view->history().now());
}

void HistoryPane::updateChosen()
{
    const bool ready = m_view && m_view->history().isReady();
    const auto past = ready ? m_view->pastMoment() : std::nullopt;
    int row = -1;
    QString text;
    if (past) {
        text = tr("Before the first edit");
        if (*past > 0) {
            const session::EditInfo edit = m_view->history().editBefore(*past);
            row = m_model->rowOf(*past, edit.author);
            text = tr("%1, %2").arg(nameOf(edit.author),
                                    dayAndTimeInSentence(edit.time, QDate::currentDate()));
        }
    }
    const bool readOnly = m_view && m_view->replica().isReadOnly();
    const QString reason =
        readOnly ? tr("You can read this document, but not change it.") : QString();
    m_chosen->setText(text);
    m_chosen->setToolTip(text);
    m_name->setEnabled(ready && !readOnly && moment() > 0);
    m_name->setToolTip(reason);
    m_restore->setEnabled(past.has_value() && !readOnly);
    m_restore->setToolTip(reason);

    const QScopedValueRollback following(m_following, true);
    if (row < 0) {
        m_list->clearSelection();
    } else if (const QModelIndex index = m_model->index(row);
               !m_list->selectionModel()->isSelected(index)) {
        m_list->setCurrentIndex(index);
    }
}

void HistoryPane::choose(const QModelIndex &index)
{
    if (m_view) {
        m_view->lookAt(m_model->row(index.row()).entry.after);
    }
}

void HistoryPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_view && m_view->pastMoment()) {
        m_view->backToNow();
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool HistoryPane::eventFilter(QObject *object, QEvent *event)
{
    // While nothing is chosen, an arrow chooses the entry one stands on instead of leaving it.
    if (event->type() == QEvent::KeyPress && m_list->currentIndex().isValid() &&
        !m_list->selectionModel()->hasSelection()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            m_list->selectionModel()->select(m_list->currentIndex(),
                                             QItemSelectionModel::ClearAndSelect);
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void HistoryPane::showMenu(const QPoint &point)
{
    const QModelIndex index = m_list->indexAt(point);
    if (!index.isValid() || !m_view) {
        return;
    }
    const HistoryRow row = m_model->row(index.row());
    const QPointer view = m_view;
    const bool mayWrite = !view->replica().isReadOnly();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("historyMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const auto add = [&](const QString &name, QString label, bool enabled, auto run) {
        QAction *action = menu->addAction(label.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setObjectName(name);
        action->setEnabled(enabled);
        if (!mayWrite && !enabled) {
            action->setToolTip(tr("You can read this document, but not change it."));
        }
        connect(action, &QAction::triggered, this, [view, run] {
            if (view) {
                run(*view);
            }
        });
    };
    const Moment moment = row.entry.after;
    const session::Author author = row.entry.author;
    const QString since = dayAndTimeInSentence(row.entry.begun, QDate::currentDate());
    add(QStringLiteral("historyRestoreEntry"), tr("Restore this moment"), mayWrite,
        [moment](DocumentView &shown) { shown.restore(moment); });
    if (!author.userId.isEmpty()) {
        const bool mine = author.userId == view->replica().self().userId;
        add(QStringLiteral("historyUndoAuthor"),
            mine ? tr("Undo everything I wrote since %1").arg(since)
                 : tr("Undo everything %1 wrote since %2").arg(nameOf(author), since),
            mayWrite,
            [row](DocumentView &shown) { shown.undoAuthor(row.entry.author, row.entry.before); });
    }
    menu->addSeparator();
    add(QStringLiteral("historyNameEntry"), tr("Name…"), mayWrite,
        [moment](DocumentView &shown) { shown.askForName(moment); });
    if (!row.version.id.isEmpty()) {
        add(QStringLiteral("historyRemoveName"), tr("Remove the name “%1”").arg(row.version.name),
            mayWrite,
            [id = row.version.id](DocumentView &shown) { shown.history().removeVersion(id); });
    }
    add(QStringLiteral("historyCopy"), tr("Copy the text of this moment"), true,
        [moment](DocumentView &shown) {
            QGuiApplication::clipboard()->setText(
                QString::fromStdU16String(shown.history().textAt(moment).text));
        });
    menu->popup(m_list->viewport()->mapToGlobal(point));
}

} // namespace cowrite::ui
