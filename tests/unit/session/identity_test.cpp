// One room, one document: whatever people open, host and join twice, no text is there twice, and no
// document is mixed into another.

#include "fixture.h"

#include <QFile>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// A text file that several people may have.
class TextOnDisk {
public:
    TextOnDisk()
    {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || file.write("once upon a time\n") < 0) {
            qFatal("cannot write");
        }
    }
    QString path() const { return m_folder.filePath(QStringLiteral("tale.txt")); }

private:
    QTemporaryDir m_folder;
};

const QString kTale = QStringLiteral("once upon a time\n");

Replica &import(TestPerson &person, const TextOnDisk &file)
{
    const auto imported = person.import(file.path());
    if (!imported) {
        qFatal("%s", imported.error().message.c_str());
    }
    return **imported;
}

QString host(TestPerson &person, Replica &replica, quint16 port = 0)
{
    Host &host = person.profile().host();
    if (!host.start(QHostAddress(QHostAddress::LocalHost), port, Exposure::Encrypted)) {
        qFatal("cannot host");
    }
    return *host.share(replica);
}

} // namespace

class IdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileThatIsOpenedTwiceIsTwoDocumentsWithTheTextOnce();
    void hostingAgainBringsTheGuestsBackToTheSameText();
    void aFileThatIsOpenedAndHostedAgainIsNotMixedIntoTheGuestsCopy();
    void aServerThatLostItsFolderIsFilledOnceByAll();
    void joiningWhatIsHostedHereOpensIt();
    void twoWhoFindTheSameEmptyRoomWriteOneDocument();
    void twoWhoPublishTheSameFileAtOnceAreNotMixed();
    void theOtherDocumentCanBeOpenedBesideTheOwn();
    void theOwnDocumentCanBePublishedAnew();
};

void IdentityTest::aFileThatIsOpenedTwiceIsTwoDocumentsWithTheTextOnce()
{
    const TextOnDisk file;
    TestPerson ann(QStringLiteral("Ann"));
    Replica &first = import(ann, file);
    Replica &second = import(ann, file);
    QCOMPARE(textOf(first), kTale);
    QCOMPARE(textOf(second), kTale);
    if (&first != &second) {
        QVERIFY(first.identityKey() != second.identityKey());
    }
}

void IdentityTest::hostingAgainBringsTheGuestsBackToTheSameText()
{
    const TextOnDisk file;
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica *hers = &import(ann, file);
    const DocumentId id = hers->id();
    const QString link = host(ann, *hers);
    const quint16 port = ann.profile().host().port();
    Replica &his = bob.join(link);
    QTRY_COMPARE(textOf(his), kTale);
    for (int round = 0; round < 3; ++round) {
        ann.restart();
        QTRY_COMPARE(his.link(), LinkState::Offline);
        type(his, 0, u"!");
        hers = ann.profile().open(id).value();
        QCOMPARE(host(ann, *hers, port), link);
        QTRY_COMPARE(his.link(), LinkState::Online);
        QTRY_COMPARE(textOf(*hers), textOf(his));
    }
    QCOMPARE(textOf(his), QStringLiteral("!!!") + kTale);
}

void IdentityTest::aFileThatIsOpenedAndHostedAgainIsNotMixedIntoTheGuestsCopy()
{
    const TextOnDisk file;
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString link = host(ann, import(ann, file));
    const quint16 port = ann.profile().host().port();
    Replica &his = bob.join(link);
    QTRY_COMPARE(textOf(his), kTale);
    ann.restart();
    QTRY_COMPARE(his.link(), LinkState::Offline);
    Replica &again = import(ann, file);
    const QString newLink = host(ann, again, port);
    his.connectNow();
    if (newLink != link) {
        // Its place is not taken, only left.
        QTRY_VERIFY(his.linkMessage().contains(QStringLiteral("no document at this address")));
        QCOMPARE(textOf(bob.join(newLink)), QString());
    }
    QTRY_COMPARE(textOf(bob.join(newLink)), kTale);
    QCOMPARE(textOf(his), kTale);
    QTRY_COMPARE(textOf(again), kTale);
}

void IdentityTest::aServerThatLostItsFolderIsFilledOnceByAll()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    TestPerson carol(QStringLiteral("Carol"));
    auto server = std::make_unique<TestServer>();
    server->start();
    const QString address = server->address(QStringLiteral("x"));
    Replica &hers = ann.join(address);
    Replica &his = bob.join(address);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    type(hers, 0, u"once");
    QTRY_COMPARE(textOf(his), QStringLiteral("once"));
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    const quint16 port = server->port();
    server.reset();
    QTRY_COMPARE(hers.link(), LinkState::Offline);
    QTRY_COMPARE(his.link(), LinkState::Offline);
    server = std::make_unique<TestServer>();
    server->start(port);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(his.link(), LinkState::Online);
    Replica &third = carol.join(address);
    QTRY_COMPARE(textOf(third), QStringLiteral("once"));
    QCOMPARE(textOf(hers), QStringLiteral("once"));
    QCOMPARE(textOf(his), QStringLiteral("once"));
}

void IdentityTest::joiningWhatIsHostedHereOpensIt()
{
    const TextOnDisk file;
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = import(ann, file);
    const QString link = host(ann, hers);
    Replica &joined = ann.join(link);
    QCOMPARE(&joined, &hers);
    QCOMPARE(ann.profile().documents().size(), 1);
    // Also when it is not shared just now.
    ann.restart();
    Replica &again = ann.join(link);
    QTRY_COMPARE(textOf(again), kTale);
    QCOMPARE(again.link(), LinkState::Local);
    QCOMPARE(ann.profile().documents().size(), 1);
}

void IdentityTest::twoWhoFindTheSameEmptyRoomWriteOneDocument()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString address = server.address(QStringLiteral("x"));
    Replica &hers = ann.join(address);
    Replica &his = bob.join(address);
    type(hers, 0, u"A");
    type(his, 0, u"B");
    QTRY_COMPARE(textOf(hers).size(), 2);
    QTRY_COMPARE(textOf(his), textOf(hers));
    QTRY_VERIFY(!hers.identityKey().isEmpty() && hers.identityKey() == his.identityKey());
    QTRY_VERIFY(hers.link() == LinkState::Online && his.link() == LinkState::Online);
    // And nobody is turned away when they come back.
    server.stop();
    QTRY_VERIFY(hers.link() == LinkState::Offline && his.link() == LinkState::Offline);
    server.start();
    QTRY_VERIFY(hers.link() == LinkState::Online && his.link() == LinkState::Online);
    QCOMPARE(textOf(hers).size(), 2);
}

void IdentityTest::twoWhoPublishTheSameFileAtOnceAreNotMixed()
{
    const TextOnDisk file;
    for (int round = 0; round < 4; ++round) {
        TestServer server;
        server.start();
        TestPerson ann(QStringLiteral("Ann"));
        TestPerson bob(QStringLiteral("Bob"));
        Replica &hers = import(ann, file);
        Replica &his = import(bob, file);
        const QString address = server.address(QStringLiteral("x"));
        QVERIFY(hers.connectTo(address));
        QVERIFY(his.connectTo(address));
        QTRY_VERIFY(hers.isReplaced() || his.isReplaced());
        Replica &winner = hers.isReplaced() ? his : hers;
        QTRY_COMPARE(winner.link(), LinkState::Online);
        QTRY_COMPARE(winner.edits().waiting, quint64(0));
        QCOMPARE(textOf(hers), kTale);
        QCOMPARE(textOf(his), kTale);
        TestPerson carol(QStringLiteral("Carol"));
        Replica &third = carol.join(address);
        QTRY_COMPARE(textOf(third), kTale);
        QTRY_COMPARE(third.identityKey(), winner.identityKey());
    }
}

void IdentityTest::theOtherDocumentCanBeOpenedBesideTheOwn()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString address = server.address(QStringLiteral("x"));
    Replica &his = bob.join(address);
    QTRY_COMPARE(his.link(), LinkState::Online);
    type(his, 0, u"theirs");
    QTRY_COMPARE(his.edits().waiting, quint64(0));
    Replica &hers = ann.create(QStringLiteral("Mine"), u"mine");
    QVERIFY(!ann.profile().openReplacement(hers).has_value());
    QVERIFY(hers.connectTo(address));
    QTRY_VERIFY(hers.isReplaced());
    Replica &other = *ann.profile().openReplacement(hers).value();
    QTRY_COMPARE(textOf(other), QStringLiteral("theirs"));
    QTRY_COMPARE(other.link(), LinkState::Online);
    QCOMPARE(textOf(hers), QStringLiteral("mine"));
    QCOMPARE(hers.link(), LinkState::Local);
    QCOMPARE(hers.edits().waiting, quint64(0));
    ann.restart();
    QCOMPARE(ann.profile().documents().size(), 2);
    QTRY_COMPARE(textOf(ann.join(address)), QStringLiteral("theirs"));
}

void IdentityTest::theOwnDocumentCanBePublishedAnew()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    const QString address = server.address(QStringLiteral("x"));
    Replica &his = bob.join(address);
    QTRY_COMPARE(his.link(), LinkState::Online);
    type(his, 0, u"theirs");
    QTRY_COMPARE(his.edits().waiting, quint64(0));
    Replica &hers = ann.create(QStringLiteral("Mine"), u"mine");
    QVERIFY(hers.connectTo(address));
    QTRY_VERIFY(hers.isReplaced());
    QVERIFY(ann.profile().publishAnew(hers).has_value());
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_COMPARE(hers.edits().waiting, quint64(0));
    QVERIFY(hers.address() != address);
    QTRY_COMPARE(textOf(bob.join(hers.address())), QStringLiteral("mine"));
    QCOMPARE(textOf(his), QStringLiteral("theirs"));
}

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity_test.moc"
