// A window as it was left: after it was closed, and after a crash.
#include "tests/gui/writer.h"
#include "ui/document/document_view.h"
#include "ui/window/window_state.h"

#include <QScrollBar>
#include <QTextBlock>

using namespace cowrite;
using guitest::kPatience;
using guitest::Writer;

namespace {

enum class End { Closed, Crashed };

QByteArray manyLines(const char *word)
{
    QByteArray text;
    for (int i = 1; i <= 400; ++i) {
        // Some of them are wrapped.
        text += word + QByteArray::number(i) + QByteArray(i % 7 == 0 ? 300 : 0, 'x') + " end\n";
    }
    return text;
}

QString lineAtTop(const Writer &writer)
{
    const std::uint32_t offset = writer.text().topOffset();
    return writer.editor()
        ->document()
        ->findBlock(static_cast<int>(offset))
        .text()
        .section(u' ', 0, 0);
}

QString lineOfCaret(const Writer &writer)
{
    return writer.editor()->textCursor().block().text().section(u' ', 0, 0);
}

void putCaret(const Writer &writer, int line)
{
    QTextCursor cursor(writer.editor()->document()->findBlockByNumber(line - 1));
    cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor, 2);
    writer.editor()->setTextCursor(cursor);
}

void scrollTo(const Writer &writer, int line)
{
    writer.text().showAtTop(static_cast<std::uint32_t>(
        writer.editor()->document()->findBlockByNumber(line - 1).position()));
}

ui::WindowState stored(const Writer &writer)
{
    return ui::WindowStateFile(writer.home.filePath(QStringLiteral("window.json"))).read();
}

void leave(Writer &writer, End end)
{
    if (end == End::Closed) {
        writer.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!writer.window->isVisible(), kPatience);
    } else {
        // Without being asked to end, once what is in front is in the file.
        const auto place = writer.window->currentView()->place();
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const ui::WindowState state = stored(writer);
                return state.currentTab == writer.tabs()->currentIndex() &&
                       state.tabs.size() == writer.tabs()->count() &&
                       state.tabs[state.currentTab].place == place;
            }(),
            kPatience);
    }
    writer.window.reset();
    writer.profile.reset();
}

void comeBack(Writer &writer)
{
    writer.start(QStringLiteral("Blue"));
    writer.window->restoreDocuments();
    QTRY_VERIFY_WITH_TIMEOUT(writer.editor() != nullptr && !writer.content().isEmpty(), kPatience);
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsAsItWas_data()
    {
        QTest::addColumn<End>("end");
        QTest::newRow("closed") << End::Closed;
        QTest::newRow("crashed") << End::Crashed;
    }

    void everythingIsAsItWas()
    {
        QFETCH(End, end);
        Writer blue(QStringLiteral("Blue"));
        blue.window->resize(1000, 700);
        blue.open(QStringLiteral("first.md"), manyLines("a"));
        blue.trigger("actionPreview");
        putCaret(blue, 120);
        blue.open(QStringLiteral("second.txt"), manyLines("b"));
        blue.open(QStringLiteral("third.txt"), manyLines("c"));
        blue.tabs()->setCurrentIndex(1);
        putCaret(blue, 300);
        scrollTo(blue, 100);
        QCOMPARE(lineAtTop(blue), QStringLiteral("b100"));
        blue.trigger("actionSidebar");
        blue.find<QTabBar>("sideTabs")->setCurrentIndex(1);
        leave(blue, end);

        comeBack(blue);
        QCOMPARE(blue.window->size(), QSize(1000, 700));
        QVERIFY(!blue.find<QWidget>("sidebar")->isVisible());
        QVERIFY(blue.find<QWidget>("sidePane")->isVisible());
        QCOMPARE(blue.find<QTabBar>("sideTabs")->currentIndex(), 1);
        QCOMPARE(blue.tabs()->count(), 3);
        QCOMPARE(blue.tabs()->currentIndex(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(lineOfCaret(blue), QStringLiteral("b300"), kPatience);
        QCOMPARE(blue.selected(), QStringLiteral("b3"));
        QCOMPARE(lineAtTop(blue), QStringLiteral("b100"));
        QVERIFY(blue.editor()->hasFocus());
        blue.tabs()->setCurrentIndex(0);
        QTRY_COMPARE_WITH_TIMEOUT(lineOfCaret(blue), QStringLiteral("a120"), kPatience);
        QVERIFY(blue.find<QWidget>("markdownPreview")->isVisible());
    }

    void thePlaceFollowsItsText()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), manyLines("a"));
        putCaret(blue, 300);
        scrollTo(blue, 100);
        const session::DocumentId id = blue.window->currentView()->replica().id();
        leave(blue, End::Closed);
        {
            // As if it came from others while the window was away.
            auto opened = session::Profile::open(blue.home.path(), blue.clock, blue.rng);
            QVERIFY(opened);
            session::Replica *replica = *(*opened)->open(id);
            QTRY_VERIFY_WITH_TIMEOUT(replica->isLoaded(), kPatience);
            QVERIFY(replica->content().insert(0, u"one\ntwo\nthree\n"));
        }
        comeBack(blue);
        QTRY_COMPARE_WITH_TIMEOUT(lineOfCaret(blue), QStringLiteral("a300"), kPatience);
        QCOMPARE(lineAtTop(blue), QStringLiteral("a100"));
    }

    void whatIsNotShownYetIsKept()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("first.txt"), manyLines("a"));
        putCaret(blue, 300);
        blue.open(QStringLiteral("second.txt"), manyLines("b"));
        leave(blue, End::Closed);
        // The first one stays behind the whole time.
        comeBack(blue);
        leave(blue, End::Closed);
        comeBack(blue);
        blue.tabs()->setCurrentIndex(0);
        QTRY_COMPARE_WITH_TIMEOUT(lineOfCaret(blue), QStringLiteral("a300"), kPatience);
    }

    void aDocumentThatIsGoneIsNoReasonToComplain()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("first.txt"), manyLines("a"));
        const session::DocumentId id = blue.window->currentView()->replica().id();
        blue.open(QStringLiteral("second.txt"), manyLines("b"));
        leave(blue, End::Closed);
        {
            auto opened = session::Profile::open(blue.home.path(), blue.clock, blue.rng);
            QVERIFY(opened && (*opened)->removeDocument(id));
        }
        comeBack(blue);
        QCOMPARE(blue.tabs()->count(), 1);
        QCOMPARE(blue.tabs()->tabText(0), QStringLiteral("second.txt"));
        QVERIFY(blue.banner().isEmpty());
    }

    void aDamagedFileIsANewWindow()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.window.reset();
        blue.profile.reset();
        const QByteArray damaged[] = {
            "", "{\"tabs\":17,\"current\":9,\"geometry\":\"!\"}",
            "{\"tabs\":[{\"document\":\"x\",\"place\":\"a b c\"},null],\"sideTab\":77}"};
        for (const QByteArray &json : damaged) {
            blue.writeFile(QStringLiteral("window.json"), json);
            blue.start(QStringLiteral("Blue"));
            blue.window->restoreDocuments();
            QCOMPARE(blue.tabs()->count(), 0);
            QVERIFY(blue.find<QWidget>("sidebar")->isVisible());
            blue.window.reset();
            blue.profile.reset();
        }
    }
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
