#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <map>

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/store/log.h"

using namespace cowrite;
using namespace cowrite::store;

namespace {

/// The bytes of update `seq` of document `id`, so that the reader knows what must be there.
Bytes content(DocumentId id, Seq seq)
{
    Bytes bytes(1 + seq % 50);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(static_cast<Seq>(id) * 31 + seq * 7 + i);
    }
    return bytes;
}

/// The child: appends to two documents for ever and prints `document seq` for what is committed.
/// Updates are appended while earlier ones are being committed, so a kill hits every moment.
int appendForEver(const char *folder)
{
    SystemClock clock;
    LogOptions options;
    options.groupDelay = std::chrono::milliseconds{1};
    auto log = Log::open(folder, clock, options);
    if (!log) {
        std::fprintf(stderr, "%s\n", log.error().message.c_str());
        return 1;
    }
    std::vector<DocumentId> ids;
    for (const std::string key : {"a", "b"}) {
        const std::optional<DocumentInfo> known = (*log)->findByKey(key);
        DocumentInfo info;
        info.key = key;
        ids.push_back(known ? known->id : *(*log)->createDocument(info));
    }
    // No executor: this runs on the writer thread, right after the commit.
    const Subscription subscription = (*log)->committed().connect([](DocumentId id, Seq seq) {
        std::printf("%lld %llu\n", static_cast<long long>(id),
                    static_cast<unsigned long long>(seq));
        std::fflush(stdout);
    });
    SystemRng random;
    while (true) {
        const DocumentId id = ids[random.below(2)];
        const Seq seq = (*log)->append(id, "child", content(id, (*log)->lastSeq(id) + 1));
        if (random.below(40) == 0) {
            (*log)->writeCheckpoint(id, seq, content(id, seq));
        }
        if ((*log)->waitingBytes() > 20'000) {
            static_cast<void>((*log)->flush());
        }
    }
}

} // namespace

class LogProcessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasReportedSurvivesAKill()
    {
        const QTemporaryDir directory;
        SystemRng random;
        std::map<DocumentId, Seq> reported;
        for (int round = 0; round < 20; ++round) {
            QProcess child;
            startChild(child, directory.path());
            const std::uint64_t lines = 1 + random.below(30);
            for (std::uint64_t line = 0; line < lines; ++line) {
                while (!child.canReadLine()) {
                    QVERIFY2(child.waitForReadyRead(20'000),
                             child.readAllStandardError().constData());
                }
                note(child.readLine(), reported);
            }
            child.kill();
            QVERIFY(child.waitForFinished());
            while (child.canReadLine()) {
                note(child.readLine(), reported);
            }
            checkLog(directory.path(), reported);
        }
        QVERIFY(!reported.empty());
    }

    void aSecondProcessIsToldThatTheFolderIsInUse()
    {
        const QTemporaryDir directory;
        QProcess child;
        startChild(child, directory.path());
        QVERIFY2(child.waitForReadyRead(20'000), child.readAllStandardError().constData());
        const auto log = Log::open(directory.path().toStdString(), m_clock);
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Busy);
        child.kill();
        QVERIFY(child.waitForFinished());
        QVERIFY(Log::open(directory.path().toStdString(), m_clock));
    }

private:
    static void startChild(QProcess &child, const QString &folder)
    {
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--append-for-ever"), folder});
    }

    static void note(const QByteArray &line, std::map<DocumentId, Seq> &reported)
    {
        const QList<QByteArray> words = line.trimmed().split(' ');
        reported[DocumentId{words.at(0).toLongLong()}] = words.at(1).toULongLong();
    }

    void checkLog(const QString &folder, const std::map<DocumentId, Seq> &reported)
    {
        const auto log = Log::open(folder.toStdString(), m_clock);
        QVERIFY2(log, log ? "" : log.error().message.c_str());
        for (const auto &[id, seq] : reported) {
            const Result<StoredDocument> stored = (*log)->load(id);
            QVERIFY(stored);
            QVERIFY(stored->damaged.empty());
            QVERIFY2(stored->lastSeq >= seq, "an update that was reported is missing");
            if (stored->checkpointSeq > 0) {
                QCOMPARE(stored->checkpoint, content(id, stored->checkpointSeq));
            }
            Seq expected = stored->checkpointSeq;
            for (const StoredUpdate &update : stored->updates) {
                QCOMPARE(update.seq, ++expected);
                QCOMPARE(update.bytes, content(id, update.seq));
            }
            QCOMPARE(stored->lastSeq, expected);
        }
    }

    SystemClock m_clock;
};

int main(int argc, char *argv[])
{
    if (argc == 3 && std::string_view(argv[1]) == "--append-for-ever") {
        return appendForEver(argv[2]);
    }
    QCoreApplication application(argc, argv);
    LogProcessTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "log_process_test.moc"
