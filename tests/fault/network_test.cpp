#include "libsync/codec/update_codec.h"
#include "libsync/store/backup.h"
#include "tests/support/tcp_proxy.h"
#include "tests/unit/session/fixture.h"

#include <atomic>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

/// How long these tests wait. Quick ones notice a silent peer after 1.5 s and come back at once;
/// with --as-shipped everything is as in people's programs, which takes minutes.
struct Pace {
    ProfileOptions profile = quickOptions();
    net::ChannelLimits server = quickChannel();
    std::chrono::milliseconds partition{0}; ///< at least
    /// Bounds of reliability.md: both ends have noticed, nobody is shown who is gone.
    int noticed = 10'000;
    int gone = 10'000;
    int back = 15'000; ///< the longest pause between two attempts is over
};

Pace asShipped()
{
    return {ProfileOptions{}, net::ChannelLimits{}, 60s, 45'000, 30'000, 40'000};
}

Pace g_pace;

/// The system's clock, whose wall clock somebody sets.
class SetClock final : public Clock {
public:
    std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_system.steadyNow();
    }
    std::chrono::system_clock::time_point wallNow() const override
    {
        return m_system.wallNow() + m_offset.load();
    }
    void jump(std::chrono::hours offset) { m_offset = offset; }

private:
    SystemClock m_system;
    std::atomic<std::chrono::hours> m_offset{std::chrono::hours{0}}; ///< a log's thread reads it
};

std::unique_ptr<Profile> openProfile(const QTemporaryDir &folder, const Clock &clock, Rng &rng)
{
    auto profile = Profile::open(folder.path(), clock, rng, g_pace.profile);
    if (!profile) {
        qFatal("%s", profile.error().message.c_str());
    }
    return std::move(*profile);
}

/// SQLite's integrity check of the log in a folder, which may be in use.
bool isSound(const QString &folder)
{
    const QTemporaryDir copies;
    const auto copied =
        store::backUp(folder.toStdString(), copies.filePath(QStringLiteral("copy")).toStdString());
    return copied.has_value();
}

/// A server with two guests, one of whom sits behind a bad network.
struct Party {
    Party()
    {
        server.start();
        proxy = std::make_unique<TcpProxy>(server.port(), rng);
        near = &ann.join(server.address(QStringLiteral("x")));
        far = &bob.join(QStringLiteral("cowrite://127.0.0.1:%1/r/x").arg(proxy->port()));
    }

    bool isInSync() const
    {
        return near->link() == LinkState::Online && far->link() == LinkState::Online &&
               near->edits().waiting == 0 && far->edits().waiting == 0 &&
               textOf(*near) == textOf(*far) &&
               near->doc().stateVector() == far->doc().stateVector() &&
               near->doc().deleteSet() == far->doc().deleteSet();
    }

    bool hasSoundLogs() const { return isSound(ann.folder()) && isSound(bob.folder()); }

    /// Each writes a token that is nowhere else.
    void write(int number)
    {
        const auto token = [&](const char *who) {
            return QStringLiteral("[%1%2]").arg(QLatin1String(who)).arg(number).toStdU16String();
        };
        type(*near, near->content().length() / 2, token("n"));
        type(*far, far->content().length() / 2, token("f"));
    }

    /// Every token is there once, on both sides. Tokens may be written into one another, so it is
    /// their letters that are counted.
    bool hasAll(int count) const
    {
        const QString text = textOf(*near);
        return hasSoundLogs() && text.count(u'n') == count && text.count(u'f') == count &&
               text.count(u'[') == 2 * count && text.count(u']') == 2 * count;
    }

    SeededRng rng{11};
    TestServer server{{}, g_pace.server};
    TestPerson ann{QStringLiteral("Ann"), {}, g_pace.profile};
    TestPerson bob{QStringLiteral("Bob"), {}, g_pace.profile};
    std::unique_ptr<TcpProxy> proxy;
    Replica *near = nullptr;
    Replica *far = nullptr;
};

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSlowAndLossyNetworkConverges();
    void aNarrowNetworkConverges();
    void connectionsThatAreCutComeBackWithEverything();
    void aPartitionIsNoticedAndHeals();
    void halfOpenConnectionsAreNoticedByBothEnds();
    void afterWeeksOfflineOnlyTheDifferenceTravels();
    void aClockThatIsSetADayOffLeavesNoGhosts_data();
    void aClockThatIsSetADayOffLeavesNoGhosts();
};

void NetworkTest::aSlowAndLossyNetworkConverges()
{
    Party party;
    party.proxy->setConditions({200ms, 5, 400ms, 0});
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    for (int i = 0; i < 50; ++i) {
        party.write(i);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    QVERIFY(party.hasAll(50));
}

void NetworkTest::aNarrowNetworkConverges()
{
    Party party;
    // 64 kbit/s.
    party.proxy->setConditions({20ms, 0, 0ms, 8'000});
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    for (int i = 0; i < 100; ++i) {
        party.write(i);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 30'000);
    QVERIFY(party.hasAll(100));
}

void NetworkTest::connectionsThatAreCutComeBackWithEverything()
{
    Party party;
    QTRY_VERIFY(party.isInSync());
    int written = 0;
    for (int cut = 0; cut < 20; ++cut) {
        for (int i = 0; i < 10; ++i) {
            party.write(written++);
            QCoreApplication::processEvents();
        }
        party.proxy->cutAll();
        if (cut % 2 == 0) {
            QTRY_COMPARE_WITH_TIMEOUT(party.far->link(), LinkState::Online, g_pace.back);
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), g_pace.back);
    QVERIFY(party.hasAll(written));
    QCOMPARE(namesIn(*party.near), (QStringList{QStringLiteral("Ann"), QStringLiteral("Bob")}));
}

void NetworkTest::aPartitionIsNoticedAndHeals()
{
    Party party;
    QTRY_VERIFY(party.isInSync());
    QTRY_COMPARE(namesIn(*party.near).size(), 2);
    party.proxy->setConditions({200ms, 0, 0ms, 0});
    QElapsedTimer partition;
    partition.start();
    party.proxy->setFrozen(true);
    party.write(0);
    // Both ends notice, though nobody has said goodbye, and presence ends.
    QTRY_COMPARE_WITH_TIMEOUT(namesIn(*party.near).size(), 1, g_pace.gone);
    QTRY_COMPARE_WITH_TIMEOUT(party.far->link(), LinkState::Offline,
                              g_pace.noticed - int(partition.elapsed()));
    QCOMPARE(party.far->edits().waiting, quint64(1));
    QCOMPARE(party.near->link(), LinkState::Online);
    party.write(1);
    QTRY_VERIFY_WITH_TIMEOUT(partition.elapsed() >= g_pace.partition.count(), 70'000);

    QElapsedTimer healing;
    healing.start();
    party.proxy->setFrozen(false);
    party.far->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 10'000);
    qInfo("in sync %lld ms after the network was back, of which a round trip takes 400",
          static_cast<long long>(healing.elapsed()));
    QVERIFY(party.hasAll(2));
    QTRY_COMPARE(namesIn(*party.near).size(), 2);
}

void NetworkTest::halfOpenConnectionsAreNoticedByBothEnds()
{
    Party party;
    QTRY_VERIFY(party.isInSync());
    QTRY_COMPARE(namesIn(*party.near).size(), 2);
    QCOMPARE(party.server.rooms().guestCount(), 2);
    QElapsedTimer silence;
    silence.start();
    party.proxy->abandonAll();
    party.write(0);
    // The server lets go of the old one, whose name goes; the guest comes back over another,
    // without being told to. Which comes first is open.
    const auto hasComeBack = [&] {
        return party.proxy->connections() > 1 && party.far->link() == LinkState::Online;
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasComeBack(), g_pace.noticed);
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 10'000);
    QVERIFY(party.hasAll(1));
    QTRY_COMPARE_WITH_TIMEOUT(party.server.rooms().guestCount(), 2,
                              g_pace.noticed - int(silence.elapsed()));
    // Nobody is there twice.
    QTRY_COMPARE(namesIn(*party.near), (QStringList{QStringLiteral("Ann"), QStringLiteral("Bob")}));
}

void NetworkTest::afterWeeksOfflineOnlyTheDifferenceTravels()
{
    Party party;
    QTRY_VERIFY(party.isInSync());
    for (int paragraph = 0; paragraph < 2'000; ++paragraph) {
        type(*party.near, 0, std::u16string(99, u'.') + u'\n');
    }
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    party.far->disconnectLink();
    QTRY_COMPARE(namesIn(*party.near).size(), 1);
    for (int i = 0; i < 50; ++i) {
        party.write(i);
    }
    QTRY_COMPARE(party.near->edits().waiting, quint64(0));
    (void)party.proxy->takeTraffic();
    party.far->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    const TcpProxy::Traffic traffic = party.proxy->takeTraffic();
    const std::size_t whole = codec::encodeStateAsUpdate(party.far->doc()).size();
    qInfo("%lld bytes to the server and %lld from it, of a document of %zu",
          static_cast<long long>(traffic.toServer), static_cast<long long>(traffic.toClient),
          whole);
    QVERIFY(whole > 200'000);
    // Fifty tokens of five or six characters, each way, with what each struct costs.
    QVERIFY(traffic.toServer < 8'000 && traffic.toClient < 8'000);
    QVERIFY(party.hasAll(50));
}

void NetworkTest::aClockThatIsSetADayOffLeavesNoGhosts_data()
{
    QTest::addColumn<int>("hours");
    QTest::newRow("a day ahead") << 24;
    QTest::newRow("a day back") << -24;
}

void NetworkTest::aClockThatIsSetADayOffLeavesNoGhosts()
{
    QFETCH(int, hours);
    const QTemporaryDir hostFolder;
    const QTemporaryDir guestFolder;
    SetClock clock;
    SystemRng rng;
    auto host = openProfile(hostFolder, clock, rng);
    auto guest = openProfile(guestFolder, clock, rng);
    QVERIFY(host->host().start(QHostAddress(QHostAddress::LocalHost), 0, Exposure::Encrypted));
    Replica &near = *host->createDocument(QStringLiteral("Plan"), DocumentKind::Text).value();
    const DocumentId id = near.id();
    Replica &far = *guest->join(host->host().share(near).value()).value();
    QTRY_COMPARE(far.link(), LinkState::Online);
    QTRY_COMPARE(near.people().size(), std::size_t{2});
    type(near, 0, u"before;");
    QTRY_COMPARE(textOf(far), QStringLiteral("before;"));

    clock.jump(std::chrono::hours(hours));
    near.awareness().tick();
    far.awareness().tick();
    QCOMPARE(near.people().size(), std::size_t{2});
    QCOMPARE(far.people().size(), std::size_t{2});
    type(far, 7, u"after;");
    QTRY_COMPARE(textOf(near), QStringLiteral("before;after;"));
    QTRY_COMPARE(far.edits().waiting, quint64(0));
    guest->close(&far);
    QTRY_COMPARE(near.people().size(), std::size_t{1});

    guest.reset();
    host.reset();
    host = openProfile(hostFolder, clock, rng);
    Replica &again = *host->open(id).value();
    QTRY_COMPARE(textOf(again), QStringLiteral("before;after;"));
    QCOMPARE(again.people().size(), std::size_t{1});
    QVERIFY(isSound(hostFolder.path()) && isSound(guestFolder.path()));
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (QCoreApplication::arguments().value(1) == QLatin1String("--as-shipped")) {
        g_pace = asShipped();
        argc = 1;
    }
    NetworkTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "network_test.moc"
