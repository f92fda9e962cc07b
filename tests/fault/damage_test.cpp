#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <future>
#include <map>
#include <set>
#include <string_view>

#include "libsync/store/log.h"
#include "tests/support/manual_clock.h"
#include "tests/support/token_log.h"

using namespace cowrite;
using namespace cowrite::store;
using namespace std::chrono_literals;

namespace {

/// Where a program of another version would be mistaken for the reason: `PRAGMA user_version`.
constexpr std::size_t kVersionBegin = 60;
constexpr std::size_t kVersionEnd = 64;

/// So much is written that a database has the usual kinds of pages and rows.
struct Size {
    int packed;  ///< edits of three documents, of which two are compacted
    int further; ///< edits after that
};
constexpr Size kUsual{100, 60};
/// For every single byte: each costs some milliseconds.
constexpr Size kSmall{45, 6};

/// Whether every byte is flipped; else each of the first ones, where one decides over the whole
/// file, and some of each page.
bool g_everyByte = false;

/// What flipped bytes did.
struct Outcome {
    int repaired = 0;
    int lostUpdates = 0;   ///< of the text
    int lostOfHistory = 0; ///< of the history only
    int reported = 0;
};

Bytes readAll(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
}

void writeAll(const std::filesystem::path &file, const Bytes &bytes)
{
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char *>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
}

/// A log in which one byte after another is flipped.
class DamageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aFlippedByteCostsAnUpdateOrASegmentOfHistoryAtMost_data();
    void aFlippedByteCostsAnUpdateOrASegmentOfHistoryAtMost();
    void aWriteAheadLogThatEndsAnywhereIsNotDamaged();

private:
    [[nodiscard]] std::unique_ptr<Log> open(const std::filesystem::path &folder,
                                            std::chrono::milliseconds groupDelay)
    {
        LogOptions options;
        options.groupDelay = groupDelay;
        auto log = Log::open(folder, m_clock, options);
        m_error = log ? Error{} : log.error();
        return log ? std::move(*log) : nullptr;
    }

    /// Opens the log with these files, one of which is damaged, and looks at every document.
    [[nodiscard]] std::string check(Outcome &outcome);
    [[nodiscard]] std::string checkDocument(Log &log, const TokenWriter &writer, Outcome &outcome);
    /// The same for its history, of which a segment up to `packed` may be missing.
    [[nodiscard]] static std::string checkHistory(Log &log, const TokenWriter &writer, Seq packed,
                                                  Outcome &outcome);

    ManualClock m_clock;
    SeededRng m_rng{21};
    QTemporaryDir m_origin{fastFolderTemplate()};
    std::unique_ptr<QTemporaryDir> m_copy;
    std::vector<std::unique_ptr<TokenWriter>> m_writers;
    std::map<const TokenWriter *, Seq> m_packed; ///< up to here, updates lie in a segment
    Bytes m_database; ///< while the log was in use, with the write-ahead log beside it
    Bytes m_wal;
    Bytes m_closed; ///< everything, after the log was closed
    Error m_error;
};

} // namespace

void DamageTest::initTestCase()
{
    const std::filesystem::path folder = m_origin.path().toStdString();
    const std::filesystem::path file = folder / Log::kFileName;
    for (const char *key : {"a", "b", "c"}) {
        m_writers.push_back(std::make_unique<TokenWriter>(key, m_rng));
    }
    const auto type = [this](Log &log, int edits) {
        for (const auto &writer : m_writers) {
            writer->use(log);
        }
        for (int edit = 0; edit < edits; ++edit) {
            m_writers[m_rng.below(3)]->type();
            if (m_rng.below(3) == 0) {
                QVERIFY(log.flush());
            }
        }
    };
    const Size size = g_everyByte ? kSmall : kUsual;
    {
        const auto log = open(folder, 1h);
        type(*log, size.packed);
        for (const std::size_t i : {0, 1}) {
            m_writers[i]->checkpoint();
            m_packed[m_writers[i].get()] = m_writers[i]->edits();
        }
        QVERIFY(log->flush());
        std::promise<Result<>> compacted;
        log->compact([&](const Result<> &result) { compacted.set_value(result); });
        QVERIFY(compacted.get_future().get());
    }
    const auto log = open(folder, 1h);
    type(*log, size.further);
    QVERIFY(log->flush());
    m_database = readAll(file);
    m_wal = readAll(file.string() + "-wal");
    QVERIFY(log->close());
    m_closed = readAll(file);
}

void DamageTest::aFlippedByteCostsAnUpdateOrASegmentOfHistoryAtMost_data()
{
    QTest::addColumn<bool>("isInUse");
    QTest::addColumn<bool>("isWal");
    QTest::newRow("database") << false << false;
    QTest::newRow("database in use") << true << false;
    QTest::newRow("write-ahead log") << true << true;
}

void DamageTest::aFlippedByteCostsAnUpdateOrASegmentOfHistoryAtMost()
{
    QFETCH(bool, isInUse);
    QFETCH(bool, isWal);
    const Bytes &damaged = isWal ? m_wal : isInUse ? m_database : m_closed;
    std::vector<std::size_t> offsets;
    for (std::size_t offset = 0; offset < damaged.size();
         offset += g_everyByte || offset < 120 ? 1 : 1 + m_rng.below(isWal ? 1'500 : 400)) {
        offsets.push_back(offset);
    }
    Outcome outcome;
    for (const std::size_t offset : offsets) {
        m_copy = std::make_unique<QTemporaryDir>(fastFolderTemplate());
        const std::filesystem::path file =
            std::filesystem::path(m_copy->path().toStdString()) / Log::kFileName;
        writeAll(file, isInUse ? m_database : m_closed);
        if (isInUse) {
            writeAll(file.string() + "-wal", m_wal);
        }
        Bytes bytes = damaged;
        bytes[offset] ^= static_cast<std::uint8_t>(1 + m_rng.below(255));
        writeAll(isWal ? file.string() + "-wal" : file.string(), bytes);
        const std::string problem = check(outcome);
        const bool isVersion = !isWal && offset >= kVersionBegin && offset < kVersionEnd;
        if (isVersion && m_error.code == ErrorCode::Unsupported) {
            // SQLite takes in the write-ahead log; otherwise nothing was changed.
            QVERIFY(isInUse || readAll(file) == bytes);
            continue;
        }
        QVERIFY2(problem.empty(), ("byte " + std::to_string(offset) + ": " + problem).c_str());
    }
    qInfo("%zu bytes of %zu flipped: %d repairs, %d reports, %d updates lost, %d more in histories",
          offsets.size(), damaged.size(), outcome.repaired, outcome.reported, outcome.lostUpdates,
          outcome.lostOfHistory);
    QVERIFY(outcome.reported > 0);
}

/// A program is killed at some byte that it writes.
void DamageTest::aWriteAheadLogThatEndsAnywhereIsNotDamaged()
{
    constexpr std::size_t kFrame = 24 + 4'096;
    std::vector<std::size_t> sizes{0, 1, 31, 32};
    for (std::size_t frame = 32; frame < m_wal.size(); frame += kFrame) {
        for (const std::size_t written : {std::size_t{1}, std::size_t{24}, kFrame / 2, kFrame}) {
            sizes.push_back(frame + written);
        }
    }
    for (const std::size_t size : sizes) {
        m_copy = std::make_unique<QTemporaryDir>(fastFolderTemplate());
        const std::filesystem::path folder = m_copy->path().toStdString();
        const std::filesystem::path file = folder / Log::kFileName;
        writeAll(file, m_database);
        writeAll(file.string() + "-wal",
                 Bytes(m_wal.begin(), m_wal.begin() + static_cast<std::ptrdiff_t>(size)));
        const auto log = open(folder, 0ms);
        QVERIFY2(log, m_error.message.c_str());
        QCOMPARE(log->repairMessage(), std::string());
        for (const auto &writer : m_writers) {
            const Result<StoredDocument> stored = log->load(writer->id());
            QVERIFY(stored);
            QVERIFY(stored->damaged.empty());
            QVERIFY(restore(*stored).text == writer->textAfter(stored->lastSeq));
        }
    }
}

std::string DamageTest::check(Outcome &outcome)
{
    const std::filesystem::path folder = m_copy->path().toStdString();
    const int lostBefore = outcome.lostUpdates;
    {
        const auto log = open(folder, 0ms);
        if (!log) {
            return "cannot be opened: " + m_error.message;
        }
        outcome.repaired += log->repairMessage().empty() ? 0 : 1;
        for (const auto &writer : m_writers) {
            std::string problem = checkHistory(*log, *writer, m_packed[writer.get()], outcome);
            if (problem.empty()) {
                problem = checkDocument(*log, *writer, outcome);
            }
            if (!problem.empty()) {
                return writer->key() + ": " + problem;
            }
        }
        if (const Result<> flushed = log->flush(); !flushed) {
            return "cannot be written to: " + flushed.error().message;
        }
    }
    if (outcome.lostUpdates > lostBefore + 1) {
        return std::to_string(outcome.lostUpdates - lostBefore) + " updates are lost";
    }
    return {};
}

std::string DamageTest::checkHistory(Log &log, const TokenWriter &writer, Seq packed,
                                     Outcome &outcome)
{
    const Result<StoredDocument> all = log.load(writer.id(), LoadFrom::Beginning);
    if (!all) {
        return all.error().message;
    }
    std::vector<Seq> lost;
    auto update = all->updates.begin();
    for (Seq seq = 1; seq <= writer.edits(); ++seq) {
        if (update == all->updates.end() || update->seq != seq) {
            lost.push_back(seq);
        } else if (update->bytes != writer.update(seq) || (update++)->author != writer.key()) {
            return "update " + std::to_string(seq) + " of the history is wrong";
        }
    }
    if (update != all->updates.end()) {
        return "the history has updates that nobody wrote";
    }
    if (lost.size() > 1 && (lost.front() != 1 || lost.back() != packed || lost.size() != packed)) {
        return std::to_string(lost.size()) + " updates of the history are lost";
    }
    if (!lost.empty() && all->damaged.empty() && log.repairMessage().empty()) {
        return "something of the history is missing, and nobody says so";
    }
    outcome.lostOfHistory += lost.size() > 1 ? static_cast<int>(lost.size()) : 0;
    return {};
}

std::string DamageTest::checkDocument(Log &log, const TokenWriter &writer, Outcome &outcome)
{
    const auto info = log.find(writer.id());
    const Result<StoredDocument> stored = log.load(writer.id());
    if (!info || !stored) {
        return info ? stored.error().message : std::string("it is gone");
    }
    std::set<Seq> there;
    for (const StoredUpdate &update : stored->updates) {
        if (update.seq > writer.edits() || update.bytes != writer.update(update.seq) ||
            update.author != writer.key() || !there.insert(update.seq).second) {
            return "update " + std::to_string(update.seq) + " is wrong";
        }
    }
    bool isWhole = info->key == writer.key();
    for (Seq seq = stored->checkpointSeq + 1; seq <= writer.edits(); ++seq) {
        outcome.lostUpdates += there.count(seq) > 0 ? 0 : 1;
        isWhole = isWhole && there.count(seq) > 0;
    }
    const bool isReported = !stored->damaged.empty() || !log.repairMessage().empty();
    outcome.reported += stored->damaged.empty() ? 0 : 1;
    if (!isWhole && !isReported) {
        return "something is missing, and nobody says so";
    }
    if (isWhole && restore(*stored).text != writer.textAfter(writer.edits())) {
        return "the text is wrong";
    }
    // It can be written on. A repair may not find the last update, and then nothing but its message
    // tells of it.
    const Seq last = stored->damaged.empty() && !isWhole ? writer.edits() - 1 : writer.edits();
    return log.append(writer.id(), writer.key(), writer.update(1)) > last
               ? std::string()
               : "places are given again";
}

/// `--every-byte`.
int main(int argc, char *argv[])
{
    if (argc == 2 && std::string_view(argv[1]) == "--every-byte") {
        g_everyByte = true;
        argc = 1;
    }
    DamageTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "damage_test.moc"
