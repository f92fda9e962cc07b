#include "fixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>

using namespace cowrite;
using namespace cowrite::session;

class ProfileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewProfileHasAColourAndNoName();
    void aFolderInUseGivesASentence();
    void oneDocumentIsOneObjectHoweverOftenItIsOpened();
    void aFileBecomesADocument();
    void joiningTwiceOpensTheSameDocument();
    void anInvitationIsForTheSessionAndNeverStored();
    void aLaterLinkOfTheRoomNeverDropsItsFingerprint();
    void everythingIsStoredWhenItSaysSo();
    void documentsCanBeRemovedOnceTheyAreClosed();
    void sharingFromTheAppLetsOthersIn();
    void guestsComeBackWhenTheHostDoes();
    void aPortInUseGivesASentence();
};

void ProfileTest::aNewProfileHasAColourAndNoName()
{
    QTemporaryDir folder;
    SystemClock clock;
    SystemRng rng;
    Identity first;
    {
        const auto profile = Profile::open(folder.path(), clock, rng);
        QVERIFY(profile.has_value());
        QVERIFY(!(*profile)->hasName());
        first = (*profile)->identity();
        QVERIFY(palette().contains(first.color));
        QCOMPARE(first.colorLight(), first.color + QStringLiteral("33"));
        QVERIFY(!first.userId.isEmpty());
        first.name = QStringLiteral("Ann");
        (*profile)->setIdentity(first);
    }
    const auto again = Profile::open(folder.path(), clock, rng);
    QVERIFY((*again)->hasName());
    QCOMPARE((*again)->identity(), first);
}

void ProfileTest::aFolderInUseGivesASentence()
{
    TestPerson ann(QStringLiteral("Ann"));
    SystemClock clock;
    SystemRng rng;
    const auto second = Profile::open(ann.folder(), clock, rng);
    QVERIFY(!second.has_value());
    QVERIFY(second.error().code == ErrorCode::Busy);
    QVERIFY(QString::fromStdString(second.error().message).endsWith(u'.'));
}

void ProfileTest::oneDocumentIsOneObjectHoweverOftenItIsOpened()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &first = ann.create(QStringLiteral("Plan"));
    Replica *const second = ann.profile().open(first.id()).value();
    QCOMPARE(second, &first);
    QSignalSpy gone(&first, &QObject::destroyed);
    ann.profile().close(&first);
    QCOMPARE(ann.profile().openReplicas().size(), 1);
    ann.profile().close(second);
    QVERIFY(ann.profile().openReplicas().isEmpty());
    QTRY_COMPARE(gone.size(), 1);
    QVERIFY(ann.profile().open(12345).error().code == ErrorCode::NotFound);
}

void ProfileTest::aFileBecomesADocument()
{
    TestPerson ann(QStringLiteral("Ann"));
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("list.md")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("one\r\ntwo\r\n");
    file.close();
    Replica *const imported = ann.import(file.fileName()).value();
    QVERIFY(imported->isLoaded());
    QCOMPARE(textOf(*imported), QStringLiteral("one\ntwo\n"));
    QCOMPARE(imported->textForm().lineEnd, QStringLiteral("\r\n"));
    QVERIFY(imported->kind() == DocumentKind::Markdown);
    QCOMPARE(imported->title(), QStringLiteral("list.md"));
    const DocumentId id = imported->id();
    ann.restart();
    Replica *const again = ann.profile().open(id).value();
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(textOf(*again), QStringLiteral("one\ntwo\n"));
    QCOMPARE(again->textForm().lineEnd, QStringLiteral("\r\n"));
    QVERIFY(!ann.import(folder.path()).has_value());
    QCOMPARE(ann.profile().documents().size(), 1);
}

void ProfileTest::joiningTwiceOpensTheSameDocument()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &first = ann.join(QStringLiteral("cowrite://127.0.0.1:1/r/x"));
    Replica &second = ann.join(QStringLiteral(" ws://127.0.0.1:1/r/x "));
    QCOMPARE(&first, &second);
    QVERIFY(!ann.profile().join(QStringLiteral("hello")).has_value());
    QCOMPARE(ann.profile().documents().size(), 1);
    QTRY_COMPARE(first.link(), LinkState::Offline);
}

void ProfileTest::anInvitationIsForTheSessionAndNeverStored()
{
    const QByteArray canary = "canary-5b3f0a-canary";
    TestPerson ann(QStringLiteral("Ann"));
    const QString plain = QStringLiteral("ws://127.0.0.1:9/notes");
    const QString invited = plain + QStringLiteral("?token=") + QString::fromLatin1(canary);
    Replica &notes = ann.join(invited);
    QCOMPARE(notes.address(), plain);
    QCOMPARE(notes.invitation(), invited);
    ann.profile().close(&notes);
    const QString address = QStringLiteral("cowrite://127.0.0.1:9/r/x");
    Replica &first = ann.join(address);
    Replica &again = ann.join(address + QStringLiteral("#.") + QString::fromLatin1(canary));
    QCOMPARE(&first, &again);
    QCOMPARE(again.address(), address);
    QVERIFY(again.invitation().endsWith(QString::fromLatin1(canary)));
    QCOMPARE(again.invitationMessage().isEmpty(), false);

    QSignalSpy flushed(&ann.profile(), &Profile::flushed);
    ann.profile().closeAll();
    QTRY_COMPARE(flushed.size(), 1);
    ann.close();
    for (const QFileInfo &entry : QDir(ann.folder()).entryInfoList(QDir::Files)) {
        QFile file(entry.filePath());
        QVERIFY(file.open(QFile::ReadOnly));
        QVERIFY2(!file.readAll().contains(canary), qPrintable(entry.fileName()));
    }
}

void ProfileTest::aLaterLinkOfTheRoomNeverDropsItsFingerprint()
{
    TestPerson ann(QStringLiteral("Ann"));
    const QString address = QStringLiteral("cowrite://127.0.0.1:9/r/x");
    const auto pinned = [&](char c) {
        return address + u'#' +
               QString::fromLatin1(QByteArray(32, c).toBase64(QByteArray::Base64UrlEncoding |
                                                              QByteArray::OmitTrailingEquals));
    };
    Replica &replica = ann.join(address);
    ann.join(pinned('a'));
    QCOMPARE(replica.address(), pinned('a'));
    ann.join(address + QStringLiteral("#.token"));
    QCOMPARE(replica.invitation(), pinned('a') + QStringLiteral(".token"));
    ann.join(pinned('b'));
    QCOMPARE(replica.address(), pinned('b'));
}

void ProfileTest::everythingIsStoredWhenItSaysSo()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"));
    const DocumentId id = hers.id();
    for (std::uint32_t i = 0; i < 500; ++i) {
        type(hers, i, u"x");
    }
    QSignalSpy flushed(&ann.profile(), &Profile::flushed);
    ann.profile().closeAll();
    QVERIFY(flushed.isEmpty());
    QTRY_COMPARE(flushed.size(), 1);
    QVERIFY(flushed.first().first().toString().isEmpty());
    ann.restart();
    Replica *const again = ann.profile().open(id).value();
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(textOf(*again).size(), 500);
}

void ProfileTest::documentsCanBeRemovedOnceTheyAreClosed()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"));
    const DocumentId id = hers.id();
    QVERIFY(ann.profile().removeDocument(id).error().code == ErrorCode::Busy);
    ann.profile().close(&hers);
    QSignalSpy changed(&ann.profile(), &Profile::documentsChanged);
    QVERIFY(ann.profile().removeDocument(id).has_value());
    QTRY_VERIFY(!changed.isEmpty());
    QVERIFY(ann.profile().documents().isEmpty());
}

void ProfileTest::sharingFromTheAppLetsOthersIn()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"), u"# Plan");
    Host &host = ann.profile().host();
    QVERIFY(host.share(hers).error().code == ErrorCode::Busy);
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    const QString link = host.share(hers).value();
    QVERIFY(link.startsWith(QStringLiteral("cowrite://127.0.0.1:")));
    QCOMPARE(hers.link(), LinkState::Hosting);
    QCOMPARE(hers.invitation(), link);

    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(link);
    QTRY_COMPARE(textOf(his), QStringLiteral("# Plan"));
    QTRY_COMPARE(host.guestCount(hers), 1);
    type(his, 0, u"Our ");
    QTRY_COMPARE(textOf(hers), QStringLiteral("Our # Plan"));
    QTRY_COMPARE(his.edits().waiting, quint64(0));
    QVERIFY(his.serverConfirms());
    QTRY_COMPARE(namesIn(hers).size(), 2);

    host.unshare(hers);
    QTRY_COMPARE(his.link(), LinkState::Refused);
    QCOMPARE(his.linkMessage(), QStringLiteral("The host has stopped sharing this document."));
    QCOMPARE(hers.link(), LinkState::Local);
    QTRY_COMPARE(namesIn(hers).size(), 1);
    // The address alone opens nothing any more; who was in asks again, as the host may come back.
    his.connectNow();
    QTRY_COMPARE(his.link(), LinkState::Offline);
    QTRY_VERIFY(his.linkMessage().contains(QStringLiteral("no document at this address")));
}

void ProfileTest::guestsComeBackWhenTheHostDoes()
{
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.create(QStringLiteral("Plan"), u"# Plan");
    const DocumentId id = hers.id();
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    const quint16 port = ann.profile().host().port();
    const QString link = ann.profile().host().share(hers).value();
    Replica &his = bob.join(link);
    QTRY_COMPARE(his.link(), LinkState::Online);
    ann.restart();
    QTRY_COMPARE(his.link(), LinkState::Offline);
    type(his, 0, u"Offline: ");
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::LocalHost), port).has_value());
    Replica *const again = ann.profile().open(id).value();
    QCOMPARE(ann.profile().host().share(*again).value(), link);
    QTRY_COMPARE(textOf(*again), QStringLiteral("Offline: # Plan"));
    QTRY_COMPARE(his.edits().waiting, quint64(0));
}

void ProfileTest::aPortInUseGivesASentence()
{
    TestPerson ann(QStringLiteral("Ann"));
    Host &host = ann.profile().host();
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    TestPerson bob(QStringLiteral("Bob"));
    const auto taken =
        bob.profile().host().start(QHostAddress(QHostAddress::LocalHost), host.port());
    QVERIFY(taken.error().code == ErrorCode::Busy);
}

QTEST_GUILESS_MAIN(ProfileTest)
#include "profile_test.moc"
