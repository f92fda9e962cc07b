#include "app/desktop/instance.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <sys/stat.h>

using namespace cowrite::desktop;
using namespace std::chrono_literals;

namespace {

using Answer = Instance::Answer;

constexpr auto kPatience = 30s;
const Start kStart{QStringLiteral("/here"),
                   {QStringLiteral("cowrite"), QStringLiteral("ä file.md")},
                   QStringLiteral("token")};

/// A later start, as it would be in a process of its own.
Answer handOverFromElsewhere(const QString &directory)
{
    Answer answer = Answer::Nobody;
    bool isDone = false;
    std::thread other([&] {
        const Answer got = Instance::handOver(directory, kStart, kPatience);
        QMetaObject::invokeMethod(qApp, [&, got] {
            answer = got;
            isDone = true;
        });
    });
    const bool came =
        QTest::qWaitFor([&] { return isDone; }, std::chrono::milliseconds(kPatience).count());
    other.join();
    return came ? answer : Answer::Nobody;
}

} // namespace

class InstanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLaterStartIsToldToTheFirst()
    {
        const QTemporaryDir folder;
        QList<Start> starts;
        const Instance first(folder.path(), [&](const Start &start) {
            starts.append(start);
            return true;
        });
        QCOMPARE(handOverFromElsewhere(folder.path()), Answer::Taken);
        QCOMPARE(starts.size(), 1);
        QCOMPARE(starts.first().folder, kStart.folder);
        QCOMPARE(starts.first().arguments, kStart.arguments);
        QCOMPARE(starts.first().activationToken, kStart.activationToken);
    }

    void oneThatIsAboutToEndTakesNothing()
    {
        const QTemporaryDir folder;
        const Instance first(folder.path(), [](const Start &) { return false; });
        QCOMPARE(handOverFromElsewhere(folder.path()), Answer::Ending);
    }

    void withoutAnotherThereIsNobody()
    {
        const QTemporaryDir folder;
        QCOMPARE(Instance::handOver(folder.path(), kStart, kPatience), Answer::Nobody);
    }

    void anotherProfileIsAnotherInstance()
    {
        const QTemporaryDir mine;
        const QTemporaryDir other;
        const Instance first(mine.path(), [](const Start &) { return true; });
        QCOMPARE(handOverFromElsewhere(other.path()), Answer::Nobody);
    }

    void aSocketThatACrashLeftBehindIsNobodys()
    {
        const QTemporaryDir folder;
        const QString socket = folder.filePath(QStringLiteral("socket"));
        {
            // Its place is kept when whoever listened is gone.
            QTemporaryDir elsewhere;
            QLocalServer crashed;
            QVERIFY(crashed.listen(elsewhere.filePath(QStringLiteral("socket"))));
            QVERIFY(QFile::rename(crashed.fullServerName(), socket));
        }
        QVERIFY(QFile::exists(socket));
        QCOMPARE(Instance::handOver(folder.path(), kStart, kPatience), Answer::Nobody);
        const Instance first(folder.path(), [](const Start &) { return true; });
        QCOMPARE(handOverFromElsewhere(folder.path()), Answer::Taken);
    }

    void aFolderWithALongNameIsAsGood()
    {
        const QTemporaryDir folder;
        const QTemporaryDir runtime;
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
        const QString deep = folder.filePath(QString(120, u'x'));
        QVERIFY(QDir().mkpath(deep));
        const Instance first(deep, [](const Start &) { return true; });
        QCOMPARE(handOverFromElsewhere(deep), Answer::Taken);
    }

    void onlyThisUserReachesIt()
    {
        const QTemporaryDir folder;
        const Instance first(folder.path(), [](const Start &) { return true; });
        struct stat status {};
        const QString socket = folder.filePath(QStringLiteral("socket"));
        QCOMPARE(::stat(QFile::encodeName(socket).constData(), &status), 0);
        QCOMPARE(status.st_mode & 0077U, 0U);
    }

    void whoSendsNonsenseIsCutOff_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("no JSON") << QByteArray("hello\n");
        QTest::newRow("no arguments") << QByteArray("{\"folder\":\"/\"}\n");
        QTest::newRow("without an end") << QByteArray(2 << 20, 'x');
    }

    void whoSendsNonsenseIsCutOff()
    {
        QFETCH(QByteArray, sent);
        const QTemporaryDir folder;
        bool wasTaken = false;
        const Instance first(folder.path(), [&](const Start &) { return wasTaken = true; });
        QLocalSocket socket;
        socket.connectToServer(folder.filePath(QStringLiteral("socket")));
        QVERIFY(socket.waitForConnected());
        socket.write(sent);
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState,
                                  std::chrono::milliseconds(kPatience).count());
        QVERIFY(!wasTaken);
        QCOMPARE(handOverFromElsewhere(folder.path()), Answer::Taken);
    }
};

QTEST_GUILESS_MAIN(InstanceTest)
#include "instance_test.moc"
