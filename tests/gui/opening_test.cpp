// How documents come into the window: from the welcome, by name, dropped on it. And Ctrl+S.
#include "tests/gui/writer.h"
#include "ui/document/document_view.h"
#include "ui/editor/openable.h"

#include <QDragEnterEvent>
#include <QInputDialog>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>

using namespace cowrite;
using guitest::kPatience;
using guitest::Writer;

namespace {

/// As a drag from elsewhere; whether anybody took it.
bool drop(QWidget &target, const QMimeData &data)
{
    const QPoint middle = target.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    if (!enter.isAccepted()) {
        return false;
    }
    QDropEvent dropped(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &dropped);
    return true;
}

QListWidget *choices(const Writer &writer)
{
    return writer.window->findChild<QListWidget *>(QStringLiteral("choiceList"));
}

} // namespace

class OpeningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWelcomeHasASample()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.keep(QStringLiteral("welcome"));
        blue.press("welcomeSample");
        QTRY_VERIFY_WITH_TIMEOUT(
            blue.editor() != nullptr &&
                blue.content().startsWith(QStringLiteral("# Welcome to Cowrite\n")),
            kPatience);
        QCOMPARE(blue.label("statusLanguage"), QStringLiteral("Markdown"));
        // It is a document as any other.
        QTest::keyClicks(blue.editor(), QStringLiteral("x"));
        QVERIFY(blue.content().startsWith(QStringLiteral("x# Welcome")));
    }

    void aFewLettersOpenADocument()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("river-survey.md"), "river\n");
        blue.open(QStringLiteral("versions.txt"), "versions\n");
        blue.open(QStringLiteral("budget.csv"), "budget\n");
        blue.trigger("actionClose");
        blue.trigger("actionFind");
        QCOMPARE(choices(blue)->count(), 3);
        auto *input = blue.window->findChild<QLineEdit *>(QStringLiteral("choiceInput"));
        QTest::keyClicks(input, QStringLiteral("rs"));
        QCOMPARE(choices(blue)->count(), 2);
        QCOMPARE(choices(blue)->item(0)->text(), QStringLiteral("river-survey.md"));
        QVERIFY(choices(blue)->parentWidget()->grab().save(
            QStringLiteral(COWRITE_ARTEFACTS "/go-to-document.png")));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(blue.content(), QStringLiteral("river\n"), kPatience);
        QCOMPARE(blue.tabs()->count(), 2);
        // One that is in no tab.
        QTRY_VERIFY(choices(blue) == nullptr);
        blue.trigger("actionFind");
        input = blue.window->findChild<QLineEdit *>(QStringLiteral("choiceInput"));
        QTest::keyClicks(input, QStringLiteral("bud"));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(blue.content(), QStringLiteral("budget\n"), kPatience);
        QCOMPARE(blue.tabs()->count(), 3);
    }

    void savingSaysThatItIsSavedAndNamesAVersion()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.md"), "one\n");
        session::History &history = blue.window->currentView()->history();
        QTRY_VERIFY_WITH_TIMEOUT(history.isReady(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusSaved"),
                                  QStringLiteral("Saved on this computer"), kPatience);
        blue.trigger("actionSave");
        QVERIFY2(blue.banner().startsWith(QStringLiteral("Saved on this computer.")),
                 qPrintable(blue.banner()));
        QCOMPARE(blue.label("bannerAction"), QStringLiteral("Name this version"));
        blue.keep(QStringLiteral("saved"));
        blue.press("bannerAction");
        QVERIFY(blue.banner().isEmpty());
        auto *dialog = blue.window->findChild<QInputDialog *>(QStringLiteral("versionNameDialog"));
        dialog->setTextValue(QStringLiteral("First draft"));
        dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(history.versions().size(), 1, kPatience);
        QCOMPARE(history.versions().first().name, QStringLiteral("First draft"));
        QCOMPARE(QString::fromStdU16String(history.textAt(history.versions().first().moment).text),
                 QStringLiteral("one\n"));
    }

    void filesAreDroppedAnywhere()
    {
        Writer blue(QStringLiteral("Blue"));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(blue.writeFile(QStringLiteral("a.txt"), "first")),
                      QUrl::fromLocalFile(blue.writeFile(QStringLiteral("b.txt"), "second"))});
        QVERIFY(drop(*blue.find<QWidget>("welcome"), data));
        QTRY_COMPARE_WITH_TIMEOUT(blue.tabs()->count(), 2, kPatience);
        QMimeData more;
        more.setUrls({QUrl::fromLocalFile(blue.writeFile(QStringLiteral("c.txt"), "third"))});
        QTRY_VERIFY_WITH_TIMEOUT(!blue.editor()->isReadOnly() && !blue.content().isEmpty(),
                                 kPatience);
        const QString before = blue.content();
        QVERIFY(drop(*blue.editor()->viewport(), more));
        QTRY_COMPARE_WITH_TIMEOUT(blue.content(), QStringLiteral("third"), kPatience);
        QCOMPARE(blue.tabs()->count(), 3);
        // Into the text went nothing.
        blue.tabs()->setCurrentIndex(1);
        QCOMPARE(blue.content(), before);
    }

    void aDroppedLinkIsAskedAbout()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.md"), "one\n");
        QMimeData data;
        data.setUrls({QUrl(QStringLiteral("cowrite://127.0.0.1:9/r/plans"))});
        data.setText(QStringLiteral("cowrite://127.0.0.1:9/r/plans"));
        QVERIFY(drop(*blue.editor()->viewport(), data));
        auto *question = blue.find<QMessageBox>("joinQuestion");
        QVERIFY(question != nullptr && question->text().contains(QStringLiteral("127.0.0.1:9")));
        QCOMPARE(blue.tabs()->count(), 1);
        QCOMPARE(blue.content(), QStringLiteral("one\n"));
    }

    void whatIsOpenedAndWhatIsText_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("openable");
        QTest::newRow("file") << QStringLiteral("file:///tmp/a.md") << true;
        QTest::newRow("link") << QStringLiteral("cowrite://h:1/r/x#f.t") << true;
        QTest::newRow("page of a document") << QStringLiteral("https://h:1/r/x#f.t") << true;
        QTest::newRow("server") << QStringLiteral("wss://h/room") << true;
        QTest::newRow("any page") << QStringLiteral("https://example.org/about") << false;
        QTest::newRow("mail") << QStringLiteral("mailto:a@example.org") << false;
    }

    void whatIsOpenedAndWhatIsText()
    {
        QFETCH(QString, url);
        QFETCH(bool, openable);
        QMimeData data;
        data.setUrls({QUrl(url)});
        QCOMPARE(ui::isOpenable(data), openable);
    }
};

QTEST_MAIN(OpeningTest)
#include "opening_test.moc"
