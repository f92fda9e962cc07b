#include "ui/panes/sidebar.h"

#include "ui/look/list_focus.h"
#include "ui/panes/document_delegate.h"
#include "ui/panes/document_list_model.h"
#include "ui/panes/self_button.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QVBoxLayout>

namespace cowrite::ui {

Sidebar::Sidebar(session::Profile &profile, const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_profile(profile),
      m_model(new DocumentListModel(this)),
      m_delegate(new DocumentDelegate(theme, this)),
      m_search(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_self(new SelfButton(theme, this))
{
    setObjectName(QStringLiteral("sidebar"));
    setAttribute(Qt::WA_StyledBackground);
    m_search->setObjectName(QStringLiteral("documentSearch"));
    m_search->setPlaceholderText(tr("Search documents"));
    m_search->setAccessibleName(tr("Search documents"));
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("documentList"));
    m_list->setAccessibleName(tr("Documents"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setMouseTracking(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    takeFocusWhenFilled(*m_list);

    auto *searchRow = new QVBoxLayout;
    searchRow->setContentsMargins(9, 10, 9, 5);
    searchRow->addWidget(m_search);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(searchRow);
    column->addWidget(m_list, 1);
    column->addWidget(m_self);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        setCurrent(m_current);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        const QModelIndex chosen = m_list->currentIndex();
        if (chosen.isValid()) {
            choose(chosen);
        } else if (m_model->rowCount() > 1) {
            choose(m_model->index(1));
        }
    });
    connect(m_list, &QListView::clicked, this, &Sidebar::choose);
    connect(m_list, &QListView::activated, this, &Sidebar::choose);
    connect(m_list, &QListView::customContextMenuRequested, this, &Sidebar::showMenu);
    connect(m_self, &SelfButton::clicked, this, &Sidebar::identityClicked);
    connect(&profile, &session::Profile::documentsChanged, this, &Sidebar::reload);
    connect(&profile, &session::Profile::identityChanged, this,
            [this] { m_self->setIdentity(m_profile.identity()); });
    m_self->setIdentity(profile.identity());
    reload();
}

void Sidebar::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_self->setTheme(theme);
    m_list->viewport()->update();
}

void Sidebar::setCurrent(std::optional<session::DocumentId> id)
{
    m_current = id;
    m_list->setCurrentIndex(id ? m_model->indexOf(*id) : QModelIndex());
    if (!id) {
        m_list->clearSelection();
    }
}

void Sidebar::reload()
{
    QList<session::DocumentInfo> documents = m_profile.documents();
    const QList<session::Replica *> replicas = m_profile.openReplicas();
    for (const session::Replica *replica : replicas) {
        if (replica->link() != session::LinkState::Hosting) {
            continue;
        }
        // Shared from here: this computer is the server, so what is saved here is saved there.
        for (session::DocumentInfo &document : documents) {
            if (document.id == replica->id()) {
                document.state = session::DocumentState::Synced;
            }
        }
    }
    m_model->setDocuments(documents);
    setCurrent(m_current);
}

void Sidebar::choose(const QModelIndex &index)
{
    if (index.isValid() && !index.data(DocumentListModel::IsSectionRole).toBool()) {
        m_search->clear();
        Q_EMIT documentChosen(index.data(DocumentListModel::IdRole).toLongLong());
    }
}

void Sidebar::showMenu(const QPoint &point)
{
    const QModelIndex index = m_list->indexAt(point);
    if (!index.isValid() || index.data(DocumentListModel::IsSectionRole).toBool()) {
        return;
    }
    const session::DocumentId id = index.data(DocumentListModel::IdRole).toLongLong();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("documentMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open")), &QAction::triggered, this,
            [this, id] { Q_EMIT documentChosen(id); });
    connect(menu->addAction(tr("Remove from this computer…")), &QAction::triggered, this,
            [this, id] { Q_EMIT removeRequested(id); });
    menu->popup(m_list->viewport()->mapToGlobal(point));
}

bool Sidebar::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up) {
            // Walk over the titles of sections without leaving the field.
            const int step = key->key() == Qt::Key_Down ? 1 : -1;
            int row = m_list->currentIndex().isValid() ? m_list->currentIndex().row() : 0;
            do {
                row += step;
            } while (row >= 0 && row < m_model->rowCount() &&
                     m_model->index(row).data(DocumentListModel::IsSectionRole).toBool());
            if (row >= 0 && row < m_model->rowCount()) {
                m_list->setCurrentIndex(m_model->index(row));
            }
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_search->clear();
            setCurrent(m_current);
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace cowrite::ui
