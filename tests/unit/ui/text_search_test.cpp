#include "ui/editor/text_search.h"

#include <QTest>

#include <algorithm>

using namespace cowrite;
using namespace cowrite::ui;

namespace {

const std::atomic<bool> kNever = false;

std::vector<TextMatch> found(const SearchQuery &query, const QString &text, std::size_t most = 100)
{
    const auto expression = expressionOf(query);
    return expression ? findAll(*expression, text, most, kNever) : std::vector<TextMatch>();
}

QString replaced(const SearchQuery &query, const QString &text, const QString &replacement)
{
    QString result = text;
    std::vector<TextEdit> edits =
        ui::replaceAll(*expressionOf(query), text, replacement, query.isExpression, kNever);
    std::reverse(edits.begin(), edits.end());
    for (const TextEdit &edit : edits) {
        result.replace(edit.offset, edit.length, edit.text);
    }
    return result;
}

SearchQuery expression(const char *pattern)
{
    return {QString::fromUtf8(pattern), true, false, true};
}

SearchQuery words(const char *pattern)
{
    return {QString::fromUtf8(pattern), false, false, false};
}

} // namespace

class TextSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsAreFoundAsTheyAreWritten()
    {
        const QString text = QStringLiteral("A.b a.B axb Äb äB");
        QCOMPARE(found(words("a.b"), text).size(), 2U);
        QCOMPARE(found(words("äb"), text).size(), 2U);
        QCOMPARE(found({QStringLiteral("a.B"), true, false, false}, text),
                 (std::vector<TextMatch>{{4, 3}}));
    }

    void wholeWordsKnowLettersOfEveryLanguage()
    {
        SearchQuery query = words("so");
        query.wholeWords = true;
        QCOMPARE(found(query, QStringLiteral("also so, söso (so)")),
                 (std::vector<TextMatch>{{5, 2}, {15, 2}}));
    }

    void expressionsSeeLines()
    {
        const QString text = QStringLiteral("one\ntwo\nthree");
        QCOMPARE(found(expression("^t\\w+$"), text), (std::vector<TextMatch>{{4, 3}, {8, 5}}));
        QCOMPARE(found(expression("e\\nt"), text), (std::vector<TextMatch>{{2, 3}}));
        QCOMPARE(found(expression("x*"), text), std::vector<TextMatch>());
    }

    void aBrokenExpressionIsAnError()
    {
        const auto result = expressionOf(expression("(a"));
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::Malformed);
        QVERIFY(!result.error().message.empty());
    }

    void noMoreThanWantedAreFound()
    {
        QCOMPARE(found(words("a"), QString(500, u'a'), 7).size(), 7U);
    }

    void anExpressionThatExplodesEnds()
    {
        const QString text = QString(40, u'a') + QLatin1Char('b');
        QCOMPARE(found(expression("(a+)+$"), text), std::vector<TextMatch>());
    }

    void replacementsTakeWhatWasCaptured()
    {
        QCOMPARE(replaced(expression("(\\w+) = (\\w+)"), QStringLiteral("a = b, c = d"),
                          QStringLiteral("\\2\\t\\1\\\\\\n\\0")),
                 QStringLiteral("b\ta\\\na = b, d\tc\\\nc = d"));
        QCOMPARE(replaced(words("a"), QStringLiteral("banana"), QStringLiteral("\\1")),
                 QStringLiteral("b\\1n\\1n\\1"));
    }

    void matchesMoveWithTheTextUnlessItIsTheirs()
    {
        using crdt::DeltaOp;
        std::vector<TextMatch> matches{{0, 2}, {4, 2}, {8, 2}, {12, 2}};
        moveMatches(matches, {DeltaOp::insertText(u"xyz")});
        QCOMPARE(matches, (std::vector<TextMatch>{{3, 2}, {7, 2}, {11, 2}, {15, 2}}));
        // Within the second, between the third and the fourth, and over the end of the fourth.
        moveMatches(matches, {DeltaOp::retain(8), DeltaOp::insertText(u"x"), DeltaOp::retain(5),
                              DeltaOp::remove(1), DeltaOp::retain(2), DeltaOp::remove(4)});
        QCOMPARE(matches, (std::vector<TextMatch>{{3, 2}, {12, 2}}));
    }
};

QTEST_MAIN(TextSearchTest)
#include "text_search_test.moc"
