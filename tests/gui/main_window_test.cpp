#include "tests/gui/person.h"
#include "tests/support/faulty_vfs.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QTcpServer>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDiskThatStandsStillHoldsUpNoKey()
    {
        Person blue(QStringLiteral("Blue"), FaultyVfs::name());
        const auto recover =
            qScopeGuard([] { FaultyVfs::setSyncTime(std::chrono::milliseconds(0)); });
        blue.press("welcomeNew");
        FaultyVfs::setSyncTime(std::chrono::hours(1));
        QTest::keyClicks(blue.editor(), QStringLiteral("first"));
        QTRY_VERIFY(FaultyVfs::waitingSyncs() > 0);
        // The log's thread hangs in the disk from here on.
        for (int i = 0; i < 200; ++i) {
            QTest::keyClicks(blue.editor(), QStringLiteral("x"));
            QCoreApplication::processEvents();
        }
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("first") + QString(200, u'x'));
        QVERIFY(FaultyVfs::waitingSyncs() > 0);
        QVERIFY(!blue.label("statusSaved").startsWith(QStringLiteral("Saved")));

        FaultyVfs::setSyncTime(std::chrono::milliseconds(0));
        QTRY_VERIFY_WITH_TIMEOUT(blue.label("statusSaved").startsWith(QStringLiteral("Saved")),
                                 kPatience);
    }

    void aNewDocumentIsSavedAsOneTypes()
    {
        Person blue(QStringLiteral("Blue"));
        blue.press("welcomeNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("hello"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusSaved"),
                                  QStringLiteral("Saved on this computer"), kPatience);
        QCOMPARE(blue.label("statusPosition"), QStringLiteral("Ln 1, Col 6"));
        QCOMPARE(blue.tabs()->tabText(0), QStringLiteral("Untitled"));
    }

    void aTextFileBecomesADocument()
    {
        Person blue(QStringLiteral("Blue"));
        blue.window->openFile(blue.writeFile(QStringLiteral("plan.md"), "# Plan\r\n\r\none\r\n"));
        QTRY_VERIFY(blue.editor() != nullptr);
        QTRY_COMPARE(blue.editor()->toPlainText(), QStringLiteral("# Plan\n\none\n"));
        QCOMPARE(blue.label("statusLanguage"), QStringLiteral("Markdown"));
    }

    void aFileThatIsNotTextGivesASentenceAndNoDocument()
    {
        Person blue(QStringLiteral("Blue"));
        blue.window->openFile(
            blue.writeFile(QStringLiteral("picture.png"), QByteArray("\x89PNG\0\xff\xfe", 7)));
        QTRY_COMPARE(blue.label("welcomeHint"),
                     QStringLiteral("“picture.png” is neither text in UTF-8 nor a whole document "
                                    "of a Yjs program."));
        QCOMPARE(blue.tabs()->count(), 0);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }

    void sharingIsOneButtonAndTheLinkJoins()
    {
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("shared words"));
        const QString link = blue.share();
        QVERIFY2(link.startsWith(QLatin1String("cowrite://127.0.0.1:")), qPrintable(link));

        green.window->join(link);
        QTRY_VERIFY_WITH_TIMEOUT(green.editor() != nullptr &&
                                     green.editor()->toPlainText() == QLatin1String("shared words"),
                                 kPatience);
        green.editor()->moveCursor(QTextCursor::End);
        QTest::keyClicks(green.editor(), QStringLiteral(" and more"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.editor()->toPlainText(),
                                  QStringLiteral("shared words and more"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusPeople"), QStringLiteral("2 people"),
                                  kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(green.label("statusSaved"),
                                  QStringLiteral("Saved here and on 127.0.0.1"), kPatience);
        QCOMPARE(blue.label("statusSaved"),
                 QStringLiteral("Saved here, shared from this computer"));
    }

    void theLinkForABrowserIsTheSameDocument()
    {
        Person blue(QStringLiteral("Blue"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        blue.press("shareButton");
        QString link = blue.find<QLineEdit>("shareLink")->text();
        blue.press("shareCopyForBrowser");
        QCOMPARE(QApplication::clipboard()->text(), link.replace(0, 7, QLatin1String("http")));
    }

    void aGuestSeesTheLanguageOfTheDocument()
    {
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        blue.press("welcomeNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("# Plan"));
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.editor()->toPlainText(), QStringLiteral("# Plan"),
                                  kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(green.label("statusLanguage"), QStringLiteral("Markdown"),
                                  kPatience);
        QTRY_VERIFY(!green.editor()->document()->firstBlock().layout()->formats().isEmpty());
    }

    void messagesNobodyHasSeenAreCounted()
    {
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusPeople"), QStringLiteral("2 people"),
                                  kPatience);
        auto *tabs = blue.find<QTabBar>("sideTabs");
        tabs->setCurrentIndex(1);
        blue.editor()->setFocus();
        auto *input = green.find<QLineEdit>("chatInput");
        QTest::keyClicks(input, QStringLiteral("Are you there?"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("chatTyping"), QStringLiteral("Green is typing…"),
                                  kPatience);
        QTest::keyClick(input, Qt::Key_Return);
        QVERIFY(input->text().isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(tabs->tabText(0), QStringLiteral("Chat 1"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("chatTyping"), QString(), kPatience);
        // It took neither the focus nor the tab.
        QCOMPARE(tabs->currentIndex(), 1);
        tabs->setCurrentIndex(0);
        QCOMPARE(tabs->tabText(0), QStringLiteral("Chat"));
        const auto *list = blue.find<QListView>("chatList");
        QCOMPARE(list->model()->rowCount(), 1);
        QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Are you there?"));
    }

    void stoppedSharingShowsTheGuestThatTheyAreOffline()
    {
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("statusPeople"), QStringLiteral("2 people"),
                                  kPatience);
        blue.profile->host().stop();
        QTRY_VERIFY_WITH_TIMEOUT(green.banner().startsWith(QLatin1String("You are offline.")),
                                 kPatience);
        QTest::keyClicks(green.editor(), QStringLiteral("abc"));
        QTRY_COMPARE_WITH_TIMEOUT(green.label("statusSaved"),
                                  QStringLiteral("Offline: 1 edit saved on this computer"),
                                  kPatience);
        // Closing says what has not arrived, and waits for an answer.
        green.window->close();
        QVERIFY(green.window->isVisible());
        auto *warning = green.window->findChild<QWidget *>(QStringLiteral("closeWarning"));
        QVERIFY(warning != nullptr);
    }

    void anotherDocumentAtTheAddressIsToldAndCanBeOpened()
    {
        Person blue(QStringLiteral("Blue"));
        Person green(QStringLiteral("Green"));
        blue.window->openFile(blue.writeFile(QStringLiteral("theirs.txt"), "theirs"));
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        const QString link = blue.share();
        green.window->openFile(green.writeFile(QStringLiteral("mine.txt"), "mine"));
        QTRY_VERIFY(green.editor() != nullptr && !green.editor()->isReadOnly());
        QVERIFY(green.profile->openReplicas().first()->connectTo(link));
        QTRY_VERIFY_WITH_TIMEOUT(
            green.banner().startsWith(QLatin1String("There is another document")), kPatience);
        QVERIFY(green.find<QPushButton>("bannerOtherAction")->isVisible());
        green.press("bannerAction");
        QCOMPARE(green.tabs()->count(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(green.editor()->toPlainText(), QStringLiteral("theirs"),
                                  kPatience);
        green.tabs()->setCurrentIndex(0);
        QCOMPARE(green.editor()->toPlainText(), QStringLiteral("mine"));
        QVERIFY(green.banner().startsWith(QLatin1String("This copy is on this computer only")));
    }

    void undoGoesOnAfterTheProgramWasStartedAgain()
    {
        Person blue(QStringLiteral("Blue"));
        blue.press("welcomeNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("hello"));
        const session::DocumentId id = blue.profile->openReplicas().first()->id();
        blue.window.reset();
        blue.profile.reset();
        blue.start(QStringLiteral("Blue"));
        blue.window->showReplica(*blue.profile->open(id));
        QTRY_COMPARE(blue.editor()->toPlainText(), QStringLiteral("hello"));
        QVERIFY(blue.window->findChild<QAction *>(QStringLiteral("actionUndo"))->isEnabled());
        blue.trigger("actionUndo");
        QCOMPARE(blue.editor()->toPlainText(), QString());
        blue.trigger("actionRedo");
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("hello"));
    }

    void anAddressThatIsNoneGivesASentence()
    {
        Person blue(QStringLiteral("Blue"));
        blue.trigger("actionJoin");
        auto *address = blue.window->findChild<QLineEdit *>(QStringLiteral("joinAddress"));
        auto *problem = blue.window->findChild<QLabel *>(QStringLiteral("dialogProblem"));
        QTest::keyClicks(address, QStringLiteral("not an address at all"));
        QTest::mouseClick(blue.window->findChild<QPushButton *>(QStringLiteral("joinButton")),
                          Qt::LeftButton);
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().endsWith(QLatin1Char('.')) ||
                     problem->text().endsWith(QLatin1Char('?')),
                 qPrintable(problem->text()));
        QCOMPARE(blue.tabs()->count(), 0);
    }

    void aLinkFromOutsideIsJoinedOnlyAfterAYes()
    {
        Person blue(QStringLiteral("Blue"));
        const QString link = QStringLiteral("cowrite://127.0.0.1:9/r/plans#.secret");
        blue.window->askToJoin(link);
        QCOMPARE(blue.tabs()->count(), 0);
        auto *question = blue.find<QMessageBox>("joinQuestion");
        QVERIFY(question->text().contains(QStringLiteral("127.0.0.1:9")));
        QVERIFY(!question->text().contains(QStringLiteral("secret")));
        // Whoever presses Return without reading has said no.
        QTest::keyClick(question, Qt::Key_Return);
        QTRY_VERIFY(blue.find<QMessageBox>("joinQuestion") == nullptr);
        QCOMPARE(blue.tabs()->count(), 0);
        QVERIFY(blue.profile->documents().isEmpty());

        blue.window->askToJoin(link);
        blue.press("joinQuestionOpen");
        QCOMPARE(blue.tabs()->count(), 1);
        QCOMPARE(blue.profile->documents().first().address,
                 QStringLiteral("cowrite://127.0.0.1:9/r/plans"));
    }

    void aLinkFromOutsideThatIsNoneGivesASentence()
    {
        Person blue(QStringLiteral("Blue"));
        blue.window->askToJoin(QStringLiteral("cowrite://"));
        QVERIFY(blue.find<QMessageBox>("joinQuestion") == nullptr);
        QVERIFY(blue.label("welcomeHint").endsWith(u'.'));
    }

    void nobodyAnsweringIsSaidInTheBannerAndWritingGoesOn()
    {
        Person blue(QStringLiteral("Blue"));
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const quint16 port = closed.serverPort();
        closed.close();
        blue.window->join(QStringLiteral("ws://127.0.0.1:%1/r/nobody").arg(port));
        QTRY_VERIFY_WITH_TIMEOUT(!blue.banner().isEmpty(), kPatience);
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("still here"));
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("still here"));
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }

    void closingStoresEverythingAndTheNextStartOpensIt()
    {
        Person blue(QStringLiteral("Blue"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        QTest::keyClicks(blue.editor(), QStringLiteral("the last words"));
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
        blue.window.reset();
        blue.profile.reset();

        blue.start(QStringLiteral("Blue"));
        blue.window->restoreDocuments();
        QTRY_VERIFY_WITH_TIMEOUT(blue.editor() != nullptr && blue.editor()->toPlainText() ==
                                                                 QLatin1String("the last words"),
                                 kPatience);
    }

    void aWindowWithoutDocumentsCloses()
    {
        Person blue(QStringLiteral("Blue"));
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
    }

    void undoIsInTheMenuOnlyWhenThereIsSomething()
    {
        Person blue(QStringLiteral("Blue"));
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        auto *undo = blue.window->findChild<QAction *>(QStringLiteral("actionUndo"));
        QVERIFY(!undo->isEnabled());
        QTest::keyClicks(blue.editor(), QStringLiteral("word"));
        QVERIFY(undo->isEnabled());
        undo->trigger();
        QCOMPARE(blue.editor()->toPlainText(), QString());
        QVERIFY(!undo->isEnabled());
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
