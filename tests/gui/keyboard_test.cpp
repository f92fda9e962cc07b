// By keyboard: F6 goes from pane to pane, and what is in lists can be chosen without a pointer.
#include "tests/gui/scene.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <QTest>

#include <algorithm>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using guitest::Scene;

namespace {

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
        auto *language = blue.find<QWidget>("statusLanguage");
        QCOMPARE(QApplication::focusWidget(), language);
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
        QCOMPARE(QApplication::focusWidget(), language);
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
