#include "libsync/session/document/edit_bursts.h"

#include <QTest>

using namespace cowrite::session;
using namespace std::chrono_literals;

class EditBurstsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenWithoutAPauseIsOneEdit()
    {
        EditBursts bursts;
        EditBursts::TimePoint now{1h};
        for (std::uint64_t key = 1; key <= 100; ++key) {
            bursts.add(key, now += 499ms);
        }
        QCOMPARE(bursts.count(), std::uint64_t{1});
        bursts.add(101, now += 500ms);
        QCOMPARE(bursts.count(), std::uint64_t{2});
        QCOMPARE(bursts.countAfter(0), std::uint64_t{2});
        QCOMPARE(bursts.countAfter(99), std::uint64_t{2}); // the first has not all arrived
        QCOMPARE(bursts.countAfter(100), std::uint64_t{1});
        QCOMPARE(bursts.countAfter(101), std::uint64_t{0});
    }

    void whatArrivedAndGoesOnWaitsAgain()
    {
        EditBursts bursts;
        const EditBursts::TimePoint now{1h};
        bursts.add(1, now);
        QCOMPARE(bursts.countAfter(1), std::uint64_t{0});
        bursts.add(2, now + 10ms);
        QCOMPARE(bursts.count(), std::uint64_t{1});
        QCOMPARE(bursts.countAfter(1), std::uint64_t{1});
    }

    void thoseOfEarlierRunsCountOneEach()
    {
        EditBursts bursts(3);
        bursts.add(4, EditBursts::TimePoint{1h});
        QCOMPARE(bursts.count(), std::uint64_t{4});
        QCOMPARE(bursts.countAfter(2), std::uint64_t{2});
    }
};

QTEST_APPLESS_MAIN(EditBurstsTest)
#include "edit_bursts_test.moc"
