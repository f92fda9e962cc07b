#include "tests/unit/net/epoll_main.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

using namespace cowrite;
using namespace std::chrono_literals;

class TimerQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTimerFiresOnceOrAgainAndAgain()
    {
        int once = 0;
        QTimer::singleShot(1ms, this, [&] { ++once; });
        QTimer again;
        int times = 0;
        connect(&again, &QTimer::timeout, this, [&] { ++times; });
        again.start(1ms);
        QTRY_VERIFY(times >= 5);
        QCOMPARE(once, 1);
        again.stop();
        const int before = times;
        bool isLater = false;
        QTimer::singleShot(10ms, this, [&] { isLater = true; });
        QTRY_VERIFY(isLater);
        QCOMPARE(times, before);
    }

    void noTimerIsEarly_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::newRow("precise") << Qt::PreciseTimer << 7;
        QTest::newRow("short and coarse") << Qt::CoarseTimer << 7;
        QTest::newRow("coarse") << Qt::CoarseTimer << 110;
        QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 3;
    }
    void noTimerIsEarly()
    {
        QFETCH(const Qt::TimerType, type);
        QFETCH(const int, interval);
        QElapsedTimer time;
        QTimer timer;
        timer.setTimerType(type);
        qint64 firedAt = -1;
        connect(&timer, &QTimer::timeout, this, [&] { firedAt = time.nsecsElapsed(); });
        timer.setSingleShot(true);
        time.start();
        timer.start(interval);
        QVERIFY(timer.remainingTime() >= interval);
        QTRY_VERIFY(firedAt >= 0);
        QVERIFY(firedAt >= qint64{interval} * 1'000'000);
    }

    void coarseTimersMeet()
    {
        QElapsedTimer time;
        time.start();
        // In milliseconds; as near as can be read.
        const auto dueTime = [&](const QTimer &timer) {
            for (;;) {
                const qint64 before = time.nsecsElapsed();
                const int left = timer.remainingTime();
                if (time.nsecsElapsed() - before < 500'000) {
                    return before / 1'000'000 + left;
                }
            }
        };
        std::vector<std::unique_ptr<QTimer>> timers;
        for (int i = 0; i < 100; ++i) {
            timers.push_back(std::make_unique<QTimer>());
            timers.back()->start(10s);
            QVERIFY(timers.back()->remainingTime() <= 10'500);
        }
        const qint64 first = dueTime(*timers.front());
        for (const auto &timer : timers) {
            const qint64 apart = std::abs(dueTime(*timer) - first) % 500;
            QVERIFY2(apart <= 2 || apart >= 498, qPrintable(QString::number(apart)));
        }
    }

    void timersOfZeroTakeTurns()
    {
        QString turns;
        QTimer a;
        QTimer b;
        connect(&a, &QTimer::timeout, this, [&] { turns += u'a'; });
        connect(&b, &QTimer::timeout, this, [&] { turns += u'b'; });
        a.start(0);
        b.start(0);
        QTRY_VERIFY(turns.size() >= 6);
        for (qsizetype i = 0; i + 1 < turns.size(); i += 2) {
            QVERIFY2(turns[i] != turns[i + 1], qPrintable(turns));
        }
    }

    void aTimerMayEndItselfOrAnotherOrBeginAnew()
    {
        auto *const other = new QTimer(this);
        auto *const own = new QTimer(this);
        QTimer anew;
        int times = 0;
        connect(other, &QTimer::timeout, this, [] { QFAIL("it was stopped"); });
        connect(own, &QTimer::timeout, this, [own, other] {
            delete other;
            delete own;
        });
        connect(&anew, &QTimer::timeout, this, [&] {
            if (++times < 3) {
                anew.start(1ms);
            }
        });
        anew.setSingleShot(true);
        own->start(1ms);
        other->start(2ms);
        anew.start(1ms);
        // Both are due by then.
        QThread::msleep(5);
        QTRY_COMPARE(times, 3);
        QVERIFY(!anew.isActive());
        QCOMPARE(anew.remainingTime(), -1);
    }

    void aLoopWithinATimerDoesNotTellItAgain()
    {
        QTimer timer;
        int depth = 0;
        int deepest = 0;
        int times = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            deepest = std::max(deepest, ++depth);
            ++times;
            QEventLoop loop;
            QTimer::singleShot(5ms, &loop, &QEventLoop::quit);
            loop.exec();
            --depth;
        });
        timer.start(1ms);
        QTRY_VERIFY(times >= 3);
        timer.stop();
        QCOMPARE(deepest, 1);
    }
};

int main(int argc, char **argv)
{
    return net::testWithEpoll<TimerQueueTest>(argc, argv);
}

#include "timer_queue_test.moc"
