// The part of MainWindow that a person sees around the text: menus, and the look that is kept.
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/panes/chat_pane.h"
#include "ui/panes/comments_pane.h"
#include "ui/panes/side_pane.h"
#include "ui/panes/sidebar.h"
#include "ui/spelling/spelling.h"
#include "ui/window/editor_actions.h"
#include "ui/window/faces_bar.h"
#include "ui/window/focus_order.h"
#include "ui/window/main_window.h"
#include "ui/window/shortcuts_dialog.h"
#include "ui/window/status_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenuBar>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

#include <utility>

namespace cowrite::ui {

namespace {

constexpr int kRecentCount = 10;

} // namespace

template <class Run>
QAction *MainWindow::add(QMenu *menu, const QString &name, const QString &label,
                         const QKeySequence &shortcut, Run run)
{
    QAction *action = menu->addAction(label);
    action->setObjectName(name);
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void MainWindow::makeMenus()
{
    fillFileMenu(menuBar()->addMenu(tr("&File")));
    fillEditMenu(menuBar()->addMenu(tr("&Edit")));
    fillViewMenu(menuBar()->addMenu(tr("&View")));
    fillSessionMenu(menuBar()->addMenu(tr("&Session")));
    QMenu *tools = menuBar()->addMenu(tr("&Tools"));
    m_editorActions->fillToolsMenu(tools);
    tools->addSeparator();
    m_spelling->fillMenu(tools);
    m_documentActions << add(tools, QStringLiteral("actionLanguage"), tr("L&anguage…"), {},
                             &MainWindow::chooseLanguage);
    tools->addSeparator();
    add(tools, QStringLiteral("actionCommands"), tr("&All commands…"),
        QKeySequence(tr("Ctrl+Shift+P")), &MainWindow::chooseCommand);
    add(tools, QStringLiteral("actionShortcuts"), tr("&Keyboard shortcuts…"), {},
        &MainWindow::chooseShortcuts);
    tools->addSeparator();
    add(tools, QStringLiteral("actionSettings"), tr("Se&ttings…"), QKeySequence(tr("Ctrl+,")),
        &MainWindow::chooseSettings);
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    add(help, QStringLiteral("actionAbout"), tr("About Cowrite"), {}, &MainWindow::about);
    m_shortcuts = std::make_unique<Shortcuts>(*menuBar(), m_settings.file());
}

void MainWindow::fillFileMenu(QMenu *menu)
{
    add(menu, QStringLiteral("actionNew"), tr("&New document"), QKeySequence::New,
        &MainWindow::newDocument);
    add(menu, QStringLiteral("actionOpen"), tr("&Open file…"), QKeySequence::Open,
        &MainWindow::chooseFile);
    add(menu, QStringLiteral("actionJoin"), tr("Open &shared document…"),
        QKeySequence(tr("Ctrl+Shift+O")), &MainWindow::chooseAddress);
    QMenu *recent = menu->addMenu(tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecent(recent); });
    add(menu, QStringLiteral("actionFind"), tr("Go to &document…"), QKeySequence(tr("Ctrl+P")),
        &MainWindow::chooseDocument);
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionSave"), tr("&Save"), QKeySequence::Save,
                             &MainWindow::confirmSaved)
                      << add(menu, QStringLiteral("actionExport"), tr("Save a &copy as file…"),
                             QKeySequence::SaveAs, &MainWindow::saveCopy)
                      << add(menu, QStringLiteral("actionRename"), tr("Rena&me document…"),
                             QKeySequence(Qt::Key_F2), &MainWindow::renameCurrent);
    m_keepFile = add(menu, QStringLiteral("actionKeepFile"), {}, {}, &MainWindow::toggleFileKept);
    m_keepFile->setCheckable(true);
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionClose"), tr("&Close document"),
                             QKeySequence(tr("Ctrl+W")), &MainWindow::closeCurrentTab);
    add(menu, QStringLiteral("actionQuit"), tr("&Quit"), QKeySequence(tr("Ctrl+Q")),
        [this] { close(); });
}

void MainWindow::fillEditMenu(QMenu *menu)
{
    const auto onEditor = [this](auto method) {
        return [this, method] {
            if (DocumentView *view = currentView()) {
                (view->shownEditor().*method)();
            }
        };
    };
    m_undo = add(menu, QStringLiteral("actionUndo"), tr("&Undo"), QKeySequence::Undo,
                 onEditor(&Editor::undoEdit));
    m_redo = add(menu, QStringLiteral("actionRedo"), tr("&Redo"), QKeySequence::Redo,
                 onEditor(&Editor::redoEdit));
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionCut"), tr("Cu&t"), QKeySequence::Cut,
                             onEditor(&QPlainTextEdit::cut))
                      << add(menu, QStringLiteral("actionCopy"), tr("&Copy"), QKeySequence::Copy,
                             onEditor(&QPlainTextEdit::copy))
                      << add(menu, QStringLiteral("actionPaste"), tr("&Paste"), QKeySequence::Paste,
                             onEditor(&QPlainTextEdit::paste));
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionSelectAll"), tr("Select &all"),
                             QKeySequence::SelectAll, onEditor(&QPlainTextEdit::selectAll));
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionComment"), tr("Commen&t on selection…"),
                             QKeySequence(tr("Ctrl+Alt+M")), [this] {
                                 showComments();
                                 m_sidePane->comments().compose();
                             });
    menu->addSeparator();
    m_editorActions->fillEditMenu(menu);
}

void MainWindow::showComments()
{
    m_showSidePane->setChecked(true);
    m_sidePane->showComments();
}

void MainWindow::fillViewMenu(QMenu *menu)
{
    const auto addToggle = [&](const QString &name, const QString &label,
                               const QKeySequence &shortcut, bool checked, auto run) {
        QAction *action = menu->addAction(label);
        action->setObjectName(name);
        action->setShortcut(shortcut);
        action->setCheckable(true);
        action->setChecked(checked);
        connect(action, &QAction::toggled, this, run);
        return action;
    };
    m_showSidebar = addToggle(QStringLiteral("actionSidebar"), tr("&Documents"),
                              QKeySequence(Qt::Key_F9), true, [this](bool on) {
                                  m_sidebar->setVisible(on);
                                  noteState();
                              });
    m_showSidePane = addToggle(QStringLiteral("actionSidePane"), tr("&Side pane"),
                               QKeySequence(tr("Ctrl+F9")), true, [this](bool on) {
                                   m_sidePane->setVisible(on);
                                   noteState();
                               });
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionHistory"), tr("&History"),
                             QKeySequence(tr("Ctrl+Shift+H")), [this] {
                                 m_showSidePane->setChecked(true);
                                 m_sidePane->showHistory();
                             });
    menu->addSeparator();
    // The text takes Tab, so this is the way out of it.
    const auto focus = [this](FocusStep step) {
        focusPane({m_sidebar, m_pages->currentWidget(), m_sidePane, m_status}, step);
    };
    add(menu, QStringLiteral("actionNextPane"), tr("Ne&xt pane"), QKeySequence(Qt::Key_F6),
        [focus] { focus(FocusStep::Next); });
    add(menu, QStringLiteral("actionPreviousPane"), tr("Pre&vious pane"),
        QKeySequence(Qt::SHIFT | Qt::Key_F6), [focus] { focus(FocusStep::Previous); });
    const auto turn = [this](int step) {
        if (const int count = m_tabs->count(); count > 0) {
            m_tabs->setCurrentIndex((m_tabs->currentIndex() + step + count) % count);
        }
    };
    m_documentActions << add(menu, QStringLiteral("actionNextDocument"), tr("Next d&ocument"),
                             QKeySequence::NextChild, [turn] { turn(1); })
                      << add(menu, QStringLiteral("actionPreviousDocument"),
                             tr("&Previous document"), QKeySequence::PreviousChild,
                             [turn] { turn(-1); });
    menu->addSeparator();
    m_editorActions->fillViewMenu(menu);
    menu->addSeparator();
    fillThemeMenu(menu->addMenu(tr("&Theme")));
}

void MainWindow::fillThemeMenu(QMenu *menu)
{
    using Appearance = Settings::Appearance;
    auto *group = new QActionGroup(this);
    const auto addChoice = [&](const QString &name, const QString &label, Appearance choice) {
        QAction *action = add(menu, name, label, {},
                              [this, choice] { m_settings.set(Settings::kAppearance, choice); });
        action->setCheckable(true);
        group->addAction(action);
        const auto show = [this, action, choice] {
            action->setChecked(m_settings.get(Settings::kAppearance) == choice);
        };
        connect(&m_settings, &Settings::changed, action, show);
        show();
    };
    addChoice(QStringLiteral("actionTheme_system"), tr("Like the &system"), Appearance::System);
    addChoice(QStringLiteral("actionTheme_light"), tr("&Light"), Appearance::Light);
    addChoice(QStringLiteral("actionTheme_dark"), tr("&Dark"), Appearance::Dark);
}

void MainWindow::fillSessionMenu(QMenu *menu)
{
    m_documentActions << add(menu, QStringLiteral("actionShare"), tr("&Share…"),
                             QKeySequence(tr("Ctrl+Alt+S")), &MainWindow::shareCurrent);
    m_copyLink =
        add(menu, QStringLiteral("actionCopyLink"), tr("Copy &link"), {}, &MainWindow::copyLink);
    menu->addSeparator();
    m_connect =
        add(menu, QStringLiteral("actionConnect"), tr("Connect &now"), {}, &MainWindow::connectNow);
    m_offline = add(menu, QStringLiteral("actionOffline"), tr("&Disconnect"), {},
                    &MainWindow::toggleOffline);
    // A document of another program may hold several texts.
    m_contentRoots = menu->addMenu(tr("Te&xt to show"));
    connect(m_contentRoots, &QMenu::aboutToShow, this,
            [this] { fillContentRoots(m_contentRoots); });
    menu->addSeparator();
    m_documentActions << add(menu, QStringLiteral("actionWhereIsEveryone"),
                             tr("Where is &everyone?"), QKeySequence(tr("Ctrl+Alt+E")), [this] {
                                 if (DocumentView *view = currentView()) {
                                     view->sayWhereEveryoneIs();
                                 }
                             });
    add(menu, QStringLiteral("actionChat"), tr("&Chat"), {}, [this] {
        m_showSidePane->setChecked(true);
        m_sidePane->showChat();
    });
    add(menu, QStringLiteral("actionSearchChat"), tr("Search the c&hat"), {}, [this] {
        m_showSidePane->setChecked(true);
        m_sidePane->showChat();
        m_sidePane->chat().openSearch();
    });
    add(menu, QStringLiteral("actionPeople"), tr("&People"), {}, [this] {
        m_showSidePane->setChecked(true);
        m_sidePane->showPeople();
    });
    add(menu, QStringLiteral("actionComments"), tr("Co&mments"), {}, &MainWindow::showComments);
    add(menu, QStringLiteral("actionStatistics"), tr("S&tatistics"), {},
        &MainWindow::showStatistics);
    menu->addSeparator();
    add(menu, QStringLiteral("actionIdentity"), tr("Your name and c&olour…"), {},
        &MainWindow::askForIdentity);
}

void MainWindow::fillRecent(QMenu *menu)
{
    menu->clear();
    const QList<session::DocumentInfo> documents = m_profile.documents().mid(0, kRecentCount);
    for (const session::DocumentInfo &document : documents) {
        QString title = document.title;
        add(menu, {}, title.replace(QLatin1Char('&'), QLatin1String("&&")), {},
            [this, id = document.id] { openDocument(id); });
    }
    if (documents.isEmpty()) {
        menu->addAction(tr("No documents yet"))->setEnabled(false);
    }
}

void MainWindow::fillContentRoots(QMenu *menu)
{
    menu->clear();
    DocumentView *view = currentView();
    if (view == nullptr) {
        return;
    }
    const QStringList choices = view->replica().contentChoices();
    for (const QString &root : choices) {
        QString label = root;
        QAction *action = add(menu, {}, label.replace(QLatin1Char('&'), QLatin1String("&&")), {},
                              [view = QPointer(view), root] {
                                  if (view) {
                                      view->replica().chooseContentRoot(root);
                                  }
                              });
        action->setCheckable(true);
        action->setChecked(root == view->replica().contentRoot());
    }
}

// ---------------------------------------------------------------- look

void MainWindow::setSystemTheme(const Theme &system)
{
    m_system = system;
    applySettings();
}

void MainWindow::applySettings()
{
    for (DocumentView *view : std::as_const(m_views)) {
        m_editorActions->applyLook(view->shownEditor());
    }
    m_profile.setTelling({.place = m_settings.get(Settings::kTellPlace),
                          .typing = m_settings.get(Settings::kTellTyping)});
    const Theme::Kind before = m_theme.kind;
    const Settings::Appearance chosen = m_settings.get(Settings::kAppearance);
    m_theme = chosen == Settings::Appearance::Light  ? Theme::light()
              : chosen == Settings::Appearance::Dark ? Theme::dark()
                                                     : m_system;
    if (m_theme.kind != before) {
        applyTheme();
    }
}

void MainWindow::applyTheme()
{
    m_theme.applyTo(*qApp);
    m_sidebar->setTheme(m_theme);
    m_faces->setTheme(m_theme);
    m_sidePane->setTheme(m_theme);
    m_status->setTheme(m_theme);
    for (DocumentView *view : std::as_const(m_views)) {
        view->setTheme(m_theme);
    }
}

} // namespace cowrite::ui
