// What two people do who have never seen the program: with empty profiles, no server, real key
// presses, and nothing but the screen, the clipboard and their disks to judge by.
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/document/chat.h"
#include "libsync/session/document/comments.h"
#include "libsync/session/profile/profile.h"
#include "tests/gui/app_window.h"
#include "tests/gui/display.h"
#include "ui/look/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace cowrite;
using guitest::AppWindow;
using guitest::xdotool;

namespace {

constexpr int kPatience = 30'000;
/// The first and the third of the colours that one may choose.
const QColor kBlue(0x2F6FDE);
const QColor kGreen(0x2A873C);
constexpr QRect kEditorPart(270, 72, 700, 690);
constexpr QRect kChatPart(985, 75, 40, 600);
constexpr QRect kBannerPart(500, 74, 200, 4);
constexpr QPoint kChatInput(1100, 746);
constexpr QPoint kShareButton(934, 50);
constexpr QPoint kInTheEditor(600, 600);
/// An empty place, to give the window the keys.
constexpr QPoint kMenuBar(700, 15);

/// A program of this profile, by a person who knows its window.
struct Desk {
    QTemporaryDir home;
    AppWindow window;

    bool start(int x)
    {
        return window.start(QStringLiteral(COWRITE_PROGRAM),
                            {QStringLiteral("--profile"), profile()}, QPoint(x, 0));
    }

    [[nodiscard]] QString profile() const { return home.filePath(QStringLiteral("profile")); }

    /// The command of this name, out of the list of all; the caret is where it was.
    void command(const QString &name)
    {
        window.click(kMenuBar);
        window.key(QStringLiteral("ctrl+shift+p"));
        window.type(name);
        window.key(QStringLiteral("Return"));
    }

    void introduce(const QString &name, int color)
    {
        QVERIFY(waitForActive(QStringLiteral("Your name and colour")));
        window.key(QStringLiteral("ctrl+a"));
        window.type(name);
        window.key(QStringLiteral("Tab") + QStringLiteral(" Left").repeated(12) +
                   QStringLiteral(" Right").repeated(color));
        window.key(QStringLiteral("Return"));
        QVERIFY(waitForActive(
            [](const QString &title) { return title.endsWith(QLatin1String("Cowrite")); }));
    }

    static QString activeTitle()
    {
        return xdotool({QStringLiteral("getactivewindow"), QStringLiteral("getwindowname")});
    }

    /// Waits until a window has the keys whose title is like this.
    template <class Wanted>
    static bool waitForActive(Wanted wanted)
    {
        return QTest::qWaitFor([&] { return wanted(activeTitle()); }, kPatience);
    }
    static bool waitForActive(const QString &title)
    {
        return waitForActive([&](const QString &active) { return active == title; });
    }
};

bool waitForText(AppWindow &window, const QString &wanted)
{
    QString text;
    const bool came = QTest::qWaitFor(
        [&] {
            text = window.text();
            return text == wanted;
        },
        kPatience);
    if (!came) {
        qWarning("the window still shows:\n%s", qPrintable(text));
    }
    return came;
}

/// What is in a profile whose program has ended.
struct Stored {
    QString text;
    QStringList messages;
    QStringList comments;

    explicit Stored(const QString &directory)
    {
        const SystemClock clock;
        SystemRng rng;
        const auto profile = session::Profile::open(directory, clock, rng);
        QVERIFY2(profile, profile ? "" : profile.error().message.c_str());
        QCOMPARE((*profile)->documents().size(), 1);
        const auto replica = (*profile)->open((*profile)->documents().first().id);
        QVERIFY(replica);
        QTRY_VERIFY_WITH_TIMEOUT((*replica)->isLoaded(), kPatience);
        text = QString::fromStdU16String((*replica)->content().toString());
        for (const session::Message &message : (*replica)->chat().messages()) {
            messages.append(message.name + QLatin1String(": ") + message.text);
        }
        for (const session::CommentThread &thread : (*replica)->comments().threads()) {
            comments.append(thread.quote + QLatin1String(": ") + thread.messages.first().text);
        }
        (*profile)->close(*replica);
    }
};

void keep(const AppWindow &window, const QString &name)
{
    QDir().mkpath(QStringLiteral(COWRITE_ARTEFACTS));
    window.picture().save(QStringLiteral(COWRITE_ARTEFACTS "/newcomer-%1.png").arg(name));
}

} // namespace

class NewcomerPathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fromTheFirstStartToTheSecond()
    {
        // First start: a name and a colour, nothing else.
        QVERIFY(blue.start(0));
        blue.introduce(QStringLiteral("Blue"), 0);
        keep(blue.window, QStringLiteral("welcome"));

        // Write.
        blue.window.key(QStringLiteral("ctrl+n"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.title() != QLatin1String("Cowrite"), kPatience);
        blue.window.click(kInTheEditor);
        blue.window.type(QStringLiteral("We leave from the north landing."));
        QVERIFY(waitForText(blue.window, QStringLiteral("We leave from the north landing.")));

        // Share: one press, and the link is there to send.
        blue.window.click(kShareButton);
        keep(blue.window, QStringLiteral("share"));
        blue.window.key(QStringLiteral("Escape"));
        const QString link = copiedLink(blue);
        QVERIFY2(link.startsWith(QLatin1String("cowrite://")), qPrintable(link));

        // Join by the link that was sent.
        QVERIFY(green.start(1300));
        green.introduce(QStringLiteral("Green"), 2);
        green.window.key(QStringLiteral("ctrl+shift+o"));
        QVERIFY(Desk::waitForActive(QStringLiteral("Open shared document")));
        QApplication::clipboard()->setText(link);
        green.window.key(QStringLiteral("ctrl+v Return"));
        QTRY_VERIFY_WITH_TIMEOUT(green.window.title() != QLatin1String("Cowrite"), kPatience);
        QVERIFY(waitForText(green.window, QStringLiteral("We leave from the north landing.")));

        // Talk.
        green.window.click(kChatInput);
        green.window.type(QStringLiteral("The crane permit came through."));
        green.window.key(QStringLiteral("Return"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.pixels(kGreen, kChatPart) > 200, kPatience);

        // Comment on the first word.
        green.window.click(kInTheEditor);
        green.window.key(QStringLiteral("ctrl+Home ctrl+shift+Right shift+Left ctrl+alt+m"));
        green.window.type(QStringLiteral("All of us?"));
        green.window.key(QStringLiteral("ctrl+Return"));
        keep(green.window, QStringLiteral("comment"));

        // Be offline for a while, and come back.
        green.command(QStringLiteral("Disconnect"));
        const QColor banner = ui::Theme::light().banner;
        QTRY_VERIFY_WITH_TIMEOUT(green.window.pixels(banner, kBannerPart) > 500, kPatience);
        green.window.click(kInTheEditor);
        green.window.key(QStringLiteral("ctrl+End Return"));
        green.window.type(QStringLiteral("Offline."));
        blue.window.click(kInTheEditor);
        blue.window.key(QStringLiteral("ctrl+Home"));
        blue.window.type(QStringLiteral("Plan: "));
        keep(green.window, QStringLiteral("offline"));
        green.command(QStringLiteral("Connect now"));
        const QString both = QStringLiteral("Plan: We leave from the north landing.\nOffline.");
        QVERIFY(waitForText(blue.window, both));
        QVERIFY(waitForText(green.window, both));

        // Look back, and return to now.
        blue.command(QStringLiteral("History"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.pixels(kBlue, kHistoryPart) > 200, kPatience);
        blue.window.click(kFirstEntry);
        const QColor past = ui::Theme::light().goodBanner;
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.pixels(past, kBannerPart) > 500, kPatience);
        keep(blue.window, QStringLiteral("history"));
        blue.window.click(kBannerAction);
        QTRY_VERIFY_WITH_TIMEOUT(blue.window.pixels(past, kBannerPart) == 0, kPatience);

        // Take a copy along as a file.
        const QString copy = blue.home.filePath(QStringLiteral("plan.md"));
        blue.command(QStringLiteral("Save a copy as file"));
        QVERIFY(Desk::waitForActive(
            [](const QString &title) { return !title.endsWith(QLatin1String("Cowrite")); }));
        blue.window.key(QStringLiteral("ctrl+a"));
        blue.window.type(copy);
        blue.window.key(QStringLiteral("Return"));
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(copy), both.toUtf8(), kPatience);

        // Quit, and begin again where it ended.
        green.window.click(kInTheEditor);
        green.window.key(QStringLiteral("ctrl+q"));
        QVERIFY(green.window.waitForEnd());
        blue.window.click(kInTheEditor);
        blue.window.key(QStringLiteral("ctrl+q"));
        QVERIFY(blue.window.waitForEnd());
        for (const Desk *desk : {&blue, &green}) {
            const Stored stored(desk->profile());
            QCOMPARE(stored.text, both);
            QCOMPARE(stored.messages,
                     QStringList{QStringLiteral("Green: The crane permit came through.")});
            QCOMPARE(stored.comments, QStringList{QStringLiteral("We: All of us?")});
        }
        QVERIFY(blue.start(0));
        QVERIFY(waitForText(blue.window, both));
        keep(blue.window, QStringLiteral("again"));
        QVERIFY(blue.window.end());
    }

    void cleanup()
    {
        if (QTest::currentTestFailed()) {
            keep(blue.window, QStringLiteral("failed-blue"));
            keep(green.window, QStringLiteral("failed-green"));
        }
    }

private:
    Desk blue;
    Desk green;

    static constexpr QRect kHistoryPart{990, 80, 280, 100};
    static constexpr QPoint kFirstEntry{1100, 104};
    static constexpr QPoint kBannerAction{915, 91};

    static QString copiedLink(Desk &desk)
    {
        QApplication::clipboard()->clear();
        desk.command(QStringLiteral("Copy link"));
        QString link;
        (void)QTest::qWaitFor(
            [&] {
                link = QApplication::clipboard()->text();
                return !link.isEmpty();
            },
            kPatience);
        return link;
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

int main(int argc, char **argv)
{
    guitest::Display display;
    qputenv("QT_QPA_PLATFORM", "xcb");
    if (const QString problem = display.start(2600, 860); !problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    const QApplication application(argc, argv);
    NewcomerPathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "newcomer_path_test.moc"
