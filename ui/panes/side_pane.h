#pragma once

#include "libsync/session/replica/replica.h"
#include "ui/document/people_model.h"
#include "ui/look/theme.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace cowrite::session {
struct Message;
}

namespace cowrite::ui {

class ChatPane;
class CommentsPane;
class DocumentView;
class HistoryPane;
class PeoplePane;

/// The right side: Chat, People, Comments and History of the document in front. Never opens or
/// takes the focus by itself; messages that nobody has seen yet show as a count.
class SidePane : public QWidget {
    Q_OBJECT

public:
    explicit SidePane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null for no document.
    void setView(DocumentView *view);
    void setPeople(const QList<Person> &people);
    void showChat();
    void showPeople();
    void showComments();
    void showHistory();
    /// Which of the four is in front, from 0.
    [[nodiscard]] int currentTab() const;
    void setCurrentTab(int index);
    [[nodiscard]] ChatPane &chat() const { return *m_chat; }
    [[nodiscard]] CommentsPane &comments() const { return *m_comments; }
    [[nodiscard]] int unreadCount() const { return m_unread; }

Q_SIGNALS:
    void personClicked(quint64 key);
    void followRequested(quint64 key);
    void unfollowRequested();
    void accessChosen(quint64 guest, cowrite::protocol::Access access);
    void removeRequested(quint64 guest);
    void unreadChanged(int count);
    void currentTabChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void onMessageAdded(const session::Message &message);
    void setUnread(int count);
    void updateLabels();

    QPointer<session::Replica> m_replica;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    ChatPane *m_chat;
    PeoplePane *m_peoplePane;
    CommentsPane *m_comments;
    HistoryPane *m_history;
    int m_peopleCount = 0;
    int m_unread = 0;
};

} // namespace cowrite::ui
