#pragma once

#include "libsync/session/history/history.h"
#include "libsync/session/replica/replica.h"
#include "ui/document/activity.h"
#include "ui/document/people_model.h"
#include "ui/document/place_in_text.h"
#include "ui/document/status_text.h"
#include "ui/editor/line_author.h"
#include "ui/look/theme.h"
#include "ui/syntax/language.h"

#include <QColor>
#include <QHash>
#include <QTimer>
#include <QWidget>

#include <optional>

class QSplitter;
class QStackedWidget;

namespace cowrite::ui {

class Banner;
class CommentLayer;
class Editor;
class FindBar;
class Following;
class GoToBar;
class LineCommands;
class MarkdownPreview;
class PastView;

/// One open document in the window: its banner and its text, and all that passes between the
/// editor and the replica. In place of the text it may show what the text was at some moment; the
/// text itself stays as one left it, and goes on behind that.
class DocumentView : public QWidget {
    Q_OBJECT

public:
    /// `replica` must outlive the view; `clock` too.
    DocumentView(session::Replica &replica, const Clock &clock, const Theme &theme,
                 QWidget *parent = nullptr);
    ~DocumentView() override;

    [[nodiscard]] session::Replica &replica() const { return m_replica; }
    [[nodiscard]] session::History &history() const { return m_replica.history(); }
    /// The one for the document as it is, in front or not.
    [[nodiscard]] Editor &editor() const { return *m_editor; }
    /// The one in front.
    [[nodiscard]] Editor &shownEditor() const;
    /// What marks the comments in editor().
    [[nodiscard]] CommentLayer &commentLayer() const { return *m_comments; }
    [[nodiscard]] LineCommands &lineCommands() const { return *m_lines; }
    [[nodiscard]] FindBar &findBar() const { return *m_findBar; }
    [[nodiscard]] GoToBar &goToBar() const { return *m_goToBar; }

    /// The language of the document, as people call it.
    [[nodiscard]] QString languageName() const;

    void setTheme(const Theme &theme);
    /// Shows a message in the banner until it is closed; for what no state of the replica says.
    void showNotice(const QString &message, Tone tone);

    /// Says where the edits are, and offers to give this moment a name.
    void confirmSaved();

    /// What the Markdown of the document looks like, beside it.
    void setPreviewVisible(bool visible);
    [[nodiscard]] bool isPreviewVisible() const;

    /// Where I am in the text; nothing before it has been read.
    [[nodiscard]] std::optional<PlaceInText> place() const;
    /// Puts caret and view back to where they were, as soon as there is something to be seen.
    void goTo(const PlaceInText &place);

    /// In the banner, and for people who use a screen reader.
    void sayWhereEveryoneIs();

    /// Everybody in the document, myself first.
    [[nodiscard]] const QList<Person> &people() const { return m_people; }
    /// The colours of users who are here or were since this view was opened.
    [[nodiscard]] const QHash<QString, QColor> &userColors() const { return m_userColors; }
    /// See Following::goTo() and follow().
    void showPerson(quint64 key);
    void followPerson(quint64 key);
    void stopFollowing();

    /// The moment that is looked at; nothing while the document itself is in front.
    [[nodiscard]] std::optional<session::Moment> pastMoment() const;
    /// Shows the text at this moment, with what the one who wrote then changed; nothing happens
    /// while the history is not ready.
    void lookAt(session::Moment moment);
    void backToNow();
    /// Makes the document what it was at this moment, as an edit of mine, and goes back to now.
    void restore(session::Moment moment);
    /// Takes back what an author wrote and deleted after `since`, as an edit of mine, and goes back
    /// to now.
    void undoAuthor(const session::Author &author, session::Moment since);
    /// Gives a moment a name that everybody sees; a problem is shown in the banner.
    void nameMoment(session::Moment moment, const QString &name);
    /// Asks for the name first.
    void askForName(session::Moment moment);

Q_SIGNALS:
    /// pastMoment() is another one.
    void pastChanged();
    void peopleChanged();
    /// Anything the status bar shows has changed.
    void statusChanged();
    /// place() may be another one.
    void placeChanged();
    /// The two ways on when another document is at the address of this one.
    void replacementRequested();
    void publishRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showContent();
    void takePlace();
    void updateLanguage();
    /// As it was chosen, or as the title, the kind or the file say.
    [[nodiscard]] const Language &languageOfDocument() const;
    void updateBanner();
    /// What is the matter goes before what was only to be said. The past is not the document, and
    /// nobody must think it is.
    [[nodiscard]] BannerText stateBanner() const;
    void onBannerAction();
    [[nodiscard]] std::optional<LineAuthor> authorOf(std::uint32_t from, std::uint32_t to) const;
    /// What the banner says about the moment that is looked at.
    [[nodiscard]] BannerText pastBanner() const;
    /// Applies a change that came out of the history, and says what it was.
    void applyFromHistory(const crdt::Delta &change, const QString &done);
    void updateCarets();
    void updatePeople();
    void publishSelection();
    void onEdited();
    [[nodiscard]] QString whereaboutsOf(const protocol::Presence &person);

    session::Replica &m_replica;
    const Clock &m_clock;
    Theme m_theme;
    Banner *m_banner;
    QStackedWidget *m_pages;
    QSplitter *m_body; ///< the editor, and the preview if there is one
    Editor *m_editor;
    CommentLayer *m_comments;
    LineCommands *m_lines;
    FindBar *m_findBar;
    GoToBar *m_goToBar;
    MarkdownPreview *m_preview = nullptr; ///< null until it is asked for
    /// Null while the document itself is in front.
    PastView *m_past = nullptr;
    Following *m_following;
    Activity m_activity;
    QList<Person> m_people;
    QHash<QString, QColor> m_userColors;
    /// Where to go to; nothing once one is there.
    std::optional<PlaceInText> m_place;
    BannerText m_notice;
    bool m_wasOffline = false;
    QTimer m_publish;
    QTimer m_listPeople;
    /// Nobody tells that they have gone away.
    QTimer m_lookForAway;
    QTimer m_typingEnds;
    QTimer m_countdown;
};

} // namespace cowrite::ui
