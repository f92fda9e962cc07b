#include "app/desktop/hosting_tray.h"

#include "libsync/session/profile/host.h"
#include "ui/look/icons.h"
#include "ui/window/main_window.h"

#include <QMenu>

namespace cowrite::desktop {

HostingTray::HostingTray(session::Host &host, ui::MainWindow &window)
    : m_host(host), m_window(window)
{
    // Later: asking the desktop whether it has a tray takes a moment.
    connect(&host, &session::Host::guestsChanged, this, &HostingTray::update, Qt::QueuedConnection);
}

HostingTray::~HostingTray() = default;

void HostingTray::update()
{
    const int documents = m_host.figures().rooms;
    if (documents == 0 || !QSystemTrayIcon::isSystemTrayAvailable()) {
        m_icon.reset();
        m_menu.reset();
        return;
    }
    if (!m_icon) {
        show();
    }
    m_icon->setToolTip(
        tr("Cowrite shares %Ln document(s) from this computer.", nullptr, documents));
}

void HostingTray::show()
{
    m_menu = std::make_unique<QMenu>();
    connect(m_menu->addAction(tr("Show Cowrite")), &QAction::triggered, &m_window,
            &ui::MainWindow::comeToFront);
    // The icon and this menu go with it: not while the menu is at work.
    connect(
        m_menu->addAction(tr("Stop sharing")), &QAction::triggered, this, [this] { m_host.stop(); },
        Qt::QueuedConnection);
    m_icon = std::make_unique<QSystemTrayIcon>(ui::programIcon());
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, &m_window,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger) {
                    m_window.comeToFront();
                }
            });
    m_icon->show();
}

} // namespace cowrite::desktop
