#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <cstdio>
#include <map>

using namespace cowrite;
using namespace cowrite::session;

namespace {

constexpr int kPatience = 60'000;
/// A child looks at its file twice a second; it is killed before it does, or after a few times.
constexpr std::uint64_t kLongestLife = 1'600; // milliseconds
int g_kills = 20;

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("the file is gone");
    }
    return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

/// As another program would that replaces a file as a whole.
void write(const QString &path, const QStringList &lines)
{
    QFile file(path + QStringLiteral(".new"));
    const QByteArray bytes = lines.join(QLatin1Char('\n')).toUtf8() + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("the file cannot be written");
    }
    file.close();
    if (std::rename(qPrintable(file.fileName()), qPrintable(path)) != 0) {
        qFatal("the file cannot be replaced");
    }
}

/// Opens the document that is in step with the file, and calls `ready` when it is loaded.
void openKept(Profile &profile, const QString &path, const std::function<void(Replica *)> &ready)
{
    profile.importFile(path, [path, ready](const Result<Replica *> &opened) {
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        Replica *const replica = *opened;
        const auto start = [replica, path, ready] {
            if (!replica->isFileKept()) {
                (void)replica->keepFile(path, ExistingText::Merge);
            }
            ready(replica);
        };
        if (replica->isLoaded()) {
            start();
        } else {
            QObject::connect(replica, &Replica::loaded, replica, start);
        }
    });
}

/// The child: writes lines that are nowhere else, in front and at the end, and prints the number of
/// the last one that is saved.
int typeForEver(const QString &folder, const QString &path, int round)
{
    const SystemClock clock;
    SystemRng rng;
    const auto opened = Profile::open(folder, clock, rng);
    if (!opened) {
        qFatal("%s", opened.error().message.c_str());
    }
    QTimer timer;
    int typed = 0;
    openKept(**opened, path, [&](Replica *replica) {
        QObject::connect(replica, &Replica::editsChanged, replica, [replica, &typed] {
            if (replica->edits().unsaved == 0) {
                std::printf("%d\n", typed);
                std::fflush(stdout);
            }
        });
        QObject::connect(&timer, &QTimer::timeout, replica, [replica, round, &typed] {
            const std::u16string line =
                QStringLiteral("ours %1.%2\n").arg(round).arg(++typed).toStdU16String();
            const std::uint32_t at = typed % 2 == 0 ? 0 : replica->content().length();
            (void)replica->content().insert(at, line);
        });
        timer.start(std::chrono::milliseconds(20));
    });
    return QCoreApplication::exec();
}

class FileKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingOfEitherSideIsLostOrDoubled();

private:
    void runAndKill(int round);
    /// What another program does while ours is not running: a line more somewhere.
    void writeAsAnotherProgram(int round);

    SystemRng m_rng;
    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(QStringLiteral("notes.txt"));
    QString m_profile = m_folder.filePath(QStringLiteral("profile"));
    QStringList m_expected;
};

} // namespace

void FileKillTest::nothingOfEitherSideIsLostOrDoubled()
{
    m_expected = {QStringLiteral("begin")};
    write(m_path, m_expected);
    for (int round = 1; round <= g_kills; ++round) {
        runAndKill(round);
        writeAsAnotherProgram(round);
    }
    const SystemClock clock;
    const auto profile = Profile::open(m_profile, clock, m_rng);
    QVERIFY(profile.has_value());
    Replica *replica = nullptr;
    openKept(**profile, m_path, [&](Replica *opened) { replica = opened; });
    const QString last = QStringLiteral("theirs %1").arg(g_kills);
    const auto areInStep = [&] {
        const QString text = replica == nullptr
                                 ? QString()
                                 : QString::fromStdU16String(replica->content().toString());
        return text.contains(last) &&
               text.split(QLatin1Char('\n'), Qt::SkipEmptyParts) == linesOf(m_path);
    };
    QTRY_VERIFY_WITH_TIMEOUT(areInStep(), kPatience);
    QCOMPARE((*profile)->documents().size(), 1);
    std::map<QString, int> counts;
    for (const QString &line : linesOf(m_path)) {
        QVERIFY2(++counts[line] == 1, qPrintable(line + QStringLiteral(" is there twice")));
    }
    for (const QString &line : std::as_const(m_expected)) {
        QVERIFY2(counts.count(line) == 1, qPrintable(line + QStringLiteral(" is lost")));
    }
    qInfo("%d kills, %lld lines kept", g_kills, static_cast<long long>(m_expected.size()));
}

void FileKillTest::runAndKill(int round)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--type"), m_profile, m_path, QString::number(round)});
    QVERIFY(child.waitForStarted());
    QThread::msleep(static_cast<unsigned long>(m_rng.below(kLongestLife)));
    child.kill();
    QVERIFY(child.waitForFinished());
    int saved = 0;
    while (child.canReadLine()) {
        saved = child.readLine().trimmed().toInt();
    }
    for (int i = 1; i <= saved; ++i) {
        m_expected.append(QStringLiteral("ours %1.%2").arg(round).arg(i));
    }
}

void FileKillTest::writeAsAnotherProgram(int round)
{
    QStringList lines = linesOf(m_path);
    const QString line = QStringLiteral("theirs %1").arg(round);
    lines.insert(static_cast<qsizetype>(m_rng.below(static_cast<std::uint64_t>(lines.size()) + 1)),
                 line);
    write(m_path, lines);
    m_expected.append(line);
}

/// `--kills NUMBER`, and for the child `--type PROFILE FILE ROUND`.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--type")) {
        return typeForEver(arguments.value(2), arguments.value(3), arguments.value(4).toInt());
    }
    if (arguments.value(1) == QLatin1String("--kills")) {
        g_kills = arguments.value(2).toInt();
        argc = 1;
    }
    FileKillTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "file_kill_test.moc"
