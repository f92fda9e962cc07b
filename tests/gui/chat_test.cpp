#include "libsync/session/document/chat.h"
#include "tests/gui/person.h"
#include "ui/document/document_view.h"
#include "ui/panes/chat_model.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QTest>

#include <optional>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using ui::ChatModel;

namespace {

QListView *listOf(const Person &person)
{
    return person.find<QListView>("chatList");
}

QModelIndex message(const Person &person, int row)
{
    return listOf(person)->model()->index(row, 0);
}

int count(const Person &person)
{
    return listOf(person)->model()->rowCount();
}

session::Chat &chatOf(const Person &person)
{
    return person.window->currentView()->replica().chat();
}

/// By keys, as a person does.
void say(const Person &person, const QString &text)
{
    auto *input = person.find<QLineEdit>("chatInput");
    QTest::keyClicks(input, text);
    QTest::keyClick(input, Qt::Key_Return);
    QCOMPARE(input->text(), QString());
}

/// A point of a message where the pointer becomes a hand, the first from its top.
std::optional<QPoint> leadingPoint(const Person &person, int row)
{
    QListView *list = listOf(person);
    const QModelIndex index = message(person, row);
    list->scrollTo(index);
    const QRect area = list->visualRect(index);
    for (int y = area.top(); y < area.bottom(); y += 4) {
        for (int x = area.left(); x < area.right(); x += 4) {
            QTest::mouseMove(list->viewport(), {x, y});
            QMouseEvent move(QEvent::MouseMove, QPointF(x, y),
                             list->viewport()->mapToGlobal(QPointF(x, y)), Qt::NoButton,
                             Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(list->viewport(), &move);
            if (list->viewport()->cursor().shape() == Qt::PointingHandCursor) {
                return QPoint(x + 2, y + 2);
            }
        }
    }
    return std::nullopt;
}

void clickLead(const Person &person, int row)
{
    const auto point = leadingPoint(person, row);
    QVERIFY(point.has_value());
    QTest::mouseClick(listOf(person)->viewport(), Qt::LeftButton, {}, *point);
}

} // namespace

/// The conversation beside a shared text, as two people have it.
class ChatTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        blue = std::make_unique<Person>(QStringLiteral("Blue"));
        green = std::make_unique<Person>(QStringLiteral("Green"));
        for (const auto &person : {blue.get(), green.get()}) {
            person->window->resize(1280, 800);
        }
        blue->trigger("actionNew");
        QTRY_VERIFY(blue->editor() != nullptr && !blue->editor()->isReadOnly());
        blue->editor()->insertPlainText(QStringLiteral("one\ntwo\nthree\nfour\n"));
        green->window->join(blue->share());
        QTRY_VERIFY_WITH_TIMEOUT(green->editor() != nullptr &&
                                     green->editor()->document()->blockCount() == 5,
                                 kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue->window->currentView()->people().size(), 2, kPatience);
        blue->trigger("actionChat");
        green->trigger("actionChat");
    }

    void cleanup()
    {
        green.reset();
        blue.reset();
    }

    void aLineInAMessageLeadsThere()
    {
        say(*blue, QStringLiteral("Is line 3 right?"));
        QTRY_COMPARE_WITH_TIMEOUT(count(*green), 1, kPatience);
        clickLead(*green, 0);
        QCOMPARE(green->editor()->textCursor().blockNumber(), 2);
        say(*green, QStringLiteral("There is no line 99"));
        clickLead(*green, 1);
        QCOMPARE(green->editor()->textCursor().blockNumber(), 4);
    }

    void aLinkToADocumentAsksBeforeItJoins()
    {
        say(*blue, QStringLiteral("See cowrite://127.0.0.1:1/r/other"));
        QTRY_COMPARE_WITH_TIMEOUT(count(*green), 1, kPatience);
        clickLead(*green, 0);
        QTRY_VERIFY(green->window->findChild<QWidget *>(QStringLiteral("joinQuestion")) != nullptr);
        QCOMPARE(green->tabs()->count(), 1);
    }

    void aMessageIsAnswered()
    {
        say(*blue, QStringLiteral("Who brings the log?"));
        QTRY_COMPARE_WITH_TIMEOUT(count(*green), 1, kPatience);
        answer(*green, 0);
        QCOMPARE(green->label("chatReplyTo"), QStringLiteral("Answer to Blue"));
        say(*green, QStringLiteral("I do"));
        QVERIFY(!green->find<QWidget>("chatReply")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(count(*blue), 2, kPatience);
        QCOMPARE(message(*blue, 1).data(ChatModel::QuoteRole).toString(),
                 QStringLiteral("Blue (you): Who brings the log?"));
        clickLead(*blue, 1);
        QCOMPARE(listOf(*blue)->currentIndex(), message(*blue, 0));

        // Escape is for who did not mean to answer.
        answer(*green, 0);
        QTest::keyClick(green->find<QLineEdit>("chatInput"), Qt::Key_Escape);
        say(*green, QStringLiteral("Something else"));
        QTRY_COMPARE_WITH_TIMEOUT(count(*blue), 3, kPatience);
        QCOMPARE(message(*blue, 2).data(ChatModel::QuotedIdRole).toString(), QString());
    }

    void anAtSignOffersPeople()
    {
        auto *input = blue->find<QLineEdit>("chatInput");
        QTest::keyClicks(input, QStringLiteral("Ask @gr"));
        auto *names = input->findChild<QCompleter *>()->popup();
        QVERIFY(names->isVisible());
        QTest::keyClick(names, Qt::Key_Return);
        QCOMPARE(input->text(), QStringLiteral("Ask @Green "));
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(count(*green), 1, kPatience);
        QVERIFY(message(*green, 0).data(ChatModel::MentionsSelfRole).toBool());
        QVERIFY(!message(*blue, 0).data(ChatModel::MentionsSelfRole).toBool());
        green->keep(QStringLiteral("chat-mention"));
    }

    void whoWroteInAnotherDocumentIsNotOffered()
    {
        say(*green, QStringLiteral("Here"));
        QTRY_COMPARE_WITH_TIMEOUT(count(*blue), 1, kPatience);
        blue->trigger("actionNew");
        QTRY_COMPARE(count(*blue), 0);
        auto *input = blue->find<QLineEdit>("chatInput");
        QTRY_VERIFY(input->isEnabled());
        QTest::keyClicks(input, QStringLiteral("@gr"));
        QVERIFY(!input->findChild<QCompleter *>()->popup()->isVisible());
    }

    void messagesAreSearched()
    {
        for (const char *text : {"The crane", "The permit", "Another crane"}) {
            say(*blue, QString::fromLatin1(text));
        }
        blue->trigger("actionSearchChat");
        auto *search = blue->find<QLineEdit>("chatSearch");
        QVERIFY(search->isVisible());
        QTest::keyClicks(search, QStringLiteral("CRANE"));
        QCOMPARE(count(*blue), 2);
        QTest::keyClicks(search, QStringLiteral("s of Rome"));
        QCOMPARE(count(*blue), 0);
        QCOMPARE(blue->label("chatEmpty"), QStringLiteral("No message has “CRANEs of Rome”."));
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(!search->isVisible());
        QCOMPARE(count(*blue), 3);
    }

    void whatWasFoundIsShownAmongItsNeighbours()
    {
        for (int i = 0; i < 60; ++i) {
            send(*blue, QStringLiteral("number %1").arg(i));
        }
        blue->trigger("actionSearchChat");
        QTest::keyClicks(blue->find<QLineEdit>("chatSearch"), QStringLiteral("number 7"));
        QCOMPARE(count(*blue), 1);
        QListView *list = listOf(*blue);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(message(*blue, 0)).center());
        QCOMPARE(count(*blue), 60);
        QCOMPARE(list->currentIndex().row(), 7);
        QVERIFY(list->viewport()->rect().contains(list->visualRect(message(*blue, 7)).center()));
    }

    void earlierMessagesComeAsOneGoesBack()
    {
        constexpr int kMessages = 2 * ChatModel::kPage + 50;
        for (int i = 0; i < kMessages; ++i) {
            send(*blue, QStringLiteral("number %1").arg(i));
        }
        green->window->close();
        QTRY_VERIFY_WITH_TIMEOUT(!green->window->isVisible(), kPatience);
        QListView *list = listOf(*blue);
        // As it is opened anew.
        auto *model = qobject_cast<ChatModel *>(list->model());
        model->setMessages({}, {});
        model->setMessages(chatOf(*blue).messages(), blue->profile->identity());
        QCOMPARE(count(*blue), ChatModel::kPage);
        QCOMPARE(message(*blue, 0).data().toString(), QStringLiteral("number 250"));
        list->scrollToBottom();
        list->verticalScrollBar()->setValue(0);
        QCOMPARE(count(*blue), 2 * ChatModel::kPage);
        // What was at the top still is.
        const QModelIndex top = list->indexAt({100, 15});
        QCOMPARE(top.data().toString(), QStringLiteral("number 250"));
        list->verticalScrollBar()->setValue(0);
        QCOMPARE(count(*blue), kMessages);
        list->verticalScrollBar()->setValue(0);
        QCOMPARE(count(*blue), kMessages);
        QCOMPARE(message(*blue, 0).data().toString(), QStringLiteral("number 0"));
    }

    void whatIsSaidOfflineComesLater()
    {
        green->trigger("actionOffline");
        QTRY_VERIFY(!green->banner().isEmpty());
        say(*green, QStringLiteral("Said in the tunnel"));
        QCOMPARE(count(*green), 1);
        QCOMPARE(count(*blue), 0);
        green->trigger("actionConnect");
        QTRY_COMPARE_WITH_TIMEOUT(count(*blue), 1, kPatience);
    }

private:
    static void send(const Person &person, const QString &text)
    {
        QVERIFY(chatOf(person).send(person.profile->identity(), text));
    }

    static void answer(const Person &person, int row)
    {
        QListView *list = listOf(person);
        const QPoint point = list->visualRect(message(person, row)).center();
        Q_EMIT list->customContextMenuRequested(point);
        auto *menu = person.window->findChild<QMenu *>(QStringLiteral("chatMenu"));
        QVERIFY(menu != nullptr);
        menu->findChild<QAction *>(QStringLiteral("actionAnswer"))->trigger();
        menu->close();
    }

    std::unique_ptr<Person> blue;
    std::unique_ptr<Person> green;
};

QTEST_MAIN(ChatTest)
#include "chat_test.moc"
