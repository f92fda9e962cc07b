// What the local network is told of a document, what is believed of what it tells, and people who
// ask to be let in.
#include "tests/unit/session/fixture.h"

#include "libsync/net/address.h"
#include "libsync/session/document/foreign_name.h"
#include "libsync/session/profile/join_request.h"
#include "libsync/session/profile/nearby.h"

#include <QSignalSpy>

using namespace cowrite;
using namespace cowrite::session;

namespace {

constexpr int kPatience = 20'000;

/// Ann shares a document with other computers.
struct Shared {
    Shared()
    {
        QVERIFY(host().start(QHostAddress(QHostAddress::AnyIPv4), 0).has_value());
        link = host().share(*plans).value();
    }

    Host &host() { return ann.profile().host(); }
    /// Of the document, as somebody on this machine reaches it: nothing here leaves loopback.
    QString address() const
    {
        net::RoomAddress address = net::parseRoomAddress(link).value();
        address.host = QStringLiteral("127.0.0.1");
        address.token.clear();
        return address.toString();
    }
    QString token() const { return net::parseRoomAddress(link)->token; }

    TestPerson ann{QStringLiteral("Ann")};
    Replica *plans = &ann.create(QStringLiteral("Plans"), u"hello");
    QString link;
};

Identity called(const QString &name)
{
    SystemRng rng;
    return newIdentity(name, rng);
}

QByteArrayList honest()
{
    return {"txtvers=1", "room=plans", "key=" + QByteArray(43, 'A'), "by=Violet"};
}

const QHostAddress kThere(QStringLiteral("192.168.1.5"));

} // namespace

class NearbyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsAnnouncedCanBeReadAndLetsNobodyIn();
    void namesFitIntoTheirRecords();
    void whatCannotBeJoinedIsNoSession_data();
    void whatCannotBeJoinedIsNoSession();
    void foreignNamesAreOnePlainLine_data();
    void foreignNamesAreOnePlainLine();
    void twoKeysLookDifferent();
    void nothingIsAnnouncedUnasked();
    void nothingIsAnnouncedThatOtherComputersCannotReach();
    void whoIsLetInGetsTheLink();
    void whoIsTurnedAwayHearsIt();
    void whoGivesUpAsksNoMore();
    void whenSharingEndsNobodyWaits();
    void nobodyAsksWhereNothingIsAnnounced();
    void anotherKeyIsNotAsked();
    void oneAddressDoesNotRingForEver();
};

void NearbyTest::whatIsAnnouncedCanBeReadAndLetsNobodyIn()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    const std::vector<Announcement> all = shared.host().announcements();
    QCOMPARE(all.size(), std::size_t{1});
    const auto session = nearbySession(serviceName(all[0]), kThere, all[0].port, txtOf(all[0]));
    QVERIFY(session);
    QCOMPARE(session->title, QStringLiteral("Plans"));
    QCOMPARE(session->person, QStringLiteral("Ann"));
    net::RoomAddress expected = net::parseRoomAddress(shared.link).value();
    expected.host = kThere.toString();
    expected.token.clear();
    QCOMPARE(session->address, expected.toString());
    QVERIFY(!shared.token().isEmpty());
    for (const QByteArray &entry : txtOf(all[0])) {
        QVERIFY(!entry.contains(shared.token().toLatin1()));
    }
    QCOMPARE(keyTextIn(session->address), keyText(shared.host().fingerprint()));
    QSignalSpy changed(&shared.host(), &Host::announcementsChanged);
    shared.plans->setTitle(QStringLiteral("Other plans"));
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(shared.host().announcements()[0].title, QStringLiteral("Other plans"));
}

void NearbyTest::namesFitIntoTheirRecords()
{
    const Announcement announcement{QString(100, QChar(0xE4)), QString(300, QChar(0x4E2D)),
                                    QStringLiteral("plans"), QByteArray(43, 'A'), 1};
    QCOMPARE(serviceName(announcement), QString(31, QChar(0xE4)));
    for (const QByteArray &entry : txtOf(announcement)) {
        QVERIFY(entry.size() <= 255);
    }
    QCOMPARE(serviceName({QStringLiteral(" \u202E\n"), {}, {}, {}, 0}), QStringLiteral("Cowrite"));
}

void NearbyTest::whatCannotBeJoinedIsNoSession_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QByteArrayList>("txt");
    const QString name = QStringLiteral("Studio");
    const QString host = kThere.toString();
    const auto with = [](int index, const QByteArray &entry) {
        QByteArrayList txt = honest();
        txt[index] = entry;
        return txt;
    };
    QTest::newRow("no name") << QStringLiteral("\u202E \u200B") << host << 7300 << honest();
    QTest::newRow("no port") << name << host << 0 << honest();
    QTest::newRow("no host") << name << QString() << 7300 << honest();
    QTest::newRow("this computer") << name << QStringLiteral("127.0.0.1") << 7300 << honest();
    QTest::newRow("everybody") << name << QStringLiteral("224.0.0.251") << 7300 << honest();
    QTest::newRow("no room") << name << host << 7300 << with(1, "room=");
    QTest::newRow("a path") << name << host << 7300 << with(1, "room=../../etc");
    QTest::newRow("no key") << name << host << 7300 << with(2, "key=");
    QTest::newRow("a token with the key")
        << name << host << 7300 << with(2, "key=" + QByteArray(43, 'A') + ".token");
    QTest::newRow("a short key") << name << host << 7300 << with(2, "key=AAAA");
    QTest::newRow("nothing said") << name << host << 7300 << QByteArrayList();
    QTest::newRow("too much said")
        << name << host << 7300 << honest() + QByteArrayList(100, QByteArrayLiteral("a=b"));
}

void NearbyTest::whatCannotBeJoinedIsNoSession()
{
    QFETCH(QString, name);
    QFETCH(QString, host);
    QFETCH(int, port);
    QFETCH(QByteArrayList, txt);
    QVERIFY(nearbySession(QStringLiteral("Studio"), kThere, 7300, honest()));
    QVERIFY(!nearbySession(name, QHostAddress(host), static_cast<quint16>(port), txt));
}

void NearbyTest::foreignNamesAreOnePlainLine_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("shown");
    QTest::newRow("honest") << QStringLiteral("Zoë’s plan") << QStringLiteral("Zoë’s plan");
    QTest::newRow("lines") << QStringLiteral(" one\n\ttwo\u2028three\x07 ")
                           << QStringLiteral("one two three");
    QTest::newRow("direction") << QStringLiteral("a\u202Egpj.exe\u2066b\u200Fc")
                               << QStringLiteral("agpj.exebc");
    QTest::newRow("unseen") << QStringLiteral("a\u200B\uFEFF\uE000b") << QStringLiteral("ab");
    QTest::newRow("marks") << QStringLiteral("a") + QString(50, QChar(0x0301))
                           << QStringLiteral("a\u0301\u0301");
    QTest::newRow("long") << QString(500, u'x') << QString(20, u'x');
    QTest::newRow("a picture at the end")
        << QString(19, u'x') + QStringLiteral("\U0001F600") << QString(19, u'x');
    QTest::newRow("half a picture") << QString(QChar(0xD83D)) + u'a' << QStringLiteral("\uFFFDa");
}

void NearbyTest::foreignNamesAreOnePlainLine()
{
    QFETCH(QString, said);
    QFETCH(QString, shown);
    QCOMPARE(foreignName(said, 20), shown);
}

void NearbyTest::twoKeysLookDifferent()
{
    const QString one = keyText(QByteArray(43, 'A'));
    QCOMPARE(one, QStringLiteral("0000 0000 0000 0000"));
    QVERIFY(keyText(QByteArray(43, 'B')) != one);
    QCOMPARE(keyText({}), QString());
}

void NearbyTest::nothingIsAnnouncedUnasked()
{
    Shared shared;
    QVERIFY(shared.host().announcements().empty());
    shared.host().setAnnounced(*shared.plans, true);
    QCOMPARE(shared.host().announcements().size(), std::size_t{1});
    // As it was the last time, once it is shared again.
    shared.host().unshare(*shared.plans);
    QVERIFY(shared.host().announcements().empty());
    QVERIFY(shared.host().share(*shared.plans).has_value());
    QCOMPARE(shared.host().announcements().size(), std::size_t{1});
    shared.host().setAnnounced(*shared.plans, false);
    QVERIFY(shared.host().announcements().empty());
}

void NearbyTest::nothingIsAnnouncedThatOtherComputersCannotReach()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"));
    Host &host = ann.profile().host();
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    QVERIFY(host.share(plans).has_value());
    host.setAnnounced(plans, true);
    QVERIFY(host.announcements().empty());
}

void NearbyTest::whoIsLetInGetsTheLink()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    TestPerson bob(QStringLiteral("Bob"));
    const JoinRequest request(shared.address(), called(QStringLiteral("Bob \u202E&c.")));
    QString link;
    connect(&request, &JoinRequest::letIn, this, [&](const QString &given) { link = given; });
    QTRY_COMPARE_WITH_TIMEOUT(shared.host().knocks(*shared.plans).size(), std::size_t{1},
                              kPatience);
    const Knock knock = shared.host().knocks(*shared.plans).front();
    QCOMPARE(knock.name, QStringLiteral("Bob &c."));
    QCOMPARE(knock.address, QStringLiteral("127.0.0.1"));
    QVERIFY(shared.host().letIn(*shared.plans, knock.id).has_value());
    QVERIFY(shared.host().knocks(*shared.plans).empty());
    QTRY_VERIFY_WITH_TIMEOUT(!link.isEmpty(), kPatience);
    QCOMPARE(net::parseRoomAddress(link)->token, shared.token());
    Replica &copy = bob.join(link);
    QTRY_COMPARE_WITH_TIMEOUT(textOf(copy), QStringLiteral("hello"), kPatience);
}

void NearbyTest::whoIsTurnedAwayHearsIt()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    const JoinRequest request(shared.address(), called(QStringLiteral("Bob")));
    const QSignalSpy letIn(&request, &JoinRequest::letIn);
    QSignalSpy refused(&request, &JoinRequest::refused);
    QTRY_COMPARE_WITH_TIMEOUT(shared.host().knocks(*shared.plans).size(), std::size_t{1},
                              kPatience);
    shared.host().turnAway(shared.host().knocks(*shared.plans).front().id);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    QVERIFY(refused.first().first().toString().contains(QStringLiteral("not let in")));
    QVERIFY(letIn.isEmpty());
    QVERIFY(shared.host().knocks(*shared.plans).empty());
}

void NearbyTest::whoGivesUpAsksNoMore()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    auto request = std::make_unique<JoinRequest>(shared.address(), called(QStringLiteral("Bob")));
    QTRY_COMPARE_WITH_TIMEOUT(shared.host().knocks(*shared.plans).size(), std::size_t{1},
                              kPatience);
    const quint64 id = shared.host().knocks(*shared.plans).front().id;
    request.reset();
    QTRY_VERIFY_WITH_TIMEOUT(shared.host().knocks(*shared.plans).empty(), kPatience);
    QVERIFY(shared.host().letIn(*shared.plans, id).has_value()); // too late, and no harm
}

void NearbyTest::whenSharingEndsNobodyWaits()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    const JoinRequest request(shared.address(), called(QStringLiteral("Bob")));
    QSignalSpy refused(&request, &JoinRequest::refused);
    QTRY_COMPARE_WITH_TIMEOUT(shared.host().knocks(*shared.plans).size(), std::size_t{1},
                              kPatience);
    shared.host().unshare(*shared.plans);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
}

void NearbyTest::nobodyAsksWhereNothingIsAnnounced()
{
    Shared shared;
    const JoinRequest request(shared.address(), called(QStringLiteral("Bob")));
    QSignalSpy refused(&request, &JoinRequest::refused);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    QVERIFY(shared.host().knocks(*shared.plans).empty());
}

void NearbyTest::anotherKeyIsNotAsked()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    net::RoomAddress address = net::parseRoomAddress(shared.address()).value();
    address.fingerprint = QByteArray(43, 'A');
    const JoinRequest request(address.toString(), called(QStringLiteral("Bob")));
    QSignalSpy refused(&request, &JoinRequest::refused);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    QVERIFY2(refused.first().first().toString().contains(QStringLiteral("another key")),
             qPrintable(refused.first().first().toString()));
    QVERIFY(shared.host().knocks(*shared.plans).empty());
}

void NearbyTest::oneAddressDoesNotRingForEver()
{
    Shared shared;
    shared.host().setAnnounced(*shared.plans, true);
    for (int i = 0; i < 3; ++i) {
        const JoinRequest request(shared.address(), called(QStringLiteral("Bob")));
        QSignalSpy refused(&request, &JoinRequest::refused);
        QTRY_COMPARE_WITH_TIMEOUT(shared.host().knocks(*shared.plans).size(), std::size_t{1},
                                  kPatience);
        shared.host().turnAway(shared.host().knocks(*shared.plans).front().id);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    }
    const JoinRequest request(shared.address(), called(QStringLiteral("Bob")));
    QSignalSpy refused(&request, &JoinRequest::refused);
    QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, kPatience);
    QVERIFY(refused.first().first().toString().contains(QStringLiteral("Too many")));
}

QTEST_GUILESS_MAIN(NearbyTest)
#include "nearby_test.moc"
