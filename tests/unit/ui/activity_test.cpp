#include "ui/document/activity.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace cowrite;
using namespace std::chrono_literals;

class ActivityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoDoesNothingForMinutesIsAway();
    void whoIsSeenForTheFirstTimeIsHere();
};

namespace {

protocol::Presence person(crdt::ClientId client)
{
    protocol::Presence presence;
    presence.clientId = client;
    return presence;
}

} // namespace

void ActivityTest::whoDoesNothingForMinutesIsAway()
{
    ManualClock clock;
    ui::Activity activity(clock);
    protocol::Presence ann = person(1);
    const protocol::Presence bob = person(2);
    activity.note({ann, bob});
    clock.advance(4min + 59s);
    QVERIFY(!activity.isAway(1) && !activity.isAway(2));
    ann.typing = protocol::Typing::Content;
    activity.note({ann, bob});
    clock.advance(1s);
    QVERIFY(!activity.isAway(1) && activity.isAway(2));
    // That others do something does not bring anybody back.
    ann.typing = protocol::Typing::None;
    activity.note({ann, bob});
    QVERIFY(activity.isAway(2));
    clock.advance(5min);
    QVERIFY(activity.isAway(1));
}

void ActivityTest::whoIsSeenForTheFirstTimeIsHere()
{
    ManualClock clock;
    ui::Activity activity(clock);
    activity.note({person(1)});
    clock.advance(10min);
    activity.note({person(1), person(2)});
    QVERIFY(activity.isAway(1) && !activity.isAway(2));
    // Who left and comes back has just come.
    activity.note({person(2)});
    activity.note({person(1), person(2)});
    QVERIFY(!activity.isAway(1));
    QVERIFY(!activity.isAway(7));
}

QTEST_GUILESS_MAIN(ActivityTest)
#include "activity_test.moc"
