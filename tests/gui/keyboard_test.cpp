// By keyboard: Tab comes to every control of a dialog, the focus can be seen wherever it is, F6
// goes from pane to pane, and what is in lists can be chosen without a pointer.
#include "tests/gui/scene.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using guitest::Scene;

namespace {

/// More steps than any window has controls.
constexpr int kManySteps = 200;

QString nameOf(const QWidget &widget)
{
    return QStringLiteral("%1 %2 “%3”")
        .arg(QLatin1String(widget.metaObject()->className()), widget.objectName(),
             widget.accessibleName());
}

/// The parts of Qt's own composite widgets stand for their whole.
bool isPartOfAWhole(const QWidget &widget)
{
    return widget.objectName().startsWith(QLatin1String("qt_")) || widget.focusProxy() != nullptr;
}

QSet<QWidget *> controlsIn(const QWidget &root)
{
    QSet<QWidget *> controls;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->isEnabled() && widget->window() == root.window() &&
            (widget->focusPolicy() & Qt::TabFocus) != 0 && !isPartOfAWhole(*widget)) {
            controls.insert(widget);
        }
    }
    return controls;
}

/// Whether a picture of the control differs with the focus in it and without.
bool showsFocus(QWidget &control)
{
    const QImage with = control.grab().toImage();
    control.clearFocus();
    const QImage without = control.grab().toImage();
    control.setFocus(Qt::TabFocusReason);
    return with != without;
}

/// Walks through the window by Tab, and by F6 where the text takes Tab, until it has come round.
/// Returns what is wrong, one finding a line.
QStringList walk(const QWidget &root)
{
    QStringList findings;
    QSet<QWidget *> seen;
    for (int step = 0; step < kManySteps; ++step) {
        QWidget *now = QApplication::focusWidget();
        if (now == nullptr) {
            return {QStringLiteral("nothing has the focus")};
        }
        if (!seen.contains(now) && !showsFocus(*now)) {
            findings.append(QStringLiteral("the focus cannot be seen: ") + nameOf(*now));
        }
        seen.insert(now);
        const auto *text = qobject_cast<QPlainTextEdit *>(now);
        const bool takesTab = text != nullptr && !text->tabChangesFocus() && !text->isReadOnly();
        QTest::keyClick(now, takesTab ? Qt::Key_F6 : Qt::Key_Tab);
        if (QApplication::focusWidget() == now) {
            findings.append(QStringLiteral("there is no way on from ") + nameOf(*now));
            break;
        }
    }
    // Some controls show only while something else has the focus: what is there now counts.
    const QSet<QWidget *> controls = controlsIn(root);
    for (QWidget *control : controls) {
        if (!seen.contains(control)) {
            findings.append(QStringLiteral("Tab does not come to ") + nameOf(*control));
        }
    }
    return findings;
}

#define VERIFY_WALK(root)                                                                          \
    do {                                                                                           \
        const QStringList found = walk(root);                                                      \
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));                      \
    } while (false)

/// As the Menu key does it.
void pressMenuKey(QWidget &widget)
{
    const QPoint place = widget.inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, place, widget.mapToGlobal(place));
    QApplication::sendEvent(&widget, &event);
}

} // namespace

class KeyboardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        scene = std::make_unique<Scene>();
        scene->blue.window->resize(1280, 800);
        scene->blue.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(scene->blue.window.get()));
    }
    void cleanup() { scene.reset(); }

    void dialogs_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QByteArray>("dialog");
        const auto add = [](const char *action, const char *dialog) {
            QTest::newRow(dialog) << QByteArray(action) << QByteArray(dialog);
        };
        add("actionIdentity", "identityDialog");
        add("actionJoin", "joinDialog");
        add("actionShortcuts", "shortcutsDialog");
    }
    void dialogs()
    {
        QFETCH(QByteArray, action);
        QFETCH(QByteArray, dialog);
        const Person &blue = scene->blue;
        blue.trigger(action.constData());
        QPointer<QDialog> shown;
        QTRY_VERIFY((shown = blue.window->findChild<QDialog *>(QLatin1String(dialog))) &&
                    shown->isVisible());
        shown->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(shown));
        QTRY_VERIFY(QApplication::focusWidget() != nullptr &&
                    QApplication::focusWidget()->window() == shown);
        VERIFY_WALK(*shown);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(shown.isNull() || !shown->isVisible());
    }

    void panesByF6()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionChat");
        auto *input = blue.find<QWidget>("chatInput");
        input->setFocus();
        const auto press = [](Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, modifiers);
        };
        press();
        QVERIFY(blue.find<QWidget>("sidebar")->isAncestorOf(QApplication::focusWidget()));
        press();
        QCOMPARE(QApplication::focusWidget(), blue.editor());
        press();
        // Where it was in there.
        QCOMPARE(QApplication::focusWidget(), input);
        press(Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), blue.editor());
        // What does not show is left out.
        blue.trigger("actionSidebar");
        press(Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), input);
    }

    void documentsByControlTab()
    {
        const Person &blue = scene->blue;
        QCOMPARE(blue.tabs()->currentIndex(), 2);
        blue.editor()->setFocus();
        QTest::keyClick(blue.editor(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(blue.tabs()->currentIndex(), 0);
        QTest::keyClick(blue.editor(), Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(blue.tabs()->currentIndex(), 2);
    }

    void theSideTabsByArrows()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionChat");
        auto *tabs = blue.find<QTabBar>("sideTabs");
        tabs->setFocus(Qt::TabFocusReason);
        QTest::keyClick(tabs, Qt::Key_Right);
        QVERIFY(blue.find<QWidget>("peopleList")->isVisible());
        QTest::keyClick(tabs, Qt::Key_Right);
        QVERIFY(blue.find<QWidget>("commentList")->isVisible());
    }

    void documentsByArrowsReturnAndMenu()
    {
        const Person &blue = scene->blue;
        auto *list = blue.find<QListView>("documentList");
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Home);
        QTest::keyClick(list, Qt::Key_End);
        const QString title = list->currentIndex().data().toString();
        QVERIFY(title != blue.window->currentView()->replica().title());
        pressMenuKey(*list);
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = blue.window->findChild<QMenu *>(QStringLiteral("documentMenu"))) !=
                        nullptr &&
                    menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Escape);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(blue.window->currentView()->replica().title(), title);
    }

    void peopleByArrowsAndReturn()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionPeople");
        auto *list = blue.find<QListView>("peopleList");
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 4, kPatience);
        list->setFocus(Qt::TabFocusReason);
        QVERIFY(list->currentIndex().isValid());
        const int row = list->currentIndex().row();
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), row + 1);
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(list->isVisible());
    }

    void messagesByArrowsAndMenu()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionChat");
        auto *list = blue.find<QListView>("chatList");
        QCOMPARE(list->model()->rowCount(), 4);
        list->setFocus(Qt::TabFocusReason);
        // The latest comes first to somebody who has just come.
        QCOMPARE(list->currentIndex().row(), 3);
        QTest::keyClick(list, Qt::Key_Up);
        QTest::keyClick(list, Qt::Key_Up);
        QCOMPARE(list->currentIndex().row(), 1);
        // "See line 16"
        pressMenuKey(*list);
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = blue.window->findChild<QMenu *>(QStringLiteral("chatMenu"))) !=
                        nullptr &&
                    menu->isVisible());
        auto *follow = menu->findChild<QAction *>(QStringLiteral("actionFollow"));
        QVERIFY(follow != nullptr);
        follow->trigger();
        menu->close();
        QCOMPARE(blue.editor()->textCursor().blockNumber() + 1, 16);
        QTRY_COMPARE(QApplication::focusWidget(), blue.editor());
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Return);
        QVERIFY(blue.find<QWidget>("chatReply")->isVisible());
        QCOMPARE(QApplication::focusWidget(), blue.find<QWidget>("chatInput"));
    }

    void commentsByArrowsAndReturn()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionComments");
        QList<QWidget *> cards;
        QTRY_COMPARE(
            (cards = blue.window->findChildren<QWidget *>(QStringLiteral("commentCard"))).size(),
            2);
        std::sort(cards.begin(), cards.end(),
                  [](const QWidget *a, const QWidget *b) { return a->y() < b->y(); });
        cards.first()->setFocus(Qt::TabFocusReason);
        QTest::keyClick(cards.first(), Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), cards.last());
        QTest::keyClick(cards.last(), Qt::Key_Down);
        QCOMPARE(QApplication::focusWidget(), cards.last());
        QTest::keyClick(cards.last(), Qt::Key_Up);
        QCOMPARE(QApplication::focusWidget(), cards.first());
        QTest::keyClick(cards.first(), Qt::Key_Return);
        QCOMPARE(QApplication::focusWidget(),
                 cards.first()->findChild<QWidget *>(QStringLiteral("commentReply")));
    }

    void historyByArrowsAndMenu()
    {
        const Person &blue = scene->blue;
        blue.trigger("actionHistory");
        auto *list = blue.find<QListView>("historyList");
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 1, kPatience);
        list->setFocus(Qt::TabFocusReason);
        QTest::keyClick(list, Qt::Key_Down);
        QTest::keyClick(list, Qt::Key_Down);
        QTRY_VERIFY(blue.window->currentView()->pastMoment().has_value());
        pressMenuKey(*list);
        QMenu *menu = nullptr;
        QTRY_VERIFY((menu = blue.window->findChild<QMenu *>(QStringLiteral("historyMenu"))) !=
                        nullptr &&
                    menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Escape);
        QTest::keyClick(list, Qt::Key_Escape);
        QTRY_VERIFY(!blue.window->currentView()->pastMoment().has_value());
    }

private:
    std::unique_ptr<Scene> scene;
};

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
