#include "tests/gui/app_window.h"

#include "tests/gui/display.h"

#include <QApplication>
#include <QClipboard>
#include <QScreen>
#include <QTest>

#include <cstdlib>

namespace cowrite::guitest {

namespace {

constexpr int kPatience = 60'000;
constexpr QPoint kInTheEditor(600, 400);

QString number(int value)
{
    return QString::number(value);
}

bool isNearly(const QColor &a, const QColor &b)
{
    return std::abs(a.red() - b.red()) <= 2 && std::abs(a.green() - b.green()) <= 2 &&
           std::abs(a.blue() - b.blue()) <= 2;
}

} // namespace

AppWindow::~AppWindow()
{
    end();
}

bool AppWindow::start(const QString &program, const QStringList &arguments, const QPoint &place)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(kPatience)) {
        return false;
    }
    const auto find = [this] {
        m_window = xdotool({QStringLiteral("search"), QStringLiteral("--all"),
                            QStringLiteral("--onlyvisible"), QStringLiteral("--pid"),
                            QString::number(m_process.processId()), QStringLiteral("--name"),
                            QStringLiteral("Cowrite$")});
        return !m_window.isEmpty();
    };
    if (!QTest::qWaitFor(find, kPatience)) {
        return false;
    }
    m_window = m_window.section(QLatin1Char('\n'), 0, 0);
    xdotool({QStringLiteral("windowmove"), QStringLiteral("--sync"), m_window, number(place.x()),
             number(place.y())});
    return true;
}

QString AppWindow::printedLine()
{
    // This process may be the one that it talks to.
    if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, kPatience)) {
        return {};
    }
    return QString::fromUtf8(m_process.readLine()).trimmed();
}

bool AppWindow::end()
{
    if (m_process.state() == QProcess::NotRunning) {
        return false;
    }
    m_process.terminate();
    return waitForEnd();
}

bool AppWindow::waitForEnd()
{
    // It may have ended in the meantime, which counts as well.
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(kPatience)) {
        m_process.kill();
        m_process.waitForFinished();
        return false;
    }
    return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
}

void AppWindow::kill()
{
    m_process.kill();
    m_process.waitForFinished(kPatience);
}

void AppWindow::minimize()
{
    xdotool({QStringLiteral("windowminimize"), QStringLiteral("--sync"), m_window});
}

bool AppWindow::isActive() const
{
    return xdotool({QStringLiteral("getactivewindow")}) == m_window;
}

QString AppWindow::title() const
{
    return xdotool({QStringLiteral("getwindowname"), m_window});
}

void AppWindow::activate()
{
    xdotool({QStringLiteral("windowactivate"), QStringLiteral("--sync"), m_window});
}

void AppWindow::click(const QPoint &point)
{
    activate();
    xdotool({QStringLiteral("mousemove"), QStringLiteral("--window"), m_window, number(point.x()),
             number(point.y()), QStringLiteral("click"), QStringLiteral("1")});
}

void AppWindow::type(const QString &line)
{
    xdotool({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("8"),
             QStringLiteral("--"), line});
}

void AppWindow::key(const QString &keys)
{
    xdotool(QStringList{QStringLiteral("key"), QStringLiteral("--delay"), QStringLiteral("8")} +
            keys.split(QLatin1Char(' ')));
}

QString AppWindow::text()
{
    QClipboard *clipboard = QApplication::clipboard();
    const QString nothing = QStringLiteral("(nothing was copied)");
    clipboard->setText(nothing);
    click(kInTheEditor);
    key(QStringLiteral("ctrl+a ctrl+c ctrl+End"));
    QString copied;
    // An empty document copies nothing. While the owner changes, there is no text at all.
    const bool came = QTest::qWaitFor(
        [&] {
            copied = clipboard->text();
            return copied != nothing && !copied.isEmpty();
        },
        3'000);
    return came ? copied : QString();
}

QImage AppWindow::picture() const
{
    return QApplication::primaryScreen()->grabWindow(m_window.toULongLong()).toImage();
}

int AppWindow::pixels(const QColor &color, const QRect &part) const
{
    const QImage image = picture();
    const QRect area = part.intersected(image.rect());
    int count = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            count += isNearly(image.pixelColor(x, y), color) ? 1 : 0;
        }
    }
    return count;
}

} // namespace cowrite::guitest
