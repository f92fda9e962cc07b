// Tab and Shift+Tab through the window in each of its states, and through every dialog: they come
// to every control in the order in which one reads, nowhere is a trap, and the focus can be seen.
// What the window does besides is in its menus, in the list of commands, or has keys.
#include "tests/gui/scene.h"
#include "tests/gui/tab_walk.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QDialog>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QSet>
#include <QTest>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using guitest::Scene;
using guitest::walkThrough;

namespace {

void activate(QWidget &window)
{
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

/// All that is in a menu and in those below it.
QList<QAction *> actionsIn(const QWidget &menu)
{
    QList<QAction *> all;
    for (QAction *action : menu.actions()) {
        if (action->menu() != nullptr) {
            all.append(actionsIn(*action->menu()));
        } else if (!action->isSeparator()) {
            all.append(action);
        }
    }
    return all;
}

} // namespace

class FocusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        scene = std::make_unique<Scene>();
        for (const Person *person : {&scene->blue, &scene->green}) {
            person->window->resize(1280, 800);
        }
    }
    void cleanupTestCase() { scene.reset(); }

    void init() { activate(*scene->blue.window); }

    void theWindow_data()
    {
        QTest::addColumn<QList<QByteArray>>("actions");
        const auto add = [](const char *state, const QList<QByteArray> &actions) {
            QTest::newRow(state) << actions;
        };
        add("chat", {"actionChat"});
        add("searching the chat", {"actionSearchChat"});
        add("people", {"actionPeople"});
        add("comments", {"actionComments"});
        add("finding", {"actionFindText"});
        add("replacing", {"actionReplace"});
        add("going to a line", {"actionGoToLine"});
        add("preview", {"actionPreview"});
        add("text alone", {"actionSidebar", "actionSidePane"});
    }
    void theWindow()
    {
        QFETCH(QList<QByteArray>, actions);
        const Person &blue = scene->blue;
        for (const QByteArray &action : actions) {
            blue.trigger(action.constData());
        }
        walkFromTheText(blue);
        // As it was.
        for (const char *bar : {"findInput", "goToInput", "chatSearch"}) {
            if (auto *input = blue.find<QWidget>(bar); input != nullptr && input->isVisible()) {
                QTest::keyClick(input, Qt::Key_Escape);
                QVERIFY(!input->isVisible());
            }
        }
        for (const QByteArray &action : actions) {
            if (blue.window->findChild<QAction *>(QLatin1String(action))->isCheckable()) {
                blue.trigger(action.constData());
            }
        }
    }

    void theWindowWithAComment()
    {
        const Person &blue = scene->blue;
        QVERIFY(Scene::select(blue, QStringLiteral("paper log")));
        blue.trigger("actionComment");
        QTRY_VERIFY(blue.find<QWidget>("commentInput")->isVisible());
        walkFromTheText(blue);
        blue.press("commentCancel");
    }

    void theWindowOffline()
    {
        const Person &green = scene->green;
        activate(*green.window);
        green.trigger("actionOffline");
        QTRY_VERIFY(!green.banner().isEmpty());
        walkFromTheText(green);
    }

    void theWindowInThePast()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionHistory");
        auto *list = blue.find<QListView>("historyList");
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 1, kPatience);
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_VERIFY(blue.window->currentView()->pastMoment().has_value());
        verifyWalk(*blue.window);
        blue.window->currentView()->backToNow();
    }

    void theWindowWithoutDocuments()
    {
        const Person nobody(QStringLiteral("Blue"));
        nobody.window->resize(1280, 800);
        activate(*nobody.window);
        nobody.find<QWidget>("documentSearch")->setFocus();
        verifyWalk(*nobody.window);
    }

    /// It keeps the focus until it is closed: what lies under it is out of sight.
    void thePopoverOfShare()
    {
        const Person &blue = scene->blue;
        blue.press("shareButton");
        auto *popover = blue.find<QWidget>("sharePopover");
        QTRY_VERIFY(popover->isAncestorOf(QApplication::focusWidget()));
        verifyWalk(*popover);
        QVERIFY(popover->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!popover->isVisible());
    }

    void dialogs_data()
    {
        QTest::addColumn<QByteArray>("action");
        const auto add = [](const char *action, const char *dialog) {
            QTest::newRow(dialog) << QByteArray(action);
        };
        add("actionIdentity", "identityDialog");
        add("actionJoin", "joinDialog");
        add("actionShortcuts", "shortcutsDialog");
        add("actionRename", "renameDialog");
        add("actionAbout", "aboutDialog");
    }
    void dialogs()
    {
        QFETCH(QByteArray, action);
        scene->blue.trigger(action.constData());
        walkThroughDialog(QTest::currentDataTag());
    }

    void everyPageOfTheSettings()
    {
        const Person &blue = scene->blue;
        for (int row = 0; row < 6; ++row) {
            blue.trigger("actionSettings");
            blue.find<QListWidget>("settingsPages")->setCurrentRow(row);
            walkThroughDialog("settingsDialog");
        }
    }

    void questions()
    {
        const Person &blue = scene->blue;
        blue.window->askToJoin(QStringLiteral("cowrite://studio.local:7300/r/plans"));
        walkThroughDialog("joinQuestion");
    }

    void listsToChooseFrom_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::newRow("commands") << QByteArray("actionCommands");
        QTest::newRow("documents") << QByteArray("actionFind");
        QTest::newRow("languages") << QByteArray("actionLanguage");
    }
    /// Letters search and arrows choose, so Tab has nowhere to go; Escape is the way out.
    void listsToChooseFrom()
    {
        QFETCH(QByteArray, action);
        const Person &blue = scene->blue;
        blue.editor()->setFocus();
        blue.trigger(action.constData());
        QPointer<QWidget> popup;
        QTRY_VERIFY((popup = blue.find<QWidget>("choicePopup")) && popup->isVisible());
        auto *input = blue.find<QWidget>("choiceInput");
        QVERIFY(input->hasFocus());
        QTest::keyClick(input, Qt::Key_Tab);
        QVERIFY(input->hasFocus());
        QTest::keyClick(input, Qt::Key_Escape);
        QTRY_VERIFY(popup.isNull());
        QTRY_COMPARE(blue.window->focusWidget(), blue.editor());
    }

    /// Whatever has an action is in a menu, and whatever is there is in the list of commands.
    void everyActionIsInAMenuAndAmongTheCommands()
    {
        const Person &blue = scene->blue;
        const QList<QAction *> inMenus = actionsIn(*blue.window->menuBar());
        for (const QAction *action : blue.window->findChildren<QAction *>()) {
            if (action->objectName().startsWith(QLatin1String("action"))) {
                QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
            }
        }
        blue.trigger("actionCommands");
        auto *list = blue.find<QListWidget>("choiceList");
        QSet<QString> offered;
        for (int row = 0; row < list->count(); ++row) {
            offered.insert(list->item(row)->data(Qt::UserRole).toString());
        }
        for (const QAction *action : inMenus) {
            if (action->isEnabled() && action->isVisible() && !action->objectName().isEmpty()) {
                QVERIFY2(offered.contains(action->objectName()), qPrintable(action->objectName()));
            }
        }
        list->window()->close();
    }

    void noTwoActionsHaveTheSameKeys()
    {
        QHash<QKeySequence, QString> owners;
        const QList<QAction *> actions = actionsIn(*scene->blue.window->menuBar());
        for (const QAction *action : actions) {
            for (const QKeySequence &keys : action->shortcuts()) {
                QVERIFY2(
                    !owners.contains(keys),
                    qPrintable(action->objectName() + QLatin1String(" and ") + owners.value(keys)));
                owners.insert(keys, action->objectName());
            }
        }
    }

private:
    static void verifyWalk(const QWidget &root)
    {
        const QStringList findings = walkThrough(root);
        QVERIFY2(findings.isEmpty(), qPrintable(findings.join(QLatin1Char('\n'))));
    }

    static void walkFromTheText(const Person &person)
    {
        if (auto *tabs = person.find<QWidget>("sideTabs"); tabs->isVisible()) {
            // F6 goes to where the focus was in that pane.
            tabs->setFocus(Qt::TabFocusReason);
        }
        person.editor()->setFocus(Qt::TabFocusReason);
        verifyWalk(*person.window);
    }

    void walkThroughDialog(const char *name) const
    {
        QPointer<QDialog> dialog;
        QTRY_VERIFY((dialog = scene->blue.window->findChild<QDialog *>(QLatin1String(name))) &&
                    dialog->isVisible());
        activate(*dialog);
        QTRY_VERIFY(QApplication::focusWidget() != nullptr &&
                    QApplication::focusWidget()->window() == dialog);
        verifyWalk(*dialog);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(dialog.isNull() || !dialog->isVisible());
    }

    std::unique_ptr<Scene> scene;
};

QTEST_MAIN(FocusTest)
#include "focus_test.moc"
