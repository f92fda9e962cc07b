#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHelpEvent>
#include <QImage>
#include <QTest>
#include <QToolTip>

using namespace cowrite;
using cowrite::ui::Editor;
using cowrite::ui::LineAuthor;
using cowrite::ui::TextMark;

namespace {

const QColor kGreen(0x1F9D55);
const QColor kViolet(0x9B4DDB);
/// The colour of a mark's author at 20 % on white.
const QColor kGreenTint(0xD2, 0xEB, 0xDD);

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
        editor.resize(600, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }

    /// How many pixels of a piece of text are nearly of this colour.
    int pixels(std::uint32_t from, std::uint32_t to, const QColor &color)
    {
        const QImage image = editor.viewport()->grab().toImage();
        const double scale = image.devicePixelRatio();
        int count = 0;
        for (const QRectF &rect : editor.visibleRects(from, to)) {
            const QRect area = QRectF(rect.topLeft() * scale, rect.size() * scale).toRect();
            for (int y = area.top(); y <= area.bottom(); ++y) {
                for (int x = area.left(); x <= area.right(); ++x) {
                    const QColor there = image.pixelColor(x, y);
                    count += std::abs(there.red() - color.red()) < 4 &&
                                     std::abs(there.green() - color.green()) < 4 &&
                                     std::abs(there.blue() - color.blue()) < 4
                                 ? 1
                                 : 0;
                }
            }
        }
        return count;
    }

    QString copied()
    {
        editor.copy();
        return QApplication::clipboard()->text();
    }
};

TextMark inserted(std::uint32_t offset, std::uint32_t length)
{
    return {offset, length, TextMark::Kind::Inserted, kGreen};
}

TextMark deleted(std::uint32_t offset, std::uint32_t length)
{
    return {offset, length, TextMark::Kind::Deleted, kGreen};
}

LineAuthor violet(const QString &time)
{
    return {QStringLiteral("Violet"), kViolet, time};
}

} // namespace

class TextMarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMarkHasTheColourOfItsAuthorBehindItsOwnTextOnly()
    {
        Bench bench(u"one two three");
        bench.editor.setMarks({inserted(4, 3)});
        QVERIFY(bench.pixels(4, 7, kGreenTint) > 100);
        QVERIFY(bench.pixels(0, 3, kGreenTint) == 0);
        QVERIFY(bench.pixels(8, 13, kGreenTint) == 0);
        bench.editor.setMarks({});
        QCOMPARE(bench.pixels(4, 7, kGreenTint), 0);
    }

    void deletedTextIsPaleAndStruckThrough()
    {
        // Blocks are text all over; in spaces, what is there is the line.
        Bench bench(u"\u2588\u2588\u2588    end");
        const QColor text = bench.editor.palette().color(QPalette::Text);
        const QColor line = ui::Theme::light().mutedText;
        QVERIFY(bench.pixels(0, 3, text) > 10);
        bench.editor.setMarks({deleted(0, 10)});
        QCOMPARE(bench.pixels(0, 3, text), 0);
        QVERIFY(bench.pixels(3, 7, line) > 20);
        bench.editor.setMarks({inserted(0, 10)});
        QVERIFY(bench.pixels(0, 3, text) > 10);
        QCOMPARE(bench.pixels(3, 7, line), 0);
    }

    void aDeletedEndOfALineShows()
    {
        Bench bench(u"one\ntwo");
        bench.editor.setMarks({deleted(3, 1)});
        QVERIFY(bench.pixels(3, 4, kGreenTint) > 20);
    }

    void marksFollowTheLinesTheyAreWrappedInto()
    {
        Bench bench(std::u16string(400, u'x'));
        bench.editor.setWrapping(true);
        bench.editor.setMarks({inserted(0, 400)});
        const auto rects = bench.editor.visibleRects(0, 400);
        QVERIFY(rects.size() > 3);
        QVERIFY(bench.pixels(390, 400, kGreenTint) > 20);
    }

    void copyingLeavesOutWhatWasDeletedUnlessThereIsNothingElse()
    {
        Bench bench(u"east side both sides end");
        bench.editor.setMarks({inserted(0, 10), deleted(10, 11)});
        bench.editor.selectAll();
        QCOMPARE(bench.copied(), QStringLiteral("east side end"));
        bench.editor.select({10, 20});
        QCOMPARE(bench.copied(), QStringLiteral("both sides"));
        bench.editor.select({5, 15});
        QCOMPARE(bench.copied(), QStringLiteral("side "));
    }

    void manyMarksDoNotSlowPainting()
    {
        constexpr std::uint32_t kCount = 5000;
        Bench bench(QStringLiteral("some words on a line\n").repeated(kCount).toStdU16String());
        const auto time = [&bench] {
            QElapsedTimer timer;
            timer.start();
            for (int i = 0; i < 20; ++i) {
                bench.editor.viewport()->repaint();
            }
            return timer.nsecsElapsed() / 20;
        };
        (void)time();
        const qint64 without = time();
        std::vector<TextMark> marks;
        for (std::uint32_t i = 0; i < kCount; ++i) {
            marks.push_back(i % 2 == 0 ? inserted(i * 21, 4) : deleted(i * 21 + 5, 5));
        }
        bench.editor.setMarks(marks);
        const qint64 with = time();
        qInfo("painting takes %.2f ms, with %u marks %.2f ms", without / 1e6, kCount, with / 1e6);
        QVERIFY(with < without + 4'000'000);
    }

    void theStripeBesideALineHasTheColourOfItsAuthor()
    {
        Bench bench(u"one\n\nthree");
        const auto stripe = [&bench](std::uint32_t offset) {
            const auto line = bench.editor.visibleCaretRect(offset);
            return bench.editor.grab().toImage().pixelColor(1,
                                                            static_cast<int>(line->center().y()));
        };
        const QColor page = stripe(0);
        bench.editor.setLineAuthors([](std::uint32_t from, std::uint32_t to) {
            return from == 0 && to == 3 ? std::optional(violet(QStringLiteral("09:12")))
                                        : std::nullopt;
        });
        QVERIFY(stripe(0) != page);
        QVERIFY(stripe(0).blue() > stripe(0).green() + 60);
        QCOMPARE(stripe(4), page);
        QCOMPARE(stripe(5), page);
        const int width = bench.editor.gutterWidth();
        bench.editor.setAuthorsVisible(false);
        QCOMPARE(stripe(0), page);
        QCOMPARE(bench.editor.gutterWidth(), width);
        // It is there without the line numbers, too.
        bench.editor.setAuthorsVisible(true);
        bench.editor.setLineNumbersVisible(false);
        QVERIFY(bench.editor.gutterWidth() > 0);
        QVERIFY(stripe(0) != page);
    }

    void anEmptyLineHasNoAuthor()
    {
        Bench bench(u"one\n\nthree");
        QList<std::uint32_t> asked;
        bench.editor.setLineAuthors([&](std::uint32_t from, std::uint32_t) {
            asked.append(from);
            return std::optional<LineAuthor>();
        });
        (void)bench.editor.grab();
        QVERIFY(asked.contains(0) && asked.contains(5));
        QVERIFY(!asked.contains(4));
    }

    void theTooltipOfALineSaysWhoWroteItAndWhen()
    {
        Bench bench(u"one\ntwo");
        bench.editor.setLineAuthors([](std::uint32_t from, std::uint32_t) {
            return from == 4 ? std::optional(violet(QStringLiteral("Today 09:12"))) : std::nullopt;
        });
        const auto hover = [&bench](std::uint32_t offset) {
            const QPoint point(
                8, static_cast<int>(bench.editor.visibleCaretRect(offset)->center().y()));
            QHelpEvent help(QEvent::ToolTip, point, bench.editor.mapToGlobal(point));
            QApplication::sendEvent(&bench.editor, &help);
            return QToolTip::isVisible() ? QToolTip::text() : QString();
        };
        QCOMPARE(hover(4), QStringLiteral("Violet, Today 09:12"));
    }
};

QTEST_MAIN(TextMarksTest)
#include "text_marks_test.moc"
