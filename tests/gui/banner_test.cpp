// What the window says when something is the matter with a document or with the log.
#include "tests/gui/person.h"
#include "ui/document/document_view.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QListView>
#include <QTest>

using namespace cowrite;
using guitest::kPatience;
using guitest::Person;

namespace {

void addThemes()
{
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << "light";
    QTest::newRow("dark") << "dark";
}

/// A window in that theme with a document of a few lines.
void begin(const Person &person, const QString &theme)
{
    person.trigger(theme == QLatin1String("light") ? "actionTheme_light" : "actionTheme_dark");
    person.window->openFile(person.writeFile(
        QStringLiteral("plan.md"), "# Launch plan\n\nWe leave from the north landing.\n"));
    QTRY_VERIFY(person.editor() != nullptr);
    QTRY_COMPARE(person.editor()->document()->blockCount(), 4);
}

/// Ends the program of this person as they would; `between` runs before it starts again and opens
/// what was open.
template <class Between>
void restart(Person &person, Between between)
{
    person.window->close();
    QTRY_VERIFY_WITH_TIMEOUT(!person.window->isVisible(), kPatience);
    person.window.reset();
    person.profile.reset();
    between();
    person.start({});
    person.window->restoreDocuments();
    QTRY_VERIFY(person.editor() != nullptr);
    QTRY_COMPARE_WITH_TIMEOUT(person.editor()->document()->blockCount(), 4, kPatience);
}

} // namespace

class BannerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatCannotBeChangedHereCanBeLookedBackAtButNotRestored_data() { addThemes(); }
    void whatCannotBeChangedHereCanBeLookedBackAtButNotRestored()
    {
        QFETCH(QString, theme);
        Person blue(QStringLiteral("Blue"));
        begin(blue, theme);
        QVERIFY(blue.window->currentView()->replica().content().insertEmbed(0, crdt::NewMap{}));
        restart(blue, [] {});
        QVERIFY(blue.editor()->isReadOnly());
        QVERIFY2(blue.banner().startsWith(QLatin1String("You can read this document")),
                 qPrintable(blue.banner()));
        blue.keep(QStringLiteral("read-only-") + theme);

        blue.trigger("actionHistory");
        const auto *list = blue.find<QListView>("historyList");
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 0, kPatience);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(0, 0)).center());
        QVERIFY(blue.window->currentView()->pastMoment().has_value());
        for (const char *name : {"historyRestore", "historyName"}) {
            const auto *button = blue.find<QPushButton>(name);
            QVERIFY(!button->isEnabled());
            QCOMPARE(button->toolTip(),
                     QStringLiteral("You can read this document, but not change it."));
        }
    }

    void aDamagedLogIsSpokenOfOnceItIsRepaired_data() { addThemes(); }
    void aDamagedLogIsSpokenOfOnceItIsRepaired()
    {
        QFETCH(QString, theme);
        Person blue(QStringLiteral("Blue"));
        begin(blue, theme);
        restart(blue, [&blue] {
            const QStringList logs =
                QDir(blue.home.path()).entryList({QStringLiteral("*.sqlite")}, QDir::Files);
            QCOMPARE(logs.size(), 1);
            QFile file(blue.home.filePath(logs.first()));
            QVERIFY(file.open(QIODevice::ReadWrite) && file.putChar('\xff'));
        });
        QVERIFY(!blue.profile->repairMessage().isEmpty());
        blue.window->showProblem(blue.profile->repairMessage());
        QVERIFY(!blue.banner().isEmpty());
        blue.keep(QStringLiteral("damaged-log-") + theme);
    }
};

QTEST_MAIN(BannerTest)
#include "banner_test.moc"
