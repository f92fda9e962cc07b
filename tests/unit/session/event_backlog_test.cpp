#include "libsync/session/room/event_backlog.h"

#include <QTest>

using namespace cowrite::session;

class EventBacklogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoHasAnEventGetsThoseBehindIt();
    void whatIsForgottenCannotBeResumed();
    void largeEventsPushOthersOutSooner();
    void idsOfOthersAreNotKnown_data();
    void idsOfOthersAreNotKnown();
};

void EventBacklogTest::whoHasAnEventGetsThoseBehindIt()
{
    EventBacklog backlog("epoch");
    const QByteArray start = backlog.lastId();
    QVERIFY(backlog.after(start)->isEmpty());
    const QByteArray first = backlog.append("chat", "a").id;
    const QByteArray second = backlog.append("chat", "b").id;
    QCOMPARE(backlog.lastId(), second);
    QCOMPARE(backlog.after(start)->size(), 2);
    QCOMPARE(backlog.after(first)->size(), 1);
    QCOMPARE(backlog.after(first)->first().data, QByteArray("b"));
    QCOMPARE(backlog.after(first)->first().id, second);
    QVERIFY(backlog.after(second)->isEmpty());
}

void EventBacklogTest::whatIsForgottenCannotBeResumed()
{
    EventBacklog backlog("epoch", {3, 1000});
    QList<QByteArray> ids{backlog.lastId()};
    for (int i = 0; i < 5; ++i) {
        ids.append(backlog.append("chat", QByteArray::number(i)).id);
    }
    QVERIFY(!backlog.after(ids[0]).has_value());
    QVERIFY(!backlog.after(ids[1]).has_value());
    QCOMPARE(backlog.after(ids[2])->size(), 3);
    QCOMPARE(backlog.after(ids[2])->first().data, QByteArray("2"));
}

void EventBacklogTest::largeEventsPushOthersOutSooner()
{
    EventBacklog backlog("epoch", {100, 1000});
    const QByteArray start = backlog.lastId();
    backlog.append("chat", QByteArray(600, 'a'));
    const QByteArray second = backlog.append("chat", QByteArray(600, 'b')).id;
    QVERIFY(!backlog.after(start).has_value());
    QVERIFY(backlog.after(second)->isEmpty());
    // One that is larger than all may be is kept by itself.
    backlog.append("chat", QByteArray(2000, 'c'));
    QCOMPARE(backlog.after(second)->size(), 1);
}

void EventBacklogTest::idsOfOthersAreNotKnown_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("another stream") << QByteArray("other.1");
    QTest::newRow("the future") << QByteArray("epoch.3");
    QTest::newRow("no number") << QByteArray("epoch.x");
    QTest::newRow("negative") << QByteArray("epoch.-1");
    QTest::newRow("no dot") << QByteArray("epoch");
    QTest::newRow("overflow") << QByteArray("epoch.99999999999999999999");
}

void EventBacklogTest::idsOfOthersAreNotKnown()
{
    QFETCH(QByteArray, id);
    EventBacklog backlog("epoch");
    backlog.append("chat", "a");
    backlog.append("chat", "b");
    QVERIFY(!backlog.after(id).has_value());
}

QTEST_GUILESS_MAIN(EventBacklogTest)
#include "event_backlog_test.moc"
