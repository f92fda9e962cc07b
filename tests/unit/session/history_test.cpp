#include "libsync/session/history/history.h"

#include "libsync/crdt/text_run.h"
#include "tests/unit/session/fixture.h"

#include <QSignalSpy>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// Waits until the history of a replica was read.
History &historyOf(Replica &replica)
{
    History &history = replica.history();
    if (!history.isReady()) {
        QSignalSpy loaded(&history, &History::loaded);
        loaded.wait();
    }
    return history;
}

QString at(History &history, Moment moment)
{
    return QString::fromStdU16String(history.textAt(moment).text);
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenBeforeARestartIsThere();
    void theHistoryFollowsTheDocument();
    void editsThatComeWhileTheLogIsReadAreThereOnce();
    void authorsAreNamedByTheDocument();
    void aNamedVersionIsSeenByEverybody();
    void aVersionNeedsANameAndAnEdit();
    void versionsThatMakeNoSenseAreLeftOut();
    void nobodyIsWhoeverClaimsToBeNobody();
    void anotherContentRootHasItsOwnHistory();
};

void HistoryTest::whatWasWrittenBeforeARestartIsThere()
{
    TestPerson blue(QStringLiteral("Blue"));
    const DocumentId id = [&] {
        Replica &replica = blue.create(QStringLiteral("Plan"), u"one");
        type(replica, 3, u" two");
        return replica.id();
    }();
    blue.restart();
    Replica &replica = **blue.profile().open(id);
    QTRY_VERIFY(replica.isLoaded());
    History &history = historyOf(replica);

    QVERIFY(history.failure().isEmpty());
    QCOMPARE(history.now(), Moment{2});
    QCOMPARE(at(history, 1), QStringLiteral("one"));
    QCOMPARE(at(history, 2), QStringLiteral("one two"));
    QCOMPARE(history.entries().size(), 1);
    QCOMPARE(history.entries().first().author.name, QStringLiteral("Blue"));
    QCOMPARE(history.entries().first().inserted, 7U);
}

void HistoryTest::theHistoryFollowsTheDocument()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"));
    History &history = historyOf(replica);
    QSignalSpy extended(&history, &History::extended);
    type(replica, 0, u"a");
    type(replica, 1, u"b");

    QCOMPARE(history.now(), Moment{2});
    QTRY_COMPARE(extended.size(), 1);
    QCOMPARE(at(history, 2), QStringLiteral("ab"));
    QCOMPARE(history.lastWriter(0, 2)->author.name, QStringLiteral("Blue"));
}

void HistoryTest::editsThatComeWhileTheLogIsReadAreThereOnce()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"), u"1");
    History &history = replica.history();
    QVERIFY(!history.isReady());
    for (std::uint32_t i = 0; i < 200; ++i) {
        type(replica, i + 1, u"x");
        if (i % 20 == 0) {
            QCoreApplication::processEvents();
        }
    }
    historyOf(replica);
    QCOMPARE(history.now(), Moment{201});
    QCOMPARE(at(history, 201), textOf(replica));
    QCOMPARE(at(history, 100), textOf(replica).left(100));
}

void HistoryTest::authorsAreNamedByTheDocument()
{
    TestServer server;
    server.start();
    TestPerson blue(QStringLiteral("Blue"));
    TestPerson red(QStringLiteral("Red"));
    Replica &blues = blue.join(server.address(QStringLiteral("plan")));
    QTRY_COMPARE(blues.link(), LinkState::Online);
    type(blues, 0, u"blue wrote this");
    Replica &reds = red.join(server.address(QStringLiteral("plan")));
    QTRY_COMPARE(textOf(reds), QStringLiteral("blue wrote this"));
    History &history = historyOf(reds);
    type(reds, 15, u", red that");
    QTRY_COMPARE(history.entries().size(), 2);
    QCOMPARE(history.entries()[0].author.name, QStringLiteral("Red"));
    QTRY_COMPARE(history.entries()[1].author.name, QStringLiteral("Blue"));
    QCOMPARE(history.entries()[1].author.userId, blue.profile().identity().userId);
    QCOMPARE(history.lastWriter(0, 4)->author.name, QStringLiteral("Blue"));
    QCOMPARE(history.lastWriter(0, 20)->author.name, QStringLiteral("Red"));

    // Taking back what one did, seen from the other one's log.
    History &other = historyOf(blues);
    QTRY_COMPARE(textOf(blues), textOf(reds));
    QTRY_COMPARE(other.entries().first().author.name, QStringLiteral("Red"));
    const Author author = other.entries().first().author;
    QVERIFY(blues.content().applyDelta(other.changesWithout(author, 0)).has_value());
    QCOMPARE(textOf(blues), QStringLiteral("blue wrote this"));
}

void HistoryTest::aNamedVersionIsSeenByEverybody()
{
    TestServer server;
    server.start();
    TestPerson blue(QStringLiteral("Blue"));
    TestPerson red(QStringLiteral("Red"));
    Replica &blues = blue.join(server.address(QStringLiteral("plan")));
    Replica &reds = red.join(server.address(QStringLiteral("plan")));
    QTRY_COMPARE(blues.link(), LinkState::Online);
    QTRY_COMPARE(reds.link(), LinkState::Online);
    History &bluesHistory = historyOf(blues);
    History &redsHistory = historyOf(reds);
    type(blues, 0, u"draft");
    type(blues, 5, u" and more");
    QTRY_COMPARE(redsHistory.now(), Moment{2});

    QSignalSpy changed(&redsHistory, &History::versionsChanged);
    QVERIFY(bluesHistory.nameVersion(1, QStringLiteral("  Sent to the crew ")).has_value());
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(redsHistory.versions().size(), 1);
    const NamedVersion version = redsHistory.versions().first();
    QCOMPARE(version.name, QStringLiteral("Sent to the crew"));
    QCOMPARE(version.moment, Moment{1});
    QCOMPARE(version.author.name, QStringLiteral("Blue"));
    QCOMPARE(at(redsHistory, version.moment), QStringLiteral("draft"));

    redsHistory.removeVersion(version.id);
    QTRY_VERIFY(bluesHistory.versions().isEmpty());
}

void HistoryTest::aVersionNeedsANameAndAnEdit()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"), u"text");
    History &history = historyOf(replica);
    const auto code = [](const Result<void> &result) {
        return result ? ErrorCode::Io : result.error().code;
    };
    QVERIFY(code(history.nameVersion(1, QStringLiteral("  "))) == ErrorCode::OutOfRange);
    QVERIFY(code(history.nameVersion(0, QStringLiteral("Start"))) == ErrorCode::OutOfRange);
    QVERIFY(code(history.nameVersion(2, QStringLiteral("Later"))) == ErrorCode::OutOfRange);
    QVERIFY(history.versions().isEmpty());
}

void HistoryTest::versionsThatMakeNoSenseAreLeftOut()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"), u"text");
    History &history = historyOf(replica);
    crdt::Map versions = *replica.doc().map("versions");
    const crdt::Id unit = crdt::runsIn(replica.content(), 0, 1).front().first;
    const auto client = static_cast<double>(unit.client);
    const auto add = [&](const std::string &id, double time, double clock) {
        QVERIFY(versions.set(id, crdt::NewMap{{{"name", crdt::Any(std::string(300, 'n'))},
                                               {"time", crdt::Any(time)},
                                               {"client", crdt::Any(client)},
                                               {"clock", crdt::Any(clock)},
                                               {"change", crdt::Any(std::string("insert"))}}}));
    };
    const double clock = unit.clock;
    add("beyond", 9'007'199'254'740'991, clock);
    add("half", 1e12, 0.5);
    QVERIFY(history.versions().isEmpty());
    for (int i = 0; i < 1'100; ++i) {
        add(std::to_string(i), 1e12 + i, clock);
    }
    QCOMPARE(history.versions().size(), 1'000);
    QCOMPARE(history.versions().first().time.toMSecsSinceEpoch(), qint64(1'000'000'001'099));
    QCOMPARE(history.versions().first().name.size(), 200);
}

void HistoryTest::nobodyIsWhoeverClaimsToBeNobody()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"), u"text");
    crdt::Map users = *replica.doc().map("users");
    QVERIFY(users.set("bob", crdt::NewMap{{{"name", crdt::Any(std::string("Bob"))},
                                           {"clients", crdt::NewArray{{crdt::Any(0.0)}}}}}));
    protocol::Awareness &awareness = replica.awareness();
    const Authors authors(replica.doc(), awareness, [&] { return replica.self(); });
    QVERIFY(authors.find(0, {}).userId.isEmpty());
    QCOMPARE(authors.find(0, replica.self().userId.toStdString()).name, QStringLiteral("Blue"));
}

void HistoryTest::anotherContentRootHasItsOwnHistory()
{
    TestPerson blue(QStringLiteral("Blue"));
    Replica &replica = blue.create(QStringLiteral("Plan"), u"text");
    QVERIFY(replica.doc().text("codemirror")->insert(0, u"code").has_value());
    History &history = historyOf(replica);
    QCOMPARE(at(history, history.now()), QStringLiteral("text"));
    QSignalSpy loaded(&history, &History::loaded);
    replica.chooseContentRoot(QStringLiteral("codemirror"));
    QVERIFY(!history.isReady());
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(at(history, history.now()), QStringLiteral("code"));
}

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
