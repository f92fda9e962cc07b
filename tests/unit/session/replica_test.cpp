#include "fixture.h"

#include "libsync/session/log/text_undo.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/document/chat.h"

#include <QSignalSpy>

using namespace cowrite;
using namespace cowrite::session;

class ReplicaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsMadeOfflineWaitAndAreSentLater();
    void editsThatWaitAreCountedAgainAfterARestart();
    void aRoomThatWasReplacedIsNotMixedIn();
    void whoeverOnlyReadsKnowsWhichDocumentItWas();
    void anIdentityThatComesLaterIsKnownAsWell();
    void anEmptyRoomIsFilledAgainByWhoeverHasTheDocument();
    void aLocalDocumentCanBePublished();
    void theTitleOfALocalDocumentIsInTheDocument();
    void newsInTheChatIsAnnouncedAndHistoryIsNot();
    void aForeignRootIsFoundWhenTheRoomIsKnown();
    void identitiesChangeInAllOpenDocuments();
    void undoSurvivesReconnectingRemoteEditsAndARestart();
};

void ReplicaTest::editsMadeOfflineWaitAndAreSentLater()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    server.stop();
    QTRY_COMPARE(hers.link(), LinkState::Offline);
    QTRY_VERIFY(hers.linkMessage().contains(QStringLiteral("Is the session still running?")));
    for (std::uint32_t i = 0; i < 12; ++i) {
        type(hers, i, u"o");
    }
    // Written without a pause, they are one to a person.
    QCOMPARE(hers.edits().waiting, quint64(1));
    QTRY_COMPARE(hers.edits().unsaved, quint64(0));
    QCOMPARE(hers.edits().waiting, quint64(1));
    server.start();
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his), QStringLiteral("oooooooooooo"));
}

void ReplicaTest::editsThatWaitAreCountedAgainAfterARestart()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    const QString address = server.address(QStringLiteral("x"));
    {
        Replica &hers = ann.join(address);
        QTRY_COMPARE(hers.link(), LinkState::Online);
        QTRY_COMPARE(hers.edits().waiting, quint64(0));
        server.stop();
        QTRY_COMPARE(hers.link(), LinkState::Offline);
        type(hers, 0, u"a");
        type(hers, 1, u"b");
    }
    ann.restart();
    const QList<DocumentInfo> list = ann.profile().documents();
    QCOMPARE(list.size(), 1);
    QVERIFY(list.first().state == DocumentState::Waiting);
    QCOMPARE(list.first().address, address);
    Replica &again = ann.join(address);
    QTRY_VERIFY(again.isLoaded());
    QCOMPARE(textOf(again), QStringLiteral("ab"));
    QVERIFY(again.edits().waiting >= 1);
    QCOMPARE(again.edits().typed, quint64(0));
    server.start();
    QTRY_COMPARE(again.edits().waiting, quint64(0));
    QTRY_VERIFY(ann.profile().documents().first().state == DocumentState::Synced);
    ann.restart();
    QVERIFY(ann.profile().documents().first().state == DocumentState::Synced);
}

void ReplicaTest::aRoomThatWasReplacedIsNotMixedIn()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    auto first = std::make_unique<TestServer>();
    first->start();
    Replica &hers = ann.join(first->address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"mine");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    hers.disconnectLink();
    TestServer second;
    second.start();
    Replica &his = bob.join(second.address(QStringLiteral("x")));
    QTRY_VERIFY(!his.identityKey().isEmpty());
    type(his, 0, u"theirs");
    QTRY_COMPARE(his.edits().waiting, quint64(0));

    QVERIFY(hers.connectTo(second.address(QStringLiteral("x"))).has_value());
    QTRY_COMPARE(hers.link(), LinkState::Refused);
    QVERIFY(hers.linkMessage().contains(QStringLiteral("another document")));
    QCOMPARE(textOf(hers), QStringLiteral("mine"));
    QCOMPARE(textOf(his), QStringLiteral("theirs"));
    // Back where it belongs, all is well.
    QVERIFY(hers.connectTo(first->address(QStringLiteral("x"))).has_value());
    QTRY_COMPARE(hers.link(), LinkState::Online);
}

void ReplicaTest::whoeverOnlyReadsKnowsWhichDocumentItWas()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    TestPerson reader(QStringLiteral("Reader"));
    TestServer first;
    first.start();
    const QString address = first.address(QStringLiteral("x"));
    Replica &hers = ann.join(address);
    QTRY_VERIFY(!hers.identityKey().isEmpty());
    type(hers, 0, u"mine");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    {
        Replica &read = reader.join(address);
        QTRY_COMPARE(read.link(), LinkState::Online);
        QTRY_COMPARE(textOf(read), QStringLiteral("mine"));
    }
    reader.restart();
    TestServer second;
    second.start();
    Replica &his = bob.join(second.address(QStringLiteral("x")));
    QTRY_VERIFY(!his.identityKey().isEmpty());
    type(his, 0, u"theirs");
    QTRY_COMPARE(his.edits().waiting, quint64(0));

    Replica *const again = reader.profile().open(reader.profile().documents().first().id).value();
    QTRY_VERIFY(again->isLoaded());
    QVERIFY(again->connectTo(second.address(QStringLiteral("x"))).has_value());
    QTRY_COMPARE(again->link(), LinkState::Refused);
    QCOMPARE(textOf(*again), QStringLiteral("mine"));
    QCOMPARE(textOf(his), QStringLiteral("theirs"));
}

void ReplicaTest::anIdentityThatComesLaterIsKnownAsWell()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson reader(QStringLiteral("Reader"));
    TestServer server;
    server.start();
    const QString address = server.address(QStringLiteral("x"));
    Replica &hers = ann.join(address);
    QTRY_VERIFY(!hers.identityKey().isEmpty());
    Replica &read = reader.join(address);
    QTRY_COMPARE(read.link(), LinkState::Online);
    QTRY_COMPARE(read.identityKey(), hers.identityKey());
    QVERIFY(hers.doc().map("meta")->set("id", crdt::Any(std::string("renewed"))).has_value());
    QTRY_COMPARE(read.identityKey(), QStringLiteral("renewed"));
    // Whoever followed the room is let in again.
    read.disconnectLink();
    QTRY_COMPARE(read.link(), LinkState::Offline);
    type(hers, 0, u"more");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    QVERIFY(hers.doc().map("meta")->set("id", crdt::Any(std::string("renewed"))).has_value());
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    read.connectNow();
    QTRY_COMPARE(read.link(), LinkState::Online);
    QTRY_COMPARE(textOf(read), QStringLiteral("more"));
}

void ReplicaTest::anEmptyRoomIsFilledAgainByWhoeverHasTheDocument()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestServer first;
    first.start();
    Replica &hers = ann.join(first.address(QStringLiteral("x")));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"mine");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    const QString identity = hers.identityKey();
    TestServer second;
    second.start();
    QVERIFY(hers.connectTo(second.address(QStringLiteral("x"))).has_value());
    QVERIFY(hers.edits().waiting > 0);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(second.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(his), QStringLiteral("mine"));
    QCOMPARE(his.identityKey(), identity);
}

void ReplicaTest::aLocalDocumentCanBePublished()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"), u"# Plan");
    QCOMPARE(hers.link(), LinkState::Local);
    QCOMPARE(hers.edits().waiting, quint64(0));
    QVERIFY(!hers.connectTo(QStringLiteral("nowhere")).has_value());
    QVERIFY(hers.connectTo(server.address(QStringLiteral("plan"))).has_value());
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    QCOMPARE(hers.serverName(), QStringLiteral("127.0.0.1"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("plan")));
    QTRY_COMPARE(textOf(his), QStringLiteral("# Plan"));
    QCOMPARE(his.title(), QStringLiteral("Plan"));
}

void ReplicaTest::theTitleOfALocalDocumentIsInTheDocument()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"));
    QSignalSpy changed(&hers, &Replica::titleChanged);
    hers.setTitle(QStringLiteral("Better"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(hers.title(), QStringLiteral("Better"));
    const DocumentId id = hers.id();
    ann.restart();
    QCOMPARE(ann.profile().documents().first().title, QStringLiteral("Better"));
    Replica *const again = ann.profile().open(id).value();
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(again->title(), QStringLiteral("Better"));
}

void ReplicaTest::newsInTheChatIsAnnouncedAndHistoryIsNot()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"));
    QVERIFY(hers.chat().send(hers.self(), QStringLiteral("old")).has_value());
    const DocumentId id = hers.id();
    ann.restart();
    Replica *const again = ann.profile().open(id).value();
    QSignalSpy added(&again->chat(), &Chat::messageAdded);
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(again->chat().messages().size(), 1);
    QCOMPARE(added.size(), 0);
    QVERIFY(again->chat().send(again->self(), QStringLiteral("new")).has_value());
    QCOMPARE(added.size(), 1);
    QCOMPARE(added.first().last().toInt(), 1);
}

void ReplicaTest::aForeignRootIsFoundWhenTheRoomIsKnown()
{
    TestServer server;
    server.start();
    // Another program has written under its own root, here through a replica that is told to.
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QVERIFY(his.doc().text("codemirror")->insert(0, u"code").has_value());
    QVERIFY(his.doc().text("quill")->insert(0, u"rich").has_value());
    QTRY_COMPARE(his.link(), LinkState::Online);
    QTRY_COMPARE(his.edits().waiting, quint64(0));
    // The room is taken for new, and gets an identity; a foreign one has none.
    QVERIFY(his.doc().map("meta")->remove("id").has_value());
    QTRY_COMPARE(his.edits().waiting, quint64(0));

    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QSignalSpy changed(&hers, &Replica::contentRootChanged);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(hers.contentRoot(), QStringLiteral("codemirror"));
    QCOMPARE(textOf(hers), QStringLiteral("code"));
    QCOMPARE(hers.contentChoices(),
             (QStringList{QStringLiteral("codemirror"), QStringLiteral("quill")}));
    QVERIFY(hers.identityKey().isEmpty());
    hers.chooseContentRoot(QStringLiteral("quill"));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(textOf(hers), QStringLiteral("rich"));
    type(hers, 4, u"er");
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    QVERIFY(!hers.doc().map("users")->has(hers.self().userId.toStdString()));
}

void ReplicaTest::identitiesChangeInAllOpenDocuments()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(namesIn(his).size(), 2);
    Identity anna = ann.profile().identity();
    anna.name = QStringLiteral("Anna");
    ann.profile().setIdentity(anna);
    QCOMPARE(hers.self().name, QStringLiteral("Anna"));
    QTRY_COMPARE(namesIn(his).last(), QStringLiteral("Anna"));
}

void ReplicaTest::undoSurvivesReconnectingRemoteEditsAndARestart()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString address = server.address(QStringLiteral("x"));
    Replica &his = bob.join(address);
    const crdt::Origin editor = crdt::Origin::of(&ann);
    const auto write = [&](Replica &replica, std::uint32_t at, const std::u16string &text) {
        replica.undo().breakStep();
        QVERIFY(replica.doc().transact([&] { return replica.content().insert(at, text); }, editor));
    };
    {
        Replica &hers = ann.join(address);
        QTRY_COMPARE(hers.link(), LinkState::Online);
        hers.undo().track(editor);
        write(hers, 0, u"one");
        QTRY_COMPARE(textOf(his), QStringLiteral("one"));
        server.stop();
        QTRY_COMPARE(hers.link(), LinkState::Offline);
        write(hers, 3, u" two");
        server.start();
        QTRY_COMPARE(textOf(his), QStringLiteral("one two"));
        type(his, 5, u"TWO");
        QTRY_COMPARE(textOf(hers), QStringLiteral("one tTWOwo"));
    }
    ann.restart();
    type(his, 1, u"ONE");
    Replica &again = ann.join(address);
    QTRY_COMPARE(textOf(again), QStringLiteral("oONEne tTWOwo"));
    again.undo().undo();
    QCOMPARE(textOf(again), QStringLiteral("oONEneTWO"));
    again.undo().undo();
    QCOMPARE(textOf(again), QStringLiteral("ONETWO"));
    QVERIFY(!again.undo().canUndo());
    again.undo().redo();
    again.undo().redo();
    QTRY_COMPARE(textOf(his), QStringLiteral("oONEne tTWOwo"));
}

QTEST_GUILESS_MAIN(ReplicaTest)
#include "replica_test.moc"
