#include "libsync/net/handshake_limit.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;

class HandshakeLimitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEleventhInAMinuteWaits();
    void everyAddressIsCountedByItself();
    void aNetworkOfIpv6IsOneAddress();
    void programsOfThisMachineAreExemptUnlessTheyAreNot();
    void addressesThatStayAwayAreForgotten();

private:
    static bool isAllowed(HandshakeLimit &limit, const char *address)
    {
        return !limit.take(QHostAddress(QLatin1String(address))).has_value();
    }

    ManualClock m_clock;
};

void HandshakeLimitTest::theEleventhInAMinuteWaits()
{
    HandshakeLimit limit(m_clock);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(isAllowed(limit, "192.0.2.1"));
        m_clock.advance(1s);
    }
    QCOMPARE(limit.take(QHostAddress(QStringLiteral("192.0.2.1"))), std::optional(50s));
    // Asking again does not make it longer.
    m_clock.advance(49s);
    QCOMPARE(limit.take(QHostAddress(QStringLiteral("192.0.2.1"))), std::optional(1s));
    m_clock.advance(1s);
    QVERIFY(isAllowed(limit, "192.0.2.1"));
    QVERIFY(!isAllowed(limit, "192.0.2.1"));
}

void HandshakeLimitTest::everyAddressIsCountedByItself()
{
    HandshakeLimit limit(m_clock, {1});
    QVERIFY(isAllowed(limit, "192.0.2.1"));
    QVERIFY(!isAllowed(limit, "192.0.2.1"));
    QVERIFY(isAllowed(limit, "192.0.2.2"));
    // The same one, as a socket for both families sees it.
    QVERIFY(!isAllowed(limit, "::ffff:192.0.2.2"));
}

void HandshakeLimitTest::aNetworkOfIpv6IsOneAddress()
{
    HandshakeLimit limit(m_clock, {1});
    QVERIFY(isAllowed(limit, "2001:db8:1:2::1"));
    QVERIFY(!isAllowed(limit, "2001:db8:1:2:3:4:5:6"));
    QVERIFY(isAllowed(limit, "2001:db8:1:3::1"));
}

void HandshakeLimitTest::programsOfThisMachineAreExemptUnlessTheyAreNot()
{
    HandshakeLimit limit(m_clock, {1});
    QVERIFY(isAllowed(limit, "127.0.0.1") && isAllowed(limit, "127.0.0.1"));
    QVERIFY(isAllowed(limit, "::1") && isAllowed(limit, "::1"));
    limit.setLimits({1, HandshakeLimits::Loopback::Counted});
    QVERIFY(isAllowed(limit, "127.0.0.1"));
    QVERIFY(!isAllowed(limit, "127.0.0.1"));
}

void HandshakeLimitTest::addressesThatStayAwayAreForgotten()
{
    HandshakeLimit limit(m_clock);
    for (quint32 i = 0; i < 1000; ++i) {
        QVERIFY(!limit.take(QHostAddress(0x0a000000U + i)).has_value());
    }
    QCOMPARE(limit.size(), 1000);
    m_clock.advance(61s);
    QVERIFY(isAllowed(limit, "192.0.2.1"));
    QCOMPARE(limit.size(), 1);
}

QTEST_GUILESS_MAIN(HandshakeLimitTest)
#include "handshake_limit_test.moc"
