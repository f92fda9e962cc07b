#include "libsync/session/document/chat.h"
#include "tests/gui/writer.h"
#include "ui/document/document_view.h"
#include "ui/settings/settings.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QListView>
#include <QListWidget>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>

using namespace cowrite;
using guitest::kPatience;
using guitest::Writer;
using ui::Settings;

namespace {

/// The dialog of settings, with the page in front that has `widget` on it.
template <class Widget>
Widget *setting(const Writer &writer, const char *name)
{
    auto *dialog = writer.window->findChild<QDialog *>(QStringLiteral("settingsDialog"));
    if (dialog == nullptr) {
        writer.trigger("actionSettings");
        dialog = writer.window->findChild<QDialog *>(QStringLiteral("settingsDialog"));
    }
    auto *pages = dialog->findChild<QListWidget *>(QStringLiteral("settingsPages"));
    auto *widget = dialog->findChild<Widget *>(QLatin1String(name));
    for (int row = 0; row < pages->count() && !widget->isVisible(); ++row) {
        pages->setCurrentRow(row);
    }
    return widget;
}

void toggle(const Writer &writer, const char *name)
{
    setting<QCheckBox>(writer, name)->click();
}

void choose(const Writer &writer, const char *name, int index)
{
    auto *box = setting<QComboBox>(writer, name);
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < index; ++i) {
        QTest::keyClick(box, Qt::Key_Down);
    }
}

void enter(const Writer &writer, const char *name, int number)
{
    auto *box = setting<QSpinBox>(writer, name);
    box->selectAll();
    QTest::keyClicks(box, QString::number(number));
    QTest::keyClick(box, Qt::Key_Return);
}

void restart(Writer &writer)
{
    writer.window.reset();
    writer.profile.reset();
    writer.start({});
}

/// What Green is told about where Blue is.
QString whereabouts(const Writer &green, const QString &name)
{
    for (const ui::Person &person : green.window->currentView()->people()) {
        if (person.name == name) {
            return person.whereabouts;
        }
    }
    return QStringLiteral("(not there)");
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theEditorIsAsItWasSetAtOnceAndAtTheNextStart()
    {
        Writer blue(QStringLiteral("Blue"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        const int width = blue.text().gutterWidth();
        toggle(blue, "settingsLineNumbers");
        QVERIFY(blue.text().gutterWidth() < width);
        enter(blue, "settingsTextSize", 22);
        QCOMPARE(blue.text().font().pixelSize(), 22);
        toggle(blue, "settingsWrap");
        QCOMPARE(blue.text().lineWrapMode(), QPlainTextEdit::NoWrap);
        choose(blue, "settingsFace", 1);
        QCOMPARE(blue.text().font().family(), ui::proportionalFont().family());

        restart(blue);
        blue.open(QStringLiteral("other.txt"), "one\ntwo\n");
        QVERIFY(blue.text().gutterWidth() < width);
        QCOMPARE(blue.text().font().pixelSize(), 22);
        QCOMPARE(blue.text().lineWrapMode(), QPlainTextEdit::NoWrap);
        QCOMPARE(blue.text().font().family(), ui::proportionalFont().family());
    }

    void menuAndDialogSayTheSame()
    {
        Writer blue(QStringLiteral("Blue"));
        auto *box = setting<QCheckBox>(blue, "settingsWhitespace");
        QVERIFY(!box->isChecked());
        blue.trigger("actionWhitespace");
        QVERIFY(box->isChecked());
        box->click();
        QVERIFY(
            !blue.window->findChild<QAction *>(QStringLiteral("actionWhitespace"))->isChecked());
        choose(blue, "settingsAppearance", 2);
        QVERIFY(blue.window->findChild<QAction *>(QStringLiteral("actionTheme_dark"))->isChecked());
    }

    void theLookFollowsTheSystemUnlessOneWasChosen()
    {
        Writer blue(QStringLiteral("Blue"));
        const auto background = [] { return QApplication::palette().color(QPalette::Base); };
        QCOMPARE(background(), ui::Theme::light().page);
        blue.window->setSystemTheme(ui::Theme::dark());
        QCOMPARE(background(), ui::Theme::dark().page);
        choose(blue, "settingsAppearance", 1);
        QCOMPARE(background(), ui::Theme::light().page);
        blue.window->setSystemTheme(ui::Theme::light());
        blue.window->setSystemTheme(ui::Theme::dark());
        QCOMPARE(background(), ui::Theme::light().page);
        choose(blue, "settingsAppearance", 0);
        QCOMPARE(background(), ui::Theme::dark().page);
    }

    void nameAndColourAreThoseThatOthersSee()
    {
        Writer blue(QStringLiteral("Blue"));
        auto *name = setting<QLineEdit>(blue, "settingsName");
        name->selectAll();
        QTest::keyClicks(name, QStringLiteral("  Navy "));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(blue.profile->identity().name, QStringLiteral("Navy"));
        auto *color = setting<QWidget>(blue, "settingsColor");
        QTest::mouseClick(color, Qt::LeftButton, {}, QPoint(3, color->height() / 2));
        QCOMPARE(blue.profile->identity().color, session::palette().first());
        // Nobody is nameless.
        name->clear();
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(blue.profile->identity().name, QStringLiteral("Navy"));
        QCOMPARE(name->text(), QStringLiteral("Navy"));
    }

    void othersAreToldNoMoreThanOneWants()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "one\ntwo\n");
        green.window->join(blue.share());
        blue.editor()->moveCursor(QTextCursor::Down);
        QTRY_COMPARE_WITH_TIMEOUT(whereabouts(green, QStringLiteral("Blue")),
                                  QStringLiteral("Line 2"), kPatience);
        toggle(blue, "settingsTellPlace");
        QTRY_COMPARE_WITH_TIMEOUT(whereabouts(green, QStringLiteral("Blue")), QString(), kPatience);
        // Typing is another matter.
        QTest::keyClicks(blue.editor(), QStringLiteral("x"));
        QTRY_COMPARE_WITH_TIMEOUT(whereabouts(green, QStringLiteral("Blue")),
                                  QStringLiteral("Typing"), kPatience);
        toggle(blue, "settingsTellTyping");
        QTRY_COMPARE_WITH_TIMEOUT(whereabouts(green, QStringLiteral("Blue")), QString(), kPatience);
        QTest::keyClicks(blue.editor(), QStringLiteral("y"));
        QTRY_VERIFY_WITH_TIMEOUT(green.content().contains(QStringLiteral("xy")), kPatience);
        QCOMPARE(whereabouts(green, QStringLiteral("Blue")), QString());
        toggle(blue, "settingsTellPlace");
        QTRY_COMPARE_WITH_TIMEOUT(whereabouts(green, QStringLiteral("Blue")),
                                  QStringLiteral("Line 2"), kPatience);
    }

    void whoIsNotToBeDisturbedIsNotTold()
    {
        Writer blue(QStringLiteral("Blue"));
        Writer green(QStringLiteral("Green"));
        blue.open(QStringLiteral("plan.txt"), "one\n");
        green.window->join(blue.share());
        QTRY_COMPARE_WITH_TIMEOUT(green.content(), QStringLiteral("one\n"), kPatience);
        blue.trigger("actionNew"); // the plan is behind it
        const QSignalSpy mentioned(blue.window.get(), &ui::MainWindow::mentioned);
        session::Replica &theirs = green.window->currentView()->replica();
        session::Replica *mine = nullptr;
        const QList<session::Replica *> replicas = blue.profile->openReplicas();
        for (session::Replica *replica : replicas) {
            mine = replica->title() == QStringLiteral("plan.txt") ? replica : mine;
        }
        QVERIFY(mine != nullptr);
        const auto say = [&](const char *text, qsizetype count) {
            QVERIFY(theirs.chat().send(theirs.self(), QString::fromUtf8(text)));
            QTRY_COMPARE_WITH_TIMEOUT(mine->chat().messages().size(), count, kPatience);
        };
        say("Blue is not called here", 1);
        QCOMPARE(mentioned.count(), 0);
        say("@Blue, look", 2);
        QCOMPARE(mentioned.count(), 1);
        QCOMPARE(mentioned.first().at(1).toString(), QStringLiteral("Green in “plan.txt”"));
        toggle(blue, "settingsDoNotDisturb");
        say("@Blue, again", 3);
        toggle(blue, "settingsDoNotDisturb");
        toggle(blue, "settingsNotifyMentions");
        say("@Blue, once more", 4);
        QCOMPARE(mentioned.count(), 1);
    }

    void sharingListensWhereItWasSet()
    {
        Writer blue(QStringLiteral("Blue"));
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const quint16 port = free.serverPort();
        free.close();
        enter(blue, "settingsPort", port);
        blue.trigger("actionNew");
        QTRY_VERIFY(blue.editor() != nullptr && !blue.editor()->isReadOnly());
        const QString link = blue.share();
        QVERIFY2(link.startsWith(QStringLiteral("cowrite://127.0.0.1:%1/").arg(port)),
                 qPrintable(link));
    }

    void whatIsNoSettingIsAsInTheBeginning()
    {
        Writer blue(QStringLiteral("Blue"));
        const QString path = blue.writeFile(
            QStringLiteral("broken.ini"),
            "[editor]\ntextSize=large\nwrap=@Invalid()\nface=Fraktur\n[appearance]\ntheme=2\n");
        Settings settings(path);
        QCOMPARE(settings.get(Settings::kTextSize), Settings::kTextSize.standard);
        QCOMPARE(settings.get(Settings::kWrap), true);
        QCOMPARE(settings.get(Settings::kFace), Settings::Face::Monospaced);
        QCOMPARE(settings.get(Settings::kAppearance), Settings::Appearance::System);
    }
};

QTEST_MAIN(SettingsTest)
#include "settings_test.moc"
