#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace cowrite::guitest {

/// A display without a screen, with a window manager on it, for the life of the object. Must be
/// started before the QApplication that uses it.
class Display {
public:
    ~Display();

    /// Sets DISPLAY for this process and its children. Empty, or what is missing.
    QString start(int width, int height);

private:
    QProcess m_server;
    QProcess m_windowManager;
};

/// Runs xdotool and returns what it prints; nothing if it fails.
QString xdotool(const QStringList &arguments);

} // namespace cowrite::guitest
