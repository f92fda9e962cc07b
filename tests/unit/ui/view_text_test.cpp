#include "ui/syntax/view_text.h"

#include <QTest>

using cowrite::ui::smallestChange;
using cowrite::ui::TextChange;
using cowrite::ui::toView;

class ViewTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalTextsNeedNoChange()
    {
        QVERIFY(smallestChange(u"one\ntwo", u"one\u2029two", 5, 9).isEmpty());
    }

    void standInsCountAsEqual()
    {
        QVERIFY(smallestChange(u"a\r\n\u2029\uFDD0\uFFFC", u"a\u240D\u2029\uFFFD\uFFFD\u25A3", 0, 0)
                    .isEmpty());
    }

    void insertIsFoundWhereItWasTyped()
    {
        QCOMPARE(smallestChange(u"hello", u"hel!lo", 10, 14), (TextChange{13, 0, u"!"}));
    }

    void paragraphEndsBecomeLineFeeds()
    {
        QCOMPARE(smallestChange(u"ab", u"a\u2029b", 0, 2), (TextChange{1, 0, u"\n"}));
    }

    void deletionIsFound()
    {
        QCOMPARE(smallestChange(u"abcdef", u"abf", 0, 2), (TextChange{2, 3, u""}));
    }

    void replacementKeepsEqualEnds()
    {
        QCOMPARE(smallestChange(u"one two three", u"one 2 three", 0, 5), (TextChange{4, 3, u"2"}));
    }

    void repeatedLetterGoesWhereTheCaretIs()
    {
        // "aaa", the caret behind the first one, one more typed there.
        QCOMPARE(smallestChange(u"aaa", u"aaaa", 0, 2), (TextChange{1, 0, u"a"}));
        QCOMPARE(smallestChange(u"aaa", u"aaaa", 0, 4), (TextChange{3, 0, u"a"}));
        QCOMPARE(smallestChange(u"aaa", u"aa", 0, 1), (TextChange{1, 1, u""}));
    }

    void surrogatePairsAreReplacedWhole()
    {
        // Both emoji begin with the same unit.
        QCOMPARE(smallestChange(u"x\U0001F600y", u"x\U0001F601y", 0, 3),
                 (TextChange{1, 2, u"\U0001F601"}));
        // These two end with the same unit.
        QCOMPARE(smallestChange(u"x\U0001F600y", u"x\U0001FA00y", 0, 3),
                 (TextChange{1, 2, u"\U0001FA00"}));
    }

    void loneSurrogatesBecomeReplacementCharacters()
    {
        const char16_t high[] = {u'a', 0xD83D, 0};
        QCOMPARE(smallestChange(u"a", high, 0, 2), (TextChange{1, 0, u"\uFFFD"}));
    }

    void everyUnitHasOneStandIn()
    {
        QCOMPARE(toView(u'\n'), u'\u2029');
        QCOMPARE(toView(u'\u00A0'), u'\u00A0');
        QCOMPARE(toView(u'\u2028'), u'\u2028');
        QVERIFY(!cowrite::ui::isStandIn(u'\n'));
        QVERIFY(cowrite::ui::isStandIn(u'\r'));
    }
};

QTEST_GUILESS_MAIN(ViewTextTest)
#include "view_text_test.moc"
