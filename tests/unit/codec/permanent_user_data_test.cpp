// yjs-compat 4.7, conformance case 47.

#include "libsync/codec/permanent_user_data.h"
#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;
using codec::PermanentUserData;
using namespace std::chrono_literals;

namespace {

using User = std::optional<std::string>;

/// A peer that knows who is who.
struct Member : Peer {
    explicit Member(ClientId client) : Peer(client), users(map("users")) {}

    PermanentUserData users;
};

} // namespace

class PermanentUserDataTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEntryHasTheBytesOfYjs()
    {
        Member a(1);
        QVERIFY(a.users.setUserMapping(a.doc, 1, "u"));
        QVERIFY(a.text().insert(0, u"hello"));
        QVERIFY(a.text().remove(1, 2));
        QCOMPARE(a.state(),
                 bytes("01 08 01 00 27 01 05 75 73 65 72 73 01 75 01 27 00 01 00 03 69 64 73 00 "
                       "27 00 01 00 02 64 73 00 08 00 01 01 01 7d 01 04 01 01 74 01 68 81 01 04 02 "
                       "84 01 06 02 6c 6f 03 00 01 02 05 01 01 01 05 02 01 01 01 05 02"));
    }

    void whoWroteAndWhoDeletedIsKnownEverywhere()
    {
        Member a(1);
        Member b(2);
        QVERIFY(a.users.setUserMapping(a.doc, 1, "anna"));
        QVERIFY(a.text().insert(0, u"hello"));
        const ClockRange hello{3 + 1, 5}; // Behind the entry.
        QVERIFY(a.users.userOfClient(1) == User("anna"));
        QVERIFY(a.users.userOfClient(2) == std::nullopt);
        send(a, b);
        QVERIFY(b.users.setUserMapping(b.doc, 2, "ben"));
        QVERIFY(b.text().remove(0, 2));
        QVERIFY(a.text().remove(4, 1));
        exchange(a, b);
        Member late(3);
        send(a, late);
        for (const Member *member : {&a, &b, &late}) {
            QVERIFY(member->users.userOfClient(1) == User("anna"));
            QVERIFY(member->users.userOfClient(2) == User("ben"));
            QVERIFY(member->users.userWhoDeleted({1, hello.clock}) == User("ben"));
            QVERIFY(member->users.userWhoDeleted({1, hello.clock + 1}) == User("ben"));
            QVERIFY(member->users.userWhoDeleted({1, hello.clock + 2}) == std::nullopt);
            QVERIFY(member->users.userWhoDeleted({1, hello.clock + 4}) == User("anna"));
        }
        // Also who opens the document when all is written.
        PermanentUserData opened(a.map("users"));
        QVERIFY(opened.userOfClient(2) == User("ben"));
        QVERIFY(opened.userWhoDeleted({1, hello.clock}) == User("ben"));
    }

    void onlyLocalDeletionsThatPassTheFilterAreNoted()
    {
        constexpr int secretObject = 0;
        const Origin secret = Origin::of(&secretObject);
        Member a(1);
        QVERIFY(a.text().insert(0, u"hello"));
        Peer b(2);
        send(a, b);
        QVERIFY(a.users.setUserMapping(a.doc, 1, "anna", [&](const Transaction &transaction) {
            return transaction.origin() != secret;
        }));
        QVERIFY(b.text().remove(0, 1));
        send(b, a);
        a.doc.transact([&] { QVERIFY(a.text().remove(0, 1)); }, secret);
        QVERIFY(a.text().remove(0, 1));
        QVERIFY(a.users.userWhoDeleted({1, 0}) == std::nullopt);
        QVERIFY(a.users.userWhoDeleted({1, 1}) == std::nullopt);
        QVERIFY(a.users.userWhoDeleted({1, 2}) == User("anna"));
    }

    void anEntryThatWasOverwrittenGetsBackWhatItLacks()
    {
        Member a(1);
        Member b(2);
        QVERIFY(a.users.setUserMapping(a.doc, 1, "anna"));
        QVERIFY(a.text().insert(0, u"hello"));
        const crdt::Clock hello = a.doc.stateVector().get(1) - 5;
        QVERIFY(a.text().remove(0, 2));
        QVERIFY(b.users.setUserMapping(b.doc, 2, "anna")); // On her other machine.
        exchange(a, b);
        exchange(a, b);
        VERIFY_SAME_REPLICAS(a.doc, b.doc);
        Member late(3);
        send(b, late);
        QVERIFY(late.users.userOfClient(1) == User("anna"));
        QVERIFY(late.users.userOfClient(2) == User("anna"));
        QVERIFY(late.users.userWhoDeleted({1, hello}) == User("anna"));
        // The loser goes on in the entry of the winner.
        QVERIFY(a.text().remove(0, 1));
        send(a, late);
        QVERIFY(late.users.userWhoDeleted({1, hello + 2}) == User("anna"));
    }

    void whatIsNoEntryIsIgnored()
    {
        Peer peer(1);
        Map users = peer.map("users");
        QVERIFY(users.set("number", Any(1)));
        QVERIFY(users.set("empty", NewMap{}));
        QVERIFY(users.set("subdocument", NewSubdoc{"g"}));
        QVERIFY(users.set("kinds", NewMap{{{"ids", NewMap{}}, {"ds", Any("x")}}}));
        const NewArray notIds{{Any(-1), Any(0.5), Any(9007199254740992.0), Any("1"), NewArray{}}};
        const NewArray notSets{{Any(1), Any::bytes(Bytes()), Any::bytes({1, 1}),
                                Any::bytes({1, 1, 1, 255, 255, 255, 255, 255, 1, 1}), NewMap{}}};
        QVERIFY(users.set("values", NewMap{{{"ids", notIds}, {"ds", notSets}}}));
        PermanentUserData data(users);
        QVERIFY(data.userOfClient(1) == std::nullopt);
        QVERIFY(data.userWhoDeleted({1, 0}) == std::nullopt);

        // Good ones beside them are read.
        Map entry(users.get("values")->type());
        QVERIFY(Array(entry.get("ids")->type()).push({Any(7)}));
        QVERIFY(Array(entry.get("ds")->type()).push({Any::bytes({1, 7, 1, 3, 2})}));
        QVERIFY(data.userOfClient(7) == User("values"));
        QVERIFY(data.userWhoDeleted({7, 4}) == User("values"));
        QVERIFY(entry.set("ids", NewArray{{Any(8)}}));
        QVERIFY(data.userOfClient(8) == User("values"));
        QVERIFY(entry.set("other", NewArray{{Any(9)}}));
        QVERIFY(Array(entry.get("other")->type()).push({Any(9)}));
        QVERIFY(data.userOfClient(9) == std::nullopt);

        // Who is mapped to what is no entry gets one, and keeps it if it is broken.
        QVERIFY(data.setUserMapping(peer.doc, 1, "number"));
        QVERIFY(users.get("number")->isType());
        QVERIFY(users.remove("number"));
        QVERIFY(users.get("number")->isType());
        QVERIFY(data.userOfClient(1) == User("number"));
    }

    void aListBesideTheEntriesIsIgnored()
    {
        Member a(1);
        Peer b(2);
        Array list(b.map("users"));
        QVERIFY(list.push({NewMap{}}));
        send(b, a);
        QVERIFY(Map(list.get(0)->type()).set("ids", NewArray{}));
        QVERIFY(Array(Map(list.get(0)->type()).get("ids")->type()).push({Any(2)}));
        send(b, a);
        QVERIFY(a.users.userOfClient(2) == std::nullopt);
    }

    void notesAreNoStepsToUndo()
    {
        Member a(1);
        ManualClock clock;
        UndoManager undo(a.doc, {0ms}, clock);
        QVERIFY(a.users.setUserMapping(a.doc, 1, "anna"));
        QVERIFY(!undo.canUndo());
        QVERIFY(a.text().insert(0, u"hello"));
        QVERIFY(a.text().remove(0, 1));
        QVERIFY(undo.undo());
        QCOMPARE(string(a.text()), QString::fromLatin1("hello"));
        QVERIFY(undo.undo());
        QVERIFY(!undo.canUndo());
    }

    void anEntryThatCannotBeMadeIsAnError()
    {
        Member a(1);
        const std::string tooLong(10'000, 'x');
        QVERIFY(a.users.setUserMapping(a.doc, 1, tooLong).error().code == ErrorCode::LimitExceeded);
        QVERIFY(a.text().insert(0, u"hello"));
        QVERIFY(a.text().remove(0, 1));
        QVERIFY(a.users.userWhoDeleted({1, 0}) == std::nullopt);
    }
};

QTEST_APPLESS_MAIN(PermanentUserDataTest)
#include "permanent_user_data_test.moc"
