#pragma once

#include "libsync/session/replica/replica.h"
#include "ui/look/theme.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;

namespace cowrite::ui {

class ChatDelegate;
class ChatModel;

/// The conversation beside the text of one document.
class ChatPane : public QWidget {
    Q_OBJECT

public:
    explicit ChatPane(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Null for no document. The replica may go away before the pane.
    void setReplica(session::Replica *replica);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void reload();
    void onPeopleChanged();
    void onTextEdited();
    void send();
    void refreshInput();
    void stopTyping();
    [[nodiscard]] bool isAtEnd() const;

    QPointer<session::Replica> m_replica;
    ChatModel *m_model;
    ChatDelegate *m_delegate;
    QListView *m_list;
    QLabel *m_empty;
    QLabel *m_typing;
    QLabel *m_problem;
    QLineEdit *m_input;
    QTimer m_typingEnds;
};

} // namespace cowrite::ui
