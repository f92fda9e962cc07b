#include <QtTest/QTest>

#include "tests/support/manual_clock.h"

using namespace cowrite;
using namespace std::chrono_literals;

class ClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSystemClockNeverRunsBackwards()
    {
        const SystemClock clock;
        const auto before = clock.steadyNow();
        QVERIFY(clock.steadyNow() >= before);
    }

    void aManualClockStandsStillUntilItIsAdvanced()
    {
        ManualClock clock;
        const auto steady = clock.steadyNow();
        const auto wall = clock.wallNow();
        QVERIFY(clock.steadyNow() == steady);
        clock.advance(1500ms);
        QVERIFY(clock.steadyNow() - steady == 1500ms);
        QVERIFY(clock.wallNow() - wall == 1500ms);
    }

    void aJumpOfTheWallClockIsNoPassingTime()
    {
        ManualClock clock;
        const auto steady = clock.steadyNow();
        const auto wall = clock.wallNow();
        clock.jumpWall(-24h);
        QVERIFY(clock.steadyNow() == steady);
        QVERIFY(clock.wallNow() - wall == -24h);
    }
};

QTEST_APPLESS_MAIN(ClockTest)
#include "clock_test.moc"
