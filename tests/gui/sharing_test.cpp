// Sharing a document, and who is in it: the popover, the People pane, following.
#include "tests/gui/person.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/look/qr_code.h"
#include "ui/window/faces_bar.h"

#include <QApplication>
#include <QComboBox>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QTest>

#include <memory>

#include <qrencode.h>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;

namespace {

QComboBox *choice(const Person &person, const char *name)
{
    return person.find<QComboBox>(name);
}

/// As a person does, by keys.
void choose(QComboBox *box, const QString &text)
{
    QTest::keyClick(box, Qt::Key_Home);
    while (box->currentText() != text) {
        const int before = box->currentIndex();
        QTest::keyClick(box, Qt::Key_Down);
        QVERIFY(box->currentIndex() != before);
    }
}

/// In the menu that is open.
QAction *inMenu(const Person &person, const char *name)
{
    const auto *menu = person.find<QMenu>("personMenu");
    return menu == nullptr ? nullptr : menu->findChild<QAction *>(QLatin1String(name));
}

/// As if it had been clicked.
void chooseInMenu(const Person &person, const char *name)
{
    auto *menu = person.find<QMenu>("personMenu");
    QAction *const action = inMenu(person, name);
    QVERIFY(action != nullptr);
    menu->close();
    action->trigger();
}

/// Opens the menu of somebody in the People pane.
void openMenuOf(const Person &person, const QString &name)
{
    auto *list = person.find<QListView>("peopleList");
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.data(ui::PeopleModel::NameRole).toString() == name) {
            Q_EMIT list->customContextMenuRequested(list->visualRect(index).center());
            return;
        }
    }
    QFAIL("nobody of this name is there");
}

QStringList rolesSeenBy(const Person &person)
{
    QStringList roles;
    const auto *model = person.find<QListView>("peopleList")->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        const QString role = index.data(ui::PeopleModel::AccessRole).toString();
        if (!role.isEmpty()) {
            roles.append(index.data(ui::PeopleModel::NameRole).toString() + u' ' + role);
        }
    }
    return roles;
}

QString whereabouts(const Person &person, const QString &name)
{
    const auto *model = person.find<QListView>("peopleList")->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.data(ui::PeopleModel::NameRole).toString() == name) {
            return index.data(ui::PeopleModel::WhereaboutsRole).toString();
        }
    }
    return {};
}

/// Blue shares a long document, and Green has come by its link.
struct Together {
    Together()
    {
        QByteArray text = "# Launch plan\n";
        for (int line = 2; line <= 200; ++line) {
            text += "line " + QByteArray::number(line) + '\n';
        }
        blue.window->openFile(blue.writeFile(QStringLiteral("plan.md"), text));
        QTRY_VERIFY(blue.editor() != nullptr && blue.editor()->document()->blockCount() == 201);
        link = blue.share();
        green.window->join(link);
        QTRY_VERIFY_WITH_TIMEOUT(green.editor() != nullptr &&
                                     green.editor()->document()->blockCount() == 201,
                                 kPatience);
        QTRY_COMPARE(blue.window->currentView()->people().size(), 2);
        QTRY_COMPARE(green.window->currentView()->people().size(), 2);
    }

    /// Key of the other one, as `person` knows them.
    static quint64 other(const Person &person)
    {
        return person.window->currentView()->people().last().key;
    }
    static void clickFace(const Person &person)
    {
        // Myself first, then the other one: 20 pixels a face.
        QTest::mouseClick(person.find<ui::FacesBar>("faces"), Qt::LeftButton, {}, QPoint(33, 13));
    }
    static bool isFramed(const Person &person)
    {
        const QWidget *viewport = person.editor()->viewport();
        const QColor color = person.window->currentView()->people().last().color;
        const QImage picture = const_cast<QWidget *>(viewport)->grab().toImage();
        return picture.pixelColor(picture.width() / 2, 0) == color &&
               picture.pixelColor(picture.width() - 1, picture.height() / 2) == color;
    }

    Person blue{QStringLiteral("Blue")};
    Person green{QStringLiteral("Green")};
    QString link;
};

} // namespace

class SharingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onePressMakesALinkThatLetsOthersWrite();
    void whatTheLinkAllowsHoldsAtOnce();
    void aNewLinkEndsTheOldOne();
    void whoCameByTheLinkIsListedAndRuled();
    void thePictureIsTheLinkForABrowser();
    void sharingGoesOnAfterARestart();
    void thePeoplePaneSaysWhatEverybodyMayDo();
    void aSecondClickFollowsUntilAKey();
    void whoIsFollowedShowsWhatIsOnTheirScreen();
    void whoLeavesIsNotFollowedAnyMore();
    void itLooksLikeTheMockup_data();
    void itLooksLikeTheMockup();
};

void SharingTest::onePressMakesALinkThatLetsOthersWrite()
{
    const Together both;
    QVERIFY2(both.link.startsWith(QStringLiteral("cowrite://")) &&
                 both.link.contains(QStringLiteral("#.")),
             qPrintable(both.link));
    QTest::keyClicks(both.green.editor(), QStringLiteral("from Green "));
    QTRY_VERIFY(both.blue.editor()->toPlainText().startsWith(QStringLiteral("from Green ")));
    both.blue.press("shareButton");
    QCOMPARE(both.blue.find<QLineEdit>("shareLink")->text(), both.link);
    QCOMPARE(choice(both.blue, "shareRole")->currentText(), QStringLiteral("can edit"));
    QCOMPARE(choice(both.blue, "shareLife")->currentText(), QStringLiteral("7 days"));
}

void SharingTest::whatTheLinkAllowsHoldsAtOnce()
{
    const Together both;
    both.blue.press("shareButton");
    choose(choice(both.blue, "shareRole"), QStringLiteral("can view"));
    QTRY_VERIFY(both.green.editor()->isReadOnly());
    QTRY_VERIFY(both.green.banner().contains(QStringLiteral("read this document")));
    QCOMPARE(both.blue.find<QLineEdit>("shareLink")->text(), both.link);
    choose(choice(both.blue, "shareRole"), QStringLiteral("can edit"));
    QTRY_VERIFY(!both.green.editor()->isReadOnly());
    choose(choice(both.blue, "shareLife"), QStringLiteral("no end"));
    both.blue.press("shareDone");
    both.blue.press("shareButton");
    QCOMPARE(choice(both.blue, "shareLife")->currentText(), QStringLiteral("no end"));
}

void SharingTest::aNewLinkEndsTheOldOne()
{
    const Together both;
    both.blue.press("shareButton");
    both.blue.press("shareNewLink");
    const QString link = both.blue.find<QLineEdit>("shareLink")->text();
    QVERIFY(link != both.link);
    QTRY_VERIFY(both.green.banner().contains(QStringLiteral("withdrawn")));
    both.green.window->join(link);
    QTRY_VERIFY(both.green.banner().isEmpty());
}

void SharingTest::whoCameByTheLinkIsListedAndRuled()
{
    const Together both;
    both.blue.press("shareButton");
    QTRY_VERIFY(both.blue.find<QLabel>("shareGuestName") != nullptr);
    QTRY_COMPARE(both.blue.label("shareGuestName"), QStringLiteral("Green"));
    choose(choice(both.blue, "shareGuestRole"), QStringLiteral("can comment"));
    QTRY_VERIFY(both.green.editor()->isReadOnly());
    QCOMPARE(choice(both.blue, "shareRole")->currentText(), QStringLiteral("can edit"));
    QTRY_COMPARE(choice(both.blue, "shareGuestRole")->currentText(), QStringLiteral("can comment"));
    both.blue.press("shareGuestRemove");
    QTRY_VERIFY(both.green.banner().contains(QStringLiteral("removed from this session")));
    QTRY_COMPARE(both.blue.window->currentView()->people().size(), 1);
    QTRY_VERIFY(!both.blue.find<QWidget>("shareGuests")->isVisible());
}

void SharingTest::thePictureIsTheLinkForABrowser()
{
    const Together both;
    both.blue.press("shareButton");
    // A telephone cannot reach what is for this computer only.
    QVERIFY(!both.blue.find<QWidget>("shareQr")->isVisible());
    both.green.press("shareButton");
    auto *qr = both.green.find<ui::QrCode>("shareQr");
    QVERIFY(qr->isVisible());
    both.green.press("shareCopyForBrowser");
    const QByteArray page = both.green.window->currentView()->replica().pageInvitation().toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(page.constData(), 0, QR_ECLEVEL_L), &QRcode_free);
    QCOMPARE(qr->moduleCount(), code->width);
    const QImage picture = qr->grab().toImage();
    const int side = picture.width() / (code->width + 8);
    for (int i = 0; i < code->width * code->width; ++i) {
        const int x = side * (4 + i % code->width) + side / 2;
        const int y = side * (4 + i / code->width) + side / 2;
        QVERIFY((qGray(picture.pixel(x, y)) < 128) == ((code->data[i] & 1) != 0));
    }
    QCOMPARE(picture.pixelColor(side, side), QColor(Qt::white));
}

void SharingTest::sharingGoesOnAfterARestart()
{
    Together both;
    both.blue.window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!both.blue.window->isVisible(), kPatience);
    both.blue.window.reset();
    both.blue.profile.reset();
    both.blue.start({});
    both.blue.window->restoreDocuments();
    QTRY_COMPARE_WITH_TIMEOUT(both.blue.window->currentView()->people().size(), 2, kPatience);
    QCOMPARE(both.blue.share(), both.link);
}

void SharingTest::thePeoplePaneSaysWhatEverybodyMayDo()
{
    const Together both;
    both.blue.trigger("actionPeople");
    both.green.trigger("actionPeople");
    QTRY_COMPARE(rolesSeenBy(both.blue), QStringList{QStringLiteral("Green can edit")});
    openMenuOf(both.blue, QStringLiteral("Green"));
    QVERIFY(inMenu(both.blue, "personMayEdit")->isChecked());
    chooseInMenu(both.blue, "personMayView");
    QTRY_COMPARE(rolesSeenBy(both.blue), QStringList{QStringLiteral("Green can view")});
    QTRY_COMPARE(rolesSeenBy(both.green), QStringList{QStringLiteral("Green can view")});
    QTRY_VERIFY(both.green.editor()->isReadOnly());
    // Who is a guest rules nobody.
    openMenuOf(both.green, QStringLiteral("Blue"));
    QVERIFY(inMenu(both.green, "personFollow") != nullptr);
    QVERIFY(inMenu(both.green, "personRemove") == nullptr);
    both.green.find<QMenu>("personMenu")->close();
    openMenuOf(both.blue, QStringLiteral("Green"));
    chooseInMenu(both.blue, "personRemove");
    QTRY_VERIFY(both.green.banner().contains(QStringLiteral("removed from this session")));
}

void SharingTest::aSecondClickFollowsUntilAKey()
{
    const Together both;
    both.blue.trigger("actionPeople");
    auto *text = both.blue.find<ui::Editor>("editor");
    text->select({text->text().length() - 1, text->text().length() - 1});
    QTRY_VERIFY(whereabouts(both.blue, QStringLiteral("Blue")).contains(QStringLiteral("200")));
    auto *bar = both.green.editor()->verticalScrollBar();
    QCOMPARE(bar->value(), 0);
    const auto blueIsKnownBelow = [&both] {
        const QList<ui::Person> people = both.green.window->currentView()->people();
        return people.size() == 2 && people.last().whereabouts.contains(QStringLiteral("200"));
    };
    QTRY_VERIFY(blueIsKnownBelow());
    Together::clickFace(both.green);
    QVERIFY(bar->value() > 0);
    QVERIFY(!both.green.window->currentView()->people().last().isFollowed);
    Together::clickFace(both.green);
    QVERIFY(both.green.window->currentView()->people().last().isFollowed);
    QVERIFY(Together::isFramed(both.green));
    QTRY_VERIFY(
        whereabouts(both.blue, QStringLiteral("Green")).contains(QStringLiteral("follows you")));

    QTest::keyClick(both.blue.editor(), Qt::Key_Home, Qt::ControlModifier);
    QTRY_COMPARE(bar->value(), 0);
    QTest::keyClick(both.green.editor(), Qt::Key_Down);
    QVERIFY(!both.green.window->currentView()->people().last().isFollowed);
    QVERIFY(!Together::isFramed(both.green));
    QTRY_VERIFY(
        !whereabouts(both.blue, QStringLiteral("Green")).contains(QStringLiteral("follows")));
}

void SharingTest::whoIsFollowedShowsWhatIsOnTheirScreen()
{
    const Together both;
    both.green.trigger("actionPeople");
    openMenuOf(both.green, QStringLiteral("Blue"));
    chooseInMenu(both.green, "personFollow");
    auto *theirs = both.blue.editor()->verticalScrollBar();
    auto *mine = both.green.editor()->verticalScrollBar();
    theirs->setValue(50);
    QTRY_COMPARE(mine->value(), 50);
    theirs->setValue(20);
    QTRY_COMPARE(mine->value(), 20);
    // My own wheel ends it.
    QWheelEvent wheel(QPointF(50, 50), both.green.editor()->mapToGlobal(QPointF(50, 50)), {},
                      QPoint(0, -120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(both.green.editor()->viewport(), &wheel);
    QVERIFY(!both.green.window->currentView()->people().last().isFollowed);
    QTRY_VERIFY(!both.blue.window->currentView()->replica().people().front().viewport);
}

void SharingTest::whoLeavesIsNotFollowedAnyMore()
{
    Together both;
    both.green.window->currentView()->followPerson(Together::other(both.green));
    QVERIFY(both.green.window->currentView()->people().last().isFollowed);
    both.blue.window.reset();
    both.blue.profile.reset();
    QTRY_COMPARE(both.green.window->currentView()->people().size(), 1);
    QVERIFY(!both.green.window->currentView()->people().first().isFollowed);
}

void SharingTest::itLooksLikeTheMockup_data()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << "light";
    QTest::newRow("dark") << "dark";
}

void SharingTest::itLooksLikeTheMockup()
{
    QFETCH(QString, theme);
    const Together both;
    for (const Person *person : {&both.blue, &both.green}) {
        person->window->resize(1280, 800);
        person->trigger(theme == QLatin1String("light") ? "actionTheme_light" : "actionTheme_dark");
        person->trigger("actionPeople");
    }
    both.blue.press("shareButton");
    QTRY_COMPARE(both.blue.label("shareGuestName"), QStringLiteral("Green"));
    both.blue.keep(QStringLiteral("share-host-") + theme);
    both.blue.press("shareDone");
    both.green.press("shareButton");
    both.green.keep(QStringLiteral("share-guest-") + theme);
    both.green.press("shareDone");
    both.green.window->currentView()->followPerson(Together::other(both.green));
    QTRY_VERIFY(
        whereabouts(both.blue, QStringLiteral("Green")).contains(QStringLiteral("ollows you")));
    both.green.keep(QStringLiteral("following-") + theme);
    both.blue.keep(QStringLiteral("followed-") + theme);
}

QTEST_MAIN(SharingTest)
#include "sharing_test.moc"
