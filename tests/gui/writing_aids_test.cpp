// What the window does for who writes: colours and languages, the preview, spelling, what is said
// to a screen reader, the list of all commands and their shortcuts.
#include "tests/gui/writer.h"
#include "ui/editor/highlighter.h"
#include "ui/spelling/spelling_layer.h"

#include <QDialog>
#include <QKeySequenceEdit>
#include <QMenu>
#include <QPointer>
#include <QScrollBar>
#include <QTcpServer>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextLayout>
#include <QTreeWidget>

using namespace cowrite;
using guitest::kPatience;
using guitest::Writer;

namespace {

constexpr char kCode[] = "// How deep the river is at a station.\n"
                         "#include <vector>\n"
                         "\n"
                         "namespace survey {\n"
                         "\n"
                         "/* Depths in metres,\n"
                         "   from the bank on. */\n"
                         "double mean(const std::vector<double> &depths)\n"
                         "{\n"
                         "    double sum = 0;\n"
                         "    for (const double depth : depths) {\n"
                         "        sum += depth; // TODO: weigh by the width\n"
                         "    }\n"
                         "    return depths.empty() ? 0.0 : sum / double(depths.size());\n"
                         "}\n"
                         "\n"
                         "const char *kStation = \"S1\\tbridge \\\"pier\\\"\\n\";\n"
                         "\n"
                         "} // namespace survey\n";

} // namespace

class WritingAidsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLanguageIsChosenFromTheStatusBarForEverybody()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "if True:  # one\n");
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        QCOMPARE(blue.label("statusLanguage"), QStringLiteral("Plain text"));
        blue.press("statusLanguage");
        auto *popup = blue.window->findChild<QWidget *>(QStringLiteral("choicePopup"));
        QVERIFY(popup != nullptr && popup->isVisible());
        auto *input = popup->findChild<QLineEdit *>(QStringLiteral("choiceInput"));
        QTest::keyClicks(input, QStringLiteral("pyth"));
        QVERIFY(popup->grab().save(QStringLiteral(COWRITE_ARTEFACTS "/language.png")));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(blue.label("statusLanguage"), QStringLiteral("Python"));
        QTRY_COMPARE_WITH_TIMEOUT(green.label("statusLanguage"), QStringLiteral("Python"),
                                  kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(
            !green.editor()->document()->firstBlock().layout()->formats().isEmpty(), kPatience);
    }

    void picturesOfCodeForTheEye_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }

    void picturesOfCodeForTheEye()
    {
        QFETCH(QString, theme);
        Writer blue(QStringLiteral("Blue"));
        blue.trigger(qPrintable(QStringLiteral("actionTheme_") + theme));
        blue.open(QStringLiteral("survey.cpp"), kCode);
        ;
        auto &highlighter = blue.text().highlighter();
        QTRY_VERIFY_WITH_TIMEOUT(highlighter.isIdle(), kPatience);
        blue.text().select({269, 269});
        blue.look("actionFindText", QStringLiteral("depth"));
        QTRY_COMPARE(blue.label("findCount"), QStringLiteral("6 of 7"));
        blue.keep(QStringLiteral("code-") + theme);
        QVERIFY(highlighter.tokensOf(blue.editor()->document()->firstBlock()) != nullptr);
    }

    void thePreviewFollowsTheText()
    {
        Writer blue(QStringLiteral("Blue"));
        QByteArray text = "# Plan\n\nSome **loud** words.\n\n";
        for (int i = 1; i <= 40; ++i) {
            text += "## Station " + QByteArray::number(i) + "\n\n" +
                    QByteArray("A line of words.\n\n").repeated(i % 5 + 1);
        }
        blue.open(QStringLiteral("plan.md"), text);
        blue.trigger("actionPreview");
        auto *preview = blue.find<QTextBrowser>("markdownPreview");
        QVERIFY(preview != nullptr && preview->isVisible());
        QTRY_VERIFY(preview->toPlainText().startsWith(QStringLiteral("Plan\nSome loud words.\n")));
        blue.keep(QStringLiteral("preview-light"));
        QTest::keyClicks(blue.editor(), QStringLiteral("New "));
        QTest::keyClick(blue.editor(), Qt::Key_Return);
        QTRY_VERIFY(preview->toPlainText().contains(QStringLiteral("New")));
        // Where the text is, the preview is.
        const auto shownFirst = [&] {
            return preview->cursorForPosition(QPoint(30, 10)).block().text();
        };
        const int line = static_cast<int>(text.left(text.indexOf("## Station 20")).count('\n')) + 1;
        blue.editor()->verticalScrollBar()->setValue(line);
        QTRY_COMPARE(shownFirst(), QStringLiteral("Station 20"));
        blue.editor()->verticalScrollBar()->setValue(blue.editor()->verticalScrollBar()->maximum());
        QCOMPARE(preview->verticalScrollBar()->value(), preview->verticalScrollBar()->maximum());
        blue.trigger("actionTheme_dark");
        QTRY_COMPARE(shownFirst().isEmpty(), false);
        QTRY_VERIFY(blue.text().highlighter().isIdle());
        blue.keep(QStringLiteral("preview-dark"));
        blue.trigger("actionPreview");
        QVERIFY(!preview->isVisible());
    }

    void thePreviewFetchesNothing()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        int callers = 0;
        connect(&server, &QTcpServer::newConnection, this, [&callers] { ++callers; });
        Writer blue(QStringLiteral("Blue"));
        const QByteArray picture = blue.writeFile(QStringLiteral("own.png"), "x").toUtf8();
        blue.open(
            QStringLiteral("plan.md"),
            "before ![far](http://127.0.0.1:" + QByteArray::number(server.serverPort()) +
                "/a.png) <img src=\"http://127.0.0.1:" + QByteArray::number(server.serverPort()) +
                "/b.png\"> ![near](" + picture + ") after\n");
        blue.trigger("actionPreview");
        auto *preview = blue.find<QTextBrowser>("markdownPreview");
        QTRY_VERIFY(preview->toPlainText().contains(QStringLiteral("after")));
        blue.keep(QStringLiteral("preview-pictures"));
        QCoreApplication::processEvents();
        QCOMPARE(callers, 0);
    }

    void spellingIsCheckedAndCanBeTurnedOff()
    {
        QTemporaryDir folder;
        const std::pair<const char *, const char *> files[] = {
            {"xx.aff", "SET UTF-8\n"},
            {"xx.dic", "2\nsome\nwords\n"},
            {"yy.aff", "SET UTF-8\n"},
            {"yy.dic", "1\nwrods\n"},
        };
        for (const auto &[name, content] : files) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(content);
        }
        qputenv("DICPATH", folder.path().toLocal8Bit());
        const auto restore = qScopeGuard([] { qunsetenv("DICPATH"); });
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "some wrods\n");
        const auto choose = [&](const char *code) {
            auto *menu = blue.window->findChild<QMenu *>(QStringLiteral("spellingLanguages"));
            Q_EMIT menu->aboutToShow();
            blue.trigger(code);
        };
        choose("actionSpelling_xx");
        const auto *layer = blue.editor()->findChild<ui::SpellingLayer *>();
        QTRY_COMPARE(layer->mistakes().size(), 1U);
        blue.keep(QStringLiteral("spelling"));
        choose("actionSpelling_yy");
        QTRY_COMPARE(layer->mistakes().size(), 1U);
        QTRY_COMPARE(layer->mistakes().front().offset, 0U);
        blue.trigger("actionSpelling");
        QCOMPARE(layer->mistakes().size(), 0U);
    }

    void whereEveryoneIsCanBeAskedFor()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        blue.trigger("actionWhereIsEveryone");
        QCOMPARE(blue.banner(), QStringLiteral("Nobody else is in this document."));
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        green.text().select({5, 5});
        const auto answer = [&] {
            blue.trigger("actionWhereIsEveryone");
            return blue.banner();
        };
        QTRY_COMPARE_WITH_TIMEOUT(answer(), QStringLiteral("Green: Line 2."), kPatience);
        // A screen reader of Qt before 6.8 says the description of what has the focus.
        QCOMPARE(blue.editor()->accessibleDescription(), QStringLiteral("Green: Line 2."));
    }

    void whatOthersWriteIsSaidInOneSentence()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusPeople"), QStringLiteral("2 people"),
                                  kPatience);
        green.text().select({5, 5});
        QTest::keyClicks(green.editor(), QStringLiteral("abc"));
        green.text().select({0, 0});
        QTest::keyClicks(green.editor(), QStringLiteral("d"));
        QTRY_COMPARE_WITH_TIMEOUT(
            blue.editor()->accessibleDescription(),
            QStringLiteral("Green wrote in lines %1.")
                .arg(QLocale().createSeparatedList({QStringLiteral("1"), QStringLiteral("2")})),
            kPatience);
        // Neither my own edits, nor what was there when I came.
        QCOMPARE(green.editor()->accessibleDescription(), QString());
    }

    void whatWasWrittenBeforeIsNotSaid()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        green.trigger("actionOffline");
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusPeople"), QStringLiteral("1 person"),
                                  kPatience);
        blue.text().select({0, 0});
        QTest::keyClicks(blue.editor(), QStringLiteral("before "));
        green.trigger("actionConnect");
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), blue.content(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(green.label("statusPeople"), QStringLiteral("2 people"),
                                  kPatience);
        blue.text().select({11, 11});
        QTest::keyClicks(blue.editor(), QStringLiteral("now "));
        QTRY_COMPARE_WITH_TIMEOUT(green.editor()->accessibleDescription(),
                                  QStringLiteral("Blue wrote in line 2."), kPatience);
    }

    void everyCommandIsInThePalette()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        blue.trigger("actionCommands");
        auto *popup = blue.window->findChild<QWidget *>(QStringLiteral("choicePopup"));
        QVERIFY(popup != nullptr && popup->isVisible());
        QVERIFY(popup->grab().save(QStringLiteral(COWRITE_ARTEFACTS "/commands.png")));
        auto *input = popup->findChild<QLineEdit *>(QStringLiteral("choiceInput"));
        QTest::keyClicks(input, QStringLiteral("dupl"));
        QTest::keyClick(input, Qt::Key_Return);
        QCOMPARE(blue.content(), QStringLiteral("one\none\ntwo\n"));
        const QPointer<QWidget> gone(popup);
        QTRY_VERIFY(gone.isNull());
        // Of two that fit the arrows mark another one.
        blue.trigger("actionCommands");
        popup = blue.window->findChild<QWidget *>(QStringLiteral("choicePopup"));
        input = popup->findChild<QLineEdit *>(QStringLiteral("choiceInput"));
        QTest::keyClicks(input, QStringLiteral("theme"));
        QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Down);
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(blue.text().theme().kind == ui::Theme::Kind::Dark);
    }

    void shortcutsAreChangedAndKept()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.trigger("actionShortcuts");
        auto *dialog = blue.find<QDialog>("shortcutsDialog");
        QVERIFY(dialog != nullptr);
        auto *list = dialog->findChild<QTreeWidget *>(QStringLiteral("shortcutsList"));
        list->setCurrentItem(
            list->findItems(QStringLiteral("Duplicate line"), Qt::MatchExactly).value(0));
        auto *keys = dialog->findChild<QKeySequenceEdit *>(QStringLiteral("shortcutsKeys"));
        keys->setKeySequence(QKeySequence(QStringLiteral("Ctrl+G")));
        QCOMPARE(blue.label("dialogProblem"), QStringLiteral("This one is taken by “Go to line”."));
        QVERIFY(!blue.find<QPushButton>("shortcutsSet")->isEnabled());
        keys->setKeySequence(QKeySequence(QStringLiteral("Ctrl+Shift+D")));
        blue.press("shortcutsSet");
        QVERIFY(dialog->grab().save(QStringLiteral(COWRITE_ARTEFACTS "/shortcuts.png")));
        dialog->accept();
        const auto shortcut = [&] {
            return blue.window->findChild<QAction *>(QStringLiteral("actionDuplicateLine"))
                ->shortcut()
                .toString();
        };
        QCOMPARE(shortcut(), QStringLiteral("Ctrl+Shift+D"));
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
        blue.window.reset();
        blue.profile.reset();
        blue.start(QStringLiteral("Blue"));
        QCOMPARE(shortcut(), QStringLiteral("Ctrl+Shift+D"));
        blue.trigger("actionShortcuts");
        dialog = blue.find<QDialog>("shortcutsDialog");
        list = dialog->findChild<QTreeWidget *>(QStringLiteral("shortcutsList"));
        list->setCurrentItem(
            list->findItems(QStringLiteral("Duplicate line"), Qt::MatchExactly).value(0));
        blue.press("shortcutsReset");
        QCOMPARE(shortcut(), QStringLiteral("Ctrl+Alt+Down"));
    }
};

QTEST_MAIN(WritingAidsTest)
#include "writing_aids_test.moc"
