// The part of MainWindow that leaves it as it was to the next start, also after a crash.
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/panes/side_pane.h"
#include "ui/panes/sidebar.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QEvent>
#include <QSplitter>
#include <QTabBar>

#include <utility>

namespace cowrite::ui {

namespace {

constexpr QSize kFirstSize(1280, 800);
/// What changes all the time, as the caret does, is stored this often at most.
constexpr std::chrono::seconds kStoreTime{1};

} // namespace

void MainWindow::restoreWindow()
{
    m_storeState.setSingleShot(true);
    m_storeState.setInterval(kStoreTime);
    connect(&m_storeState, &QTimer::timeout, this, [this] { m_stateFile.write(currentState()); });
    connect(m_splitter, &QSplitter::splitterMoved, this, &MainWindow::noteState);
    connect(m_sidePane, &SidePane::currentTabChanged, this, &MainWindow::noteState);
    m_left = m_stateFile.read();
    m_showSidebar->setChecked(m_left.isSidebarShown);
    m_showSidePane->setChecked(m_left.isSidePaneShown);
    m_sidePane->setCurrentTab(m_left.sideTab);
    resize(kFirstSize);
    restoreGeometry(m_left.geometry);
    m_splitter->restoreState(m_left.panes);
}

void MainWindow::restoreDocuments()
{
    const WindowState left = std::exchange(m_left, {});
    const WindowState::Tab *current = left.currentTab >= 0 && left.currentTab < left.tabs.size()
                                          ? &left.tabs[left.currentTab]
                                          : nullptr;
    DocumentView *inFront = nullptr;
    for (const WindowState::Tab &tab : left.tabs) {
        const auto replica = m_profile.open(tab.id);
        if (!replica) {
            continue; // one that was removed meanwhile is no reason to complain
        }
        DocumentView *view = addView(**replica);
        view->setPreviewVisible(tab.hasPreview);
        if (tab.place) {
            view->goTo(*tab.place);
        }
        if (&tab == current) {
            inFront = view;
        }
    }
    if (inFront != nullptr) {
        m_tabs->setCurrentIndex(static_cast<int>(m_views.indexOf(inFront)));
        inFront->editor().setFocus();
    }
    onCurrentChanged();
}

WindowState MainWindow::currentState() const
{
    WindowState state;
    state.geometry = saveGeometry();
    state.panes = m_splitter->saveState();
    state.isSidebarShown = m_showSidebar->isChecked();
    state.isSidePaneShown = m_showSidePane->isChecked();
    state.sideTab = m_sidePane->currentTab();
    for (const DocumentView *view : m_views) {
        state.tabs.append({view->replica().id(), view->place(), view->isPreviewVisible()});
    }
    state.currentTab = m_tabs->currentIndex();
    return state;
}

void MainWindow::noteState()
{
    if (m_closing != Closing::Leaving && m_closing != Closing::Done && !m_storeState.isActive()) {
        m_storeState.start();
    }
}

bool MainWindow::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange:
        noteState();
        break;
    default:
        break;
    }
    return QMainWindow::event(event);
}

} // namespace cowrite::ui
