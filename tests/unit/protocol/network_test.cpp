#include "tests/unit/protocol/fake_network.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using namespace std::chrono_literals;
using cowrite::test::FakeNetwork;

namespace {

constexpr std::size_t kGuests = 4;
constexpr int kSteps = 400;

} // namespace

/// Guests that edit, lose their connections and come back, on a room that is killed now and then:
/// all replicas end equal, and nothing that was acknowledged is missing. The seed is the row's
/// name.
class NetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everybodyEndsEqualAndNothingAcknowledgedIsLost_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 30; ++seed)
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
    }

    void everybodyEndsEqualAndNothingAcknowledgedIsLost()
    {
        QFETCH(quint64, seed);
        for (const auto acknowledgements : {Acknowledgements::Negotiated, Acknowledgements::Off}) {
            FakeNetwork network(kGuests, acknowledgements);
            if (!run(network, seed))
                return;
            network.heal();
            QCOMPARE(QByteArray::fromStdString(network.difference()), QByteArray());
            QVERIFY(!losesSomething(network));
            for (std::size_t guest = 0; guest < kGuests; ++guest) {
                QCOMPARE(network.ledger(guest).waiting(), 0u);
                if (acknowledgements == Acknowledgements::Negotiated)
                    QCOMPARE(network.ledger(guest).notStored(), 0u);
                else
                    QCOMPARE(network.ledger(guest).stored(), 0u);
            }
            QCOMPARE(network.present(), (std::set<crdt::ClientId>{100, 101, 102, 103}));
        }
    }

    void presenceOfTheUnreachableEndsWithinThirtySeconds()
    {
        FakeNetwork network(kGuests, Acknowledgements::Off);
        network.heal();
        QCOMPARE(network.present().size(), kGuests);
        network.cut(0);
        QCOMPARE(network.present(), (std::set<crdt::ClientId>{101, 102, 103}));
        // A half-open connection: frames of guest 1 no longer arrive, the others go on.
        for (int second = 0; second < 30; ++second) {
            network.advance(1s);
            for (std::size_t guest = 2; guest < kGuests; ++guest) {
                while (network.deliverToRoom(guest) ||
                       network.deliverToGuest(guest, FakeNetwork::Copies::One)) {
                }
            }
        }
        QCOMPARE(network.present(), (std::set<crdt::ClientId>{102, 103}));
        // Its watchdog has noticed as well.
        QVERIFY(!network.isConnected(1));
        QVERIFY(network.isConnected(2) && network.isConnected(3));
    }

private:
    static bool losesSomething(FakeNetwork &network)
    {
        for (std::size_t guest = 0; guest < kGuests; ++guest) {
            if (!network.lost(guest).empty())
                return true;
        }
        return false;
    }

    /// A random history; false after a failed verification.
    static bool run(FakeNetwork &network, quint64 seed)
    {
        SeededRng rng(seed);
        for (int step = 0; step < kSteps; ++step) {
            const auto guest = static_cast<std::size_t>(rng.below(kGuests));
            switch (rng.below(12)) {
            case 0:
            case 1:
            case 2:
                network.edit(guest, rng);
                break;
            case 3:
            case 4:
            case 5:
                network.deliverToRoom(guest);
                break;
            case 6:
            case 7:
            case 8:
                network.deliverToGuest(guest, rng.below(8) == 0 ? FakeNetwork::Copies::Two
                                                                : FakeNetwork::Copies::One);
                break;
            case 9:
                network.commit();
                break;
            case 10:
                if (rng.below(3) == 0)
                    network.cut(guest);
                else
                    network.connect(guest);
                break;
            case 11:
                if (rng.below(8) == 0) {
                    if (losesSomething(network)) {
                        QTest::qFail("an acknowledged edit is not on the disk", __FILE__, __LINE__);
                        return false;
                    }
                    network.crash();
                } else {
                    network.advance(std::chrono::milliseconds(rng.below(1000)));
                }
                break;
            }
        }
        return true;
    }
};

QTEST_APPLESS_MAIN(NetworkTest)
#include "network_test.moc"
