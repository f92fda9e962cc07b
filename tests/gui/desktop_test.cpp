// The real program on a desktop that says whether it is dark, shows notifications and has a tray:
// all three are ours, on a bus of their own.
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/document/chat.h"
#include "libsync/session/profile/profile.h"
#include "tests/gui/app_window.h"
#include "tests/gui/desktop_services.h"
#include "tests/gui/display.h"
#include "tests/gui/private_bus.h"
#include "ui/look/theme.h"
#include "ui/settings/settings.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <iterator>

using namespace cowrite;
using guitest::AppWindow;

namespace {

constexpr int kPatience = 60'000;
/// Empty places of the menu bar, the list of documents, and the status bar.
constexpr QPoint kChrome[] = {{900, 12}, {100, 600}, {640, 790}};
/// And of the strip of tabs, the text, and the pane beside it.
constexpr QPoint kPage[] = {{700, 50}, {600, 500}, {1150, 400}};

const guitest::PrivateBus *bus = nullptr;

/// The program with a profile and a file that it shares; its link.
struct Host {
    QTemporaryDir folder;
    AppWindow window;

    QString start()
    {
        QFile file(folder.filePath(QStringLiteral("plan.md")));
        if (!file.open(QIODevice::WriteOnly) || file.write("# Plan\n") < 0) {
            return {};
        }
        file.close();
        const bool isThere =
            window.start(QStringLiteral(COWRITE_PROGRAM),
                         {QStringLiteral("--profile"), folder.filePath(QStringLiteral("profile")),
                          QStringLiteral("--name"), QStringLiteral("Blue Lee"),
                          QStringLiteral("--host"), QStringLiteral("127.0.0.1:0"), file.fileName()},
                         QPoint(0, 0));
        return isThere ? window.printedLine() : QString();
    }
};

/// Somebody who joins, without a window.
struct Guest {
    QTemporaryDir home;
    SystemClock clock;
    SystemRng rng;
    std::unique_ptr<session::Profile> profile;
    session::Replica *replica = nullptr;

    bool join(const QString &link)
    {
        profile = *session::Profile::open(home.path(), clock, rng);
        profile->setIdentity(session::newIdentity(QStringLiteral("Green"), rng));
        replica = *profile->join(link);
        return QTest::qWaitFor([this] { return replica->link() == session::LinkState::Online; },
                               kPatience);
    }

    bool say(const QString &text) const
    {
        return replica->chat().send(replica->self(), text).has_value();
    }
};

} // namespace

class DesktopTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWholeWindowFollowsTheDesktopLive()
    {
        guitest::FakePortal portal(bus->connection(QStringLiteral("portal")));
        portal.setColorScheme(1);
        Host blue;
        QVERIFY(!blue.start().isEmpty());
        const ui::Theme light = ui::Theme::light();
        const ui::Theme dark = ui::Theme::dark();
        const auto shows = [&](const ui::Theme &theme) {
            const QImage picture = blue.window.picture();
            const auto isThere = [&](const QColor &color) {
                return [&picture, color](const QPoint &place) {
                    return picture.pixelColor(place) == color;
                };
            };
            return std::all_of(std::begin(kChrome), std::end(kChrome), isThere(theme.chrome)) &&
                   std::all_of(std::begin(kPage), std::end(kPage), isThere(theme.page));
        };
        QTRY_VERIFY_WITH_TIMEOUT(shows(dark), kPatience);
        QVERIFY(blue.window.picture().save(QStringLiteral(COWRITE_ARTEFACTS "/desktop-dark.png")));
        portal.setColorScheme(2);
        QTRY_VERIFY_WITH_TIMEOUT(shows(light), kPatience);
        QVERIFY(blue.window.picture().save(QStringLiteral(COWRITE_ARTEFACTS "/desktop-light.png")));
        portal.setColorScheme(1);
        QTRY_VERIFY_WITH_TIMEOUT(shows(dark), kPatience);
        // Without a preference it is as the palette of the system.
        portal.setColorScheme(0);
        QTRY_VERIFY_WITH_TIMEOUT(shows(light), kPatience);
        QVERIFY(blue.window.end());
    }

    void aMentionIsShownAndAClickBringsTheDocument()
    {
        guitest::FakeNotifications desktop(bus->connection(QStringLiteral("notifications")));
        Host blue;
        const QString link = blue.start();
        Guest green;
        QVERIFY(green.join(link));
        blue.window.minimize();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window.isActive(), kPatience);
        QVERIFY(green.say(QStringLiteral("nobody in particular")));
        QVERIFY(green.say(QStringLiteral("@blue lee, is <b>1 & 2</b> right?")));
        QTRY_COMPARE_WITH_TIMEOUT(desktop.shown().size(), 1, kPatience);
        QCOMPARE(desktop.shown().first().title, QStringLiteral("Green in “plan.md”"));
        // What people write is no markup.
        QCOMPARE(desktop.shown().first().text,
                 QStringLiteral("@blue lee, is &lt;b&gt;1 &amp; 2&lt;/b&gt; right?"));
        desktop.click();
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.isActive(), kPatience);
        QVERIFY(blue.window.end());
    }

    void theTrayHasAnIconOnlyWhileHosting()
    {
        guitest::FakeTray tray(bus->connection(QStringLiteral("tray")));
        AppWindow alone;
        const QTemporaryDir profile;
        QVERIFY(alone.start(QStringLiteral(COWRITE_PROGRAM),
                            {QStringLiteral("--profile"), profile.path(), QStringLiteral("--name"),
                             QStringLiteral("Red")},
                            QPoint(0, 0)));
        Host blue;
        QVERIFY(!blue.start().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(tray.icons(), 1, kPatience);
        QVERIFY(blue.window.end());
        QTRY_COMPARE_WITH_TIMEOUT(tray.icons(), 0, kPatience);
        QVERIFY(alone.end());
    }
};

int main(int argc, char **argv)
{
    guitest::Display display;
    guitest::PrivateBus privateBus;
    qputenv("QT_QPA_PLATFORM", "xcb");
    for (const QString &problem : {display.start(1300, 860), privateBus.start()}) {
        if (!problem.isEmpty()) {
            std::fprintf(stderr, "%s\n", qPrintable(problem));
            return 1;
        }
    }
    bus = &privateBus;
    QDir().mkpath(QStringLiteral(COWRITE_ARTEFACTS));
    const QApplication application(argc, argv);
    DesktopTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "desktop_test.moc"
