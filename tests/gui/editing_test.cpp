// What a person does with the text in the window: looking for something, replacing, going to a
// line, commands for lines, how the text looks.
#include "tests/gui/writer.h"
#include "ui/document/document_view.h"

#include <QSet>

using namespace cowrite;
using guitest::kPatience;
using guitest::Writer;

class EditingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typingInTheFindBarGoesFromMatchToMatch()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "one two\nTwo three\nthe two\n");
        blue.look("actionFindText", QStringLiteral("two"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 3"));
        QCOMPARE(blue.text().selection(), (ui::SelectionOffsets{4, 7}));
        blue.key("findInput", Qt::Key_Return);
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("2 of 3"));
        blue.press("findCase");
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("2 of 2"));
        QCOMPARE(blue.text().selection(), (ui::SelectionOffsets{22, 25}));
        blue.key("findInput", Qt::Key_Return);
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("Once round the text · 1 of 2"));
        blue.key("findInput", Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("Once round the text · 2 of 2"));
        QTest::keyClicks(blue.find<QLineEdit>("findInput"), QStringLiteral("x"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("Not found"));
        // Closed, F3 still knows.
        blue.key("findInput", Qt::Key_Backspace);
        blue.key("findInput", Qt::Key_Escape);
        QVERIFY(!blue.find<QWidget>("findBar")->isVisible());
        blue.text().select({0, 0});
        blue.trigger("actionFindNext");
        QTRY_COMPARE(blue.text().selection(), (ui::SelectionOffsets{4, 7}));
        blue.trigger("actionFindPrevious");
        QTRY_COMPARE(blue.text().selection(), (ui::SelectionOffsets{22, 25}));
    }

    void theBarTakesWhatIsSelectedAndMarksEveryMatch()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "here and there and everywhere\n");
        blue.text().select({5, 8});
        blue.trigger("actionFindText");
        QCOMPARE(blue.find<QLineEdit>("findInput")->text(), QStringLiteral("and"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 2"));
        // The other one has the colour of matches behind it.
        const auto place = blue.text().visibleRects(15, 18);
        QCOMPARE(place.size(), 1U);
        const QImage picture = blue.text().viewport()->grab().toImage();
        QCOMPARE(picture.pixelColor(place.front().topLeft().toPoint() + QPoint(1, 1)),
                 blue.text().theme().found);
        blue.keep(QStringLiteral("find"));
    }

    void aBrokenExpressionIsExplained()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "a(b)\n");
        blue.look("actionFindText", QStringLiteral("a("));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 1"));
        blue.press("findExpression");
        QVERIFY2(blue.label("findCount").startsWith(QStringLiteral("Not an expression:")),
                 qPrintable(blue.label("findCount")));
    }

    void replacingEverythingIsOneStepOfUndo()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "a1 b2\nc3\n");
        blue.look("actionReplace", QStringLiteral("([a-z])(\\d)"));
        blue.press("findExpression");
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 3"));
        QTest::keyClicks(blue.find<QLineEdit>("replaceInput"), QStringLiteral("\\2\\1"));
        blue.press("replaceAll");
        QTRY_COMPARE(blue.content(), QStringLiteral("1a 2b\n3c\n"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("3 replaced · Not found"));
        blue.keep(QStringLiteral("replace"));
        blue.trigger("actionUndo");
        QCOMPARE(blue.content(), QStringLiteral("a1 b2\nc3\n"));
        blue.trigger("actionRedo");
        QCOMPARE(blue.content(), QStringLiteral("1a 2b\n3c\n"));
    }

    void replacingOneGoesToTheNext()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "cat cat cat\n");
        blue.look("actionReplace", QStringLiteral("cat"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 3"));
        QTest::keyClicks(blue.find<QLineEdit>("replaceInput"), QStringLiteral("catfish"));
        blue.key("replaceInput", Qt::Key_Return);
        QCOMPARE(blue.content(), QStringLiteral("catfish cat cat\n"));
        QTRY_COMPARE(blue.text().selection(), (ui::SelectionOffsets{8, 11}));
        blue.key("replaceInput", Qt::Key_Return);
        QCOMPARE(blue.content(), QStringLiteral("catfish catfish cat\n"));
    }

    void matchesFollowWhatOthersWrite()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "word and word\n");
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        blue.look("actionFindText", QStringLiteral("word"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 2"));
        green.editor()->moveCursor(QTextCursor::Start);
        QTest::keyClicks(green.editor(), QStringLiteral("a word before "));
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("findCount"), QStringLiteral("2 of 3"), kPatience);
        QCOMPARE(blue.selected(), QStringLiteral("word"));
        // And so does replacing.
        blue.trigger("actionReplace");
        QTest::keyClicks(blue.find<QLineEdit>("replaceInput"), QStringLiteral("X"));
        blue.press("replaceAll");
        QTRY_COMPARE(blue.content(), QStringLiteral("a X before X and X\n"));
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        blue.trigger("actionUndo");
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), QStringLiteral("a word before word and word\n"),
                                  kPatience);
    }

    void goingToALineTakesTheCaretThere()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), QByteArray("line\n").repeated(500));
        blue.trigger("actionGoToLine");
        auto *input = blue.find<QLineEdit>("goToInput");
        QCOMPARE(blue.label("goToRange"), QStringLiteral("1 to 501"));
        QTest::keyClicks(input, QStringLiteral("321:3"));
        blue.keep(QStringLiteral("go-to-line"));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(blue.label("statusPosition"), QStringLiteral("Ln 321, Col 3"));
        QVERIFY(blue.text().visibleCaretRect(blue.text().selection().head).has_value());
        QVERIFY(!blue.find<QWidget>("goToBar")->isVisible());
        blue.trigger("actionGoToLine");
        QTest::keyClicks(input, QStringLiteral("99999"));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(blue.label("statusPosition"), QStringLiteral("Ln 501, Col 1"));
    }

    void linesAreChangedFromTheMenu()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("survey.py"), "a = 1\nb = 2\n");
        QCOMPARE(blue.label("statusLanguage"), QStringLiteral("Python"));
        blue.trigger("actionToggleComment");
        QCOMPARE(blue.content(), QStringLiteral("# a = 1\nb = 2\n"));
        blue.trigger("actionMoveLineDown");
        QCOMPARE(blue.content(), QStringLiteral("b = 2\n# a = 1\n"));
        blue.trigger("actionDuplicateLine");
        blue.trigger("actionIndent");
        QCOMPARE(blue.content(), QStringLiteral("b = 2\n# a = 1\n    # a = 1\n"));
        blue.trigger("actionDeleteLine");
        blue.trigger("actionUnindent");
        QCOMPARE(blue.content(), QStringLiteral("b = 2\n# a = 1\n"));
    }

    void theLookOfTheTextIsKept()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "iii WWW\t.\n");
        const auto widthOf = [&](std::uint32_t from) {
            return blue.text().visibleRects(from, from + 3).front().width();
        };
        QCOMPARE(widthOf(0), widthOf(4));
        blue.trigger("actionProportional");
        QVERIFY(widthOf(0) < widthOf(4));
        const QImage without = blue.text().viewport()->grab().toImage();
        blue.trigger("actionWhitespace");
        QVERIFY(blue.text().viewport()->grab().toImage() != without);
        blue.keep(QStringLiteral("proportional-whitespace"));
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
        blue.window.reset();
        blue.profile.reset();
        blue.start(QStringLiteral("Blue"));
        QVERIFY(blue.window->findChild<QAction *>(QStringLiteral("actionWhitespace"))->isChecked());
        QVERIFY(
            blue.window->findChild<QAction *>(QStringLiteral("actionProportional"))->isChecked());
    }

    void everyMenuEntryHasANameAndNoShortcutIsTakenTwice()
    {
        Writer blue(QStringLiteral("Blue"));
        QSet<QString> taken;
        const QList<QAction *> actions = blue.window->findChildren<QAction *>();
        QVERIFY(actions.size() > 40);
        for (const QAction *action : actions) {
            const QList<QKeySequence> shortcuts = action->shortcuts();
            for (const QKeySequence &shortcut : shortcuts) {
                const QString keys = shortcut.toString();
                QVERIFY2(!taken.contains(keys), qPrintable(keys + action->text()));
                QVERIFY2(!action->objectName().isEmpty(), qPrintable(action->text()));
                taken.insert(keys);
            }
        }
    }

    void aTextOfThePastIsSearchedButNotReplaced()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "old words\n");
        QTest::keyClicks(blue.editor(), QStringLiteral("new "));
        blue.trigger("actionHistory");
        auto *view = blue.find<ui::DocumentView>("documentView");
        QTRY_VERIFY_WITH_TIMEOUT(view->history().isReady(), kPatience);
        view->lookAt(1);
        blue.look("actionFindText", QStringLiteral("words"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 of 1"));
        QVERIFY(!blue.window->findChild<QAction *>(QStringLiteral("actionReplace"))->isEnabled());
        view->backToNow();
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("1 match"));
    }
};

QTEST_MAIN(EditingTest)
#include "editing_test.moc"
