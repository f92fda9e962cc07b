// What waits for its server while nobody has the document open, and what brings a server back.

#include "fixture.h"

#include "libsync/session/profile/background_sender.h"
#include "libsync/session/profile/host.h"

#include <QSet>
#include <QSignalSpy>

#include <algorithm>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

/// Nothing is tried a second time by itself within a test.
ProfileOptions patientOptions()
{
    ProfileOptions options = quickOptions();
    options.smallestReconnectDelay = 10min;
    options.largestReconnectDelay = 20min;
    return options;
}

QString roomName(int number)
{
    return QStringLiteral("room%1").arg(number);
}

bool isSynced(TestPerson &person)
{
    const QList<DocumentInfo> list = person.profile().documents();
    return std::all_of(list.begin(), list.end(), [](const DocumentInfo &info) {
        return info.state == DocumentState::Synced;
    });
}

} // namespace

class BackgroundSenderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsIsSentAtTheNextStartThoughNobodyOpensIt();
    void whatWaitsIsSentAfterTheDocumentWasClosed();
    void manyDocumentsAreSentAFewAtATime();
    void aServerThatIsAwayIsAskedAgainWhenTheMachineWakes();
    void anOpenDocumentConnectsAtOnceWhenTheMachineWakes();
    void aDocumentThatIsBeingSentCanBeOpenedAndRemoved();
    void aServerThatConfirmsNothingDoesNotHoldUpOthers();
    void whatWasRefusedBeforeIsLetGo();
};

void BackgroundSenderTest::whatWaitsIsSentAtTheNextStartThoughNobodyOpensIt()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    {
        Replica &hers = ann.join(server.address(QStringLiteral("x")));
        QTRY_COMPARE(hers.link(), LinkState::Online);
        server.stop();
        QTRY_COMPARE(hers.link(), LinkState::Offline);
        type(hers, 0, u"from the train");
    }
    ann.close();
    server.start();
    QTRY_COMPARE(his.link(), LinkState::Online);
    QSet<QString> seen;
    connect(&his, &Replica::peopleChanged, &his, [&] {
        const QStringList names = namesIn(his);
        seen.unite(QSet<QString>(names.begin(), names.end()));
    });
    ann.open();
    QVERIFY(ann.profile().documents().first().state == DocumentState::Waiting);
    const QDateTime opened = ann.profile().documents().first().opened;
    QTRY_COMPARE(textOf(his), QStringLiteral("from the train"));
    QTRY_VERIFY(isSynced(ann));
    QVERIFY(ann.profile().openReplicas().isEmpty());
    QCOMPARE(ann.profile().documents().first().opened, opened);
    QVERIFY(!seen.contains(QStringLiteral("Ann")));
}

void BackgroundSenderTest::whatWaitsIsSentAfterTheDocumentWasClosed()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    server.stop();
    QTRY_COMPARE(hers.link(), LinkState::Offline);
    type(hers, 0, u"closed too early");
    server.start();
    ann.profile().close(&hers);
    QVERIFY(ann.profile().openReplicas().isEmpty());
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his), QStringLiteral("closed too early"));
    QTRY_VERIFY(isSynced(ann));
}

void BackgroundSenderTest::manyDocumentsAreSentAFewAtATime()
{
    constexpr int kDocuments = 10;
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    for (int i = 0; i < kDocuments; ++i) {
        QTRY_COMPARE(ann.join(server.address(roomName(i))).link(), LinkState::Online);
    }
    server.stop();
    for (Replica *const replica : ann.profile().openReplicas()) {
        QTRY_COMPARE(replica->link(), LinkState::Offline);
        type(*replica, 0, u"late");
    }
    ann.close();
    server.start();
    ann.open();
    QTRY_VERIFY(isSynced(ann));
    TestPerson bob(QStringLiteral("Bob"));
    for (int i = 0; i < kDocuments; ++i) {
        QTRY_COMPARE(textOf(bob.join(server.address(roomName(i)))), QStringLiteral("late"));
    }
}

void BackgroundSenderTest::aServerThatIsAwayIsAskedAgainWhenTheMachineWakes()
{
    std::chrono::nanoseconds asleep{0};
    ProfileOptions options = quickOptions();
    options.timeAsleep = [&] { return asleep; };
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"), {}, options);
    {
        Replica &hers = ann.join(server.address(QStringLiteral("x")));
        QTRY_COMPARE(hers.link(), LinkState::Online);
        server.stop();
        QTRY_COMPARE(hers.link(), LinkState::Offline);
        type(hers, 0, u"a");
        // It is tried, in vain, and then not for half a minute.
        ann.profile().close(&hers);
    }
    QTRY_VERIFY(!ann.profile().documents().isEmpty());
    for (int turn = 0; turn < 50; ++turn) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    QVERIFY(!isSynced(ann));
    server.start();
    asleep = 1h;
    QTRY_VERIFY(isSynced(ann));
}

void BackgroundSenderTest::anOpenDocumentConnectsAtOnceWhenTheMachineWakes()
{
    std::chrono::nanoseconds asleep{0};
    ProfileOptions options = patientOptions();
    int looks = 0;
    options.timeAsleep = [&] {
        ++looks;
        return asleep;
    };
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"), {}, options);
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    server.stop();
    QTRY_COMPARE(hers.link(), LinkState::Offline);
    server.start();
    QVERIFY(*hers.nextAttempt() > 1s);
    asleep += 2s;
    QTRY_COMPARE(hers.link(), LinkState::Online);
    // After a long sleep the server has given the connection up, even if nobody said so.
    QSignalSpy changes(&hers, &Replica::linkChanged);
    asleep += 1h;
    QTRY_VERIFY(!changes.isEmpty());
    QTRY_COMPARE(hers.link(), LinkState::Online);
    // Who left does not come back by that.
    hers.disconnectLink();
    changes.clear();
    asleep += 1h;
    const int looksBefore = looks;
    QTRY_VERIFY(looks > looksBefore);
    QCOMPARE(hers.link(), LinkState::Offline);
}

void BackgroundSenderTest::aDocumentThatIsBeingSentCanBeOpenedAndRemoved()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    DocumentId id{};
    {
        Replica &hers = ann.join(server.address(QStringLiteral("x")));
        id = hers.id();
        QTRY_COMPARE(hers.link(), LinkState::Online);
        server.stop();
        QTRY_COMPARE(hers.link(), LinkState::Offline);
        type(hers, 0, u"a");
    }
    ann.restart();
    QCoreApplication::processEvents(); // it is being read, or on its way to the server
    Replica *const opened = ann.profile().open(id).value();
    QTRY_VERIFY(opened->isLoaded());
    QCOMPARE(namesIn(*opened), QStringList{QStringLiteral("Ann")});
    server.start();
    QTRY_COMPARE(opened->link(), LinkState::Online);
    QTRY_COMPARE(opened->edits().waiting, quint64(0));
    QVERIFY(!ann.profile().removeDocument(id).has_value());
    server.stop();
    QTRY_COMPARE(opened->link(), LinkState::Offline);
    type(*opened, 0, u"b");
    ann.profile().close(opened);
    QCoreApplication::processEvents();
    QVERIFY(ann.profile().removeDocument(id).has_value());
    QTRY_VERIFY(ann.profile().documents().isEmpty());
}

void BackgroundSenderTest::aServerThatConfirmsNothingDoesNotHoldUpOthers()
{
    constexpr int kDocuments = 5;
    ServerRooms::Options options;
    options.groupDelay = 1h; // as a full disk
    TestServer server(options);
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    std::vector<DocumentId> waiting;
    for (int i = 0; i < kDocuments; ++i) {
        Replica &replica = ann.join(server.address(roomName(i)));
        QTRY_COMPARE(replica.link(), LinkState::Online);
        type(replica, 0, u"a");
        waiting.push_back(replica.id());
    }
    QSet<DocumentId> seen;
    BackgroundSender sender({[&] { return waiting; },
                             [&](DocumentId id) {
                                 seen.insert(id);
                                 return ann.profile().open(id).value();
                             },
                             [](DocumentId) {}},
                            50ms);
    sender.lookSoon();
    QTRY_COMPARE(seen.size(), kDocuments);
}

void BackgroundSenderTest::whatWasRefusedBeforeIsLetGo()
{
    TestServer server;
    server.start();
    TestPerson host(QStringLiteral("Host"));
    Host &hosting = host.profile().host();
    QVERIFY(hosting.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    Replica &shared = host.create(QStringLiteral("Plan"));
    const QString link = hosting.share(shared).value();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(link);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    hosting.unshare(shared);
    QTRY_COMPARE(hers.link(), LinkState::Refused);
    type(hers, 0, u"a");
    int closed = 0;
    BackgroundSender sender({[&] { return std::vector<DocumentId>{hers.id()}; },
                             [&](DocumentId) { return &hers; }, [&](DocumentId) { ++closed; }});
    sender.lookSoon();
    QTRY_COMPARE(closed, 1);
}

QTEST_GUILESS_MAIN(BackgroundSenderTest)
#include "background_sender_test.moc"
