#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTest>
#include <QTextBlock>

using namespace cowrite;
using cowrite::ui::Editor;
using cowrite::ui::SelectionOffsets;

namespace {

const int kSomebody = 0;

struct Bench {
    SeededRng rng{3};
    ManualClock clock;
    crdt::Doc doc{rng};
    crdt::Text text = *doc.text("content");
    Editor editor{clock, ui::Theme::light()};

    explicit Bench(std::u16string_view initial = {})
    {
        remotely([&] { QVERIFY(text.insert(0, initial)); });
        editor.setText(text);
        editor.setReadOnly(false);
        editor.resize(600, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }

    /// As an edit of somebody else.
    template <class Edit>
    void remotely(Edit edit)
    {
        doc.transact(edit, crdt::Origin::of(&kSomebody));
    }

    QString topLine() const
    {
        const QTextCursor cursor = editor.cursorForPosition(QPoint(20, 12));
        return cursor.block().text();
    }
};

std::u16string numberedLines(int count, int words)
{
    QString lines;
    for (int i = 0; i < count; ++i) {
        lines += QStringLiteral("line %1").arg(i);
        lines += QStringLiteral(" and so on").repeated(words) + QLatin1Char('\n');
    }
    return lines.toStdU16String();
}

} // namespace

class EditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoTakesBackOnlyMyEdits()
    {
        Bench bench(u"base ");
        bench.editor.moveCursor(QTextCursor::End);
        QTest::keyClicks(&bench.editor, QStringLiteral("mine"));
        bench.remotely([&] { QVERIFY(bench.text.insert(0, u"theirs ")); });
        QCOMPARE(bench.text.toString(), u"theirs base mine");
        QTest::keyClick(&bench.editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.text.toString(), u"theirs base ");
        QCOMPARE(bench.editor.toPlainText(), QStringLiteral("theirs base "));
        QTest::keyClick(&bench.editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(bench.text.toString(), u"theirs base mine");
    }

    void undoBringsTheSelectionBack()
    {
        Bench bench(u"one two three");
        bench.editor.select({4, 7});
        QTest::keyClicks(&bench.editor, QStringLiteral("2"));
        QCOMPARE(bench.text.toString(), u"one 2 three");
        bench.editor.moveCursor(QTextCursor::Start);
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"one two three");
        QCOMPARE(bench.editor.selection(), (SelectionOffsets{4, 7}));
        bench.editor.redoEdit();
        QCOMPARE(bench.text.toString(), u"one 2 three");
    }

    void aPauseBeginsANewStep()
    {
        Bench bench;
        QTest::keyClicks(&bench.editor, QStringLiteral("one"));
        bench.clock.advance(std::chrono::milliseconds(600));
        QTest::keyClicks(&bench.editor, QStringLiteral(" two"));
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"one");
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"");
        QVERIFY(!bench.editor.canUndoEdit());
    }

    void aJumpOfTheCaretBeginsANewStep()
    {
        Bench bench(u"0123456789");
        bench.editor.moveCursor(QTextCursor::End);
        QTest::keyClicks(&bench.editor, QStringLiteral("ab"));
        QTest::keyClick(&bench.editor, Qt::Key_Home);
        QTest::keyClicks(&bench.editor, QStringLiteral("xy"));
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"0123456789ab");
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"0123456789");
    }

    void typingOnAfterARemoteEditIsOneStep()
    {
        Bench bench(u"base\n");
        bench.editor.moveCursor(QTextCursor::End);
        QTest::keyClicks(&bench.editor, QStringLiteral("ab"));
        bench.remotely([&] { QVERIFY(bench.text.insert(0, u"x")); });
        QTest::keyClicks(&bench.editor, QStringLiteral("cd"));
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"xbase\n");
    }

    void aChangeFromOutsideIsOneStepOfMine()
    {
        Bench bench(u"one two three");
        bench.editor.moveCursor(QTextCursor::End);
        QTest::keyClicks(&bench.editor, QStringLiteral("!"));
        using crdt::DeltaOp;
        bench.editor.applyChange({DeltaOp::remove(4), DeltaOp::retain(4),
                                  DeltaOp::insertText(u"and "), DeltaOp::retain(5),
                                  DeltaOp::remove(1)});
        QCOMPARE(bench.text.toString(), u"two and three");
        QCOMPARE(bench.editor.toPlainText(), QStringLiteral("two and three"));
        QTest::keyClicks(&bench.editor, QStringLiteral("?"));
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"two and three");
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"one two three!");
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"one two three");
        bench.editor.redoEdit();
        bench.editor.redoEdit();
        QCOMPARE(bench.text.toString(), u"two and three");
    }

    void mySelectionStaysOnMyText()
    {
        Bench bench(u"one two three");
        bench.editor.select({4, 7});
        bench.remotely([&] { QVERIFY(bench.text.insert(7, u"!")); });
        bench.remotely([&] { QVERIFY(bench.text.insert(4, u"?")); });
        bench.remotely([&] { QVERIFY(bench.text.insert(0, u">> ")); });
        QCOMPARE(bench.editor.textCursor().selectedText(), QStringLiteral("two"));
        bench.editor.select({11, 8}); // backwards
        bench.remotely([&] { QVERIFY(bench.text.remove(0, 3)); });
        QCOMPARE(bench.editor.selection(), (SelectionOffsets{8, 5}));
    }

    void myCaretStaysBehindWhatIWrote()
    {
        Bench bench;
        QTest::keyClicks(&bench.editor, QStringLiteral("mine"));
        bench.remotely([&] { QVERIFY(bench.text.insert(4, u" theirs")); });
        QTest::keyClicks(&bench.editor, QStringLiteral("!"));
        QCOMPARE(bench.text.toString(), u"mine! theirs");
    }

    void theViewStaysStillUnderRemoteEdits_data()
    {
        QTest::addColumn<bool>("wrapped");
        QTest::newRow("wrapped") << true;
        QTest::newRow("not wrapped") << false;
    }

    void theViewStaysStillUnderRemoteEdits()
    {
        QFETCH(bool, wrapped);
        Bench bench(numberedLines(400, 12));
        bench.editor.setWrapping(wrapped);
        QScrollBar *bar = bench.editor.verticalScrollBar();
        bar->setValue(bar->maximum() / 2);
        const QString top = bench.topLine();
        SeededRng rng(11);
        for (int step = 0; step < 300; ++step) {
            const auto above = static_cast<std::uint32_t>(rng.below(4000));
            bench.remotely([&] {
                if (rng.below(3) == 0) {
                    QVERIFY(bench.text.remove(above, static_cast<std::uint32_t>(rng.below(8))));
                } else {
                    QVERIFY(bench.text.insert(above,
                                              rng.below(2) == 0 ? u"new line\n" : u"some words "));
                }
            });
            QCOMPARE(bench.topLine(), top);
        }
    }

    void textThatArrivesInAnEmptyDocumentIsReadFromItsBeginning()
    {
        Bench bench;
        bench.remotely([&] { QVERIFY(bench.text.insert(0, numberedLines(200, 1))); });
        QCOMPARE(bench.topLine().left(6), QStringLiteral("line 0"));
    }

    void copyGivesTheSharedCharacters()
    {
        Bench bench(u"a\r\nb\u00A0c");
        bench.editor.selectAll();
        bench.editor.copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("a\r\nb\u00A0c"));
    }

    void pasteNormalisesLineEnds()
    {
        Bench bench;
        QApplication::clipboard()->setText(QStringLiteral("one\r\ntwo\rthree"));
        bench.editor.paste();
        QCOMPARE(bench.text.toString(), u"one\ntwo\nthree");
    }

    void readOnlyTextTakesNoKeys()
    {
        Bench bench(u"fixed");
        bench.editor.setReadOnly(true);
        QTest::keyClicks(&bench.editor, QStringLiteral("x"));
        QTest::keyClick(&bench.editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bench.text.toString(), u"fixed");
    }

    void linesHaveRoomBetweenThem()
    {
        Bench bench(u"one\ntwo\nthree");
        const auto first = bench.editor.visibleCaretRect(0);
        const auto second = bench.editor.visibleCaretRect(4);
        QVERIFY(first && second);
        QVERIFY(second->top() - first->top() > first->height() * 1.15);
        // Pointer and paint agree about where a line is.
        const QTextCursor there =
            bench.editor.cursorForPosition(QPoint(20, static_cast<int>(second->center().y())));
        QCOMPARE(there.block().blockNumber(), 1);
    }

    void linesAndColumnsCountFromOne()
    {
        Bench bench(u"one\ntwo");
        QCOMPARE(bench.editor.lineOf(0), 1);
        QCOMPARE(bench.editor.columnOf(0), 1);
        QCOMPARE(bench.editor.lineOf(6), 2);
        QCOMPARE(bench.editor.columnOf(6), 3);
    }
};

QTEST_MAIN(EditorTest)
#include "editor_test.moc"
