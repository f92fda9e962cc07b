#pragma once

#include "libsync/session/replica.h"
#include "ui/people_model.h"
#include "ui/status_text.h"
#include "ui/theme.h"

#include <QTimer>
#include <QWidget>

namespace cowrite::ui {

class Banner;
class Editor;

/// One open document in the window: its banner and its text, and all that passes between the
/// editor and the replica.
class DocumentView : public QWidget {
    Q_OBJECT

public:
    /// `replica` must outlive the view; `clock` too.
    DocumentView(session::Replica &replica, const Clock &clock, const Theme &theme,
                 QWidget *parent = nullptr);
    ~DocumentView() override;

    [[nodiscard]] session::Replica &replica() const { return m_replica; }
    [[nodiscard]] Editor &editor() const { return *m_editor; }

    void setTheme(const Theme &theme);
    /// Shows a message in the banner until it is closed; for what no state of the replica says.
    void showNotice(const QString &message, Tone tone);

    /// Everybody in the document, myself first.
    [[nodiscard]] const QList<Person> &people() const { return m_people; }
    /// Scrolls to where this person is; nothing if that is not known.
    void showPerson(quint64 key);

Q_SIGNALS:
    void peopleChanged();
    /// Anything the status bar shows has changed.
    void statusChanged();

private:
    void showContent();
    void updateBanner();
    void updatePeople();
    void publishSelection();
    void onEdited();
    [[nodiscard]] QString whereaboutsOf(const protocol::Presence &person);

    session::Replica &m_replica;
    Banner *m_banner;
    Editor *m_editor;
    QList<Person> m_people;
    BannerText m_notice;
    bool m_wasOffline = false;
    QTimer m_publish;
    QTimer m_typingEnds;
    QTimer m_countdown;
};

/// The language the editor colours a document in.
[[nodiscard]] QString languageName(session::DocumentKind kind);

} // namespace cowrite::ui
