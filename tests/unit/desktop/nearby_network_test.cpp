// What Cowrite tells an Avahi of ours, and what it makes of what that tells.
#include "app/desktop/nearby_network.h"
#include "tests/gui/private_bus.h"
#include "tests/unit/desktop/fake_avahi.h"

#include <QSignalSpy>
#include <QTest>

#include <cstdio>

using namespace cowrite;
using namespace cowrite::desktop;

namespace {

constexpr uint kOurOwn = 16;

const guitest::PrivateBus *bus = nullptr;

/// Ours, and a daemon that is not there yet.
struct Both {
    static int number;

    FakeAvahi avahi{bus->connection(QStringLiteral("avahi%1").arg(++number))};
    std::unique_ptr<NearbyNetwork> network =
        std::make_unique<NearbyNetwork>(bus->connection(QStringLiteral("cowrite%1").arg(number)));

    Both() = default;
    ~Both() { avahi.stop(); }

    [[nodiscard]] QStringList titles() const
    {
        QStringList titles;
        const auto sessions = network->sessions();
        for (const session::NearbySession &session :
             sessions.value_or(QList<session::NearbySession>())) {
            titles.append(session.title);
        }
        return titles;
    }
    [[nodiscard]] QStringList published() const
    {
        QStringList names;
        for (const FakeAvahi::Service &service : avahi.published()) {
            names.append(service.name);
        }
        return names;
    }
};

int Both::number = 0;

FakeAvahi::Service studio(const QString &name = QStringLiteral("Studio"))
{
    return {2,
            0,
            name,
            QStringLiteral("192.168.1.5"),
            4455,
            {"txtvers=1", "room=" + QByteArray::number(qHash(name)), "key=" + QByteArray(43, 'A'),
             "by=Violet"},
            0};
}

session::Announcement plans(const QString &title = QStringLiteral("Plans"))
{
    return {title, QStringLiteral("Ann"), QStringLiteral("plans"), QByteArray(43, 'B'), 7301};
}

} // namespace

class NearbyNetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutADaemonNobodyKnows();
    void aSessionAppearsAndVanishes();
    void whatWasThereBeforeIsFound();
    void overSeveralNetworksItIsOne();
    void whatIsAnnouncedFromHereIsNotListed();
    void hostileNamesAreShownAsOneLineOrNotAtAll();
    void aCrowdIsBounded();
    void anAnswerThatComesTooLateIsForgotten();
    void aDaemonThatRestartsIsToldAgain();
    void whatIsAnnouncedSaysHowToAsk();
    void aTakenNameBecomesAnotherOne();
    void aNameThatIsTakenLaterBecomesAnotherOne();
    void whileTheDaemonIsRenamedNothingIsAnnounced();
    void whatIsNotSharedAnyMoreIsWithdrawn();
};

void NearbyNetworkTest::withoutADaemonNobodyKnows()
{
    Both both;
    both.network->announce({plans()});
    QVERIFY(!both.network->sessions());
    QSignalSpy changed(both.network.get(), &NearbyNetwork::changed);
    both.avahi.start();
    QTRY_VERIFY(both.network->sessions());
    QVERIFY(!changed.isEmpty());
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
    both.avahi.stop();
    QTRY_VERIFY(!both.network->sessions());
}

void NearbyNetworkTest::aSessionAppearsAndVanishes()
{
    Both both;
    both.avahi.start();
    QTRY_COMPARE(both.avahi.browsers(), 1);
    both.avahi.appear(studio());
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Studio")});
    const session::NearbySession session = both.network->sessions()->first();
    QCOMPARE(session.person, QStringLiteral("Violet"));
    QVERIFY(session.address.startsWith(QLatin1String("cowrite://192.168.1.5:4455/r/")));
    QVERIFY(session.address.endsWith(u'#' + QString(43, u'A')));
    both.avahi.vanish(studio());
    QTRY_VERIFY(both.titles().isEmpty());
    QVERIFY(both.network->sessions());
}

void NearbyNetworkTest::whatWasThereBeforeIsFound()
{
    Both both;
    both.avahi.appear(studio(QStringLiteral("B")));
    both.avahi.appear(studio(QStringLiteral("A")));
    both.avahi.start();
    QTRY_COMPARE(both.titles(), (QStringList{QStringLiteral("A"), QStringLiteral("B")}));
}

void NearbyNetworkTest::overSeveralNetworksItIsOne()
{
    Both both;
    both.avahi.start();
    FakeAvahi::Service overIpv6 = studio();
    overIpv6.protocol = 1;
    FakeAvahi::Service overWireless = studio();
    overWireless.interface = 3;
    overWireless.address = QStringLiteral("10.0.0.5");
    for (const FakeAvahi::Service &service : {overIpv6, overWireless, studio()}) {
        both.avahi.appear(service);
    }
    both.avahi.appear(studio(QStringLiteral("Zoo")));
    QTRY_COMPARE(both.titles(), (QStringList{QStringLiteral("Studio"), QStringLiteral("Zoo")}));
    both.avahi.vanish(studio());
    both.avahi.vanish(overIpv6);
    both.avahi.vanish(studio(QStringLiteral("Zoo")));
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Studio")});
    QVERIFY(both.network->sessions()->first().address.contains(QLatin1String("10.0.0.5")));
    both.avahi.vanish(overWireless);
    QTRY_VERIFY(both.titles().isEmpty());
}

void NearbyNetworkTest::whatIsAnnouncedFromHereIsNotListed()
{
    Both both;
    both.avahi.start();
    FakeAvahi::Service own = studio(QStringLiteral("Mine"));
    own.flags = kOurOwn;
    both.avahi.appear(own);
    both.avahi.appear(studio());
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Studio")});
}

void NearbyNetworkTest::hostileNamesAreShownAsOneLineOrNotAtAll()
{
    Both both;
    both.avahi.start();
    both.avahi.appear(studio(QStringLiteral("a\u202Eb\nc\x01\u2066")));
    both.avahi.appear(studio(QStringLiteral("\u200B\u202E")));
    both.avahi.appear(studio(QString(5000, u'x')));
    FakeAvahi::Service withoutKey = studio(QStringLiteral("without a key"));
    withoutKey.txt.removeAt(2);
    both.avahi.appear(withoutKey);
    FakeAvahi::Service itself = studio(QStringLiteral("this computer"));
    itself.address = QStringLiteral("127.0.0.1");
    both.avahi.appear(itself);
    both.avahi.appear(studio(QStringLiteral("zz")));
    QTRY_COMPARE(both.titles(),
                 (QStringList{QStringLiteral("ab c"), QString(80, u'x'), QStringLiteral("zz")}));
}

void NearbyNetworkTest::aCrowdIsBounded()
{
    Both both;
    both.avahi.holdAnswers();
    for (int i = 0; i < 1000; ++i) {
        both.avahi.appear(studio(QStringLiteral("Studio %1").arg(i)));
    }
    both.avahi.start();
    QTRY_COMPARE(both.avahi.held(), 100);
    both.avahi.answerHeld();
    QTRY_COMPARE(both.titles().size(), 50);
}

void NearbyNetworkTest::anAnswerThatComesTooLateIsForgotten()
{
    Both both;
    both.avahi.start();
    QTRY_COMPARE(both.avahi.browsers(), 1);
    both.avahi.holdAnswers();
    both.avahi.appear(studio());
    QTRY_COMPARE(both.avahi.held(), 1);
    both.avahi.vanish(studio());
    both.avahi.appear(studio(QStringLiteral("Later")));
    QTRY_COMPARE(both.avahi.held(), 2);
    // It answers although nothing is there any more.
    both.avahi.appear(studio());
    QTRY_COMPARE(both.avahi.held(), 3);
    both.avahi.vanish(studio());
    both.avahi.answerHeld();
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Later")});
}

void NearbyNetworkTest::aDaemonThatRestartsIsToldAgain()
{
    Both both;
    both.avahi.start();
    both.network->announce({plans()});
    both.avahi.appear(studio());
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Studio")});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
    both.avahi.stop();
    QTRY_VERIFY(!both.network->sessions());
    both.avahi.start();
    QTRY_COMPARE(both.titles(), QStringList{QStringLiteral("Studio")});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
}

void NearbyNetworkTest::whatIsAnnouncedSaysHowToAsk()
{
    Both both;
    both.avahi.start();
    both.network->announce({plans()});
    QTRY_COMPARE(both.avahi.published().size(), 1);
    const FakeAvahi::Service service = both.avahi.published().first();
    QCOMPARE(service.port, ushort{7301});
    QCOMPARE(service.txt, session::txtOf(plans()));
}

void NearbyNetworkTest::aTakenNameBecomesAnotherOne()
{
    Both both;
    both.avahi.take(QStringLiteral("Plans"));
    both.avahi.start();
    both.network->announce({plans()});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans #2")});
}

void NearbyNetworkTest::aNameThatIsTakenLaterBecomesAnotherOne()
{
    Both both;
    both.avahi.start();
    both.network->announce({plans()});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
    both.avahi.collide();
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans #2")});
}

void NearbyNetworkTest::whileTheDaemonIsRenamedNothingIsAnnounced()
{
    Both both;
    both.avahi.start();
    both.network->announce({plans()});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
    both.avahi.setState(3);
    QTRY_VERIFY(both.published().isEmpty());
    QVERIFY(both.network->sessions());
    both.avahi.setState(2);
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Plans")});
}

void NearbyNetworkTest::whatIsNotSharedAnyMoreIsWithdrawn()
{
    Both both;
    both.avahi.start();
    both.network->announce({plans(), plans(QStringLiteral("Other"))});
    QTRY_COMPARE(both.published(), (QStringList{QStringLiteral("Other"), QStringLiteral("Plans")}));
    both.network->announce({plans(QStringLiteral("Renamed"))});
    QTRY_COMPARE(both.published(), QStringList{QStringLiteral("Renamed")});
    both.network.reset();
    QTRY_VERIFY(both.published().isEmpty());
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    guitest::PrivateBus privateBus;
    if (const QString problem = privateBus.start(); !problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    bus = &privateBus;
    NearbyNetworkTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "nearby_network_test.moc"
