#include "fixture.h"

#include "tests/support/faulty_vfs.h"

#include <sqlite3.h>

using namespace cowrite;
using namespace cowrite::session;

namespace {

void damage(const QString &folder, const char *sql)
{
    sqlite3 *connection = nullptr;
    const QString file = folder + QStringLiteral("/log.sqlite");
    QCOMPARE(sqlite3_open(qPrintable(file), &connection), SQLITE_OK);
    QCOMPARE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    QVERIFY(sqlite3_changes(connection) > 0);
    sqlite3_close(connection);
}

} // namespace

class DiskTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { FaultyVfs::setDisk(FaultyVfs::Disk::Sound); }
    void aServerThatCannotStoreConfirmsNothing();
    void anAppThatCannotStoreSaysSoAndGoesOn_data();
    void anAppThatCannotStoreSaysSoAndGoesOn();
    void whatIsDamagedComesBackFromTheServer();
};

void DiskTest::aServerThatCannotStoreConfirmsNothing()
{
    ServerRooms::Options options;
    options.vfs = FaultyVfs::name();
    TestServer server(options);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(his.link(), LinkState::Online);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));

    FaultyVfs::setDisk(FaultyVfs::Disk::Full);
    type(hers, 0, u"unconfirmed");
    // It is passed on, and it is safe here, but nobody claims that the server has it.
    QTRY_COMPARE(textOf(his), QStringLiteral("unconfirmed"));
    QTRY_COMPARE(hers.edits().unsaved, quint64(0));
    QTRY_VERIFY(FaultyVfs::failures() > 1);
    QVERIFY(hers.edits().waiting > 0);

    FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
}

void DiskTest::anAppThatCannotStoreSaysSoAndGoesOn_data()
{
    QTest::addColumn<int>("disk");
    QTest::addColumn<int>("state");
    QTest::newRow("full") << int(FaultyVfs::Disk::Full) << int(DiskState::Full);
    QTest::newRow("read-only") << int(FaultyVfs::Disk::ReadOnly) << int(DiskState::ReadOnly);
    QTest::newRow("broken") << int(FaultyVfs::Disk::Broken) << int(DiskState::Failed);
}

void DiskTest::anAppThatCannotStoreSaysSoAndGoesOn()
{
    QFETCH(int, disk);
    QFETCH(int, state);
    TestPerson ann(QStringLiteral("Ann"), FaultyVfs::name());
    Replica &hers = ann.create(QStringLiteral("Plan"));
    QTRY_COMPARE(hers.edits().unsaved, quint64(0));
    const DocumentId id = hers.id();
    FaultyVfs::setDisk(static_cast<FaultyVfs::Disk>(disk));
    type(hers, 0, u"a");
    QTRY_COMPARE_WITH_TIMEOUT(int(hers.diskState()), state, 1000);
    QVERIFY(!hers.diskMessage().isEmpty());
    QVERIFY(hers.diskMessage().endsWith(u'.'));
    type(hers, 1, u"b");
    QVERIFY(hers.edits().unsaved > 0);
    FaultyVfs::setDisk(FaultyVfs::Disk::Sound);
    QTRY_COMPARE(hers.edits().unsaved, quint64(0));
    QTRY_VERIFY(hers.diskState() == DiskState::Ok);
    QVERIFY(hers.diskMessage().isEmpty());
    ann.restart();
    Replica *const again = ann.profile().open(id).value();
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(textOf(*again), QStringLiteral("ab"));
}

void DiskTest::whatIsDamagedComesBackFromTheServer()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica *hers = &ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers->link(), LinkState::Online);
    for (std::uint32_t i = 0; i < 20; ++i) {
        type(*hers, i, u"x");
    }
    QTRY_COMPARE(hers->edits().waiting, quint64(0));
    const DocumentId id = hers->id();
    server.stop();
    ann.close();
    damage(ann.folder(), "UPDATE updates SET time = time + 1 WHERE seq % 3 = 0");

    ann.open();
    hers = ann.profile().open(id).value();
    QTRY_VERIFY(hers->isLoaded());
    QVERIFY(hers->damagedRows() > 0);
    QVERIFY(textOf(*hers).size() < 20);
    server.start();
    hers->connectNow();
    QTRY_COMPARE(hers->damagedRows(), 0);
    QCOMPARE(textOf(*hers), QString(20, u'x'));

    // It is kept: the next time nothing is missing, with nobody there.
    QTRY_COMPARE(hers->edits().unsaved, quint64(0));
    server.stop();
    ann.restart();
    hers = ann.profile().open(id).value();
    QTRY_VERIFY(hers->isLoaded());
    QCOMPARE(hers->damagedRows(), 0);
    QCOMPARE(textOf(*hers), QString(20, u'x'));
}

QTEST_GUILESS_MAIN(DiskTest)
#include "disk_test.moc"
