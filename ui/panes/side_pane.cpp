#include "ui/panes/side_pane.h"

#include "libsync/session/document/chat.h"
#include "ui/document/document_view.h"
#include "ui/panes/chat_pane.h"
#include "ui/panes/comments_pane.h"
#include "ui/panes/history_pane.h"
#include "ui/panes/people_pane.h"

#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace cowrite::ui {

namespace {

enum Tab { kChatTab, kPeopleTab, kCommentsTab, kHistoryTab };

} // namespace

SidePane::SidePane(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_tabs(new QTabBar(this)),
      m_pages(new QStackedWidget(this)),
      m_chat(new ChatPane(theme, this)),
      m_peoplePane(new PeoplePane(theme, this)),
      m_comments(new CommentsPane(this)),
      m_history(new HistoryPane(theme, this))
{
    setObjectName(QStringLiteral("sidePane"));
    setAttribute(Qt::WA_StyledBackground);
    m_tabs->setObjectName(QStringLiteral("sideTabs"));
    m_tabs->setAccessibleName(tr("Chat, people, comments and history"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(true);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_tabs->addTab(tr("Chat"));
    m_tabs->addTab(tr("People"));
    m_tabs->addTab(tr("Comments"));
    m_tabs->addTab(tr("History"));
    m_pages->addWidget(m_chat);
    m_pages->addWidget(m_peoplePane);
    m_pages->addWidget(m_comments);
    m_pages->addWidget(m_history);

    auto *strip = new QWidget(this);
    strip->setObjectName(QStringLiteral("tabStrip"));
    strip->setAttribute(Qt::WA_StyledBackground);
    strip->setFixedHeight(kTabStripHeight);
    auto *stripRow = new QHBoxLayout(strip);
    stripRow->setContentsMargins(0, 0, 0, 0);
    stripRow->addWidget(m_tabs, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip);
    column->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        if (index == kChatTab && isVisible()) {
            setUnread(0);
        }
        Q_EMIT currentTabChanged();
    });
    connect(m_peoplePane, &PeoplePane::personClicked, this, &SidePane::personClicked);
    connect(m_peoplePane, &PeoplePane::followRequested, this, &SidePane::followRequested);
    connect(m_peoplePane, &PeoplePane::unfollowRequested, this, &SidePane::unfollowRequested);
    connect(m_peoplePane, &PeoplePane::accessChosen, this, &SidePane::accessChosen);
    connect(m_peoplePane, &PeoplePane::removeRequested, this, &SidePane::removeRequested);
    connect(m_comments, &CommentsPane::openCountChanged, this, &SidePane::updateLabels);
}

void SidePane::setTheme(const Theme &theme)
{
    m_chat->setTheme(theme);
    m_peoplePane->setTheme(theme);
    m_history->setTheme(theme);
}

void SidePane::setView(DocumentView *view)
{
    session::Replica *replica = view != nullptr ? &view->replica() : nullptr;
    if (m_replica) {
        m_replica->chat().disconnect(this);
    }
    m_replica = replica;
    m_chat->setReplica(replica);
    m_comments->setView(view);
    m_history->setView(view);
    if (replica != nullptr) {
        connect(&replica->chat(), &session::Chat::messageAdded, this, &SidePane::onMessageAdded);
    } else {
        setPeople({});
    }
    setUnread(0);
}

void SidePane::setPeople(const QList<Person> &people)
{
    m_peopleCount = static_cast<int>(people.size());
    m_peoplePane->setPeople(people);
    updateLabels();
}

int SidePane::currentTab() const
{
    return m_tabs->currentIndex();
}

void SidePane::setCurrentTab(int index)
{
    m_tabs->setCurrentIndex(index);
}

void SidePane::showChat()
{
    m_tabs->setCurrentIndex(kChatTab);
}

void SidePane::showPeople()
{
    m_tabs->setCurrentIndex(kPeopleTab);
}

void SidePane::showComments()
{
    m_tabs->setCurrentIndex(kCommentsTab);
}

void SidePane::showHistory()
{
    m_tabs->setCurrentIndex(kHistoryTab);
}

void SidePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_tabs->currentIndex() == kChatTab) {
        setUnread(0);
    }
}

void SidePane::onMessageAdded(const session::Message &message)
{
    const bool mine = m_replica && message.author == m_replica->self().userId;
    const bool seen = isVisible() && m_tabs->currentIndex() == kChatTab;
    if (!mine && !seen) {
        setUnread(m_unread + 1);
    }
}

void SidePane::setUnread(int count)
{
    if (count != m_unread) {
        m_unread = count;
        Q_EMIT unreadChanged(count);
    }
    updateLabels();
}

void SidePane::updateLabels()
{
    const auto labelled = [](const QString &name, int count) {
        return count > 0 ? QStringLiteral("%1 %2").arg(name).arg(count) : name;
    };
    m_tabs->setTabText(kChatTab, labelled(tr("Chat"), m_unread));
    m_tabs->setTabText(kPeopleTab, labelled(tr("People"), m_peopleCount));
    m_tabs->setTabText(kCommentsTab, labelled(tr("Comments"), m_comments->openCount()));
}

} // namespace cowrite::ui
