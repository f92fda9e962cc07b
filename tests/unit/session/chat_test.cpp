#include "libsync/session/document/chat.h"

#include "libsync/base/limits.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

class ChatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMessageArrivesElsewhereAsItWasSent();
    void emptyAndEndlessMessagesAreRefused();
    void foreignNonsenseDoesNoHarm();
    void bothSidesAgreeOnTheOrder();

private:
    static void exchange(crdt::Doc &a, crdt::Doc &b)
    {
        QVERIFY(codec::applyUpdate(b, codec::encodeStateAsUpdate(a), crdt::Origin::of(&a)));
        QVERIFY(codec::applyUpdate(a, codec::encodeStateAsUpdate(b), crdt::Origin::of(&b)));
    }

    const Identity m_ann{QStringLiteral("u1"), QStringLiteral("Ann"), QStringLiteral("#112233")};
    const Identity m_bob{QStringLiteral("u2"), QStringLiteral("Bob"), QStringLiteral("#445566")};
};

void ChatTest::aMessageArrivesElsewhereAsItWasSent()
{
    SeededRng rng(1);
    ManualClock clock;
    crdt::Doc here(rng);
    crdt::Doc there(rng);
    Chat mine(here, clock, rng);
    Chat theirs(there, clock, rng);
    QSignalSpy added(&theirs, &Chat::messageAdded);
    QVERIFY(mine.send(m_ann, QStringLiteral("  Grüße 😀 \n")).has_value());
    QVERIFY(mine.send(m_ann, QStringLiteral("Again"), mine.messages().first().id).has_value());
    exchange(here, there);
    QCOMPARE(added.size(), 2);
    const Message &first = theirs.messages().first();
    QCOMPARE(first.text, QStringLiteral("Grüße 😀"));
    QCOMPARE(first.author, QStringLiteral("u1"));
    QCOMPARE(first.name, QStringLiteral("Ann"));
    QCOMPARE(first.time.toUTC().date(), QDate(2025, 1, 1));
    QCOMPARE(theirs.messages().last().replyTo, first.id);
    QVERIFY(!first.id.isEmpty());
}

void ChatTest::emptyAndEndlessMessagesAreRefused()
{
    SeededRng rng(2);
    ManualClock clock;
    crdt::Doc doc(rng);
    Chat chat(doc, clock, rng);
    QVERIFY(chat.send(m_ann, QStringLiteral(" \n ")).error().code == ErrorCode::OutOfRange);
    const QString large(static_cast<qsizetype>(limits::kMaxChatMessageBytes), u'x');
    QVERIFY(chat.send(m_ann, large).has_value());
    QVERIFY(chat.send(m_ann, large + u'x').error().code == ErrorCode::LimitExceeded);
    QCOMPARE(chat.messages().size(), 1);
}

void ChatTest::foreignNonsenseDoesNoHarm()
{
    SeededRng rng(3);
    ManualClock clock;
    crdt::Doc doc(rng);
    Chat chat(doc, clock, rng);
    auto array = doc.array("chat");
    QVERIFY(array
                ->push({crdt::Any("just text"), crdt::Any(7),
                        crdt::NewMap{{{"text", crdt::Any(7)}, {"time", crdt::Any("late")}}},
                        crdt::NewMap{{{"id", crdt::Any("i")}, {"time", crdt::Any(1e300)}}}})
                .has_value());
    QCOMPARE(chat.messages().size(), 2);
    QVERIFY(!chat.messages().first().time.isValid());
    QVERIFY(!chat.messages().last().time.isValid());
}

void ChatTest::bothSidesAgreeOnTheOrder()
{
    SeededRng rng(4);
    ManualClock clock;
    crdt::Doc a(rng);
    crdt::Doc b(rng);
    Chat ann(a, clock, rng);
    Chat bob(b, clock, rng);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(ann.send(m_ann, QString::number(i)).has_value());
        QVERIFY(bob.send(m_bob, QString::number(i)).has_value());
    }
    exchange(a, b);
    QCOMPARE(ann.messages().size(), 10);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(ann.messages().at(i).id, bob.messages().at(i).id);
    }
}

QTEST_GUILESS_MAIN(ChatTest)
#include "chat_test.moc"
