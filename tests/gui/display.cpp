#include "tests/gui/display.h"

#include <QDeadlineTimer>
#include <QThread>

namespace cowrite::guitest {

namespace {

constexpr int kStartTime = 30'000;

void end(QProcess &process)
{
    if (process.state() != QProcess::NotRunning) {
        process.terminate();
        if (!process.waitForFinished(5'000)) {
            process.kill();
            process.waitForFinished();
        }
    }
}

} // namespace

Display::~Display()
{
    end(m_windowManager);
    end(m_server);
}

QString Display::start(int width, int height)
{
    m_server.setStandardErrorFile(QProcess::nullDevice());
    // It picks a free number and says which.
    m_server.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                    QStringLiteral("0"), QStringLiteral("%1x%2x24").arg(width).arg(height),
                    QStringLiteral("-dpi"), QStringLiteral("96"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp")});
    if (!m_server.waitForStarted(kStartTime)) {
        return QStringLiteral("Xvfb is missing; ./dev setup installs it");
    }
    while (!m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(kStartTime)) {
            return QStringLiteral("Xvfb does not start");
        }
    }
    const QByteArray number = m_server.readLine().trimmed();
    qputenv("DISPLAY", ":" + number);
    m_windowManager.setStandardErrorFile(QProcess::nullDevice());
    m_windowManager.start(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
    if (!m_windowManager.waitForStarted(kStartTime)) {
        return QStringLiteral("openbox is missing; ./dev setup installs it");
    }
    const QDeadlineTimer deadline(kStartTime);
    // Answered only once the window manager manages.
    while (xdotool({QStringLiteral("get_desktop")}).isEmpty()) {
        if (deadline.hasExpired()) {
            return QStringLiteral("xdotool gets no answer from the window manager");
        }
        QThread::yieldCurrentThread();
    }
    return {};
}

QString xdotool(const QStringList &arguments)
{
    QProcess process;
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QStringLiteral("xdotool"), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        return {};
    }
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace cowrite::guitest
