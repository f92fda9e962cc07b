// Every window and state of the app as a picture, for eyes that compare them with each other: in
// light and dark, in a wide and in a small window; `./dev screenshots` makes them for two
// densities. They are kept in build/PRESET/artefacts/gallery. On the way each is looked through for
// controls without a name and for words that do not fit. COWRITE_LANGUAGE=de, es or pseudo (from
// right to left) pictures them in that language, in the small light window only.
#include "tests/gui/inspection.h"
#include "tests/gui/languages.h"
#include "tests/gui/scene.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"

#include <QApplication>
#include <QDialog>
#include <QListView>
#include <QListWidget>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace cowrite;
using guitest::inspect;
using guitest::kPatience;
using guitest::Person;
using guitest::Scene;

namespace {

/// Until a window has become what it is going to be, in milliseconds; only pictures wait for a
/// time.
constexpr int kSettling = 250;

} // namespace

class GalleryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::addColumn<QSize>("size");
        if (!language().isEmpty()) {
            // Other words are longer, and the smallest window is wider.
            QTest::newRow("light-960") << QStringLiteral("light") << QSize(960, 600);
            return;
        }
        for (const char *theme : {"light", "dark"}) {
            for (const QSize size : {QSize(1280, 800), QSize(900, 600)}) {
                QTest::addRow("%s-%d", theme, size.width()) << QString::fromLatin1(theme) << size;
            }
        }
    }

    void initTestCase()
    {
        if (!language().isEmpty()) {
            guitest::speak(language());
        }
        scene = std::make_unique<Scene>();
    }
    void cleanupTestCase() { scene.reset(); }

    void welcome()
    {
        const Person nobody(QStringLiteral("Blue"));
        show(nobody);
        take(nobody, "welcome");
    }

    void firstRun()
    {
        const Person nobody(QStringLiteral("Blue"));
        show(nobody);
        nobody.window->askForIdentity();
        takeDialog(nobody, "first-run", "identityDialog");
    }

    void writingTogether()
    {
        show(scene->blue);
        scene->blue.trigger("actionChat");
        take(scene->blue, "writing");
    }

    void people()
    {
        show(scene->blue);
        scene->blue.trigger("actionPeople");
        take(scene->blue, "people");
    }

    void comments()
    {
        show(scene->blue);
        scene->blue.trigger("actionComments");
        take(scene->blue, "comments");
        QVERIFY(Scene::select(scene->blue, QStringLiteral("paper log")));
        scene->blue.trigger("actionComment");
        take(scene->blue, "commenting");
        scene->blue.press("commentCancel");
    }

    void history()
    {
        show(scene->blue);
        scene->blue.trigger("actionHistory");
        auto *list = scene->blue.find<QListView>("historyList");
        QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 1, kPatience);
        take(scene->blue, "history");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(1, 0)).center());
        QTRY_VERIFY(scene->blue.window->currentView()->pastMoment().has_value());
        take(scene->blue, "the-past");
        scene->blue.window->currentView()->backToNow();
    }

    void sharing()
    {
        show(scene->blue);
        scene->blue.press("shareButton");
        take(scene->blue, "share");
        scene->blue.press("shareDone");
    }

    void offline()
    {
        show(scene->green);
        scene->green.trigger("actionOffline");
        scene->green.editor()->moveCursor(QTextCursor::End);
        QTest::keyClicks(scene->green.editor(), QStringLiteral("4. Sign the log. "));
        QTRY_VERIFY(!scene->green.banner().isEmpty());
        QTRY_VERIFY(
            scene->green.label("statusSaved").contains(QRegularExpression(QStringLiteral("\\d"))));
        take(scene->green, "offline");
        scene->green.trigger("actionConnect");
        QTRY_COMPARE_WITH_TIMEOUT(scene->green.banner(), QString(), kPatience);
    }

    void code()
    {
        const Person &blue = scene->blue;
        show(blue);
        blue.tabs()->setCurrentIndex(1);
        QTRY_VERIFY(blue.editor()->toPlainText().startsWith(QLatin1String("#!")));
        blue.trigger("actionChat");
        blue.trigger("actionFindText");
        QTest::keyClicks(blue.find<QLineEdit>("findInput"), QStringLiteral("mean"));
        take(blue, "code-find");
        blue.trigger("actionReplace");
        take(blue, "code-replace");
        QTest::keyClick(blue.find<QLineEdit>("findInput"), Qt::Key_Escape);
        blue.trigger("actionGoToLine");
        take(blue, "code-go-to");
        QTest::keyClick(blue.find<QLineEdit>("goToInput"), Qt::Key_Escape);
        blue.tabs()->setCurrentIndex(2);
    }

    void preview()
    {
        show(scene->blue);
        scene->blue.trigger("actionPreview");
        take(scene->blue, "preview");
        scene->blue.trigger("actionPreview");
    }

    void dialogs_data()
    {
        QTest::addColumn<QByteArray>("action");
        QTest::addColumn<QByteArray>("dialog");
        QTest::newRow("join") << QByteArray("actionJoin") << QByteArray("joinDialog");
        QTest::newRow("shortcuts")
            << QByteArray("actionShortcuts") << QByteArray("shortcutsDialog");
        QTest::newRow("statistics")
            << QByteArray("actionStatistics") << QByteArray("statisticsDialog");
        QTest::newRow("rename") << QByteArray("actionRename") << QByteArray("renameDialog");
        QTest::newRow("commands") << QByteArray("actionCommands") << QByteArray("choicePopup");
        QTest::newRow("documents") << QByteArray("actionFind") << QByteArray("choicePopup");
        QTest::newRow("language") << QByteArray("actionLanguage") << QByteArray("choicePopup");
    }

    void dialogs()
    {
        QFETCH(QByteArray, action);
        QFETCH(QByteArray, dialog);
        show(scene->blue);
        scene->blue.trigger(action.constData());
        takeDialog(scene->blue, QTest::currentDataTag(), dialog.constData());
    }

    void settings()
    {
        show(scene->blue);
        scene->blue.trigger("actionSettings");
        auto *pages = scene->blue.find<QListWidget>("settingsPages");
        for (int row = 0; row < pages->count(); ++row) {
            pages->setCurrentRow(row);
            take(scene->blue, qPrintable(QStringLiteral("settings-%1").arg(row)));
        }
        pages->window()->close();
    }

    void aLinkFromOutside()
    {
        show(scene->blue);
        scene->blue.window->askToJoin(QStringLiteral("cowrite://studio.local:7300/r/plans"));
        takeDialog(scene->blue, "join-question", "joinQuestion");
    }

private:
    static QString language() { return qEnvironmentVariable("COWRITE_LANGUAGE"); }

    static QString fileName(const Person &person, const char *state)
    {
        QFETCH_GLOBAL(QString, theme);
        QFETCH_GLOBAL(QSize, size);
        const char *density = person.window->devicePixelRatio() > 1 ? "@2x" : "";
        return QStringLiteral("%1-%2-%3%4.png")
            .arg(QLatin1String(state), language().isEmpty() ? theme : language(),
                 QString::number(size.width()), QLatin1String(density));
    }

    static void show(const Person &person)
    {
        QFETCH_GLOBAL(QString, theme);
        QFETCH_GLOBAL(QSize, size);
        person.trigger(theme == QLatin1String("light") ? "actionTheme_light" : "actionTheme_dark");
        person.window->resize(size);
        person.window->activateWindow();
        QTRY_COMPARE(person.window->size(), size);
    }

    /// The window with the dialogs that stand over it.
    static QImage picture(const Person &person)
    {
        QImage image = person.window->grab().toImage();
        QPainter painter(&image);
        for (QWidget *other : QApplication::topLevelWidgets()) {
            if (other->isVisible() && other->parentWidget() != nullptr &&
                other->parentWidget()->window() == person.window.get()) {
                const QSize room = person.window->size() - other->size();
                painter.drawPixmap(QPoint(room.width() / 2, room.height() / 2), other->grab());
            }
        }
        return image;
    }

    static void take(const Person &person, const char *state)
    {
        // Colours, searches and layouts come from other threads and later rounds of the event loop.
        QTest::qWait(kSettling);
        const QDir directory(QStringLiteral(COWRITE_ARTEFACTS "/gallery"));
        QVERIFY(directory.mkpath(QStringLiteral(".")));
        QVERIFY(picture(person).save(directory.filePath(fileName(person, state))));
        QStringList findings = inspect(*person.window) + guitest::latinWords(*person.window);
        findings.removeDuplicates();
        QVERIFY2(findings.isEmpty(), qPrintable(findings.join(QLatin1Char('\n'))));
    }

    static void takeDialog(const Person &person, const char *state, const char *name)
    {
        QWidget *dialog = nullptr;
        QTRY_VERIFY((dialog = person.window->findChild<QWidget *>(QLatin1String(name))) !=
                        nullptr &&
                    dialog->isVisible());
        take(person, state);
        dialog->close();
        QTRY_VERIFY(person.window->findChild<QWidget *>(QLatin1String(name)) == nullptr ||
                    !dialog->isVisible());
    }

    std::unique_ptr<Scene> scene;
};

QTEST_MAIN(GalleryTest)
#include "gallery_test.moc"
