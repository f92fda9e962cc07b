#include "libsync/session/document/comments.h"

#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"

#include <QSignalSpy>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

/// A document and its comments, as one of two people has them.
struct Side {
    explicit Side(std::uint64_t seed) : rng(seed) {}

    crdt::Text content() { return *doc.text("content"); }
    const CommentThread &only() const { return comments.threads().first(); }
    QString placed()
    {
        const auto range = comments.placeOf(only().anchor, content());
        return range ? QString::fromStdU16String(
                           content().substring(range->from, range->to - range->from))
                     : QStringLiteral("(removed)");
    }

    SeededRng rng;
    ManualClock clock;
    crdt::Doc doc{rng};
    Comments comments{doc, clock, rng};
};

void exchange(Side &a, Side &b)
{
    QVERIFY(codec::applyUpdate(b.doc, codec::encodeStateAsUpdate(a.doc), crdt::Origin::of(&a)));
    QVERIFY(codec::applyUpdate(a.doc, codec::encodeStateAsUpdate(b.doc), crdt::Origin::of(&b)));
}

} // namespace

class CommentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ann = std::make_unique<Side>(1);
        ben = std::make_unique<Side>(2);
        QVERIFY(ann->content().insert(0, u"the bridge is closed").has_value());
        exchange(*ann, *ben);
    }

    void aThreadArrivesElsewhereWithItsReplies();
    void itFollowsItsTextAndNotWhatIsWrittenAtItsEnds();
    void itSurvivesTheRemovalOfItsText();
    void repliesOfBothSidesAreKept();
    void itIsResolvedAndOpenedAgain();
    void whatCannotBeSaidGivesASentence();
    void foreignNonsenseDoesNoHarm();

private:
    CommentAnchor anchor(Comments::Range range)
    {
        return Comments::anchorOf(ann->content(), range);
    }
    QString begin(const QString &text)
    {
        const auto id = ann->comments.begin(m_ann, ann->content(), anchor({4, 10}), text);
        return id ? *id : QString::fromStdString(id.error().message);
    }

    std::unique_ptr<Side> ann;
    std::unique_ptr<Side> ben;
    const Identity m_ann{QStringLiteral("u1"), QStringLiteral("Ann"), QStringLiteral("#112233")};
    const Identity m_ben{QStringLiteral("u2"), QStringLiteral("Ben"), QStringLiteral("#445566")};
};

void CommentsTest::aThreadArrivesElsewhereWithItsReplies()
{
    QSignalSpy heard(&ben->comments, &Comments::messageAdded);
    const QString id = begin(QStringLiteral(" Which one? "));
    exchange(*ann, *ben);
    QCOMPARE(heard.size(), 1);
    QCOMPARE(ben->only().id, id);
    QCOMPARE(ben->only().quote, QStringLiteral("bridge"));
    QCOMPARE(ben->only().messages.first().text, QStringLiteral("Which one?"));
    QCOMPARE(ben->only().messages.first().name, QStringLiteral("Ann"));
    QCOMPARE(ben->placed(), QStringLiteral("bridge"));
    QVERIFY(ben->comments.reply(m_ben, id, QStringLiteral("The old one")).has_value());
    exchange(*ann, *ben);
    QCOMPARE(ann->only().messages.size(), 2);
    QCOMPARE(ann->only().messages.last().text, QStringLiteral("The old one"));
    QVERIFY(ann->comments.threads() == ben->comments.threads());
}

void CommentsTest::itFollowsItsTextAndNotWhatIsWrittenAtItsEnds()
{
    begin(QStringLiteral("?"));
    exchange(*ann, *ben);
    QVERIFY(ben->content().insert(0, u"Note that ").has_value());
    QCOMPARE(ben->placed(), QStringLiteral("bridge"));
    QVERIFY(ben->content().insert(14, u"old ").has_value());
    QVERIFY(ben->content().insert(24, u"s").has_value());
    QCOMPARE(ben->placed(), QStringLiteral("bridge"));
    QVERIFY(ben->content().insert(20, u"-").has_value());
    exchange(*ann, *ben);
    QCOMPARE(ann->placed(), QStringLiteral("br-idge"));
}

void CommentsTest::itSurvivesTheRemovalOfItsText()
{
    begin(QStringLiteral("?"));
    exchange(*ann, *ben);
    QVERIFY(ben->content().remove(6, 2).has_value());
    QCOMPARE(ben->placed(), QStringLiteral("brge"));
    QVERIFY(ben->content().remove(0, ben->content().length()).has_value());
    exchange(*ann, *ben);
    QCOMPARE(ann->placed(), QStringLiteral("(removed)"));
    QCOMPARE(ann->only().quote, QStringLiteral("bridge"));
    QVERIFY(ann->comments.reply(m_ann, ann->only().id, QStringLiteral("Gone")).has_value());
}

void CommentsTest::repliesOfBothSidesAreKept()
{
    const QString id = begin(QStringLiteral("?"));
    exchange(*ann, *ben);
    QVERIFY(ann->comments.reply(m_ann, id, QStringLiteral("a")).has_value());
    QVERIFY(ben->comments.reply(m_ben, id, QStringLiteral("b")).has_value());
    exchange(*ann, *ben);
    QCOMPARE(ann->only().messages.size(), 3);
    QVERIFY(ann->comments.threads() == ben->comments.threads());
    ann->clock.advance(1s);
    begin(QStringLiteral("later"));
    exchange(*ann, *ben);
    QCOMPARE(ben->comments.threads().size(), 2);
    QCOMPARE(ben->comments.threads().last().messages.first().text, QStringLiteral("later"));
}

void CommentsTest::itIsResolvedAndOpenedAgain()
{
    const QString id = begin(QStringLiteral("?"));
    exchange(*ann, *ben);
    QVERIFY(ben->comments.setResolved(id, true).has_value());
    exchange(*ann, *ben);
    QVERIFY(ann->only().isResolved);
    QVERIFY(ann->comments.setResolved(id, false).has_value());
    exchange(*ann, *ben);
    QVERIFY(!ben->only().isResolved);
}

void CommentsTest::whatCannotBeSaidGivesASentence()
{
    const auto code = [](const auto &result) { return result.error().code; };
    const auto beginAt = [&](Comments::Range range, const QString &text) {
        return ann->comments.begin(m_ann, ann->content(), anchor(range), text);
    };
    QVERIFY(code(beginAt({4, 4}, QStringLiteral("x"))) == ErrorCode::OutOfRange);
    QVERIFY(code(beginAt({20, 99}, QStringLiteral("x"))) == ErrorCode::OutOfRange);
    QVERIFY(code(beginAt({4, 10}, QStringLiteral(" "))) == ErrorCode::OutOfRange);
    const CommentAnchor gone = anchor({4, 10});
    QVERIFY(ann->content().remove(4, 6).has_value());
    const auto refused = ann->comments.begin(m_ann, ann->content(), gone, QStringLiteral("x"));
    QCOMPARE(QString::fromStdString(refused.error().message),
             QStringLiteral("The text that this is about was removed. Select another piece."));
    QVERIFY(code(ann->comments.reply(m_ann, QStringLiteral("none"), QStringLiteral("x"))) ==
            ErrorCode::NotFound);
    QVERIFY(code(ann->comments.setResolved(QStringLiteral("none"), true)) == ErrorCode::NotFound);
    QVERIFY(ann->comments.threads().isEmpty());
}

void CommentsTest::foreignNonsenseDoesNoHarm()
{
    crdt::Map root = *ann->doc.map("comments");
    QVERIFY(root.set("a", crdt::Any(7)).has_value());
    QVERIFY(root.set("b", crdt::NewMap{{{"messages", crdt::Any("none")}}}).has_value());
    QVERIFY(root.set("c", crdt::NewMap{{{"anchor", crdt::Any("here")},
                                        {"resolved", crdt::Any("yes")},
                                        {"messages", crdt::NewArray{{crdt::Any(1)}}}}})
                .has_value());
    QVERIFY(ann->comments.threads().isEmpty());
    QVERIFY(root.set("d", crdt::NewMap{{{"messages", crdt::NewArray{{crdt::NewMap{
                                                         {{"text", crdt::Any("hello")}}}}}}}})
                .has_value());
    QCOMPARE(ann->only().messages.first().text, QStringLiteral("hello"));
    QVERIFY(!ann->only().isResolved);
    QCOMPARE(ann->placed(), QStringLiteral("(removed)"));
}

QTEST_GUILESS_MAIN(CommentsTest)
#include "comments_test.moc"
