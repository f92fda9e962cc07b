#include "tests/support/editor_bench.h"
#include "ui/editor/line_commands.h"
#include "ui/editor/line_keys.h"

using namespace cowrite;
using test::EditorBench;
using ui::SelectionOffsets;

namespace {

struct Bench : EditorBench {
    ui::LineCommands lines{editor};
    ui::LineKeys keys{editor, lines};

    explicit Bench(const QString &initial, const char *language = "python") : EditorBench(initial)
    {
        editor.setLanguage(*ui::languageOf(QLatin1String(language)));
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&editor, key, modifiers);
    }
    void type(const char *what) { QTest::keyClicks(&editor, QLatin1String(what)); }
    void caretAt(std::uint32_t offset) { editor.select({offset, offset}); }
};

QString lines(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

class LineCommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewLineIsIndentedLikeTheOneBefore()
    {
        Bench bench(lines("  one"), "text");
        bench.editor.moveCursor(QTextCursor::End);
        bench.press(Qt::Key_Return);
        bench.type("two");
        bench.press(Qt::Key_Return, Qt::ShiftModifier);
        bench.type("three");
        QCOMPARE(bench.shared(), lines("  one\n  two\n  three"));
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), lines("  one"));
    }

    void codeIsIndentedBehindAnOpenBracketAndBackBeforeItsPartner()
    {
        Bench bench(QString(), "cpp");
        bench.type("if (x) {");
        bench.press(Qt::Key_Return);
        bench.type("y();");
        bench.press(Qt::Key_Return);
        bench.type("}");
        QCOMPARE(bench.shared(), lines("if (x) {\n    y();\n}"));
    }

    void proseIsNotIndentedBehindABracket()
    {
        Bench bench(QString(), "text");
        bench.type("this (");
        bench.press(Qt::Key_Return);
        bench.type("}");
        QCOMPARE(bench.shared(), lines("this (\n}"));
    }

    void tabGoesToTheNextStopAndBackspaceBack()
    {
        Bench bench(lines("ab"));
        bench.editor.moveCursor(QTextCursor::End);
        bench.press(Qt::Key_Tab);
        QCOMPARE(bench.shared(), lines("ab  "));
        bench.press(Qt::Key_Return);
        bench.press(Qt::Key_Tab);
        bench.press(Qt::Key_Tab);
        QCOMPARE(bench.shared(), lines("ab  \n        "));
        bench.press(Qt::Key_Backspace);
        QCOMPARE(bench.shared(), lines("ab  \n    "));
        bench.press(Qt::Key_Backspace);
        bench.press(Qt::Key_Backspace);
        QCOMPARE(bench.shared(), lines("ab  "));
    }

    void theIndentationIsThatOfTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("unit");
        QTest::newRow("nothing known") << QString() << "python"
                                       << "    ";
        QTest::newRow("two spaces") << lines("a\n  b\n    c") << "python"
                                    << "  ";
        QTest::newRow("tabs") << lines("a\n\tb\n\t\tc") << "python"
                              << "\t";
        QTest::newRow("makefile") << QString() << "makefile"
                                  << "\t";
    }

    void theIndentationIsThatOfTheText()
    {
        QFETCH(QString, text);
        QFETCH(QString, language);
        QFETCH(QString, unit);
        Bench bench(text, qPrintable(language));
        QCOMPARE(bench.lines.indentUnit(), unit);
    }

    void selectedLinesAreIndentedAndUnindented()
    {
        Bench bench(lines("one\n\ntwo\nthree"));
        bench.select(lines("one\n\ntwo\n"));
        bench.press(Qt::Key_Tab);
        QCOMPARE(bench.shared(), lines("    one\n\n    two\nthree"));
        QCOMPARE(bench.editor.textCursor().selectedText(),
                 lines("    one\u2029\u2029    two\u2029"));
        bench.lines.indent();
        bench.press(Qt::Key_Backtab, Qt::ShiftModifier);
        bench.press(Qt::Key_Backtab, Qt::ShiftModifier);
        bench.press(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(bench.shared(), lines("one\n\ntwo\nthree"));
        bench.editor.undoEdit();
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), lines("        one\n\n        two\nthree"));
    }

    void commentsGoAtTheLeastIndentationAndAwayAgain()
    {
        Bench bench(lines("  a\n\n    b\nc"));
        bench.select(lines("a\n\n    b"));
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("  # a\n\n  #   b\nc"));
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("  a\n\n    b\nc"));
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), lines("  # a\n\n  #   b\nc"));
    }

    void aPartlyCommentedSelectionIsCommentedOnceMore()
    {
        Bench bench(lines("# a\nb"));
        bench.editor.selectAll();
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("# # a\n# b"));
    }

    void aLanguageWithoutLineCommentsPutsTheLinesIntoOne()
    {
        Bench bench(lines("  <p>a</p>\n  <p>b</p>  "), "html");
        bench.editor.selectAll();
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("  <!-- <p>a</p>\n  <p>b</p> -->  "));
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("  <p>a</p>\n  <p>b</p>  "));
    }

    void plainTextHasNoComments()
    {
        Bench bench(lines("a"), "text");
        bench.lines.toggleComment();
        QCOMPARE(bench.shared(), lines("a"));
    }

    void linesMoveWithTheirSelectionToTheEdgesAndNotBeyond()
    {
        Bench bench(lines("one\ntwo\nthree"));
        bench.select(lines("two"));
        bench.lines.moveDown();
        QCOMPARE(bench.shared(), lines("one\nthree\ntwo"));
        bench.lines.moveDown();
        QCOMPARE(bench.shared(), lines("one\nthree\ntwo"));
        QCOMPARE(bench.editor.textCursor().selectedText(), lines("two"));
        bench.lines.moveUp();
        bench.lines.moveUp();
        bench.lines.moveUp();
        QCOMPARE(bench.shared(), lines("two\none\nthree"));
        QCOMPARE(bench.editor.selection(), (SelectionOffsets{0, 3}));
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), lines("one\ntwo\nthree"));
    }

    void movingALineKeepsTheTextOfTheOthersWhereItIs()
    {
        Bench bench(lines("one\ntwo\nthree"));
        // Somebody's caret within the line that is moved.
        const crdt::RelativePosition theirs = crdt::makeRelativePosition(bench.text, 6);
        bench.caretAt(5);
        bench.lines.moveUp();
        QCOMPARE(bench.shared(), lines("two\none\nthree"));
        QCOMPARE(crdt::resolve(bench.doc, theirs)->index, 2U);
    }

    void severalLinesMoveTogether()
    {
        Bench bench(lines("a\nb\nc\nd"));
        bench.select(lines("b\nc"));
        bench.lines.moveDown();
        QCOMPARE(bench.shared(), lines("a\nd\nb\nc"));
        bench.lines.moveUp();
        bench.lines.moveUp();
        QCOMPARE(bench.shared(), lines("b\nc\na\nd"));
    }

    void duplicatingGoesOnInTheCopy()
    {
        Bench bench(lines("one\r\ntwo"));
        bench.caretAt(2);
        bench.lines.duplicate();
        // With what the view cannot show.
        QCOMPARE(bench.shared(), lines("one\r\none\r\ntwo"));
        QCOMPARE(bench.editor.selection(), (SelectionOffsets{7, 7}));
        bench.caretAt(bench.text.length());
        bench.lines.duplicate();
        QCOMPARE(bench.shared(), lines("one\r\none\r\ntwo\ntwo"));
    }

    void deletingTakesWholeLines()
    {
        Bench bench(lines("one\ntwo\nthree\nfour"));
        bench.select(lines("wo\nth"));
        bench.lines.removeLines();
        QCOMPARE(bench.shared(), lines("one\nfour"));
        QCOMPARE(bench.editor.lineOf(bench.editor.selection().head), 2);
        bench.lines.removeLines();
        QCOMPARE(bench.shared(), lines("one"));
        bench.lines.removeLines();
        QCOMPARE(bench.shared(), QString());
        bench.lines.removeLines();
        bench.editor.undoEdit();
        QCOMPARE(bench.shared(), lines("one"));
    }

    void aTextThatMayOnlyBeReadIsLeftAlone()
    {
        Bench bench(lines("one\ntwo"));
        bench.editor.setReadOnly(true);
        bench.lines.indent();
        bench.lines.moveDown();
        bench.lines.duplicate();
        bench.lines.removeLines();
        bench.press(Qt::Key_Return);
        QCOMPARE(bench.shared(), lines("one\ntwo"));
    }
};

QTEST_MAIN(LineCommandsTest)
#include "line_commands_test.moc"
