#include "tests/support/editor_bench.h"
#include "ui/editor/highlighter.h"
#include "ui/syntax/syntax_format.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

using namespace cowrite;
using test::EditorBench;
using ui::TokenKind;

namespace {

struct Bench : EditorBench {
    explicit Bench(const QString &initial, const char *language = "cpp") : EditorBench(initial)
    {
        editor.setLanguage(*ui::languageOf(QLatin1String(language)));
    }

    void settle() { QTRY_VERIFY_WITH_TIMEOUT(editor.highlighter().isIdle(), 30'000); }

    /// The colour that the character at this place is drawn with.
    [[nodiscard]] QColor colorAt(int line, int column)
    {
        const QTextBlock block = editor.document()->findBlockByNumber(line - 1);
        QColor color;
        const auto formats = block.layout()->formats();
        for (const QTextLayout::FormatRange &range : formats) {
            if (range.start <= column && column < range.start + range.length) {
                color = range.format.foreground().color();
            }
        }
        return color;
    }

    [[nodiscard]] QColor colorOf(TokenKind kind) const
    {
        return ui::formatOf(kind, editor.theme()).foreground().color();
    }
};

QString manyLines(int count)
{
    QString text;
    for (int i = 0; i < count; ++i) {
        text += QStringLiteral("return %1;\n").arg(i);
    }
    return text;
}

} // namespace

class HighlighterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsInSightHasColours()
    {
        Bench bench(manyLines(30));
        bench.settle();
        QCOMPARE(bench.colorAt(3, 0), bench.colorOf(TokenKind::Keyword));
        QCOMPARE(bench.colorAt(3, 7), bench.colorOf(TokenKind::Number));
        bench.editor.setTheme(ui::Theme::dark());
        bench.settle();
        QCOMPARE(bench.colorAt(3, 0), ui::Theme::dark().syntax.keyword);
    }

    void proseIsColouredBeforeItIsPainted()
    {
        Bench bench(QStringLiteral("plain\n"), "markdown");
        bench.editor.moveCursor(QTextCursor::End);
        QTest::keyClicks(&bench.editor, QStringLiteral("# Head"));
        QCOMPARE(bench.colorAt(2, 2), bench.colorOf(TokenKind::Heading));
    }

    void anOpenCommentColoursWhatFollowsAndItsEndGivesItBack()
    {
        Bench bench(manyLines(300));
        bench.settle();
        bench.editor.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&bench.editor, QStringLiteral("/*"));
        bench.settle();
        QCOMPARE(bench.colorAt(5, 0), bench.colorOf(TokenKind::Comment));
        // Far down as well, as soon as that is in sight.
        bench.editor.showOffset(bench.text.length() - 5);
        bench.settle();
        QCOMPARE(bench.colorAt(299, 0), bench.colorOf(TokenKind::Comment));
        bench.editor.undoEdit();
        bench.settle();
        QCOMPARE(bench.colorAt(5, 0), bench.colorOf(TokenKind::Keyword));
        bench.editor.showOffset(bench.text.length() - 5);
        bench.settle();
        QCOMPARE(bench.colorAt(299, 0), bench.colorOf(TokenKind::Keyword));
    }

    void theEndOfALongTextIsRightWithoutLookingAtTheRestFirst()
    {
        Bench bench(QStringLiteral("/*\n") + manyLines(3'000) + QStringLiteral("*/ return 1;\n") +
                    manyLines(10));
        bench.editor.showOffset(bench.text.length());
        bench.settle();
        QCOMPARE(bench.colorAt(2'995, 0), bench.colorOf(TokenKind::Comment));
        QCOMPARE(bench.colorAt(3'005, 0), bench.colorOf(TokenKind::Keyword));
    }

    void coloursGoAlongWithTheirWordsUntilTheyAreLookedAtAgain()
    {
        Bench bench(QStringLiteral("x = 'words' + 1;\n"), "python");
        bench.settle();
        const QColor string = bench.colorOf(TokenKind::String);
        QCOMPARE(bench.colorAt(1, 6), string);
        bench.editor.select({0, 0});
        QTest::keyClicks(&bench.editor, QStringLiteral("yyyy"));
        QCOMPARE(bench.colorAt(1, 10), string);
        QVERIFY(bench.colorAt(1, 5) != string);
    }

    void whatOthersWriteIsColouredEverywhere()
    {
        Bench bench(manyLines(200));
        bench.settle();
        SeededRng rng(9);
        for (int i = 0; i < 300; ++i) {
            bench.remotely([&] {
                const auto at = static_cast<std::uint32_t>(rng.below(bench.text.length()));
                switch (rng.below(4)) {
                case 0:
                    QVERIFY(bench.text.remove(at, static_cast<std::uint32_t>(rng.below(40))));
                    break;
                case 1:
                    QVERIFY(bench.text.insert(at, u"\n"));
                    break;
                case 2:
                    QVERIFY(bench.text.insert(at, rng.below(2) == 0 ? u"/*" : u"*/"));
                    break;
                default:
                    QVERIFY(bench.text.insert(at, u" return 5;\n \"a\" "));
                }
            });
            if (rng.below(10) == 0) {
                QCoreApplication::processEvents();
            }
            if (rng.below(30) == 0) {
                bench.editor.showOffset(static_cast<std::uint32_t>(rng.below(bench.text.length())));
            }
        }
        bench.settle();
        // The same as if it had been so from the beginning.
        Bench fresh(bench.shared());
        const auto [first, last] = bench.editor.blocksInSight();
        QVERIFY(last > first);
        fresh.editor.verticalScrollBar()->setValue(0);
        for (int line = 0; line <= last; line += 5) {
            fresh.editor.showOffset(static_cast<std::uint32_t>(
                fresh.editor.document()->findBlockByNumber(line).position()));
            fresh.settle();
        }
        fresh.editor.verticalScrollBar()->setValue(bench.editor.verticalScrollBar()->value());
        fresh.settle();
        for (int line = first; line <= last; ++line) {
            const auto *tokens = bench.editor.highlighter().tokensOf(
                bench.editor.document()->findBlockByNumber(line));
            const auto *wanted = fresh.editor.highlighter().tokensOf(
                fresh.editor.document()->findBlockByNumber(line));
            QVERIFY(tokens != nullptr && wanted != nullptr);
            QVERIFY2(*tokens == *wanted, qPrintable(QString::number(line)));
        }
    }

    void aComposedWordKeepsItsMarkAndMovesNoColour()
    {
        Bench bench(QStringLiteral("a **loud** word\n"), "markdown");
        bench.editor.select({2, 2});
        QInputMethodEvent event(QStringLiteral("ko"), {{QInputMethodEvent::TextFormat, 0, 2, [] {
                                                            QTextCharFormat format;
                                                            format.setFontUnderline(true);
                                                            return format;
                                                        }()}});
        QApplication::sendEvent(&bench.editor, &event);
        bench.settle();
        const auto formats = bench.editor.document()->firstBlock().layout()->formats();
        const auto has = [&](int start, int length, auto check) {
            return std::any_of(formats.begin(), formats.end(), [&](const auto &range) {
                return range.start == start && range.length == length && check(range.format);
            });
        };
        QVERIFY(has(2, 2, [](const QTextCharFormat &format) { return format.fontUnderline(); }));
        QVERIFY(has(4, 8, [](const QTextCharFormat &format) {
            return format.fontWeight() == QFont::Bold;
        }));
    }

    void colouringSendsNoEdit()
    {
        Bench bench(manyLines(50));
        int edits = 0;
        const Subscription counting =
            bench.text.observe([&edits](const crdt::Event &) { ++edits; });
        bench.settle();
        bench.editor.setLanguage(*ui::languageOf(QStringLiteral("python")));
        bench.settle();
        QCOMPARE(edits, 0);
    }
};

QTEST_MAIN(HighlighterTest)
#include "highlighter_test.moc"
