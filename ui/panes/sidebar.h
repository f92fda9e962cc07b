#pragma once

#include "libsync/session/profile/profile.h"
#include "ui/look/theme.h"

#include <QWidget>

#include <optional>

class QLineEdit;
class QListView;

namespace cowrite::ui {

class DocumentDelegate;
class DocumentListModel;
class SelfButton;

/// The left side: search, the documents of the profile, and at the bottom who I am.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    /// `profile` must outlive the widget.
    Sidebar(session::Profile &profile, const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Marks the document in front; nothing for none.
    void setCurrent(std::optional<session::DocumentId> id);
    /// Reads the documents again; what is shared from here is no change of the profile.
    void reload();

Q_SIGNALS:
    void documentChosen(cowrite::session::DocumentId id);
    void removeRequested(cowrite::session::DocumentId id);
    /// Name and colour are to be changed.
    void identityClicked();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void showMenu(const QPoint &point);

    session::Profile &m_profile;
    DocumentListModel *m_model;
    DocumentDelegate *m_delegate;
    QLineEdit *m_search;
    QListView *m_list;
    SelfButton *m_self;
    std::optional<session::DocumentId> m_current;
};

} // namespace cowrite::ui
