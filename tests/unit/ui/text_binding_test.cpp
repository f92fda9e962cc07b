#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "ui/editor/text_binding.h"
#include "ui/syntax/view_text.h"

#include <QPlainTextEdit>
#include <QTest>
#include <QTextCursor>
#include <QTextDocument>

using namespace cowrite;
using cowrite::ui::TextBinding;

namespace {

std::u16string shownText(const crdt::Text &text)
{
    std::u16string shown = text.toString();
    std::transform(shown.begin(), shown.end(), shown.begin(), ui::toView);
    return shown;
}

QTextCursor selected(QTextDocument &document, int from, int to)
{
    QTextCursor cursor(&document);
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    return cursor;
}

/// A document with a view on it, and a second replica that gets every update.
struct Bench {
    SeededRng rng{7};
    crdt::Doc doc{rng};
    crdt::Text text = *doc.text("content");
    crdt::Doc other{rng};
    crdt::Text otherText = *other.text("content");
    Subscription toOther;
    QTextDocument view;
    int sent = 0;
    std::unique_ptr<TextBinding> binding;

    explicit Bench(std::u16string_view initial = {})
    {
        toOther = codec::observeUpdates(doc, [this](ByteView update, const crdt::Transaction &) {
            QVERIFY(codec::applyUpdate(other, update, crdt::Origin::of(this)));
        });
        QVERIFY(text.insert(0, initial));
        binding = std::make_unique<TextBinding>(&view, text);
        QObject::connect(binding.get(), &TextBinding::editSent, binding.get(), [this] { ++sent; });
    }

    /// Writes through the second replica, as another person.
    template <class Edit>
    void remotely(Edit edit)
    {
        const auto before = other.stateVector();
        edit(otherText);
        const Bytes update = codec::encodeStateAsUpdate(other, before);
        QVERIFY(codec::applyUpdate(doc, update, crdt::Origin::of(this)));
    }

    void verifyEqual()
    {
        const QString shown = binding->viewText(0, binding->viewLength());
        QCOMPARE(shown, QString::fromStdU16String(shownText(text)));
        QCOMPARE(QString::fromStdU16String(otherText.toString()),
                 QString::fromStdU16String(text.toString()));
    }
};

const std::u16string_view kPieces[] = {
    u"a",      u"word ",  u"\n", u"two\nlines", u"\U0001F600", u"e\u0301",
    u"\u00A0", u"\u2028", u"\t", u"\n\n",       u"é",          u"\U0001F1E9\U0001F1EA"};

/// An offset that does not lie inside a surrogate pair, where no caret can stand.
std::uint32_t wholeOffset(const crdt::Text &text, std::uint64_t wanted)
{
    const std::u16string all = text.toString();
    auto offset = static_cast<std::uint32_t>(wanted);
    if (offset > 0 && offset < all.size() && (all[offset] & 0xFC00) == 0xDC00) {
        --offset;
    }
    return offset;
}

} // namespace

class TextBindingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void viewShowsTheSharedText()
    {
        Bench bench(u"one\ntwo\r\nthree");
        QCOMPARE(bench.view.blockCount(), 3);
        QCOMPARE(bench.binding->viewLength(), bench.text.length());
        bench.verifyEqual();
    }

    void typingReachesTheSharedText()
    {
        Bench bench(u"hello");
        QTextCursor cursor(&bench.view);
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(QStringLiteral(" world"));
        QCOMPARE(bench.text.toString(), u"hello world");
        QCOMPARE(bench.sent, 1);
        bench.verifyEqual();
    }

    void remoteEditIsShownAndNotEchoed()
    {
        Bench bench(u"hello");
        bench.remotely([](crdt::Text &text) { QVERIFY(text.insert(0, u"Oh, ")); });
        QCOMPARE(bench.view.toPlainText(), QStringLiteral("Oh, hello"));
        QCOMPARE(bench.sent, 0);
        bench.verifyEqual();
    }

    void randomEditsOnBothSidesStayEqual_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::newRow("1") << quint64{1};
        QTest::newRow("2") << quint64{20240611};
    }

    void randomEditsOnBothSidesStayEqual()
    {
        QFETCH(quint64, seed);
        Bench bench(u"The beginning.\n");
        SeededRng rng(seed);
        for (int step = 0; step < 4000; ++step) {
            const std::u16string_view piece = kPieces[rng.below(std::size(kPieces))];
            const bool remote = rng.below(2) == 0;
            crdt::Text &text = remote ? bench.otherText : bench.text;
            const std::uint32_t length = text.length();
            const std::uint32_t at = wholeOffset(text, rng.below(length + 1));
            const std::uint32_t end =
                wholeOffset(text, std::min<std::uint64_t>(at + rng.below(12), length));
            const std::uint64_t action = rng.below(length > 600 ? 3 : 10);
            if (remote) {
                bench.remotely([&](crdt::Text &shared) {
                    if (action < 3) {
                        QVERIFY(shared.remove(at, end - std::min(at, end)));
                    } else {
                        QVERIFY(shared.insert(at, piece));
                    }
                });
            } else {
                QTextCursor cursor =
                    selected(bench.view, static_cast<int>(at), static_cast<int>(std::max(at, end)));
                if (action < 2) {
                    cursor.removeSelectedText();
                } else if (action == 2) {
                    cursor.insertText(QString::fromUtf16(piece.data(), qsizetype(piece.size())));
                } else {
                    cursor.clearSelection();
                    cursor.insertText(QString::fromUtf16(piece.data(), qsizetype(piece.size())));
                }
            }
            if (bench.binding->viewText(0, bench.binding->viewLength()) !=
                QString::fromStdU16String(shownText(bench.text))) {
                QFAIL(qPrintable(QStringLiteral("differs after step %1").arg(step)));
            }
        }
        bench.verifyEqual();
    }

    void pasteOverEverythingReplacesTheText()
    {
        Bench bench(u"old\ntext");
        QTextCursor cursor(&bench.view);
        cursor.select(QTextCursor::Document);
        cursor.insertText(QStringLiteral("new\nand longer\ntext"));
        QCOMPARE(bench.text.toString(), u"new\nand longer\ntext");
        bench.verifyEqual();
    }

    void setPlainTextReplacesTheText()
    {
        Bench bench(u"old text");
        bench.view.setPlainText(QStringLiteral("something\nelse"));
        QCOMPARE(bench.text.toString(), u"something\nelse");
        bench.view.clear();
        QCOMPARE(bench.text.toString(), u"");
        bench.verifyEqual();
    }

    void changeOfFormatSendsNothing()
    {
        Bench bench(u"one\ntwo");
        QTextCursor cursor(&bench.view);
        cursor.select(QTextCursor::Document);
        QTextCharFormat format;
        format.setFontWeight(QFont::Bold);
        cursor.mergeCharFormat(format);
        QTextBlockFormat blockFormat;
        blockFormat.setIndent(1);
        cursor.movePosition(QTextCursor::End);
        cursor.mergeBlockFormat(blockFormat);
        QCOMPARE(bench.sent, 0);
        bench.verifyEqual();
    }

    void twoFarEditsInOneBlockSendTheSpanBetween()
    {
        Bench bench(u"first line\nsecond line\nthird line");
        QTextCursor cursor(&bench.view);
        cursor.beginEditBlock();
        cursor.insertText(QStringLiteral("X"));
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(QStringLiteral("Y"));
        cursor.endEditBlock();
        QCOMPARE(bench.text.toString(), u"Xfirst line\nsecond line\nthird lineY");
        bench.verifyEqual();
    }

    void charactersTheViewCannotHoldKeepTheirPlace()
    {
        Bench bench(u"a\r\nb\rc\u2029d\uFDD0e");
        bench.remotely([](crdt::Text &text) { QVERIFY(text.insert(4, u"\r\n")); });
        bench.verifyEqual();
        // Typing behind all of them lands where it should, and changes none.
        QTextCursor cursor(&bench.view);
        cursor.setPosition(static_cast<int>(bench.text.length()) - 1);
        cursor.insertText(QStringLiteral("!"));
        QCOMPARE(bench.text.toString(), u"a\r\nb\r\n\rc\u2029d\uFDD0!e");
        bench.verifyEqual();
    }

    void embedsCountOneUnit()
    {
        Bench bench(u"ab");
        bench.remotely(
            [](crdt::Text &text) { QVERIFY(text.insertEmbed(1, crdt::Any("picture"))); });
        QCOMPARE(bench.binding->viewText(0, 9), QStringLiteral("a\u25A3b"));
        QTextCursor cursor(&bench.view);
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(QStringLiteral("c"));
        QCOMPARE(bench.text.toString(), u"abc");
        QCOMPARE(bench.text.length(), 4U);
        selected(bench.view, 1, 2).removeSelectedText();
        QCOMPARE(bench.text.length(), 3U);
    }

    void pairCutByOthersShowsAsTheyCutIt()
    {
        Bench bench(u"x\U0001F600y");
        bench.remotely([](crdt::Text &text) { QVERIFY(text.insert(2, u"-")); });
        QTRY_COMPARE(bench.binding->viewText(0, 9),
                     QString::fromStdU16String(shownText(bench.text)));
        QCOMPARE(bench.sent, 0);
        bench.verifyEqual();
    }

    void offsetsMoveWithADelta()
    {
        using Op = crdt::DeltaOp;
        const crdt::Delta delta{Op::retain(4), Op::insertText(u"xyz"), Op::retain(2),
                                Op::remove(3)};
        const auto before = TextBinding::Side::Before;
        const auto after = TextBinding::Side::After;
        QCOMPARE(TextBinding::moved(3, delta, before), 3U);
        QCOMPARE(TextBinding::moved(4, delta, before), 4U);
        QCOMPARE(TextBinding::moved(4, delta, after), 7U);
        QCOMPARE(TextBinding::moved(5, delta, before), 8U);
        QCOMPARE(TextBinding::moved(7, delta, before), 9U);
        QCOMPARE(TextBinding::moved(20, delta, before), 20U);
    }

    void editsInATextEditWorkAsWell()
    {
        Bench bench(u"shared");
        QPlainTextEdit edit;
        auto *document = new QTextDocument(&edit);
        document->setDocumentLayout(new QPlainTextDocumentLayout(document));
        edit.setDocument(document);
        TextBinding binding(document, bench.text);
        edit.moveCursor(QTextCursor::Start);
        QTest::keyClicks(&edit, QStringLiteral("My "));
        QCOMPARE(bench.text.toString(), u"My shared");
        QTest::keyClick(&edit, Qt::Key_Return);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QTest::keyClick(&edit, Qt::Key_Backspace);
        QCOMPARE(bench.text.toString(), u"Myshared");
        // The other view on the same text followed.
        bench.verifyEqual();
    }
};

QTEST_MAIN(TextBindingTest)
#include "text_binding_test.moc"
