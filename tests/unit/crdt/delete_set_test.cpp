#include <QtTest/QTest>

#include "libsync/crdt/delete_set.h"

#include <utility>
#include <vector>

using namespace cowrite::crdt;

namespace {

using Listed = std::vector<std::pair<ClientId, std::vector<ClockRange>>>;

Listed listed(const DeleteSet &set)
{
    Listed result;
    for (const auto &[client, ranges] : set)
        result.emplace_back(client, std::vector<ClockRange>(ranges.begin(), ranges.end()));
    return result;
}

} // namespace

class DeleteSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rangesInAnyOrderBecomeOnesThatAscendPerDescendingClient()
    {
        DeleteSet set;
        set.add(1, {5, 2});
        set.add(7, {10, 1});
        set.add(1, {0, 3});
        set.add(7, {2, 4});
        set.add(1, {6, 4});
        set.add(7, {6, 1});
        set.normalize();
        QVERIFY(listed(set) == (Listed{{7, {{2, 5}, {10, 1}}}, {1, {{0, 3}, {5, 5}}}}));
        QCOMPARE(set.clientCount(), std::size_t{2});
        QCOMPARE(set.rangeCount(), std::size_t{4});
    }

    void aRangeThatContinuesTheLastOneJoinsIt()
    {
        DeleteSet set;
        set.add(1, {0, 3});
        set.add(1, {3, 2});
        set.add(1, {9, 0});
        QVERIFY(listed(set) == (Listed{{1, {{0, 5}}}}));
    }

    void setsOfTheSameUnitsAreEqualHoweverTheyWereMade()
    {
        DeleteSet atOnce;
        atOnce.add(2, {0, 4});
        atOnce.add(1, {3, 1});
        DeleteSet inPieces;
        inPieces.add(1, {3, 1});
        inPieces.add(2, {2, 2});
        inPieces.add(2, {0, 3});
        QVERIFY(!(atOnce == inPieces));
        inPieces.normalize();
        QVERIFY(atOnce == inPieces);
    }

    void whatIsInTheSetIsFound()
    {
        DeleteSet set;
        set.add(7, {2, 4});
        set.add(1, {0, 1});
        set.add(1, {5, 2});
        for (const Id id : {Id{7, 2}, Id{7, 5}, Id{1, 0}, Id{1, 6}})
            QVERIFY(set.contains(id));
        for (const Id id : {Id{7, 1}, Id{7, 6}, Id{1, 1}, Id{1, 7}, Id{4, 2}})
            QVERIFY(!set.contains(id));
        QCOMPARE(set.find(1).size(), std::size_t{2});
        QVERIFY(set.find(4).empty());
    }

    void onlyWhatIsNewIsMissing()
    {
        DeleteSet known;
        known.add(7, {2, 2});
        known.add(7, {6, 1});
        DeleteSet other;
        other.add(9, {0, 1});
        other.add(7, {0, 8});
        QVERIFY(listed(known.missingFrom(other)) ==
                (Listed{{9, {{0, 1}}}, {7, {{0, 2}, {4, 2}, {7, 1}}}}));
        QVERIFY(!known.covers(other));
        QVERIFY(other.covers(known));
    }

    void aClearedSetIsEmptyAndCanBeUsedAgain()
    {
        DeleteSet set;
        set.add(7, {2, 2});
        set.clear();
        QVERIFY(set.empty());
        set.add(3, {0, 1});
        QVERIFY(listed(set) == (Listed{{3, {{0, 1}}}}));
    }
};

QTEST_APPLESS_MAIN(DeleteSetTest)
#include "delete_set_test.moc"
