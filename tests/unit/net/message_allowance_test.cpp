#include "libsync/net/message_allowance.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;

class MessageAllowanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsBeyondTheWindowWaitsUntilItSlides();
    void bytesCountAsMessagesDo();
    void oneMessageMayBeLargerThanAWindow();
    void noWindowHoldsMoreWhereverItBegins();
    void aFloodIsMoreThanCanBeWorkedOff();
    void withoutLimitsEverythingGoes();

private:
    ManualClock m_clock;
};

void MessageAllowanceTest::whatIsBeyondTheWindowWaitsUntilItSlides()
{
    MessageAllowance allowance(m_clock, MessageLimits{10s, 3, 1000, 10s});
    QVERIFY(!allowance.take(1));
    m_clock.advance(5s);
    QVERIFY(!allowance.take(1));
    QVERIFY(!allowance.take(1));
    const auto wait = allowance.take(1);
    QVERIFY(wait && *wait > 4s && *wait <= 5s + 500ms);
    m_clock.advance(*wait);
    QVERIFY(!allowance.take(1));
    // The other two are still in it.
    QVERIFY(allowance.take(1));
    m_clock.advance(1h);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!allowance.take(1));
    }
    QVERIFY(allowance.take(1));
}

void MessageAllowanceTest::bytesCountAsMessagesDo()
{
    MessageAllowance allowance(m_clock, MessageLimits{10s, 100, 1000, 10s});
    QVERIFY(!allowance.take(999));
    QVERIFY(!allowance.take(1));
    QVERIFY(allowance.take(1));
    m_clock.advance(10s + 500ms);
    QVERIFY(!allowance.take(1));
}

void MessageAllowanceTest::oneMessageMayBeLargerThanAWindow()
{
    MessageAllowance allowance(m_clock, MessageLimits{10s, 100, 1000, 10s});
    QVERIFY(!allowance.take(1'000'000));
    QVERIFY(allowance.take(1));
    QVERIFY(allowance.bears(1, 1'000'000));
}

void MessageAllowanceTest::noWindowHoldsMoreWhereverItBegins()
{
    constexpr int kMost = 50;
    MessageAllowance allowance(m_clock, MessageLimits{10s, kMost, 1'000'000, 10s});
    // Whoever always takes what is to be had, in uneven steps.
    std::vector<std::chrono::steady_clock::time_point> taken;
    for (int step = 0; step < 4000; ++step) {
        if (!allowance.take(1)) {
            taken.push_back(m_clock.steadyNow());
        }
        m_clock.advance(std::chrono::milliseconds(7 + 13 * (step % 5)));
    }
    QVERIFY(taken.size() > 3 * kMost);
    for (std::size_t i = kMost; i < taken.size(); ++i) {
        // The oldest slot goes as a whole, with up to a twentieth of the window.
        QVERIFY(taken[i] - taken[i - kMost] > 9'500ms - 1ms);
    }
}

void MessageAllowanceTest::aFloodIsMoreThanCanBeWorkedOff()
{
    const MessageAllowance allowance(m_clock, MessageLimits{10s, 100, 1000, 20s});
    QVERIFY(allowance.bears(200, 2000));
    QVERIFY(!allowance.bears(201, 1));
    QVERIFY(!allowance.bears(2, 2001));
}

void MessageAllowanceTest::withoutLimitsEverythingGoes()
{
    MessageAllowance allowance(m_clock, std::nullopt);
    for (int i = 0; i < 100'000; ++i) {
        QVERIFY(!allowance.take(1'000'000));
    }
    QVERIFY(allowance.bears(1'000'000, 1'000'000'000));
    // It may be told later.
    allowance.setLimits(MessageLimits{10s, 1, 1000, 10s});
    QVERIFY(!allowance.take(1));
    QVERIFY(allowance.take(1));
}

QTEST_GUILESS_MAIN(MessageAllowanceTest)
#include "message_allowance_test.moc"
