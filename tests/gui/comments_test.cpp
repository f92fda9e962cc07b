#include "libsync/session/document/comments.h"
#include "tests/gui/person.h"
#include "ui/editor/editor.h"
#include "ui/panes/comment_card.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;
using ui::CommentCard;

/// Comments beside a shared text, as two people see them.
class CommentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        blue = std::make_unique<Person>(QStringLiteral("Blue"));
        green = std::make_unique<Person>(QStringLiteral("Green"));
        blue->window->resize(1280, 800);
        green->window->resize(1280, 800);
        blue->trigger("actionNew");
        QTRY_VERIFY(blue->editor() != nullptr && !blue->editor()->isReadOnly());
        blue->editor()->insertPlainText(QStringLiteral("# Launch plan\n\nWe leave from the north "
                                                       "landing.\nEach boat carries one sonde.\n"));
        green->window->join(blue->share());
        QTRY_COMPARE_WITH_TIMEOUT(green->editor() ? green->editor()->toPlainText() : QString(),
                                  blue->editor()->toPlainText(), kPatience);
    }

    void cleanup()
    {
        green.reset();
        blue.reset();
    }

    void aCommentIsAnsweredAndResolved()
    {
        comment(*blue, QStringLiteral("north landing"), QStringLiteral("Is it open again?"));
        QTRY_COMPARE_WITH_TIMEOUT(cards(*green).size(), 1, kPatience);
        QCOMPARE(texts(*green), QStringList{QStringLiteral("Is it open again?")});
        QCOMPARE(labelOf(*green, "commentQuote"), QStringLiteral("“north landing”"));
        QCOMPARE(labelOf(*green, "commentWhere"), QStringLiteral("Line 3"));
        QCOMPARE(sideTab(*green, 2), QStringLiteral("Comments 1"));

        // What waits to be read opens nothing by itself; looking at the text does.
        caretInto(*green, QStringLiteral("north"));
        auto *reply = cards(*green).first()->findChild<QLineEdit *>(QLatin1String("commentReply"));
        green->trigger("actionComments");
        QTRY_VERIFY(reply->isVisible());
        reply->setFocus();
        QTest::keyClicks(reply, QStringLiteral("Since Monday"));
        QTest::keyClick(reply, Qt::Key_Return);
        QCOMPARE(reply->text(), QString());
        QTRY_COMPARE_WITH_TIMEOUT(
            texts(*blue),
            (QStringList{QStringLiteral("Is it open again?"), QStringLiteral("Since Monday")}),
            kPatience);
        screenshot(*green, "comments");

        cards(*green).first()->findChild<QPushButton *>(QLatin1String("commentResolve"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(sideTab(*blue, 2), QStringLiteral("Comments"), kPatience);
        QTRY_VERIFY(cards(*blue).isEmpty());
        blue->trigger("actionComments");
        auto *showResolved =
            blue->window->findChild<QAbstractButton *>(QLatin1String("commentsResolved"));
        QTRY_VERIFY(showResolved->isVisible());
        showResolved->click();
        QTRY_COMPARE(cards(*blue).size(), 1);
        QTest::mouseClick(cards(*blue).first(), Qt::LeftButton, {}, {20, 20});
        cards(*blue).first()->findChild<QPushButton *>(QLatin1String("commentResolve"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(sideTab(*green, 2), QStringLiteral("Comments 1"), kPatience);
    }

    void aCommentFollowsItsTextAndOutlivesIt()
    {
        comment(*blue, QStringLiteral("one sonde"), QStringLiteral("Two would be better"));
        QTRY_COMPARE_WITH_TIMEOUT(cards(*green).size(), 1, kPatience);
        green->editor()->moveCursor(QTextCursor::Start);
        green->editor()->insertPlainText(QStringLiteral("a\nb\n"));
        QTRY_COMPARE_WITH_TIMEOUT(labelOf(*blue, "commentWhere"), QStringLiteral("Line 6"),
                                  kPatience);
        QTextCursor cursor = green->editor()->document()->find(QStringLiteral("one sonde"));
        QVERIFY(!cursor.isNull());
        cursor.removeSelectedText();
        QTRY_COMPARE_WITH_TIMEOUT(labelOf(*blue, "commentWhere"),
                                  QStringLiteral("The text was removed"), kPatience);
        QCOMPARE(labelOf(*blue, "commentQuote"), QStringLiteral("“one sonde”"));
    }

    void whatIsBeingWrittenSurvivesWhatOthersDo()
    {
        comment(*blue, QStringLiteral("boat"), QStringLiteral("Which?"));
        QTRY_COMPARE_WITH_TIMEOUT(cards(*green).size(), 1, kPatience);
        caretInto(*green, QStringLiteral("boat"));
        auto *reply = cards(*green).first()->findChild<QLineEdit *>(QLatin1String("commentReply"));
        reply->setText(QStringLiteral("half a sent"));
        comment(*blue, QStringLiteral("Launch"), QStringLiteral("When?"));
        QTRY_COMPARE_WITH_TIMEOUT(cards(*green).size(), 2, kPatience);
        QCOMPARE(reply->text(), QStringLiteral("half a sent"));
        // In the order of the text.
        green->trigger("actionComments");
        QTRY_COMPARE(texts(*green),
                     (QStringList{QStringLiteral("When?"), QStringLiteral("Which?")}));
    }

    void withoutASelectionItSaysWhatToDo()
    {
        blue->trigger("actionComment");
        auto *input = blue->window->findChild<QPlainTextEdit *>(QLatin1String("commentInput"));
        QTRY_VERIFY(input->isVisible());
        QVERIFY(!input->isEnabled());
        QVERIFY(
            !blue->window->findChild<QPushButton *>(QLatin1String("commentSubmit"))->isEnabled());
        blue->press("commentCancel");
        QTRY_VERIFY(!input->isVisible());
    }

private:
    static void comment(Person &person, const QString &about, const QString &text)
    {
        QTextCursor cursor = person.editor()->document()->find(about);
        QVERIFY(!cursor.isNull());
        person.editor()->setTextCursor(cursor);
        person.trigger("actionComment");
        auto *input = person.window->findChild<QPlainTextEdit *>(QLatin1String("commentInput"));
        QTRY_VERIFY(input->isVisible());
        QTest::keyClicks(input, text);
        QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!input->isVisible());
    }

    static void caretInto(Person &person, const QString &text)
    {
        QTextCursor cursor = person.editor()->document()->find(text);
        cursor.setPosition(cursor.selectionStart() + 1);
        person.editor()->setTextCursor(cursor);
    }

    /// From top to bottom.
    static QList<CommentCard *> cards(Person &person)
    {
        QList<CommentCard *> found;
        for (CommentCard *card : person.window->findChildren<CommentCard *>()) {
            if (!card->isHidden()) {
                found.append(card);
            }
        }
        std::sort(found.begin(), found.end(),
                  [](const CommentCard *a, const CommentCard *b) { return a->y() < b->y(); });
        return found;
    }

    static QStringList texts(Person &person)
    {
        QStringList all;
        for (const CommentCard *card : cards(person)) {
            for (const QLabel *label : card->findChildren<QLabel *>(QLatin1String("commentText"))) {
                all.append(label->text());
            }
        }
        return all;
    }

    static QString labelOf(Person &person, const char *name)
    {
        const QList<CommentCard *> found = cards(person);
        return found.isEmpty() ? QString()
                               : found.first()->findChild<QLabel *>(QLatin1String(name))->text();
    }

    static QString sideTab(Person &person, int index)
    {
        return person.window->findChild<QTabBar *>(QLatin1String("sideTabs"))->tabText(index);
    }

    static void screenshot(Person &person, const char *name)
    {
        for (const char *theme : {"light", "dark"}) {
            person.trigger((QByteArray("actionTheme_") + theme).constData());
            QCoreApplication::processEvents();
            person.keep(QLatin1String(name) + QLatin1Char('-') + QLatin1String(theme));
        }
    }

    std::unique_ptr<Person> blue;
    std::unique_ptr<Person> green;
};

QTEST_MAIN(CommentsTest)
#include "comments_test.moc"
