// Back in time in the window: looking, restoring, naming, undoing what one person did. The pictures
// it makes are kept in build/PRESET/artefacts.
#include "tests/gui/person.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/panes/history_model.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QListView>
#include <QMenu>
#include <QSlider>
#include <QTest>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using ui::HistoryModel;

namespace {

/// A person who writes and looks back.
struct Writer : Person {
    using Person::Person;

    void begin() const
    {
        trigger("actionNew");
        QTRY_VERIFY(editor() != nullptr && !editor()->isReadOnly());
    }

    void join(const QString &link) const
    {
        window->join(link);
        QTRY_VERIFY_WITH_TIMEOUT(editor() != nullptr && !editor()->isReadOnly(), kPatience);
    }

    void write(const QString &text) const
    {
        editor()->moveCursor(QTextCursor::End);
        const QStringList lines = text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (i > 0) {
                QTest::keyClick(editor(), Qt::Key_Return);
            }
            QTest::keyClicks(editor(), lines.at(i));
        }
    }

    /// Selects the first place where the text is like this.
    void select(const QString &what) const
    {
        const auto from = static_cast<std::uint32_t>(editor()->toPlainText().indexOf(what));
        find<ui::Editor>("editor")->select({from, from + static_cast<std::uint32_t>(what.size())});
    }

    void setColor(const QString &color) const
    {
        session::Identity identity = profile->identity();
        identity.color = color;
        profile->setIdentity(identity);
    }

    void giveName(const QString &name) const
    {
        press("historyName");
        auto *dialog = window->findChild<QInputDialog *>(QStringLiteral("versionNameDialog"));
        QVERIFY(dialog != nullptr);
        dialog->setTextValue(name);
        dialog->accept();
    }

    /// What is in front: the document, or its past.
    [[nodiscard]] ui::Editor *shown() const
    {
        auto *past = find<ui::Editor>("pastEditor");
        return past != nullptr && past->isVisible() ? past : find<ui::Editor>("editor");
    }

    [[nodiscard]] bool isLookingBack() const
    {
        return shown()->objectName() == QLatin1String("pastEditor");
    }

    [[nodiscard]] QListView *list() const { return find<QListView>("historyList"); }
    [[nodiscard]] QSlider *slider() const { return find<QSlider>("timeSlider"); }

    void openHistory(int entries) const
    {
        trigger("actionHistory");
        QTRY_COMPARE_WITH_TIMEOUT(list()->model()->rowCount(), entries, kPatience);
    }

    [[nodiscard]] QPoint place(int row) const
    {
        const QModelIndex index = list()->model()->index(row, 0);
        list()->scrollTo(index);
        return list()->visualRect(index).center();
    }

    void choose(int row) const
    {
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, place(row));
    }

    void chooseFromMenu(int row, const char *action) const
    {
        const QPoint point = place(row);
        QContextMenuEvent event(QContextMenuEvent::Mouse, point,
                                list()->viewport()->mapToGlobal(point));
        QApplication::sendEvent(list()->viewport(), &event);
        auto *menu = window->findChild<QMenu *>(QStringLiteral("historyMenu"));
        QVERIFY(menu != nullptr);
        menu->findChild<QAction *>(QLatin1String(action))->trigger();
        menu->close();
        QTRY_VERIFY(window->findChild<QMenu *>(QStringLiteral("historyMenu")) == nullptr);
    }

    /// A row by the text it shows.
    [[nodiscard]] int rowOf(const QString &name) const
    {
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            if (list()->model()->index(row, 0).data().toString() == name) {
                return row;
            }
        }
        return -1;
    }
};

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lookingBackShowsTheTextOfThatTimeAndLeavesTheDocumentAlone()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.write(QStringLiteral("north landing"));
        blue.openHistory(1);
        // To open the list is not to leave the present.
        QVERIFY(!blue.isLookingBack());
        blue.choose(0);
        QVERIFY(blue.isLookingBack());
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("north landing"));
        QVERIFY2(blue.banner().startsWith(QLatin1String("Looking at ")), qPrintable(blue.banner()));
        QCOMPARE(blue.label("timeLabel"), QStringLiteral("edit 13 of 13"));

        QTest::keyClick(blue.slider(), Qt::Key_Home);
        QCOMPARE(blue.shown()->toPlainText(), QString());
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(blue.slider(), Qt::Key_Right);
        }
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("north"));
        QCOMPARE(blue.label("timeLabel"), QStringLiteral("edit 5 of 13"));
        QTest::keyClicks(blue.shown(), QStringLiteral("x"));
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("north"));
        blue.shown()->selectAll();
        blue.shown()->copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("north"));

        QTest::keyClick(blue.slider(), Qt::Key_Escape);
        QVERIFY(!blue.isLookingBack());
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("north landing"));
        QVERIFY(blue.banner().isEmpty());
        blue.trigger("actionUndo");
        QCOMPARE(blue.shown()->toPlainText(), QString());
    }

    void restoringIsAnEditOfMineThatCanBeUndone()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.write(QStringLiteral("north landing"));
        blue.openHistory(1);
        blue.choose(0);
        QVERIFY(blue.find<QPushButton>("historyRestore")->isEnabled());
        QTest::keyClick(blue.slider(), Qt::Key_Home);
        for (int i = 0; i < 5; ++i) {
            QTest::keyClick(blue.slider(), Qt::Key_Right);
        }
        blue.press("historyRestore");
        QVERIFY(!blue.isLookingBack());
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("north"));
        QVERIFY(!blue.find<QPushButton>("historyRestore")->isEnabled());
        blue.trigger("actionUndo");
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("north landing"));
        blue.trigger("actionRedo");
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("north"));
    }

    void aMomentIsGivenAName()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.write(QStringLiteral("north landing"));
        blue.openHistory(1);
        blue.giveName(QStringLiteral("Sent to the crew"));
        const auto nameOf = [&](int row) {
            return blue.list()->model()->index(row, 0).data(HistoryModel::VersionRole).toString();
        };
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(0), QStringLiteral("Sent to the crew"), kPatience);
        blue.write(QStringLiteral(", then the weir"));
        QTRY_COMPARE_WITH_TIMEOUT(nameOf(1), QStringLiteral("Sent to the crew"), kPatience);
        blue.choose(1);
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("north landing"));
        blue.chooseFromMenu(1, "historyRemoveName");
        QTRY_COMPARE_WITH_TIMEOUT(blue.list()->model()->rowCount(), 1, kPatience);
    }

    void whatOnePersonDidSinceIsUndoneAndNothingElse()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer violet(QStringLiteral("Violet"));
        blue.begin();
        blue.write(QStringLiteral("one\ntwo\n"));
        violet.join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(violet.editor()->toPlainText(), QStringLiteral("one\ntwo\n"),
                                  kPatience);
        violet.write(QStringLiteral("hers\n"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.editor()->toPlainText(), QStringLiteral("one\ntwo\nhers\n"),
                                  kPatience);
        blue.write(QStringLiteral("three\n"));
        const QString whole = blue.editor()->toPlainText();
        blue.trigger("actionHistory");
        QTRY_VERIFY_WITH_TIMEOUT(blue.rowOf(QStringLiteral("Violet")) >= 0, kPatience);
        blue.chooseFromMenu(blue.rowOf(QStringLiteral("Violet")), "historyUndoAuthor");
        QCOMPARE(blue.editor()->toPlainText(), QStringLiteral("one\ntwo\nthree\n"));
        QTRY_COMPARE_WITH_TIMEOUT(violet.editor()->toPlainText(),
                                  QStringLiteral("one\ntwo\nthree\n"), kPatience);
        blue.trigger("actionUndo");
        QCOMPARE(blue.editor()->toPlainText(), whole);
    }

    void theOthersGoOnWritingWhileOneLooksBack()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer violet(QStringLiteral("Violet"));
        blue.begin();
        blue.write(QStringLiteral("one\n"));
        violet.join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(violet.editor()->toPlainText(), QStringLiteral("one\n"),
                                  kPatience);
        blue.openHistory(1);
        blue.choose(0);
        QCOMPARE(blue.slider()->maximum(), 4);
        violet.write(QStringLiteral("two"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.slider()->maximum(), 7, kPatience);
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("one\n"));
        QVERIFY(blue.isLookingBack());
        QTest::keyClick(blue.slider(), Qt::Key_PageUp);
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("one\ntwo"));
        blue.press("bannerAction");
        QCOMPARE(blue.shown()->toPlainText(), QStringLiteral("one\ntwo"));
        QVERIFY(!blue.isLookingBack());
        // Whoever wants to see where somebody is comes back to where they are.
        blue.choose(0);
        blue.window->currentView()->showPerson(
            violet.window->currentView()->replica().doc().clientId());
        QVERIFY(!blue.isLookingBack());
    }

    void playingGoesOnToTheEnd()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.write(QStringLiteral("north"));
        blue.openHistory(1);
        blue.choose(0);
        QTest::keyClick(blue.slider(), Qt::Key_Space);
        QCOMPARE(blue.find<QPushButton>("timePlay")->accessibleName(), QStringLiteral("Pause"));
        QCOMPARE(blue.shown()->toPlainText(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(blue.shown()->toPlainText(), QStringLiteral("north"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.find<QPushButton>("timePlay")->accessibleName(),
                                  QStringLiteral("Play"), kPatience);
    }

    void theKeysReachEverythingInTheList()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.write(QStringLiteral("north"));
        blue.openHistory(1);
        blue.list()->setFocus();
        QVERIFY(!blue.isLookingBack());
        QTest::keyClick(blue.list(), Qt::Key_Down);
        QVERIFY(blue.isLookingBack());
        QTest::keyClick(blue.list(), Qt::Key_Escape);
        QVERIFY(!blue.isLookingBack());
    }

    void aDocumentWithoutAnyEditSaysSo()
    {
        const Writer blue(QStringLiteral("Blue"));
        blue.begin();
        blue.trigger("actionHistory");
        QTRY_COMPARE_WITH_TIMEOUT(blue.label("historyMessage"),
                                  QStringLiteral("Nothing has been written yet."), kPatience);
        QVERIFY(!blue.find<QPushButton>("historyRestore")->isEnabled());
        QVERIFY(!blue.find<QPushButton>("historyName")->isEnabled());
        blue.write(QStringLiteral("north"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.list()->model()->rowCount(), 1, kPatience);
        QVERIFY(blue.list()->isVisible());
    }

    void theStripeBesideTheTextCanBeTurnedOffAndStaysOff()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.setColor(QStringLiteral("#2f6fed"));
        blue.begin();
        blue.write(QStringLiteral("north"));
        const auto hasStripe = [&blue] {
            const QImage image = blue.shown()->grab().toImage();
            const int y = static_cast<int>(blue.shown()->visibleCaretRect(0)->center().y());
            return image.pixelColor(1, y) != image.pixelColor(8, y);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasStripe(), kPatience);
        blue.trigger("actionAuthors");
        QVERIFY(!hasStripe());
        blue.window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!blue.window->isVisible(), kPatience);
        blue.window.reset();
        blue.profile.reset();
        blue.start({});
        blue.window->restoreDocuments();
        QTRY_COMPARE_WITH_TIMEOUT(blue.shown()->toPlainText(), QStringLiteral("north"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(blue.window->currentView()->history().isReady(), kPatience);
        QVERIFY(!hasStripe());
        blue.trigger("actionAuthors");
        QVERIFY(hasStripe());
    }

    void picturesForTheEye_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("light") << "light";
        QTest::newRow("dark") << "dark";
    }

    void picturesForTheEye()
    {
        using std::chrono::minutes;
        QFETCH(QString, theme);
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        Writer violet(QStringLiteral("Violet"));
        blue.setColor(QStringLiteral("#2f6fed"));
        green.setColor(QStringLiteral("#1f9d55"));
        violet.setColor(QStringLiteral("#9b4ddb"));
        blue.trigger(theme == QLatin1String("light") ? "actionTheme_light" : "actionTheme_dark");
        const auto allHave = [&](const QString &text) {
            for (const Writer *writer : {&blue, &green, &violet}) {
                QTRY_VERIFY_WITH_TIMEOUT(writer->editor()->toPlainText().endsWith(text), kPatience);
            }
        };

        blue.clock.setShift(minutes(-17 * 60));
        blue.begin();
        blue.write(
            QStringLiteral("# Launch plan: river survey\n\nWe leave from the north landing at "
                           "**07:40** and work downstream.\n"));
        blue.openHistory(1);
        blue.giveName(QStringLiteral("Sent to the crew"));

        const QString link = blue.share();
        green.join(link);
        violet.join(link);
        allHave(QStringLiteral("downstream.\n"));
        blue.clock.setShift(minutes(-50));
        green.write(
            QStringLiteral("Each boat carries one sonde, one spare battery and a paper log.\n"
                           "\n## Stations\n\n- S1 bridge pier, both sides\n"));
        allHave(QStringLiteral("both sides\n"));
        blue.clock.setShift(minutes(-20));
        violet.select(QStringLiteral("both sides"));
        QTest::keyClicks(violet.editor(), QStringLiteral("east side only while the crane is up"));
        violet.write(QStringLiteral("- S2 weir pool\n- S3 mill race, below the second sluice\n"));
        allHave(QStringLiteral("second sluice\n"));
        blue.clock.setShift(minutes(0));
        blue.write(
            QStringLiteral("- S4 confluence (optional, decide on the water)\n\n## Protocol\n\n"
                           "1. Rinse the sonde three times.\n"));
        QTRY_COMPARE_WITH_TIMEOUT(blue.list()->model()->rowCount(), 4, kPatience);
        blue.keep(QStringLiteral("history-live-") + theme);
        blue.choose(blue.rowOf(QStringLiteral("Violet")));
        blue.keep(QStringLiteral("history-past-") + theme);
    }
};

QTEST_MAIN(HistoryTest)
#include "history_test.moc"
