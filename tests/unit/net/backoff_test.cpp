#include "libsync/net/backoff.h"

#include <QTest>

using namespace cowrite;
using namespace std::chrono_literals;

class BackoffTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theCeilingDoublesUpToThirtySeconds();
    void everyDelayIsWithinItsCeiling();
    void aCrowdSpreadsOut();
    void aResetBeginsAnew();
};

void BackoffTest::theCeilingDoublesUpToThirtySeconds()
{
    SeededRng rng(1);
    net::Backoff backoff(rng);
    for (const auto expected :
         {250ms, 500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms}) {
        QCOMPARE(backoff.ceiling().count(), expected.count());
        (void)backoff.next();
    }
}

void BackoffTest::everyDelayIsWithinItsCeiling()
{
    SeededRng rng(2);
    for (int run = 0; run < 200; ++run) {
        net::Backoff backoff(rng);
        for (int i = 0; i < 12; ++i) {
            const auto ceiling = backoff.ceiling();
            const auto delay = backoff.next();
            QVERIFY(delay > 0ms && delay <= ceiling);
        }
    }
}

void BackoffTest::aCrowdSpreadsOut()
{
    SeededRng rng(3);
    int perTenth[10] = {};
    for (int client = 0; client < 1000; ++client) {
        net::Backoff backoff(rng, 1000ms, 1000ms);
        ++perTenth[std::min<long>(backoff.next().count() / 100, 9)];
    }
    for (const int count : perTenth) {
        QVERIFY2(count < 200, "more than twice the mean come back at once");
    }
}

void BackoffTest::aResetBeginsAnew()
{
    SeededRng rng(4);
    net::Backoff backoff(rng);
    (void)backoff.next();
    (void)backoff.next();
    backoff.reset();
    QCOMPARE(backoff.ceiling().count(), (250ms).count());
}

QTEST_GUILESS_MAIN(BackoffTest)
#include "backoff_test.moc"
