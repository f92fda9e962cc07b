#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"
#include "ui/editor/editor.h"

#include <QInputMethodEvent>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

using namespace cowrite;
using cowrite::ui::Editor;

namespace {

const int kSomebody = 0;

struct Bench {
    SeededRng rng{3};
    ManualClock clock;
    crdt::Doc doc{rng};
    crdt::Text text = *doc.text("content");
    Editor editor{clock, ui::Theme::light()};

    explicit Bench(std::u16string_view initial)
    {
        QVERIFY(text.insert(0, initial));
        editor.setText(text);
        editor.setReadOnly(false);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }

    void compose(const QString &preedit)
    {
        QInputMethodEvent event(preedit, {});
        QApplication::sendEvent(&editor, &event);
    }

    void commit(const QString &text)
    {
        QInputMethodEvent event;
        event.setCommitString(text);
        QApplication::sendEvent(&editor, &event);
    }

    void remotely(std::uint32_t offset, std::u16string_view inserted)
    {
        doc.transact([&] { QVERIFY(text.insert(offset, inserted)); }, crdt::Origin::of(&kSomebody));
    }

    QString preedit() const { return editor.textCursor().block().layout()->preeditAreaText(); }
    int preeditPosition() const
    {
        const QTextBlock block = editor.textCursor().block();
        return block.position() + block.layout()->preeditAreaPosition();
    }
};

} // namespace

class InputMethodTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCompositionSendsNothingUntilItIsCommitted()
    {
        Bench bench(u"ab");
        bench.editor.select({1, 1});
        bench.compose(QStringLiteral("k"));
        bench.compose(QStringLiteral("ko"));
        QCOMPARE(bench.text.toString(), u"ab");
        QCOMPARE(bench.preedit(), QStringLiteral("ko"));
        bench.commit(QStringLiteral("\u3053"));
        QCOMPARE(bench.text.toString(), u"a\u3053b");
        QCOMPARE(bench.preedit(), QString());
    }

    void aRemoteEditBeforeItInTheBlockMovesIt()
    {
        Bench bench(u"ab");
        bench.editor.select({1, 1});
        bench.compose(QStringLiteral("ko"));
        bench.remotely(0, u"xyz ");
        QCOMPARE(bench.preedit(), QStringLiteral("ko"));
        QCOMPARE(bench.preeditPosition(), 5);
        bench.commit(QStringLiteral("\u3053"));
        QCOMPARE(bench.text.toString(), u"xyz a\u3053b");
    }

    void aRemoteLineBreakBeforeItLeavesItWhole()
    {
        Bench bench(u"ab");
        bench.editor.select({1, 1});
        bench.compose(QStringLiteral("ko"));
        bench.remotely(0, u"line\n");
        QCOMPARE(bench.preedit(), QStringLiteral("ko"));
        QCOMPARE(bench.preeditPosition(), 6);
        bench.compose(QStringLiteral("kon"));
        QCOMPARE(bench.preedit(), QStringLiteral("kon"));
        bench.commit(QStringLiteral("\u3053\u3093"));
        QCOMPARE(bench.text.toString(), u"line\na\u3053\u3093b");
    }

    void aRemoteEditAfterItChangesNothingAboutIt()
    {
        Bench bench(u"ab\nnext");
        bench.editor.select({1, 1});
        bench.compose(QStringLiteral("ko"));
        bench.remotely(5, u"---");
        bench.remotely(2, u"!");
        QCOMPARE(bench.preeditPosition(), 1);
        bench.commit(QStringLiteral("\u3053"));
        QCOMPARE(bench.text.toString(), u"a\u3053b!\nne---xt");
    }

    void aRemoteDeletionAroundItLeavesItWhole()
    {
        Bench bench(u"one\ntwo\nthree");
        bench.editor.select({6, 6});
        bench.compose(QStringLiteral("ko"));
        bench.doc.transact([&] { QVERIFY(bench.text.remove(1, 11)); },
                           crdt::Origin::of(&kSomebody));
        QCOMPARE(bench.text.toString(), u"oe");
        QCOMPARE(bench.preedit(), QStringLiteral("ko"));
        QCOMPARE(bench.preeditPosition(), 1);
        bench.commit(QStringLiteral("\u3053"));
        QCOMPARE(bench.text.toString(), u"o\u3053e");
    }

    void aRemoteEditAtItsPlaceGoesBehindIt()
    {
        Bench bench(u"ab");
        bench.editor.select({1, 1});
        bench.compose(QStringLiteral("ko"));
        bench.remotely(1, u"XY");
        bench.compose(QStringLiteral("kon"));
        QCOMPARE(bench.preeditPosition(), 1);
        bench.commit(QStringLiteral("\u3053"));
        QCOMPARE(bench.text.toString(), u"a\u3053XYb");
    }

    void itsMarksAndItsCaretSurvive()
    {
        Bench bench(u"ab");
        bench.editor.select({1, 1});
        QTextCharFormat underlined;
        underlined.setFontUnderline(true);
        QInputMethodEvent event(
            QStringLiteral("konnichi"),
            {{QInputMethodEvent::Cursor, 3, 1}, {QInputMethodEvent::TextFormat, 0, 8, underlined}});
        QApplication::sendEvent(&bench.editor, &event);
        const int caret = bench.editor.cursorRect().left();
        bench.remotely(2, u" and so on");
        QCOMPARE(bench.editor.cursorRect().left(), caret);
        const auto formats = bench.editor.textCursor().block().layout()->formats();
        QVERIFY(std::any_of(formats.begin(), formats.end(), [](const auto &range) {
            return range.start == 1 && range.length == 8 && range.format.fontUnderline();
        }));
    }

    void whatItReplacesIsWhatStandsThereNow()
    {
        // As some input methods do with what they wrote before: it is taken back, and written anew.
        Bench bench(u"say ko");
        bench.editor.moveCursor(QTextCursor::End);
        bench.compose(QStringLiteral("n"));
        bench.remotely(0, u"they ");
        QInputMethodEvent event;
        event.setCommitString(QStringLiteral("\u3053"), -2, 2);
        QApplication::sendEvent(&bench.editor, &event);
        QCOMPARE(bench.text.toString(), u"they say \u3053");
    }

    void undoBehindItLeavesItWhole()
    {
        Bench bench(u"ab");
        bench.editor.select({0, 0});
        QTest::keyClicks(&bench.editor, QStringLiteral("xy"));
        bench.editor.select({3, 3});
        bench.compose(QStringLiteral("ko"));
        bench.editor.undoEdit();
        QCOMPARE(bench.text.toString(), u"ab");
        bench.commit(QStringLiteral("\u3053"));
        QVERIFY(bench.text.toString().find(u'\u3053') != std::u16string::npos);
        QCOMPARE(bench.editor.toPlainText(), QString::fromStdU16String(bench.text.toString()));
    }

    void manyRemoteEditsDuringACompositionStayEqual()
    {
        Bench bench(u"one\ntwo\nthree");
        SeededRng rng(5);
        bench.editor.select({5, 5});
        for (int step = 0; step < 300; ++step) {
            const std::uint64_t action = rng.below(4);
            const auto at = static_cast<std::uint32_t>(rng.below(bench.text.length() + 1));
            if (action == 0) {
                bench.compose(QStringLiteral("ko").left(static_cast<int>(rng.below(3))));
            } else if (action == 1) {
                bench.commit(QStringLiteral("\u3053"));
            } else if (action == 2 && bench.text.length() > 40) {
                bench.doc.transact([&] { QVERIFY(bench.text.remove(at, 6)); },
                                   crdt::Origin::of(&kSomebody));
            } else {
                bench.remotely(at, rng.below(3) == 0 ? u"\n" : u"x");
            }
            QCOMPARE(bench.editor.toPlainText(), QString::fromStdU16String(bench.text.toString()));
        }
    }
};

QTEST_MAIN(InputMethodTest)
#include "input_method_test.moc"
