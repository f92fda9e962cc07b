#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"
#include "ui/editor/editor.h"

#include <QElapsedTimer>
#include <QImage>
#include <QTest>

using namespace cowrite;
using cowrite::ui::Editor;
using cowrite::ui::RemoteCaret;
using cowrite::ui::RemoteCarets;

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
        editor.resize(600, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }

    RemoteCaret caret(std::uint64_t key, std::uint32_t anchor, std::uint32_t head) const
    {
        return {key, QStringLiteral("Green"), QColor(0x1F9D55),
                crdt::makeRelativePosition(text, anchor), crdt::makeRelativePosition(text, head)};
    }

    QColor pixel(const QPointF &point)
    {
        return editor.viewport()->grab().toImage().pixelColor(point.toPoint());
    }
};

} // namespace

class RemoteCaretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCaretSticksToItsText()
    {
        Bench bench(u"one two three");
        bench.editor.remoteCarets().setCarets({bench.caret(7, 8, 8)});
        QCOMPARE(bench.editor.remoteCarets().headOffset(7), std::optional(8U));
        bench.editor.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&bench.editor, QStringLiteral("zero "));
        QCOMPARE(bench.editor.remoteCarets().headOffset(7), std::optional(13U));
        bench.doc.transact([&] { QVERIFY(bench.text.remove(0, 5)); }, crdt::Origin::of(&kSomebody));
        QCOMPARE(bench.editor.remoteCarets().headOffset(7), std::optional(8U));
        QCOMPARE(bench.editor.remoteCarets().headOffset(8), std::nullopt);
    }

    void caretAndSelectionHaveTheColourOfThePerson()
    {
        Bench bench(u"one two three");
        bench.editor.remoteCarets().setCarets({bench.caret(7, 4, 8)});
        const auto start = bench.editor.visibleCaretRect(4);
        const auto head = bench.editor.visibleCaretRect(8);
        QVERIFY(start && head);
        QCOMPARE(bench.pixel(head->center()), QColor(0x1F9D55));
        // The selection is the colour at 20 % over the page or the current line.
        const QColor inside = bench.pixel(QPointF(start->left() + 1, start->bottom() - 1));
        QVERIFY2(inside.green() > inside.red() + 20, qPrintable(inside.name()));
        QVERIFY2(inside.red() > 180, qPrintable(inside.name()));
    }

    void theFlagFadesAfterThreeSecondsAndReturnsOnHover()
    {
        Bench bench(u"one\ntwo three");
        RemoteCarets &carets = bench.editor.remoteCarets();
        carets.setCarets({bench.caret(7, 6, 6)});
        QCOMPARE(carets.flagOpacity(7), 1.0);
        bench.clock.advance(std::chrono::milliseconds(2900));
        QCOMPARE(carets.flagOpacity(7), 1.0);
        bench.clock.advance(std::chrono::milliseconds(1000));
        QCOMPARE(carets.flagOpacity(7), 0.0);
        const auto rect = bench.editor.visibleCaretRect(6);
        QVERIFY(rect);
        QTest::mouseMove(bench.editor.viewport(), rect->center().toPoint());
        QTRY_COMPARE(carets.flagOpacity(7), 1.0);
        carets.leave();
        QCOMPARE(carets.flagOpacity(7), 0.0);
        // Announced again without having moved: no flag. Moved: a flag.
        carets.setCarets({bench.caret(7, 6, 6)});
        QCOMPARE(carets.flagOpacity(7), 0.0);
        carets.setCarets({bench.caret(7, 8, 8)});
        QCOMPARE(carets.flagOpacity(7), 1.0);
    }

    void whoLeavesIsNoLongerShown()
    {
        Bench bench(u"one two three");
        bench.editor.remoteCarets().setCarets({bench.caret(7, 8, 8)});
        bench.editor.remoteCarets().setCarets({});
        QCOMPARE(bench.editor.remoteCarets().headOffset(7), std::nullopt);
    }

    void fiftyCaretsDoNotSlowTyping()
    {
        Bench bench(QStringLiteral("some words on a line\n").repeated(40).toStdU16String());
        std::vector<RemoteCaret> carets;
        for (std::uint64_t i = 0; i < 50; ++i) {
            carets.push_back(bench.caret(100 + i, static_cast<std::uint32_t>(4 * i),
                                         static_cast<std::uint32_t>(4 * i + 9)));
        }
        bench.editor.remoteCarets().setCarets(std::move(carets));
        bench.editor.viewport()->repaint();
        QElapsedTimer timer;
        timer.start();
        constexpr int kKeys = 50;
        for (int i = 0; i < kKeys; ++i) {
            QTest::keyClick(&bench.editor, Qt::Key_A);
            bench.editor.viewport()->repaint();
        }
        const double each = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kKeys;
        qInfo("%.2f ms from key to paint with 50 carets", each);
        // Twice a frame leaves room for slow test machines; typical is a tenth of it.
        QVERIFY2(each < 33, qPrintable(QString::number(each)));
    }
};

QTEST_MAIN(RemoteCaretsTest)
#include "remote_carets_test.moc"
