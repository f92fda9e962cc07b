#include "tests/support/tcp_proxy.h"
#include "tests/unit/session/fixture.h"

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

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
        return text.count(u'n') == count && text.count(u'f') == count &&
               text.count(u'[') == 2 * count && text.count(u']') == 2 * count;
    }

    SeededRng rng{11};
    TestServer server;
    TestPerson ann{QStringLiteral("Ann")};
    TestPerson bob{QStringLiteral("Bob")};
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
            QTRY_COMPARE(party.far->link(), LinkState::Online);
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 15'000);
    QVERIFY(party.hasAll(written));
    QCOMPARE(namesIn(*party.near), (QStringList{QStringLiteral("Ann"), QStringLiteral("Bob")}));
}

void NetworkTest::aPartitionIsNoticedAndHeals()
{
    Party party;
    QTRY_VERIFY(party.isInSync());
    QTRY_COMPARE(namesIn(*party.near).size(), 2);
    party.proxy->setFrozen(true);
    party.write(0);
    // Both ends notice, though nobody has said goodbye, and presence ends.
    QTRY_COMPARE_WITH_TIMEOUT(party.far->link(), LinkState::Offline, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(namesIn(*party.near).size(), 1, 10'000);
    QCOMPARE(party.far->edits().waiting, quint64(1));
    QCOMPARE(party.near->link(), LinkState::Online);
    party.write(1);
    party.proxy->setFrozen(false);
    party.far->connectNow();
    QTRY_VERIFY_WITH_TIMEOUT(party.isInSync(), 10'000);
    QVERIFY(party.hasAll(2));
    QTRY_COMPARE(namesIn(*party.near).size(), 2);
}

QTEST_GUILESS_MAIN(NetworkTest)
#include "network_test.moc"
