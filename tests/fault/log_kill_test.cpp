#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>

#include <sqlite3.h>

#include "libsync/base/clock.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/text.h"
#include "libsync/store/log.h"
#include "tests/support/token_log.h"

using namespace cowrite;
using namespace cowrite::store;

namespace {

int g_kills = 50;

std::unique_ptr<Log> open(const std::filesystem::path &folder)
{
    static const SystemClock clock;
    LogOptions options;
    options.groupDelay = std::chrono::milliseconds{1};
    auto log = Log::open(folder, clock, options);
    if (!log) {
        qFatal("%s", log.error().message.c_str());
    }
    return std::move(*log);
}

/// The child: appends tokens to what is there for ever, and prints the number of each that is
/// confirmed. Writes checkpoints and compacts all the while.
[[noreturn]] void typeForEver(const char *folder, int round)
{
    const auto log = open(folder);
    DocumentInfo info;
    info.key = "kills";
    const auto known = log->findByKey(info.key);
    const DocumentId id = known ? known->id : log->createDocument(info).value();
    const Result<StoredDocument> stored = log->load(id);
    SystemRng rng;
    crdt::Doc doc(rng);
    applyAll(doc, *stored);
    const Seq before = stored->lastSeq;
    // No executor: this runs on the writer thread, right after the commit.
    const Subscription committed = log->committed().connect([&](DocumentId, Seq seq) {
        std::printf("%llu\n", static_cast<unsigned long long>(seq - before));
        std::fflush(stdout);
    });
    const Subscription updates =
        codec::observeUpdates(doc, [&](ByteView update, const crdt::Transaction &) {
            log->append(id, "child", Bytes(update.begin(), update.end()));
        });
    crdt::Text text = *doc.text("content");
    for (int i = 1;; ++i) {
        const std::string token = std::to_string(round) + '.' + std::to_string(i) + ';';
        (void)text.insert(text.length(), std::u16string(token.begin(), token.end()));
        if (i % 50 == 0) {
            log->writeCheckpoint(id, log->lastSeq(id), codec::encodeStateAsUpdate(doc));
        }
        if (i % 10 == 0) {
            log->compact([](const Result<> &) {});
            (void)log->flush();
        }
    }
}

class LogKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasConfirmedIsThereOnceAfterEveryKill();

private:
    /// Lets a child run for a random while: it may still be opening the log, or type already.
    void runAndKill(int round);
    /// As an older version left it; opening it migrates it. Such a version had no segments: what is
    /// in them is not in the history any more.
    void makeOlder();
    /// Opening it repairs it. Nothing is lost: what is wrong is not in a row.
    void damageHeader() const;
    void check(bool isDamaged);

    [[nodiscard]] std::filesystem::path file() const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / Log::kFileName;
    }

    SystemRng m_rng;
    const QTemporaryDir m_folder{fastFolderTemplate()};
    std::set<std::u16string> m_confirmed;
    Seq m_historyBegin = 0; ///< every update after this one is in the history
};

} // namespace

void LogKillTest::whatWasConfirmedIsThereOnceAfterEveryKill()
{
    for (int round = 1; round <= g_kills; ++round) {
        // A file without a single row may be anything: that is refused, and not repaired.
        const std::uint64_t before = m_confirmed.empty() ? 2 : m_rng.below(3);
        if (before == 0) {
            makeOlder();
        } else if (before == 1) {
            damageHeader();
        }
        runAndKill(round);
        check(before == 1);
        if (QTest::currentTestFailed()) {
            return;
        }
    }
    qInfo("%d kills, %zu tokens confirmed", g_kills, m_confirmed.size());
    QVERIFY(!m_confirmed.empty());
}

void LogKillTest::runAndKill(int round)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--type"), m_folder.path(), QString::number(round)});
    QVERIFY(child.waitForStarted());
    QThread::usleep(static_cast<unsigned long>(m_rng.below(100'000)));
    child.kill();
    QVERIFY(child.waitForFinished());
    QByteArray last;
    while (child.canReadLine()) {
        last = child.readLine();
    }
    for (int token = 1; token <= last.trimmed().toInt(); ++token) {
        m_confirmed.insert(QStringLiteral("%1.%2").arg(round).arg(token).toStdU16String());
    }
}

void LogKillTest::makeOlder()
{
    sqlite3 *connection = nullptr;
    QCOMPARE(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    const auto noteLast = [](void *seq, int, char **values, char **) {
        *static_cast<Seq *>(seq) = values[0] != nullptr ? std::strtoull(values[0], nullptr, 10) : 0;
        return 0;
    };
    Seq last = 0;
    QCOMPARE(sqlite3_exec(connection, "SELECT max(seq) FROM segment", noteLast, &last, nullptr),
             SQLITE_OK);
    QCOMPARE(sqlite3_exec(connection,
                          "DROP TABLE segment; DROP TABLE undo;"
                          " ALTER TABLE document DROP COLUMN compacted; PRAGMA user_version=3",
                          nullptr, nullptr, nullptr),
             SQLITE_OK);
    sqlite3_close(connection);
    m_historyBegin = std::max(m_historyBegin, last);
}

void LogKillTest::damageHeader() const
{
    std::fstream stream(file(), std::ios::binary | std::ios::in | std::ios::out);
    stream.put('\xff');
    QVERIFY(stream.good());
}

void LogKillTest::check(bool isDamaged)
{
    {
        const auto log = open(m_folder.path().toStdString());
        // The child has repaired it, or was killed before it had.
        QVERIFY(isDamaged || log->repairMessage().empty());
        const auto known = log->findByKey("kills");
        if (known) {
            const Result<StoredDocument> stored = log->load(known->id);
            QVERIFY(stored);
            QVERIFY(stored->damaged.empty());
            const Restored restored = restore(*stored);
            QCOMPARE(restored.error, std::string());
            const Result<StoredDocument> all = log->load(known->id, LoadFrom::Beginning);
            QVERIFY(all);
            const auto first =
                std::find_if(all->updates.begin(), all->updates.end(),
                             [this](const auto &it) { return it.seq > m_historyBegin; });
            QCOMPARE(static_cast<Seq>(all->updates.end() - first), all->lastSeq - m_historyBegin);
            std::set<std::u16string> there;
            std::u16string token;
            for (const char16_t unit : restored.text) {
                if (unit != u';') {
                    token += unit;
                    continue;
                }
                QVERIFY2(there.insert(std::exchange(token, {})).second, "a token is there twice");
            }
            QVERIFY2(
                std::includes(there.begin(), there.end(), m_confirmed.begin(), m_confirmed.end()),
                "a token that was confirmed is lost");
        } else {
            QVERIFY(m_confirmed.empty());
        }
    }
    QCOMPARE(integrityOf(file(), {}), std::string("ok"));
    QDir folder(m_folder.path());
    for (const QString &copy : folder.entryList({QStringLiteral("log-damaged-*")}, QDir::Files)) {
        QVERIFY(folder.remove(copy));
    }
}

/// `--kills NUMBER`, and for the child `--type FOLDER ROUND`.
int main(int argc, char *argv[])
{
    if (argc == 4 && std::string_view(argv[1]) == "--type") {
        typeForEver(argv[2], std::atoi(argv[3]));
    }
    if (argc == 3 && std::string_view(argv[1]) == "--kills") {
        g_kills = std::atoi(argv[2]);
        argc = 1;
    }
    QCoreApplication application(argc, argv);
    LogKillTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "log_kill_test.moc"
