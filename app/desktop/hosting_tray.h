#pragma once

#include <QObject>
#include <QSystemTrayIcon>

#include <memory>

class QMenu;

namespace cowrite::session {
class Host;
}

namespace cowrite::ui {
class MainWindow;
}

namespace cowrite::desktop {

/// An icon in the desktop's tray while documents are shared from here, as a reminder that others
/// lose them when the program ends. There is none at other times, nor where there is no tray.
class HostingTray : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    HostingTray(session::Host &host, ui::MainWindow &window);
    ~HostingTray() override;

private:
    void update();
    void show();

    session::Host &m_host;
    ui::MainWindow &m_window;
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon;
};

} // namespace cowrite::desktop
