// Starting the real program once, twice, and after a crash.
#include "tests/gui/app_window.h"
#include "tests/gui/display.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using cowrite::guitest::AppWindow;

namespace {

constexpr int kPatience = 60'000;
const QString kProgram = QStringLiteral(COWRITE_PROGRAM);
const QString kUntitled = QStringLiteral("Cowrite");

/// A profile of somebody who has told their name, and a file.
struct Home {
    QTemporaryDir folder;

    [[nodiscard]] QStringList arguments(const QStringList &rest = {}) const
    {
        return QStringList{QStringLiteral("--profile"),
                           folder.filePath(QStringLiteral("profile"))} +
               rest;
    }

    bool start(AppWindow &window) const
    {
        return window.start(kProgram, arguments({QStringLiteral("--name"), QStringLiteral("Blue")}),
                            QPoint(0, 0));
    }

    [[nodiscard]] QString file(const QString &name) const
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write("text\n") > 0 ? file.fileName()
                                                                           : QString();
    }

    /// Another start in `folder`; its exit code.
    [[nodiscard]] int startAgain(const QStringList &rest) const
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.setWorkingDirectory(folder.path());
        process.start(kProgram, arguments(rest));
        if (!process.waitForFinished(kPatience) || process.exitStatus() != QProcess::NormalExit) {
            process.kill();
            process.waitForFinished();
            return -1;
        }
        return process.exitCode();
    }
};

} // namespace

class StartingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecondStartOpensItsFilesInTheFirstWindow()
    {
        const Home home;
        AppWindow window;
        QVERIFY(home.start(window));
        QCOMPARE(window.title(), kUntitled);
        window.minimize();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isActive(), kPatience);
        QVERIFY(!home.file(QStringLiteral("plan.md")).isEmpty());
        // Relative to where the second one was started.
        QCOMPARE(home.startAgain({QStringLiteral("plan.md")}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(window.title(), QStringLiteral("plan.md – Cowrite"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(window.isActive(), kPatience);
        QVERIFY(window.end());
    }

    void afterACrashTheNextStartIsAFirstOne()
    {
        const Home home;
        AppWindow crashed;
        QVERIFY(home.start(crashed));
        QCOMPARE(home.startAgain({home.file(QStringLiteral("first.md"))}), 0);
        QFile state(home.folder.filePath(QStringLiteral("profile/window.json")));
        QTRY_VERIFY_WITH_TIMEOUT((state.close(), state.open(QIODevice::ReadOnly)) &&
                                     state.readAll().contains("document"),
                                 kPatience);
        crashed.kill();
        AppWindow window;
        QVERIFY(home.start(window));
        QTRY_COMPARE_WITH_TIMEOUT(window.title(), QStringLiteral("first.md – Cowrite"), kPatience);
        const QString file = home.file(QStringLiteral("plan.md"));
        QCOMPARE(home.startAgain({file}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(window.title(), QStringLiteral("plan.md – Cowrite"), kPatience);
        QVERIFY(window.end());
    }

    void withoutAWindowAProfileInUseIsRefused()
    {
        const Home home;
        AppWindow window;
        QVERIFY(home.start(window));
        QCOMPARE(home.startAgain({QStringLiteral("--headless")}), 1);
        QCOMPARE(window.title(), kUntitled);
        QVERIFY(window.end());
    }
};

int main(int argc, char **argv)
{
    cowrite::guitest::Display display;
    qputenv("QT_QPA_PLATFORM", "xcb");
    if (const QString problem = display.start(1300, 860); !problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    const QApplication application(argc, argv);
    StartingTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "starting_test.moc"
