#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

#include "libsync/store/crc32c.h"
#include "libsync/store/log.h"
#include "libsync/store/schema.h"
#include "tests/support/manual_clock.h"

using namespace cowrite;
using namespace cowrite::store;

namespace {

/// What version 1 wrote, with one document and one update of the bytes 00 00 by "ann".
constexpr const char *kVersion1 = R"sql(
    CREATE TABLE document (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        address TEXT NOT NULL,
        identity TEXT NOT NULL,
        created INTEGER NOT NULL,
        opened INTEGER NOT NULL);
    CREATE TABLE updates (
        document INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        time INTEGER NOT NULL,
        author TEXT NOT NULL,
        bytes BLOB NOT NULL,
        crc INTEGER NOT NULL,
        PRIMARY KEY (document, seq)) WITHOUT ROWID;
    INSERT INTO document VALUES (3, 'notes', 'Notes', 'plain', '', 'identity', 1000, 2000);
    INSERT INTO updates VALUES (3, 1, 1500, 'ann', x'0000', %1);
    PRAGMA application_id=0x43576c67;
    PRAGMA user_version=1;
)sql";

/// The checksum of that update: document, seq, time, length of the author as 8 bytes each.
std::uint32_t checksumOfVersion1()
{
    const Bytes row{3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0,   0,   0,   0xdc, 5, 0,
                    0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 'a', 'n', 'n', 0,    0};
    return crc32c(row);
}

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
    }

    void version1IsMigratedWithItsContent()
    {
        run(QString::fromUtf8(kVersion1).arg(checksumOfVersion1()));
        const auto log = Log::open(folder(), m_clock);
        QVERIFY(log);
        const DocumentId id{3};
        const std::optional<DocumentInfo> info = (*log)->find(id);
        QVERIFY(info);
        QCOMPARE(info->title, std::string("Notes"));
        QCOMPARE(info->acknowledged, Seq{0});
        QCOMPARE(info->extra, std::string());
        const Result<StoredDocument> stored = (*log)->load(id);
        QVERIFY(stored->damaged.empty());
        QCOMPARE(stored->updates.size(), std::size_t{1});
        QCOMPARE(stored->updates[0].bytes, (Bytes{0, 0}));
        (*log)->writeCheckpoint(id, 1, {0, 0});
        QVERIFY((*log)->close());
        QCOMPARE(number("PRAGMA user_version"), kSchemaVersion);
        QCOMPARE(number("SELECT count(*) FROM checkpoint"), 1);
    }

    void aNewerVersionIsRefusedAndLeftAlone()
    {
        QVERIFY(Log::open(folder(), m_clock));
        run(QStringLiteral("PRAGMA user_version=99"));
        const auto log = Log::open(folder(), m_clock);
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Unsupported);
        QVERIFY(log.error().message.find("newer Cowrite") != std::string::npos);
        QCOMPARE(number("PRAGMA user_version"), 99);
    }

    void aVersionThatNeverWasIsRefused()
    {
        QVERIFY(Log::open(folder(), m_clock));
        run(QStringLiteral("PRAGMA user_version=-7"));
        const auto log = Log::open(folder(), m_clock);
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Malformed);
    }

    void theDatabaseOfAnotherProgramIsRefused()
    {
        run(QStringLiteral("CREATE TABLE theirs (x)"));
        const auto log = Log::open(folder(), m_clock);
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Malformed);
        QCOMPARE(number("SELECT count(*) FROM sqlite_schema"), 1);
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        const auto log = Log::open(folder(), m_clock);
        QVERIFY(!log);
        QVERIFY(log.error().code == ErrorCode::Malformed);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(4096, 'x'));
    }

    void aMigrationThatFailsLeavesTheOldVersion()
    {
        // A table that stands in the way of the second step.
        run(QString::fromUtf8(kVersion1).arg(0) +
            QStringLiteral("CREATE TABLE checkpoint (inTheWay);"));
        QVERIFY(!Log::open(folder(), m_clock));
        QCOMPARE(number("PRAGMA user_version"), 1);
        QCOMPARE(number("SELECT count(*) FROM pragma_table_info('document')"), 8);
    }

private:
    [[nodiscard]] std::filesystem::path folder() const { return m_directory->path().toStdString(); }

    [[nodiscard]] QString path() const
    {
        return m_directory->filePath(QString::fromLatin1(Log::kFileName));
    }

    void run(const QString &sql) const
    {
        sqlite3 *connection = nullptr;
        QCOMPARE(sqlite3_open(qPrintable(path()), &connection), SQLITE_OK);
        QCOMPARE(sqlite3_exec(connection, qPrintable(sql), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(connection);
    }

    [[nodiscard]] std::int64_t number(const char *sql) const
    {
        sqlite3 *connection = nullptr;
        sqlite3_stmt *statement = nullptr;
        sqlite3_open(qPrintable(path()), &connection);
        sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr);
        const std::int64_t result =
            sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
        sqlite3_finalize(statement);
        sqlite3_close(connection);
        return result;
    }

    ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_APPLESS_MAIN(SchemaTest)
#include "schema_test.moc"
