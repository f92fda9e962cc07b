#pragma once

#include "libsync/session/replica/replica.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QFrame;
class QKeyEvent;
class QLabel;
class QLineEdit;
class QListView;
class QMenu;
class QModelIndex;

namespace cowrite::ui {

class ChatDelegate;
class ChatModel;
class MessageInput;
struct Theme;

/// The conversation beside the text of one document. Messages lie in the document, so that what is
/// said offline is there for the others when the connection returns.
class ChatPane : public QWidget {
    Q_OBJECT

public:
    explicit ChatPane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null for no document. The replica may go away before the pane.
    void setReplica(session::Replica *replica);
    /// Shows the line to search the messages with.
    void openSearch();

Q_SIGNALS:
    /// A line of the document that a message points at, from 1.
    void lineChosen(int line);
    /// An address in a message: of a page, or of a shared document.
    void linkChosen(const QString &address);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void makeList();
    void makeReplyStrip();
    QFrame *makeFooter();
    void reload();
    void showWhatIsMissing();
    void onPeopleChanged();
    void onTextEdited();
    void send();
    void refreshInput();
    void stopTyping();
    void closeSearch();
    void search(const QString &text);
    void showEarlier();
    void showMessage(const QString &id);
    void replyTo(const QModelIndex &index);
    void endReply();
    void choose(const QPoint &point);
    void showMenu(const QPoint &point);
    /// What the message at `index` points at, for those who do not click on it.
    void addPlaces(QMenu &menu, const QModelIndex &index);
    void updateCursor(const QPoint &point);
    /// True for a key that was meant for the messages.
    bool onKey(const QObject *where, const QKeyEvent &event);
    [[nodiscard]] bool isAtEnd() const;

    QPointer<session::Replica> m_replica;
    ChatModel *m_model;
    ChatDelegate *m_delegate;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_empty;
    QLabel *m_typing;
    QLabel *m_problem;
    QFrame *m_replyStrip;
    QLabel *m_replyLabel;
    /// The message that what is being written answers; empty for none.
    QString m_replyTo;
    MessageInput *m_input;
    QTimer m_typingEnds;
};

} // namespace cowrite::ui
