#include "ui/window/main_window.h"

#include "libsync/session/document/chat.h"
#include "libsync/session/document/comments.h"
#include "libsync/session/document/references.h"
#include "ui/document/document_view.h"
#include "ui/editor/comment_layer.h"
#include "ui/editor/editor.h"
#include "ui/look/icons.h"
#include "ui/panes/chat_pane.h"
#include "ui/panes/comments_pane.h"
#include "ui/panes/side_pane.h"
#include "ui/panes/sidebar.h"
#include "ui/spelling/spelling.h"
#include "ui/window/editor_actions.h"
#include "ui/window/faces_bar.h"
#include "ui/window/focus_order.h"
#include "ui/window/share_popover.h"
#include "ui/window/shortcuts_dialog.h"
#include "ui/window/status_bar.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace cowrite::ui {

namespace {

constexpr int kCentreWidth = 758;
constexpr int kSidebarWidth = 222;
constexpr int kSidePaneWidth = 300;
/// Longer titles are cut, in pixels; the whole is in the tooltip.
constexpr int kMaxTabTitle = 200;

} // namespace

MainWindow::MainWindow(session::Profile &profile, const Clock &clock, const Theme &system)
    : m_profile(profile),
      m_clock(clock),
      m_system(system),
      m_theme(system),
      m_settings(QDir(profile.directory()).filePath(QStringLiteral("settings.ini"))),
      m_stateFile(QDir(profile.directory()).filePath(QStringLiteral("window.json"))),
      m_sidebar(new Sidebar(profile, system, this)),
      m_tabs(new QTabBar(this)),
      m_pages(new QStackedWidget(this)),
      m_welcome(nullptr),
      m_faces(new FacesBar(system, this)),
      m_share(new QPushButton(tr("Share"), this)),
      m_sidePane(new SidePane(system, this)),
      m_status(new StatusBar(system, this)),
      m_splitter(new QSplitter(Qt::Horizontal, this)),
      m_popover(nullptr),
      m_editorActions(new EditorActions(
          m_settings, [this] { return currentView(); }, this)),
      m_spelling(new Spelling(
          profile.directory(), m_settings, [this] { return currentView(); }, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(programIcon());
    setAcceptDrops(true);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_sidebar);
    m_splitter->addWidget(makeCentre());
    m_splitter->addWidget(m_sidePane);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kSidebarWidth, kCentreWidth, kSidePaneWidth});
    auto *whole = new QWidget(this);
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status);
    setCentralWidget(whole);
    m_popover = new SharePopover(profile, m_settings, this);
    makeMenus();

    connect(m_sidebar, &Sidebar::documentChosen, this, &MainWindow::openDocument);
    connect(m_sidebar, &Sidebar::removeRequested, this, &MainWindow::removeDocument);
    connect(m_sidebar, &Sidebar::identityClicked, this, &MainWindow::askForIdentity);
    connectPeople();
    connect(&m_sidePane->chat(), &ChatPane::linkChosen, this, &MainWindow::followLink);
    connect(&m_sidePane->chat(), &ChatPane::lineChosen, this, [this](int line) {
        if (DocumentView *view = currentView()) {
            view->backToNow();
            view->editor().goTo(line);
            view->setFocus();
        }
    });
    connect(m_status, &StatusBar::languageClicked, this, &MainWindow::chooseLanguage);
    connect(m_popover, &SharePopover::sharingChanged, this, [this] {
        m_sidebar->reload();
        updateStatus();
        updateActions();
    });
    // Queued: a window cannot be closed from within its own closeEvent().
    connect(&profile, &session::Profile::flushed, this, &MainWindow::onFlushed,
            Qt::QueuedConnection);
    applyTheme();
    applySettings();
    connect(&m_settings, &Settings::changed, this, &MainWindow::applySettings);
    restoreWindow();
    onCurrentChanged();
}

MainWindow::~MainWindow()
{
    // The views let go of their replicas' signals before the profile goes away.
    qDeleteAll(m_views);
    m_views.clear();
}

QWidget *MainWindow::makeCentre()
{
    auto *centre = new QWidget(this);
    centre->setObjectName(QStringLiteral("centre"));
    centre->setAttribute(Qt::WA_StyledBackground);
    m_tabs->setObjectName(QStringLiteral("tabBar"));
    m_tabs->setAccessibleName(tr("Open documents"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    // Where there is no room for all tabs, a few that can be read are better than two letters of
    // each.
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setFocusPolicy(Qt::TabFocus);
    m_share->setObjectName(QStringLiteral("shareButton"));
    m_share->setProperty("primary", true);
    m_share->setFocusPolicy(Qt::TabFocus);

    auto *strip = new QWidget(this);
    strip->setObjectName(QStringLiteral("tabStrip"));
    strip->setAttribute(Qt::WA_StyledBackground);
    strip->setFixedHeight(kTabStripHeight);
    auto *row = new QHBoxLayout(strip);
    row->setContentsMargins(0, 0, 12, 0);
    row->setSpacing(11);
    row->addWidget(m_tabs, 1);
    row->addWidget(m_faces);
    row->addWidget(m_share);
    m_welcome = makeWelcome();
    m_pages->addWidget(m_welcome);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip);
    column->addWidget(m_pages, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &MainWindow::onCurrentChanged);
    connect(m_share, &QPushButton::clicked, this, &MainWindow::shareCurrent);
    return centre;
}

QWidget *MainWindow::makeWelcome()
{
    auto *welcome = new QWidget(this);
    welcome->setObjectName(QStringLiteral("welcome"));
    welcome->setAttribute(Qt::WA_StyledBackground);
    auto *title = new QLabel(tr("Write together"), welcome);
    title->setObjectName(QStringLiteral("welcomeTitle"));
    auto *hint = new QLabel(tr("Begin a document and share it, or open one with a link."), welcome);
    hint->setObjectName(QStringLiteral("welcomeHint"));
    auto *begin = new QPushButton(tr("New document"), welcome);
    begin->setObjectName(QStringLiteral("welcomeNew"));
    begin->setProperty("primary", true);
    auto *open = new QPushButton(tr("Open shared document…"), welcome);
    open->setObjectName(QStringLiteral("welcomeJoin"));
    auto *sample = new QPushButton(tr("Look at a sample"), welcome);
    sample->setObjectName(QStringLiteral("welcomeSample"));
    connect(begin, &QPushButton::clicked, this, &MainWindow::newDocument);
    connect(sample, &QPushButton::clicked, this, &MainWindow::openSample);
    connect(open, &QPushButton::clicked, this, &MainWindow::chooseAddress);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(begin);
    buttons->addWidget(open);
    buttons->addWidget(sample);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(welcome);
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(title, 0, Qt::AlignHCenter);
    column->addWidget(hint, 0, Qt::AlignHCenter);
    column->addLayout(buttons);
    column->addStretch(3);
    return welcome;
}

// ---------------------------------------------------------------- documents and tabs

DocumentView *MainWindow::currentView() const
{
    const int index = m_tabs->currentIndex();
    return index >= 0 && index < m_views.size() ? m_views.at(index) : nullptr;
}

void MainWindow::showReplica(session::Replica *replica)
{
    for (qsizetype i = 0; i < m_views.size(); ++i) {
        if (&m_views.at(i)->replica() == replica) {
            m_profile.close(replica); // that open is one too many
            m_tabs->setCurrentIndex(static_cast<int>(i));
            return;
        }
    }
    DocumentView *view = addView(*replica);
    m_tabs->setCurrentIndex(static_cast<int>(m_views.size()) - 1);
    view->editor().setFocus();
}

DocumentView *MainWindow::addView(session::Replica &replica)
{
    auto *view = new DocumentView(replica, m_clock, m_theme, m_pages);
    m_editorActions->applyLook(view->editor());
    m_spelling->attach(*view);
    m_views.append(view);
    m_pages->addWidget(view);
    connect(view, &DocumentView::statusChanged, this, [this, view] {
        if (view == currentView()) {
            updateStatus();
        }
    });
    connect(view, &DocumentView::peopleChanged, this, [this, view] {
        if (view == currentView()) {
            updatePeople();
        }
    });
    connect(&replica.chat(), &session::Chat::messageAdded, view,
            [this, view](const session::Message &message) { onMessage(*view, message); });
    connect(&replica.comments(), &session::Comments::messageAdded, view,
            [this, view](const session::CommentThread &, const session::Message &message) {
                onMessage(*view, message);
            });
    connect(view, &DocumentView::placeChanged, this, &MainWindow::noteState);
    connect(view, &DocumentView::pastChanged, this, &MainWindow::updateActions);
    connect(view, &DocumentView::replacementRequested, this,
            [this, view] { openReplacement(*view); });
    connect(view, &DocumentView::publishRequested, this, [this, view] { publishAnew(*view); });
    connect(&view->commentLayer(), &CommentLayer::bubbleClicked, this,
            [this](const QString &thread) {
                showComments();
                m_sidePane->comments().choose(thread);
            });
    connect(&view->editor(), &Editor::undoAvailabilityChanged, this, &MainWindow::updateActions);
    connect(&view->editor(), &QPlainTextEdit::copyAvailable, this, &MainWindow::updateActions);
    connect(&replica, &session::Replica::titleChanged, view, [this] {
        updateTitles();
        updateActions(); // the language may be another one
    });
    connect(&replica, &session::Replica::linkChanged, view, [this] { updateActions(); });
    connect(&replica, &session::Replica::contentRootChanged, view, [this] { updateActions(); });
    connect(&replica, &session::Replica::loaded, view, [this] { updateActions(); });
    connect(&replica, &session::Replica::fileChanged, view, [this] { updateActions(); });
    if (const auto resumed = m_profile.host().resume(replica); !resumed) {
        view->showNotice(tr("Sharing could not go on, and links that were sent reach nobody. %1")
                             .arg(QString::fromStdString(resumed.error().message)),
                         Tone::Bad);
    }
    m_tabs->addTab(QString());
    updateTitles();
    return view;
}

void MainWindow::closeTab(int index)
{
    if (index < 0 || index >= m_views.size()) {
        return;
    }
    DocumentView *view = m_views.takeAt(index);
    session::Replica *replica = &view->replica();
    m_sidePane->setView(nullptr);
    m_pages->removeWidget(view);
    delete view;
    m_tabs->removeTab(index);
    m_profile.close(replica);
    onCurrentChanged();
}

void MainWindow::onCurrentChanged()
{
    DocumentView *view = currentView();
    m_pages->setCurrentWidget(view != nullptr ? static_cast<QWidget *>(view) : m_welcome);
    m_sidePane->setView(view);
    m_sidebar->setCurrent(view != nullptr ? std::optional(view->replica().id()) : std::nullopt);
    m_popover->close();
    m_tabs->setVisible(view != nullptr);
    m_share->setVisible(view != nullptr);
    updatePeople();
    updateStatus();
    updateActions();
    updateTitles();
    noteState();
    if (view != nullptr && isActiveWindow()) {
        view->setFocus();
    }
}

bool MainWindow::focusNextPrevChild(bool next)
{
    // Documents and panes come and go; Qt would keep the order in which they came.
    return moveFocus(*this, next ? FocusStep::Next : FocusStep::Previous);
}

void MainWindow::updateTitles()
{
    for (qsizetype i = 0; i < m_views.size(); ++i) {
        const QString title = m_views.at(i)->replica().title();
        QString shortened = m_tabs->fontMetrics().elidedText(title, Qt::ElideRight, kMaxTabTitle);
        // An ampersand would underline the letter after it.
        m_tabs->setTabText(static_cast<int>(i),
                           shortened.replace(QLatin1Char('&'), QLatin1String("&&")));
        m_tabs->setTabToolTip(static_cast<int>(i), title);
    }
    const DocumentView *view = currentView();
    setWindowTitle(view != nullptr ? tr("%1 – Cowrite").arg(view->replica().title())
                                   : tr("Cowrite"));
}

void MainWindow::updateStatus()
{
    const DocumentView *view = currentView();
    if (view == nullptr) {
        m_status->clear();
        return;
    }
    const session::Replica &replica = view->replica();
    m_status->setSaved(savedSentence(savedState(replica)));
    m_status->setPeople(peopleSentence(replica));
    m_status->setConnection(connectionSentence(replica));
    const Editor &editor = view->shownEditor();
    const std::uint32_t head = editor.selection().head;
    m_status->setPosition(editor.lineOf(head), editor.columnOf(head));
    m_status->setLanguage(view->languageName());
}

void MainWindow::onMessage(const DocumentView &view, const session::Message &message)
{
    const bool isBeforeTheirEyes = isActiveWindow() && !isMinimized() && &view == currentView();
    if (!isBeforeTheirEyes && session::mentions(message, m_profile.identity()) &&
        m_settings.get(Settings::kNotifyMentions) && !m_settings.get(Settings::kDoNotDisturb)) {
        Q_EMIT mentioned(view.replica().id(),
                         tr("%1 in “%2”").arg(message.name, view.replica().title()), message.text);
    }
}

void MainWindow::showProblem(const QString &sentence)
{
    if (DocumentView *view = currentView()) {
        view->showNotice(sentence, Tone::Bad);
        return;
    }
    auto *hint = m_welcome->findChild<QLabel *>(QStringLiteral("welcomeHint"));
    hint->setText(sentence);
}

} // namespace cowrite::ui
