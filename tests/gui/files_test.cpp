#include "tests/gui/person.h"

#include <QDir>
#include <QFileDialog>
#include <QTest>
#include <QTextCursor>

using namespace cowrite;
using namespace cowrite::guitest;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void openFile(const Person &person, const QString &path)
{
    const int tabs = person.tabs()->count();
    person.window->openFile(path);
    QTRY_VERIFY_WITH_TIMEOUT(person.tabs()->count() == tabs + 1 && person.editor() != nullptr &&
                                 !person.editor()->isReadOnly(),
                             kPatience);
}

/// Answers the file dialog of this name.
void answer(const Person &person, const char *dialogName, const QString &path,
            const QString &filter = {})
{
    auto *dialog = person.window->findChild<QFileDialog *>(QLatin1String(dialogName));
    QVERIFY(dialog != nullptr);
    if (!filter.isEmpty()) {
        dialog->selectNameFilter(filter);
        QCOMPARE(dialog->selectedNameFilter(), filter);
    }
    // What a click on its button leads to, without the question about files that are there.
    Q_EMIT dialog->fileSelected(path);
    Q_EMIT dialog->filesSelected({path});
    dialog->close();
}

} // namespace

class FilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileIsKeptInStepFromTheMenu()
    {
        Person blue(QStringLiteral("Blue"));
        const QString path = blue.writeFile(QStringLiteral("plan.md"), "# Plan\n\none two three\n");
        openFile(blue, path);
        auto *keep = blue.window->findChild<QAction *>(QStringLiteral("actionKeepFile"));
        QVERIFY2(keep->text().endsWith(QStringLiteral("plan.md)")), qPrintable(keep->text()));
        QVERIFY(!keep->isChecked());
        keep->trigger();
        QVERIFY(keep->isChecked());
        QTest::keyClicks(blue.editor(), QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(path), QByteArray("x# Plan\n\none two three\n"),
                                  kPatience);

        // What another program does comes in without moving the caret, and can be undone.
        QTextCursor caret = blue.editor()->textCursor();
        caret.setPosition(13);
        blue.editor()->setTextCursor(caret);
        blue.writeFile(QStringLiteral("plan.md"), "x# The plan\n\none 2 three\n");
        QTRY_COMPARE_WITH_TIMEOUT(blue.editor()->toPlainText(),
                                  QStringLiteral("x# The plan\n\none 2 three\n"), kPatience);
        QCOMPARE(blue.editor()->textCursor().position(), 17);
        blue.trigger("actionUndo");
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("x# Plan\n\none two three\n"));
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(path), QByteArray("x# Plan\n\none two three\n"),
                                  kPatience);
        keep->trigger();
        QVERIFY(!keep->isChecked());
    }

    void aNewDocumentAsksForItsFile()
    {
        Person blue(QStringLiteral("Blue"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("words"));
        auto *keep = blue.window->findChild<QAction *>(QStringLiteral("actionKeepFile"));
        keep->trigger();
        QVERIFY(!keep->isChecked());
        const QString path = blue.home.filePath(QStringLiteral("words.md"));
        answer(blue, "keepFileDialog", path);
        QVERIFY(keep->isChecked());
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(path), QByteArray("words"), kPatience);
    }

    void aFileThatIsGoneIsSaidInTheBannerAndWrittenAgain()
    {
        Person blue(QStringLiteral("Blue"));
        const QString path = blue.writeFile(QStringLiteral("plan.md"), "one\n");
        openFile(blue, path);
        blue.trigger("actionKeepFile");
        QVERIFY(QFile::remove(path));
        QTRY_COMPARE_WITH_TIMEOUT(
            blue.banner(),
            QStringLiteral("“plan.md” is not there any more. Your text is safe in Cowrite, and "
                           "goes into the file as soon as that is possible."),
            kPatience);
        blue.press("bannerAction");
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(path), QByteArray("one\n"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.banner(), QString(), kPatience);
    }

    void closingTheWindowSavesToTheFile()
    {
        Person blue(QStringLiteral("Blue"));
        const QString path = blue.writeFile(QStringLiteral("plan.md"), "one\n");
        openFile(blue, path);
        blue.trigger("actionKeepFile");
        QTest::keyClicks(blue.editor(), QStringLiteral("last words "));
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
        QCOMPARE(contentOf(path), QByteArray("last words one\n"));
    }

    void aCopyIsSavedInEachFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("part");
        const QByteArray text = "# Plan\r\n\r\n**one** <two>\r\n";
        QTest::newRow("markdown") << QStringLiteral("copy.md") << QStringLiteral("Markdown (*.md)")
                                  << text << text;
        QTest::newRow("text") << QStringLiteral("copy.txt") << QStringLiteral("Plain text (*.txt)")
                              << text << text;
        QTest::newRow("html") << QStringLiteral("copy.html") << QStringLiteral("Web page (*.html)")
                              << QByteArray("<!DOCTYPE") << QByteArray("one</span>");
        QTest::newRow("pdf") << QStringLiteral("copy.pdf") << QStringLiteral("PDF (*.pdf)")
                             << QByteArray("%PDF-") << QByteArray("%%EOF");
        QTest::newRow("by the ending")
            << QStringLiteral("copy.pdf") << QStringLiteral("Markdown (*.md)")
            << QByteArray("%PDF-") << QByteArray("%%EOF");
        QTest::newRow("ending added")
            << QStringLiteral("copy") << QStringLiteral("Plain text (*.txt)") << text << text;
    }

    void aCopyIsSavedInEachFormat()
    {
        QFETCH(QString, name);
        QFETCH(QString, filter);
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, part);
        Person blue(QStringLiteral("Blue"));
        openFile(blue,
                 blue.writeFile(QStringLiteral("plan.md"), "# Plan\r\n\r\n**one** <two>\r\n"));
        blue.trigger("actionExport");
        answer(blue, "exportDialog", blue.home.filePath(name), filter);
        const QString path = blue.home.filePath(
            name.contains(QLatin1Char('.')) ? name : name + QStringLiteral(".txt"));
        QTRY_COMPARE_WITH_TIMEOUT(
            blue.banner(), QStringLiteral("A copy is in “%1”.").arg(QFileInfo(path).fileName()),
            kPatience);
        const QByteArray written = contentOf(path);
        QVERIFY2(written.startsWith(begin), written.left(100).constData());
        QVERIFY2(written.contains(part), written.constData());
    }

    void aCopyForYjsProgramsOpensAsTheSameDocument_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("v1") << QStringLiteral("copy.yjs");
        QTest::newRow("v2") << QStringLiteral("copy.yjs2");
    }

    void aCopyForYjsProgramsOpensAsTheSameDocument()
    {
        QFETCH(QString, name);
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        openFile(blue, blue.writeFile(QStringLiteral("plan.md"), "one\n"));
        blue.trigger("actionExport");
        const QString path = blue.home.filePath(name);
        answer(blue, "exportDialog", path);
        QTRY_VERIFY_WITH_TIMEOUT(!blue.banner().isEmpty(), kPatience);
        openFile(green, path);
        QCOMPARE(green.editor()->toPlainText(), QStringLiteral("one\n"));
        QCOMPARE(green.tabs()->tabText(0), QStringLiteral("plan.md"));
        QCOMPARE(green.label("statusLanguage"), QStringLiteral("Markdown"));
    }

    void aWebPageBecomesMarkdown()
    {
        Person blue(QStringLiteral("Blue"));
        const QString path = blue.writeFile(
            QStringLiteral("page.html"),
            "<html><body><h1>Plan</h1><p>one <b>two</b> <img src=\"/dev/zero\"></p></body></html>");
        blue.trigger("actionOpen");
        answer(blue, "openDialog", path,
               QStringLiteral("Web pages, turned into Markdown (*.html *.htm)"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.editor() != nullptr && !blue.editor()->isReadOnly(),
                                 kPatience);
        const QString text = blue.editor()->toPlainText();
        QVERIFY2(text.startsWith(QStringLiteral("# Plan")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("one **two**")), qPrintable(text));
        QCOMPARE(blue.tabs()->tabText(0), QStringLiteral("page"));
        // The page as it was written can be opened as well.
        openFile(blue, path);
        QVERIFY(blue.editor()->toPlainText().startsWith(QStringLiteral("<html>")));
    }

    void aFileThatCannotBeWrittenIsSaid()
    {
        Person blue(QStringLiteral("Blue"));
        openFile(blue, blue.writeFile(QStringLiteral("plan.md"), "one\n"));
        blue.trigger("actionExport");
        answer(blue, "exportDialog", blue.home.filePath(QStringLiteral("none/copy.pdf")));
        QTRY_VERIFY_WITH_TIMEOUT(
            blue.banner().startsWith(QStringLiteral("“copy.pdf” could not be written: ")),
            kPatience);
    }
};

QTEST_MAIN(FilesTest)
#include "files_test.moc"
