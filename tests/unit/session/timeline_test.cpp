#include "libsync/session/history/timeline.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/history/history_entries.h"
#include "libsync/session/history/past_text.h"

#include <QTest>

#include <string>
#include <vector>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

/// A replica that writes, and remembers what came of it.
class Writing {
public:
    explicit Writing(crdt::ClientId client, std::string user)
        : m_doc(client, m_rng), m_user(std::move(user))
    {
        m_subscription =
            codec::observeUpdates(m_doc, [this](ByteView update, const crdt::Transaction &made) {
                if (made.isLocal()) {
                    m_updates.emplace_back(update.begin(), update.end());
                }
            });
    }

    crdt::Text text() { return *m_doc.text("content"); }
    crdt::Doc &doc() { return m_doc; }
    const std::string &user() const { return m_user; }
    /// The updates since the last call.
    std::vector<Bytes> taken() { return std::exchange(m_updates, {}); }
    void receive(const Bytes &update)
    {
        QVERIFY(codec::applyUpdate(m_doc, update, crdt::Origin::of(this)).has_value());
    }

private:
    SystemRng m_rng;
    crdt::Doc m_doc;
    std::string m_user;
    std::vector<Bytes> m_updates;
    Subscription m_subscription;
};

constexpr auto kStart = std::chrono::system_clock::time_point(1'700'000'000s);

void follow(Timeline &timeline, Writing &writing)
{
    for (const Bytes &update : writing.taken()) {
        const auto time = kStart + std::chrono::seconds(timeline.now());
        QVERIFY(timeline.add(update, time, writing.user()).has_value());
    }
}

const Author &byNumber(std::uint32_t writer)
{
    static std::vector<Author> authors;
    while (authors.size() <= writer) {
        authors.push_back({QString::number(authors.size()), QString(), QString()});
    }
    return authors[writer];
}

std::u16string at(Timeline &timeline, Moment moment)
{
    return pastText(timeline, moment, moment, byNumber).text;
}

/// The text with [what was inserted] and {what was deleted}.
QString marked(const PastText &past)
{
    QString shown;
    std::size_t offset = 0;
    const auto upTo = [&](std::size_t end) {
        shown += QString::fromStdU16String(past.text.substr(offset, end - offset));
        offset = end;
    };
    for (const TextMark &mark : past.marks) {
        const bool isInserted = mark.kind == TextMark::Kind::Inserted;
        upTo(mark.offset);
        shown += isInserted ? QLatin1Char('[') : QLatin1Char('{');
        upTo(mark.offset + mark.length);
        shown += isInserted ? QLatin1Char(']') : QLatin1Char('}');
    }
    upTo(past.text.size());
    return shown;
}

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEditIsAMoment();
    void changesOfOtherRootsAreNoEdits();
    void marksShowWhatCameAndWentBetweenTwoMoments();
    void whatWasReplacedStandsBehindWhatReplacedIt();
    void everyLineOfAPastTextWasWrittenAtSomeMoment();
    void changesToAMomentBringItBack();
    void whatOnePersonDidIsTakenBackAndNothingElse();
    void whoDeletedInAnUpdateOfSeveralIsNotGuessed();
    void theLastWriterOfARangeIsFound();
    void anEditIsFoundByItsNameInAnotherOrder();
    void aStateAsOneUpdateIsOneEdit();
    void brokenBytesAreAnErrorAndNoEdit();
    void aRootThatCannotBeIsAnError();
    void everyMomentOfARandomHistoryIsAsItWas();
    void entriesEndWithAPauseAndLastAnHourAtMost();
};

void TimelineTest::everyEditIsAMoment()
{
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"Hello"));
    QVERIFY(blue.text().insert(5, u" world"));
    QVERIFY(blue.text().remove(0, 6));
    follow(timeline, blue);

    QCOMPARE(timeline.now(), Moment{3});
    QVERIFY(at(timeline, 0).empty());
    QVERIFY(at(timeline, 1) == u"Hello");
    QVERIFY(at(timeline, 2) == u"Hello world");
    QVERIFY(at(timeline, 3) == u"world");
    QCOMPARE(timeline.editBefore(2).inserted, 6U);
    QCOMPARE(timeline.editBefore(3).deleted, 6U);
    QCOMPARE(timeline.editBefore(3).inserted, 0U);
    QVERIFY(timeline.editBefore(2).time == kStart + 1s);
}

void TimelineTest::changesOfOtherRootsAreNoEdits()
{
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"a"));
    QVERIFY(blue.doc().map("meta")->set("title", crdt::Any(std::string("Plan"))));
    QVERIFY(blue.text().insert(1, u"b"));
    follow(timeline, blue);

    QCOMPARE(timeline.now(), Moment{2});
    QVERIFY(at(timeline, 2) == u"ab");
}

void TimelineTest::marksShowWhatCameAndWentBetweenTwoMoments()
{
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"one two three"));
    QVERIFY(blue.text().insert(8, u"and a half "));
    QVERIFY(blue.text().remove(0, 4));
    QVERIFY(blue.text().insert(0, u"gone at once "));
    QVERIFY(blue.text().remove(0, 13));
    follow(timeline, blue);

    QCOMPARE(marked(pastText(timeline, 3, 1, byNumber)),
             QStringLiteral("{one }two [and a half ]three"));
    // What came and went in between shows nowhere.
    QCOMPARE(marked(pastText(timeline, 5, 1, byNumber)),
             QStringLiteral("{one }two [and a half ]three"));
    QCOMPARE(marked(pastText(timeline, 5, 5, byNumber)), QStringLiteral("two and a half three"));
    QCOMPARE(marked(pastText(timeline, 1, 0, byNumber)), QStringLiteral("[one two three]"));
}

void TimelineTest::whatWasReplacedStandsBehindWhatReplacedIt()
{
    // The first letter comes before what it replaces, as an editor writes it; those that follow
    // come behind that (yjs-compat.md 5.2).
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"on both sides"));
    QVERIFY(blue.text().insert(3, u"e"));
    QVERIFY(blue.text().remove(4, 4));
    QVERIFY(blue.text().insert(4, u"ast"));
    follow(timeline, blue);
    QCOMPARE(marked(pastText(timeline, 4, 1, byNumber)), QStringLiteral("on [east]{both} sides"));
}

void TimelineTest::everyLineOfAPastTextWasWrittenAtSomeMoment()
{
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"one\ntwo\n"));
    QVERIFY(blue.text().insert(4, u"new\n"));
    QVERIFY(blue.text().remove(0, 2));
    QVERIFY(blue.text().insert(0, u"later"));
    QVERIFY(blue.text().remove(7, 4));
    follow(timeline, blue);
    const PastText before = pastText(timeline, 2, 2, byNumber);
    QVERIFY(before.text == u"one\nnew\ntwo\n");
    QCOMPARE(before.lastWrittenInLine(0), Moment{1});
    QCOMPARE(before.lastWrittenInLine(4), Moment{2});
    QCOMPARE(before.lastWrittenInLine(8), Moment{1});
    QCOMPARE(before.lastWrittenInLine(12), Moment{0});
    // A line of what is only shown as deleted was written by nobody any more.
    const PastText after = pastText(timeline, 5, 3, byNumber);
    QVERIFY(after.text == u"latere\nnew\ntwo\n");
    QCOMPARE(after.lastWrittenInLine(0), Moment{4});
    QCOMPARE(after.lastWrittenInLine(7), Moment{0});
    QCOMPARE(after.lastWrittenInLine(11), Moment{1});
    QCOMPARE(PastText().lastWrittenInLine(0), Moment{0});
}

void TimelineTest::changesToAMomentBringItBack()
{
    Writing blue(1, "blue");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"one two three"));
    QVERIFY(blue.text().remove(4, 4));
    QVERIFY(blue.text().insert(9, u" four"));
    follow(timeline, blue);

    const crdt::Delta back = changesTo(timeline, 1);
    const crdt::Delta expected{crdt::DeltaOp::retain(4), crdt::DeltaOp::insertText(u"two "),
                               crdt::DeltaOp::retain(5), crdt::DeltaOp::remove(5)};
    QVERIFY(back == expected);
    QVERIFY(blue.text().applyDelta(back).has_value());
    QVERIFY(blue.text().toString() == u"one two three");
    QVERIFY(changesTo(timeline, timeline.now()).empty());
}

void TimelineTest::whatOnePersonDidIsTakenBackAndNothingElse()
{
    Writing blue(1, "blue");
    Writing red(2, "red");
    Timeline timeline("content");
    const auto exchange = [&](Writing &from, Writing &to) {
        for (const Bytes &update : from.taken()) {
            QVERIFY(timeline.add(update, kStart, from.user()).has_value());
            to.receive(update);
        }
    };
    QVERIFY(blue.text().insert(0, u"keep this, spare that"));
    exchange(blue, red);
    QVERIFY(red.text().insert(4, u" RED"));
    QVERIFY(red.text().remove(15, 6));
    exchange(red, blue);
    QVERIFY(blue.text().insert(0, u"Please "));
    QVERIFY(blue.text().remove(blue.text().length() - 4, 4));
    exchange(blue, red);
    QVERIFY(blue.text().toString() == u"Please keep RED this, ");

    const auto isRed = [&](std::uint32_t writer) {
        return timeline.writers()[writer].user == "red";
    };
    QVERIFY(blue.text().applyDelta(changesWithout(timeline, 1, isRed)).has_value());
    QVERIFY(blue.text().toString() == u"Please keep this, spare ");
}

void TimelineTest::whoDeletedInAnUpdateOfSeveralIsNotGuessed()
{
    Writing ann(1, "ann");
    Writing bob(2, "bob");
    Timeline timeline("content");
    QVERIFY(ann.text().insert(0, u"keep this, spare that"));
    for (const Bytes &update : ann.taken()) {
        QVERIFY(timeline.add(update, kStart, {}).has_value());
        bob.receive(update);
    }
    QVERIFY(ann.text().insert(0, u"Much by Ann. "));
    QVERIFY(bob.text().insert(21, u"."));
    QVERIFY(bob.text().remove(9, 12));
    for (const Bytes &update : bob.taken()) {
        ann.receive(update);
    }
    // As after a time offline: all of it in one update.
    QVERIFY(timeline.add(codec::encodeStateAsUpdate(ann.doc()), kStart, {}).has_value());
    QVERIFY(ann.text().toString() == u"Much by Ann. keep this.");

    const auto isAnn = [&](std::uint32_t writer) { return timeline.writers()[writer].client == 1; };
    QVERIFY(ann.text().applyDelta(changesWithout(timeline, 1, isAnn)).has_value());
    QVERIFY(ann.text().toString() == u"keep this.");
}

void TimelineTest::theLastWriterOfARangeIsFound()
{
    Writing blue(1, "blue");
    Writing red(2, "red");
    Timeline timeline("content");
    QVERIFY(blue.text().insert(0, u"first line\nsecond line"));
    const std::vector<Bytes> begun = blue.taken();
    QVERIFY(timeline.add(begun[0], kStart, "blue").has_value());
    red.receive(begun[0]);
    QVERIFY(red.text().insert(6, u"red "));
    follow(timeline, red);

    const auto userOf = [&](std::uint32_t from, std::uint32_t to) {
        const auto last = timeline.lastEditIn(from, to);
        return last ? timeline.writers()[last->writer].user : std::string("nobody");
    };
    QCOMPARE(userOf(0, 14), std::string("red"));
    QCOMPARE(userOf(0, 6), std::string("blue"));
    QCOMPARE(userOf(15, 26), std::string("blue"));
    QCOMPARE(userOf(3, 3), std::string("nobody"));
    QCOMPARE(userOf(26, 30), std::string("nobody"));
    QCOMPARE(timeline.lastEditIn(0, 14)->moment, Moment{2});
}

void TimelineTest::anEditIsFoundByItsNameInAnotherOrder()
{
    Writing blue(1, "blue");
    Writing red(2, "red");
    QVERIFY(blue.text().insert(0, u"blue"));
    QVERIFY(blue.text().remove(0, 2));
    QVERIFY(red.text().insert(0, u"red"));
    const std::vector<Bytes> blues = blue.taken();
    const std::vector<Bytes> reds = red.taken();
    Timeline here("content");
    Timeline there("content");
    for (const Bytes &update : {blues[0], blues[1], reds[0]}) {
        QVERIFY(here.add(update, kStart, {}).has_value());
    }
    for (const Bytes &update : {reds[0], blues[0], blues[1]}) {
        QVERIFY(there.add(update, kStart, {}).has_value());
    }

    QVERIFY(there.find(*here.nameOf(1)) == Moment{2});
    QVERIFY(there.find(*here.nameOf(2)) == Moment{3});
    QVERIFY(there.find(*here.nameOf(3)) == Moment{1});
    QVERIFY(!there.find({{99, 0}, false}));
    QVERIFY(!there.find({{1, 1'000}, false}));
    QVERIFY(!there.find({{1, 3}, true}));
}

void TimelineTest::aStateAsOneUpdateIsOneEdit()
{
    Writing blue(1, "blue");
    for (int i = 0; i < 20; ++i) {
        QVERIFY(blue.text().insert(0, u"abcdef"));
        QVERIFY(blue.text().remove(3, 3));
    }
    Timeline timeline("content");
    QVERIFY(timeline.add(codec::encodeStateAsUpdate(blue.doc()), kStart, {}).has_value());

    QCOMPARE(timeline.now(), Moment{1});
    QVERIFY(at(timeline, 1) == blue.text().toString());
    QCOMPARE(timeline.editBefore(1).inserted, blue.text().length());
    QCOMPARE(timeline.editBefore(1).deleted, 0U);
    QVERIFY(changesTo(timeline, 1).empty());
}

void TimelineTest::brokenBytesAreAnErrorAndNoEdit()
{
    Timeline timeline("content");
    const auto added = timeline.add(Bytes{1, 1, 1}, kStart, {});
    QVERIFY(!added.has_value());
    QCOMPARE(timeline.now(), Moment{0});
    QVERIFY(timeline.runs().empty());
}

void TimelineTest::aRootThatCannotBeIsAnError()
{
    // A name no root may have.
    Timeline timeline(std::string(1 << 20, 'x'));
    QVERIFY(!timeline.add(Bytes{0, 0}, kStart, {}).has_value());
    QVERIFY(timeline.runs().empty());
    QVERIFY(!timeline.lastEditIn(0, 1));
}

void TimelineTest::everyMomentOfARandomHistoryIsAsItWas()
{
    const std::uint64_t seed = SystemRng().next();
    qInfo("seed %llu", static_cast<unsigned long long>(seed));
    SeededRng rng(seed);
    std::vector<std::unique_ptr<Writing>> writers;
    for (crdt::ClientId client = 1; client <= 3; ++client) {
        writers.push_back(std::make_unique<Writing>(client, "user" + std::to_string(client)));
    }
    // What the log of one of them would see, and the text after each edit.
    Timeline timeline("content");
    SystemRng plain;
    crdt::Doc here(99, plain);
    std::vector<std::u16string> moments{std::u16string()};
    std::vector<std::vector<Bytes>> unsent(writers.size());
    for (int step = 0; step < 600; ++step) {
        const std::size_t who = rng.below(writers.size());
        crdt::Text text = writers[who]->text();
        const auto place = static_cast<std::uint32_t>(rng.below(text.length() + 1));
        if (rng.below(3) == 0) {
            QVERIFY(text.remove(place, 1 + static_cast<std::uint32_t>(rng.below(5))).has_value());
        } else {
            const std::u16string word(1 + rng.below(4),
                                      static_cast<char16_t>(u'a' + rng.below(26)));
            QVERIFY(text.insert(place, word).has_value());
        }
        for (Bytes &update : writers[who]->taken()) {
            unsent[who].push_back(std::move(update));
        }
        if (rng.below(4) != 0) {
            continue;
        }
        for (const Bytes &update : std::exchange(unsent[who], {})) {
            QVERIFY(timeline.add(update, kStart, writers[who]->user()).has_value());
            QVERIFY(codec::applyUpdate(here, update, {}).has_value());
            if (timeline.now() == moments.size()) {
                moments.push_back(here.text("content")->toString());
            }
            for (std::size_t other = 0; other < writers.size(); ++other) {
                if (other != who) {
                    writers[other]->receive(update);
                }
            }
        }
    }
    QCOMPARE(static_cast<std::size_t>(timeline.now()) + 1, moments.size());
    for (Moment moment = 0; moment <= timeline.now(); ++moment) {
        QVERIFY(at(timeline, moment) == moments[moment]);
    }
    for (int i = 0; i < 50; ++i) {
        const auto moment = static_cast<Moment>(rng.below(moments.size()));
        crdt::Doc copy(98, plain);
        QVERIFY(codec::applyUpdate(copy, codec::encodeStateAsUpdate(here), {}).has_value());
        QVERIFY(copy.text("content")->applyDelta(changesTo(timeline, moment)).has_value());
        QVERIFY(copy.text("content")->toString() == moments[moment]);
        const auto name = timeline.nameOf(moment);
        QVERIFY(moment == 0 ? !name : timeline.find(*name) == moment);
    }
}

void TimelineTest::entriesEndWithAPauseAndLastAnHourAtMost()
{
    const Author blue{QStringLiteral("b"), QStringLiteral("Blue"), QStringLiteral("#0000ff")};
    const Author red{QStringLiteral("r"), QStringLiteral("Red"), QStringLiteral("#ff0000")};
    HistoryEntries entries;
    Moment moment = 0;
    const auto edit = [&](std::chrono::seconds after, const Author &author) {
        entries.add({++moment, kStart + after, 2, 1}, author);
    };
    edit(0s, blue);
    edit(10s, red);
    edit(20s, blue);
    edit(20s + HistoryEntries::kPause, blue);
    QList<HistoryEntry> shown = entries.latestFirst();
    QCOMPARE(shown.size(), 3);
    QCOMPARE(shown[0].author, blue);
    QCOMPARE(shown[0].before, Moment{3});
    QCOMPARE(shown[1].author, blue);
    QCOMPARE(shown[1].before, Moment{0});
    QCOMPARE(shown[1].after, Moment{3});
    QCOMPARE(shown[1].inserted, 4U);
    QCOMPARE(shown[1].deleted, 2U);
    QCOMPARE(shown[2].author, red);

    entries.clear();
    moment = 0;
    for (std::chrono::seconds at = 0s; at <= HistoryEntries::kLongest; at += 60s) {
        edit(at, red);
    }
    QCOMPARE(entries.latestFirst().size(), 2);
    // A clock that was set back changes nothing in the order.
    edit(-24h, red);
    QCOMPARE(entries.latestFirst().first().after, moment);
}

QTEST_APPLESS_MAIN(TimelineTest)
#include "timeline_test.moc"
