#include "tests/unit/session/fixture.h"

#include "libsync/net/address.h"
#include "libsync/session/document/chat.h"
#include "tests/support/http_request.h"

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// The link as a guest on this machine can use it: nothing here leaves loopback.
net::RoomAddress onLoopback(const QString &link)
{
    net::RoomAddress address = net::parseRoomAddress(link).value();
    address.host = QStringLiteral("127.0.0.1");
    return address;
}

/// Ann shares a document on this machine, and Bob has come by its link.
struct Session {
    Session()
    {
        start();
        link = host().share(*plans).value();
        copy = &bob.join(link);
        QTRY_COMPARE(copy->link(), LinkState::Online);
        QTRY_COMPARE(textOf(*copy), QStringLiteral("hello"));
        QTRY_COMPARE(host().guests(*plans).front().name, QStringLiteral("Bob"));
    }

    void start() { QVERIFY(host().start(QHostAddress(QHostAddress::LocalHost), 0).has_value()); }
    Host &host() { return ann.profile().host(); }
    quint64 bobsId() { return host().guests(*plans).front().id; }
    void bobWritesThatNobodyTakes()
    {
        type(*copy, 0, u"x");
        QVERIFY(textOf(*plans) == QStringLiteral("hello"));
    }

    TestPerson ann{QStringLiteral("Ann")};
    TestPerson bob{QStringLiteral("Bob")};
    Replica *plans = &ann.create(QStringLiteral("Plans"), u"hello");
    QString link;
    Replica *copy = nullptr;
};

} // namespace

class HostingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beyondThisMachineGuestsComeEncrypted();
    void theKeyOutlivesTheProgram();
    void onThisMachineNothingIsEncrypted();
    void aKeyThatCannotBeReadKeepsTheHostFromStarting();
    void onlyTheLinkLetsPeopleIn();
    void whereEverybodyIsLetInTheAddressIsEnough();
    void whatTheLinkAllowsHoldsForThoseWhoAreHere();
    void aGuestMayDoMoreThanTheLinkSays();
    void aGuestWhoMayDoLessComesBackAsThat();
    void whoIsRemovedStaysOut();
    void aLinkThatHasEndedIsGoodForNobody();
    void aLinkThatIsTakenBackIsGoodForNobody();
    void linksAreGoodAfterARestart();
    void whereItWasSharedIsRemembered();
    void whatIsNotSharedAnyMoreStaysSo();
    void programsThatAreNoEditorsReachAHostedDocument();
};

void HostingTest::beyondThisMachineGuestsComeEncrypted()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"), u"hello");
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::AnyIPv4), 0).has_value());
    const QString link = ann.profile().host().share(plans).value();
    net::RoomAddress address = onLoopback(link);
    QVERIFY(address.encrypted);
    QCOMPARE(address.fingerprint.size(), 43);

    TestPerson bob(QStringLiteral("Bob"));
    Replica &copy = bob.join(address.toLink());
    QTRY_COMPARE(textOf(copy), QStringLiteral("hello"));
    type(copy, 5, u" there");
    QTRY_COMPARE(textOf(plans), QStringLiteral("hello there"));

    TestPerson eve(QStringLiteral("Eve"));
    address.fingerprint = QByteArray(43, 'A');
    Replica &other = eve.join(address.toLink());
    QTRY_COMPARE(other.link(), LinkState::Refused);
    QVERIFY2(other.linkMessage().contains(QStringLiteral("another key")),
             qPrintable(other.linkMessage()));
    QVERIFY(textOf(other).isEmpty());
}

void HostingTest::theKeyOutlivesTheProgram()
{
    TestPerson ann(QStringLiteral("Ann"));
    QByteArray fingerprint;
    for (int run = 0; run < 2; ++run) {
        Replica &plans = ann.create(QStringLiteral("Plans"));
        QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::AnyIPv4), 0).has_value());
        const QString link = ann.profile().host().share(plans).value();
        QVERIFY(run == 0 || net::parseRoomAddress(link)->fingerprint == fingerprint);
        fingerprint = net::parseRoomAddress(link)->fingerprint;
        ann.restart();
    }
}

void HostingTest::onThisMachineNothingIsEncrypted()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"));
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    QVERIFY(!net::parseRoomAddress(ann.profile().host().share(plans).value())->encrypted);
    QVERIFY(!QFile::exists(ann.folder() + QStringLiteral("/certificate.pem")));
}

void HostingTest::aKeyThatCannotBeReadKeepsTheHostFromStarting()
{
    TestPerson ann(QStringLiteral("Ann"));
    QFile file(ann.folder() + QStringLiteral("/certificate.pem"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("broken");
    file.close();
    Host &host = ann.profile().host();
    const auto started = host.start(QHostAddress(QHostAddress::AnyIPv4), 0);
    QVERIFY(!started.has_value());
    QVERIFY(QString::fromStdString(started.error().message).contains(QStringLiteral("damaged")));
    QVERIFY(!host.isRunning());
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
}

void HostingTest::onlyTheLinkLetsPeopleIn()
{
    Session session;
    QVERIFY(session.link.startsWith(session.plans->address() + QLatin1String("#.")));
    QCOMPARE(session.plans->invitation(), session.link);
    TestPerson eve(QStringLiteral("Eve"));
    const Replica &hers = eve.join(session.plans->address());
    QTRY_COMPARE(hers.link(), LinkState::Refused);
    QCOMPARE(session.host().guestCount(*session.plans), 1);
    const std::optional<LinkTerms> terms = session.host().terms(*session.plans);
    QVERIFY(terms && terms->access == protocol::Access::Edit && terms->left);
}

void HostingTest::whereEverybodyIsLetInTheAddressIsEnough()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"), u"hello");
    Host &host = ann.profile().host();
    const auto beyond = host.start(QHostAddress(QHostAddress::AnyIPv4), 0, Exposure::Encrypted,
                                   Admission::Everybody);
    QVERIFY(!beyond && beyond.error().code == ErrorCode::Denied);
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0, Exposure::Encrypted,
                       Admission::Everybody)
                .has_value());
    const QString link = host.share(plans).value();
    QCOMPARE(link, plans.address());
    QVERIFY(!host.terms(plans));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &copy = bob.join(plans.address());
    QTRY_COMPARE(textOf(copy), QStringLiteral("hello"));
}

void HostingTest::whatTheLinkAllowsHoldsForThoseWhoAreHere()
{
    Session session;
    QSignalSpy changed(&session.host(), &Host::linkChanged);
    QVERIFY(session.host().setLinkAccess(*session.plans, protocol::Access::View).has_value());
    QVERIFY(!changed.isEmpty());
    QCOMPARE(session.plans->invitation(), session.link);
    QTRY_VERIFY(session.copy->isReadOnly());
    QVERIFY(session.host().guests(*session.plans).front().access == protocol::Access::View);
    session.bobWritesThatNobodyTakes();
    QVERIFY(session.host().setLinkAccess(*session.plans, protocol::Access::Edit).has_value());
    QTRY_COMPARE(textOf(*session.plans), QStringLiteral("xhello"));
}

void HostingTest::aGuestMayDoMoreThanTheLinkSays()
{
    Session session;
    QVERIFY(session.host().setLinkAccess(*session.plans, protocol::Access::View).has_value());
    QTRY_VERIFY(session.copy->isReadOnly());
    session.host().setAccess(*session.plans, session.bobsId(), protocol::Access::Edit);
    QTRY_VERIFY(!session.copy->isReadOnly());
    type(*session.copy, 0, u"x");
    QTRY_COMPARE(textOf(*session.plans), QStringLiteral("xhello"));
    // Nobody else has it.
    TestPerson eve(QStringLiteral("Eve"));
    const Replica &hers = eve.join(session.link);
    QTRY_COMPARE(hers.link(), LinkState::Online);
    QTRY_VERIFY(hers.isReadOnly());
    QVERIFY(!session.copy->isReadOnly());
    session.host().setAccess(*session.plans, session.bobsId(), protocol::Access::View);
    QTRY_VERIFY(session.copy->isReadOnly());
}

void HostingTest::aGuestWhoMayDoLessComesBackAsThat()
{
    Session session;
    session.host().setAccess(*session.plans, session.bobsId(), protocol::Access::View);
    QTRY_VERIFY(session.copy->isReadOnly());
    session.bobWritesThatNobodyTakes();
    session.copy->disconnectLink();
    QTRY_COMPARE(session.host().guestCount(*session.plans), 0);
    session.copy->connectNow();
    QTRY_COMPARE(session.host().guestCount(*session.plans), 1);
    QTRY_VERIFY(session.host().guests(*session.plans).front().access == protocol::Access::View);
    session.host().setAccess(*session.plans, session.bobsId(), protocol::Access::Edit);
    QTRY_VERIFY(!session.copy->isReadOnly());
    QTRY_VERIFY(textOf(*session.plans).startsWith(u'x'));
}

void HostingTest::whoIsRemovedStaysOut()
{
    Session session;
    session.host().remove(*session.plans, session.bobsId());
    QTRY_COMPARE(session.copy->link(), LinkState::Refused);
    QVERIFY(session.copy->linkMessage().contains(QStringLiteral("removed")));
    QCOMPARE(session.host().guestCount(*session.plans), 0);
}

void HostingTest::aLinkThatHasEndedIsGoodForNobody()
{
    Session session;
    QVERIFY(session.host().setLinkLife(*session.plans, std::nullopt).has_value());
    QVERIFY(!session.host().terms(*session.plans)->left);
    QVERIFY(session.host().setLinkLife(*session.plans, std::chrono::seconds(0)).has_value());
    QTRY_COMPARE(session.copy->link(), LinkState::Refused);
    QVERIFY(session.copy->linkMessage().contains(QStringLiteral("expired")));
    QVERIFY(!session.host().terms(*session.plans));
    QVERIFY(session.host().isShared(*session.plans));
    // Share makes another one.
    const QString link = session.host().share(*session.plans).value();
    QVERIFY(link != session.link);
    session.bob.join(link);
    QTRY_COMPARE(session.copy->link(), LinkState::Online);
}

void HostingTest::aLinkThatIsTakenBackIsGoodForNobody()
{
    Session session;
    QVERIFY(session.host().setLinkAccess(*session.plans, protocol::Access::Comment).has_value());
    QVERIFY(session.host().replaceLink(*session.plans).has_value());
    QTRY_COMPARE(session.copy->link(), LinkState::Refused);
    const QString link = session.plans->invitation();
    QVERIFY(link != session.link);
    QVERIFY(session.host().terms(*session.plans)->access == protocol::Access::Comment);
    session.bob.join(link);
    QTRY_COMPARE(session.copy->link(), LinkState::Online);
}

void HostingTest::linksAreGoodAfterARestart()
{
    Session session;
    QVERIFY(session.host().setLinkAccess(*session.plans, protocol::Access::View).has_value());
    const DocumentId id = session.plans->id();
    session.ann.restart();
    session.plans = session.ann.profile().open(id).value();
    QVERIFY(!session.host().isRunning());
    QVERIFY(session.host().resume(*session.plans).has_value());
    QCOMPARE(session.plans->invitation(), session.link);
    QVERIFY(session.host().terms(*session.plans)->access == protocol::Access::View);
    QTRY_COMPARE(session.copy->link(), LinkState::Online);
}

void HostingTest::whereItWasSharedIsRemembered()
{
    TestPerson ann(QStringLiteral("Ann"));
    QVERIFY(ann.profile().host().lastAddress().isNull());
    const QHostAddress here(QHostAddress::LocalHost);
    QVERIFY(ann.profile().host().start(here, 0).has_value());
    const quint16 port = ann.profile().host().port();
    ann.restart();
    QCOMPARE(ann.profile().host().lastAddress(), here);
    QVERIFY(ann.profile().host().start(here, 0).has_value());
    QCOMPARE(ann.profile().host().port(), port);
}

void HostingTest::whatIsNotSharedAnyMoreStaysSo()
{
    Session session;
    const DocumentId id = session.plans->id();
    session.host().unshare(*session.plans);
    QTRY_COMPARE(session.copy->link(), LinkState::Refused);
    session.ann.restart();
    session.plans = session.ann.profile().open(id).value();
    QVERIFY(session.host().resume(*session.plans).has_value());
    QVERIFY(!session.host().isRunning() && !session.host().isShared(*session.plans));
    session.start();
    session.copy->connectNow();
    QTRY_VERIFY(session.copy->linkMessage().contains(QStringLiteral("no document")));
    QCOMPARE(session.host().share(*session.plans).value(), session.link);
    session.copy->connectNow();
    QTRY_COMPARE(session.copy->link(), LinkState::Online);
}

void HostingTest::programsThatAreNoEditorsReachAHostedDocument()
{
    Session session;
    const net::RoomAddress address = net::parseRoomAddress(session.link).value();
    const QByteArray path = "/rooms/" + address.room.toLatin1() + "/chat";
    const QByteArray body = R"({"name": "Robot", "text": "Hello"})";
    const QByteArray bearer = "Content-Type: application/json\r\nAuthorization: Bearer " +
                              address.token.toLatin1() + "\r\n";
    const QByteArray closing = "Connection: close\r\n";
    QVERIFY(answerTo(postRequest(path, address.port, body,
                                 "Content-Type: application/json\r\n" + closing),
                     address.port)
                .startsWith("HTTP/1.1 401"));
    const QByteArray answer =
        answerTo(postRequest(path, address.port, body, bearer + closing), address.port);
    QVERIFY2(answer.startsWith("HTTP/1.1 201"), answer.constData());
    QTRY_COMPARE(session.copy->chat().messages().size(), 1);
    QCOMPARE(session.copy->chat().messages().first().text, QStringLiteral("Hello"));

    QTcpSocket reader;
    reader.connectToHost(QHostAddress(QHostAddress::LocalHost), address.port);
    reader.write(getRequest("/rooms/" + address.room.toLatin1() + "/events", address.port, bearer));
    QByteArray events;
    QTRY_VERIFY((events += reader.readAll()).contains("event: snapshot") &&
                events.contains("Robot"));
}

QTEST_GUILESS_MAIN(HostingTest)
#include "hosting_test.moc"
