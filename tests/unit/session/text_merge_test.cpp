#include "libsync/session/files/text_merge.h"

#include "libsync/base/rng.h"
#include "libsync/session/document/text_diff.h"

#include <QElapsedTimer>
#include <QTest>

#include <set>

using namespace cowrite;
using namespace cowrite::session;
using crdt::Delta;
using crdt::DeltaOp;

namespace {

std::u16string applied(std::u16string_view text, const Delta &edits)
{
    std::u16string result;
    for (const DeltaOp &step : edits) {
        if (step.kind == DeltaOp::Kind::Insert) {
            result += step.text;
            continue;
        }
        if (step.kind == DeltaOp::Kind::Retain) {
            result += text.substr(0, step.length);
        }
        text.remove_prefix(step.length);
    }
    return result += text;
}

std::u16string merged(std::u16string_view base, std::u16string_view ours,
                      std::u16string_view theirs)
{
    return applied(ours, mergeEdits(base, ours, theirs));
}

std::size_t changedUnits(const Delta &delta)
{
    std::size_t units = 0;
    for (const DeltaOp &step : delta) {
        units += step.kind == DeltaOp::Kind::Retain ? 0 : step.length;
    }
    return units;
}

std::uint32_t below(Rng &rng, std::uint32_t bound)
{
    return static_cast<std::uint32_t>(rng.below(bound));
}

/// A name that is nowhere else, of one length so that none is a part of another.
std::u16string token(char16_t side, int number)
{
    return side + QString::number(100'000 + number).toStdU16String();
}

int count(const std::u16string &text, const std::u16string &what)
{
    int times = 0;
    for (std::size_t at = text.find(what); at != std::u16string::npos;
         at = text.find(what, at + 1)) {
        ++times;
    }
    return times;
}

} // namespace

#define COMPARE_TEXT(actual, expected)                                                             \
    QCOMPARE(QString::fromStdU16String(actual), QString::fromStdU16String(expected))

class TextMergeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDifferenceIsAsSmallAsTheChange_data();
    void aDifferenceIsAsSmallAsTheChange();
    void randomDifferencesMakeTheOtherText();
    void longTextsWithNothingInCommonAreReplacedInTime();
    void movedParagraphsAreFoundInTime();
    void bothSidesAreThere_data();
    void bothSidesAreThere();
    void nothingOfEitherSideIsLost();
    void whatNobodyKnowsTheBaseOfIsUnited();
    void editsAreMovedByWhatHappensMeanwhile();
};

void TextMergeTest::aDifferenceIsAsSmallAsTheChange_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<int>("units");
    const auto row = [](const char *name, const char *from, const char *to, int units) {
        QTest::newRow(name) << QString::fromUtf8(from) << QString::fromUtf8(to) << units;
    };
    row("equal", "a\nb\n", "a\nb\n", 0);
    row("from nothing", "", "a\n", 2);
    row("to nothing", "a\nb", "", 3);
    row("a line more", "a\nb\n", "a\nx\nb\n", 2);
    row("a line less", "a\nx\nb\n", "a\nb\n", 2);
    row("a word of a line", "one two three four\n", "one two drei four\n", 9);
    row("a word grows", "we walk home\n", "we walked home\n", 2);
    row("a last line without an end", "one two three", "one two three four", 5);
    row("an end more", "a", "a\n", 1);
    row("another line", "something old\n", "entirely new\n", 27);
    row("a pair is one", "x 😀 y z\n", "x 😁 y z\n", 4);
    row("no spaces between words", "我们一起写文章\n", "我们一起读文章\n", 2);
}

void TextMergeTest::aDifferenceIsAsSmallAsTheChange()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(int, units);
    const Delta delta = textDifference(from.toStdU16String(), to.toStdU16String());
    COMPARE_TEXT(applied(from.toStdU16String(), delta), to.toStdU16String());
    QCOMPARE(static_cast<int>(changedUnits(delta)), units);
}

void TextMergeTest::randomDifferencesMakeTheOtherText()
{
    SeededRng rng(7);
    const std::u16string pieces[] = {u"a", u"b", u" ", u"\n", u"word", u"\n\n", u"😀", u"ü"};
    const auto randomText = [&] {
        std::u16string text;
        for (std::uint32_t i = below(rng, 60); i > 0; --i) {
            text += pieces[below(rng, 8)];
        }
        return text;
    };
    for (int i = 0; i < 3000; ++i) {
        const std::u16string from = randomText();
        const std::u16string to = randomText();
        COMPARE_TEXT(applied(from, textDifference(from, to)), to);
    }
}

void TextMergeTest::longTextsWithNothingInCommonAreReplacedInTime()
{
    SeededRng rng(3);
    std::u16string from;
    std::u16string to;
    for (int i = 0; i < 60'000; ++i) {
        from += u"line " + token(u'a', static_cast<int>(below(rng, 900))) + u"\n";
        to += u"line " + token(u'b', static_cast<int>(below(rng, 900))) + u"\n";
    }
    QElapsedTimer timer;
    timer.start();
    COMPARE_TEXT(applied(from, textDifference(from, to)), to);
    // Without a bound it takes minutes.
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TextMergeTest::movedParagraphsAreFoundInTime()
{
    std::vector<std::u16string> lines;
    for (int i = 0; i < 30'000; ++i) {
        lines.push_back(token(u'l', i) + u" and the rest of it\n");
    }
    std::u16string from;
    std::u16string to;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        from += lines[i];
        to += lines[(i + 10'000) % lines.size()];
    }
    const Delta delta = textDifference(from, to);
    COMPARE_TEXT(applied(from, delta), to);
    // The smaller part moves around the larger one.
    QCOMPARE(changedUnits(delta), 2 * 10'000 * lines[0].size());
}

void TextMergeTest::bothSidesAreThere_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("ours");
    QTest::addColumn<QString>("theirs");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const char *base, const char *ours, const char *theirs,
                        const char *result) {
        QTest::newRow(name) << QString::fromUtf8(base) << QString::fromUtf8(ours)
                            << QString::fromUtf8(theirs) << QString::fromUtf8(result);
    };
    row("only they changed", "a\nb\n", "a\nb\n", "a\nc\n", "a\nc\n");
    row("only we changed", "a\nb\n", "a\nc\n", "a\nb\n", "a\nc\n");
    row("other lines", "a\nb\nc\n", "x\na\nb\nc\n", "a\nb\nc\ny\n", "x\na\nb\nc\ny\n");
    row("other words of a line", "the old man and the sea\n", "the old man and the blue sea\n",
        "the young man and the sea\n", "the young man and the blue sea\n");
    row("both the same", "a\nb\n", "a\nx\nb\n", "a\nx\nb\n", "a\nx\nb\n");
    row("both the same and more", "a\nb\n", "a\nx\nb\nours\n", "theirs\na\nx\nb\n",
        "theirs\na\nx\nb\nours\n");
    row("both at one place", "a\nb\n", "a\nours\nb\n", "a\ntheirs\nb\n", "a\nours\ntheirs\nb\n");
    row("both remove", "a\nb\nc\nd\n", "a\nd\n", "a\nc\nd\n", "a\nd\n");
    row("we write in what they remove", "a\nb c d e\nf\n", "a\nb c ours d e\nf\n", "a\nf\n",
        "a\nours f\n");
    row("they replace what we removed", "a\nold line\nc\n", "a\nc\n", "a\nnew text\nc\n",
        "a\nnew text\nc\n");
}

void TextMergeTest::bothSidesAreThere()
{
    QFETCH(QString, base);
    QFETCH(QString, ours);
    QFETCH(QString, theirs);
    QFETCH(QString, result);
    COMPARE_TEXT(merged(base.toStdU16String(), ours.toStdU16String(), theirs.toStdU16String()),
                 result.toStdU16String());
}

void TextMergeTest::nothingOfEitherSideIsLost()
{
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        SeededRng rng(seed);
        const auto separator = [&] { return below(rng, 4) == 0 ? u'\n' : u' '; };
        const int size = 1 + static_cast<int>(below(rng, 40));
        std::vector<std::u16string> pieces;
        std::u16string base;
        for (int i = 0; i < size; ++i) {
            pieces.push_back(token(u'b', i) + separator());
            base += pieces.back();
        }
        std::set<int> removed;
        int written[2] = {0, 0};
        std::u16string texts[2];
        for (int side = 0; side < 2; ++side) {
            for (int i = 0; i < size; ++i) {
                if (below(rng, 6) == 0) {
                    texts[side] += token(side == 0 ? u'o' : u't', written[side]++) + separator();
                }
                if (below(rng, 6) == 0) {
                    removed.insert(i);
                } else {
                    texts[side] += pieces[static_cast<std::size_t>(i)];
                }
            }
        }
        const std::u16string result = merged(base, texts[0], texts[1]);
        for (int i = 0; i < size; ++i) {
            QVERIFY2(count(result, token(u'b', i)) == (removed.count(i) == 0 ? 1 : 0),
                     qPrintable(QStringLiteral("seed %1").arg(seed)));
        }
        for (int side = 0; side < 2; ++side) {
            for (int i = 0; i < written[side]; ++i) {
                QVERIFY2(count(result, token(side == 0 ? u'o' : u't', i)) == 1,
                         qPrintable(QStringLiteral("seed %1").arg(seed)));
            }
        }
    }
}

void TextMergeTest::whatNobodyKnowsTheBaseOfIsUnited()
{
    const std::u16string ours = u"a\nours\nb\n";
    COMPARE_TEXT(applied(ours, uniteEdits(ours, u"a\nb\ntheirs\n")), u"a\nours\nb\ntheirs\n");
    QVERIFY(uniteEdits(ours, ours).empty());
}

void TextMergeTest::editsAreMovedByWhatHappensMeanwhile()
{
    // "one two" -> "one 2", while somebody writes in "two" and removes "one".
    const Delta edits{DeltaOp::retain(4), DeltaOp::insertText(u"2"), DeltaOp::remove(3)};
    const Delta writing{DeltaOp::retain(5), DeltaOp::insertText(u"---")};
    COMPARE_TEXT(applied(u"one t---wo", rebased(edits, writing)), u"one 2---");
    const Delta removing{DeltaOp::remove(5)};
    COMPARE_TEXT(applied(u"wo", rebased(edits, removing)), u"2");
}

QTEST_GUILESS_MAIN(TextMergeTest)
#include "text_merge_test.moc"
