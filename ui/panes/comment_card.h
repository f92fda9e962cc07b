#pragma once

#include "libsync/session/document/comments.h"

#include <QColor>
#include <QFrame>
#include <QHash>
#include <QString>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace cowrite::ui {

/// One thread of comments, as a card: what it is about, what was said, and once it is chosen what
/// one can do with it.
class CommentCard : public QFrame {
    Q_OBJECT

public:
    explicit CommentCard(QWidget *parent = nullptr);

    /// What the card shows beside the thread itself.
    struct Context {
        QString where; ///< "Line 8", or that the text was removed
        QString selfId;
        QHash<QString, QColor> colors; ///< of users; others are grey
        bool mayWrite = true;
    };
    /// Keeps what is being written.
    void show(const session::CommentThread &thread, const Context &context);
    void setChosen(bool isChosen);
    /// Says why a reply was not sent.
    void showProblem(const QString &problem);
    void clearReply();

Q_SIGNALS:
    void chosen();
    void replied(const QString &text);
    void resolveRequested(bool resolve);
    /// The focus shall go to the card below (1) or above (-1).
    void neighbourRequested(int step);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void showMessages(const QList<session::Message> &messages, const Context &context);
    void updateActions();

    QLabel *m_quote;
    QLabel *m_where;
    QWidget *m_messages;
    QVBoxLayout *m_rows;
    QLineEdit *m_reply;
    QLabel *m_problem;
    QPushButton *m_resolve;
    QList<session::Message> m_shown;
    bool m_isChosen = false;
    bool m_isResolved = false;
    bool m_mayWrite = true;
};

} // namespace cowrite::ui
