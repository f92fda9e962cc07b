#pragma once

#include "libsync/session/document/comments.h"
#include "ui/panes/comment_card.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <map>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace cowrite::ui {

class DocumentView;

/// What was said about pieces of the text in front, in the order of the text.
class CommentsPane : public QWidget {
    Q_OBJECT

public:
    explicit CommentsPane(QWidget *parent = nullptr);

    /// Null for no document.
    void setView(DocumentView *view);
    /// Asks for a comment about what is selected in the document in front.
    void compose();
    /// Brings a thread into sight.
    void choose(const QString &thread);
    /// Threads that nobody has resolved.
    [[nodiscard]] int openCount() const { return m_openCount; }

Q_SIGNALS:
    void openCountChanged();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    enum class ScrollText { Yes, No };

    void refresh();
    void refreshSoon();
    void setChosen(const QString &thread, ScrollText scroll);
    void onSelectionMoved();
    void submit();
    void endComposing();
    CommentCard *cardOf(const QString &thread);
    [[nodiscard]] session::Comments &comments() const;
    [[nodiscard]] bool mayWrite() const;

    QPointer<DocumentView> m_view;
    QFrame *m_composer;
    QLabel *m_quote;
    QPlainTextEdit *m_input;
    QLabel *m_problem;
    QPushButton *m_submit;
    QScrollArea *m_area;
    QVBoxLayout *m_column;
    QLabel *m_empty;
    QCheckBox *m_showResolved;
    std::map<QString, CommentCard *> m_cards;
    session::CommentAnchor m_anchor; ///< of the comment that is being written
    QString m_chosen;
    QTimer m_refresh;
    int m_openCount = 0;
};

} // namespace cowrite::ui
