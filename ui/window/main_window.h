#pragma once

#include "libsync/session/profile/profile.h"
#include "ui/document/status_text.h"
#include "ui/look/theme.h"
#include "ui/settings/settings.h"
#include "ui/window/window_state.h"

#include <QMainWindow>
#include <QTimer>

#include <memory>

class QAction;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace cowrite::session {
struct Message;
}

namespace cowrite::ui {

class DocumentView;
class EditorActions;
class FacesBar;
class SharePopover;
class Shortcuts;
class SidePane;
class Sidebar;
class Spelling;
class StatusBar;

/// The window: documents on the left, their text in the middle, people on the right.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `profile` and `clock` must outlive the window. `system` is the look the desktop asks for.
    MainWindow(session::Profile &profile, const Clock &clock, const Theme &system);
    ~MainWindow() override;

    /// Shows a document of which the caller had one open; the window gives it back in the end. A
    /// document that is in a tab already comes to the front.
    void showReplica(session::Replica *replica);
    /// The same with what became of opening a file: a problem is shown in the window.
    void showOpened(const Result<session::Replica *> &replica);
    /// Begins an empty document on this computer.
    void newDocument();
    /// A document that says what there is.
    void openSample();
    /// Opens a file as a document; a problem is shown in the window.
    void openFile(const QString &path);
    /// Joins the shared document at this address; a problem is shown in the window.
    void join(const QString &address);
    /// The same with a link that came from outside, of which nobody knows who wrote it: the person
    /// is asked first, and is told where it leads.
    void askToJoin(const QString &link);
    /// Brings a document of the profile to the front of the tabs.
    void openDocument(session::DocumentId id);
    /// In front of the other windows, as the person has just asked for it.
    void comeToFront();
    /// One plain sentence in the banner; never a dialog.
    void showProblem(const QString &sentence);

    [[nodiscard]] DocumentView *currentView() const;
    [[nodiscard]] Settings &settings() { return m_settings; }
    /// The desktop asks for another look; followed unless a person has chosen one.
    void setSystemTheme(const Theme &system);
    /// It is on the way out, and opens nothing any more.
    [[nodiscard]] bool isClosing() const { return m_closing != Closing::No; }

    /// Opens again what was open when the window was last there, and goes to where one was.
    void restoreDocuments();
    /// Asks for name and colour; for the first start.
    void askForIdentity();
    void showStatistics();
    /// Closes without asking anything, once every edit is stored on this computer. If they cannot
    /// be stored it stays open and says so.
    void finish();

Q_SIGNALS:
    /// Somebody called this person in a document that is not before their eyes, and they want to be
    /// told. `title` says who and where, `text` what.
    void mentioned(cowrite::session::DocumentId document, const QString &title,
                   const QString &text);

protected:
    bool event(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum class Closing {
        No,
        Storing, ///< all documents are still open
        Leaving, ///< they are closed, and there is no way back
        Done,
    };

    QWidget *makeCentre();
    QWidget *makeWelcome();
    void connectPeople();
    void makeMenus();
    void fillFileMenu(QMenu *menu);
    void fillEditMenu(QMenu *menu);
    void showComments();
    void fillViewMenu(QMenu *menu);
    void fillThemeMenu(QMenu *menu);
    void fillSessionMenu(QMenu *menu);
    void fillRecent(QMenu *menu);
    void fillContentRoots(QMenu *menu);
    /// A menu entry; `run` is called when it is chosen. `name` is the action's object name.
    template <class Run>
    QAction *add(QMenu *menu, const QString &name, const QString &label,
                 const QKeySequence &shortcut, Run run);

    // One slot an action.
    void chooseLanguage();
    void chooseCommand();
    void chooseDocument();
    void chooseShortcuts();
    void chooseFile();
    void chooseAddress();
    void saveCopy();
    void toggleFileKept();
    void confirmSaved();
    void closeCurrentTab();
    void shareCurrent();
    void copyLink();
    void connectNow();
    void toggleOffline();
    void renameCurrent();
    void about();
    void removeDocument(session::DocumentId id);
    void openReplacement(DocumentView &view);
    void publishAnew(DocumentView &view);
    void chooseSettings();
    void applySettings();
    void applyTheme();

    /// Adds a tab, behind the others.
    DocumentView *addView(session::Replica &replica);
    void openWebPage(const QString &path);
    /// An address that somebody sent: of a shared document, or of a page for the browser.
    void followLink(const QString &address);
    void onExported(const QString &path, const Result<void> &written);
    void chooseKeptFile(DocumentView &view);
    void keepFile(session::Replica &replica, const QString &path, session::ExistingText existing);
    void updateFileAction();
    void closeTab(int index);
    void onCurrentChanged();
    void updateTitles();
    void updatePeople();
    void updateStatus();
    void updateActions();
    /// What would be lost if the window closed now, as closeWarning(); empty for nothing.
    [[nodiscard]] QString lossWarning() const;
    /// What would be lost or late if the window closed now, a sentence and a line of explanation
    /// below it; empty for nothing.
    [[nodiscard]] QString closeWarning() const;
    /// Asks, and calls `close` if the answer is yes.
    void askToClose(const QString &warning, void (MainWindow::*close)());
    void onFlushed(const QString &error);
    void onMessage(const DocumentView &view, const session::Message &message);
    /// Closes whatever becomes of the last edits.
    void leave();
    void restoreWindow();
    [[nodiscard]] WindowState currentState() const;
    /// Something of currentState() has changed: it is stored soon.
    void noteState();

    session::Profile &m_profile;
    const Clock &m_clock;
    Theme m_system;
    Theme m_theme;
    Settings m_settings;
    WindowStateFile m_stateFile;
    /// How the window was left, until restoreDocuments().
    WindowState m_left;
    QTimer m_storeState;
    Closing m_closing = Closing::No;

    Sidebar *m_sidebar;
    QTabBar *m_tabs;
    QStackedWidget *m_pages;
    QWidget *m_welcome;
    FacesBar *m_faces;
    QPushButton *m_share;
    SidePane *m_sidePane;
    StatusBar *m_status;
    QSplitter *m_splitter;
    SharePopover *m_popover;
    EditorActions *m_editorActions;
    Spelling *m_spelling;
    std::unique_ptr<Shortcuts> m_shortcuts;
    /// One a tab, in the order of the tabs.
    QList<DocumentView *> m_views;

    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_showSidebar = nullptr;
    QAction *m_showSidePane = nullptr;
    QAction *m_offline = nullptr;
    QAction *m_connect = nullptr;
    QAction *m_copyLink = nullptr;
    QAction *m_keepFile = nullptr;
    QMenu *m_contentRoots = nullptr;
    QList<QAction *> m_documentActions;
};

} // namespace cowrite::ui
