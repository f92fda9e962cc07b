// Two people, two windows, one server that goes away and comes back: with the real programs, real
// key presses, and nothing but what is on the screen to judge by.
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "tests/gui/app_window.h"
#include "tests/gui/display.h"
#include "ui/look/theme.h"
#include "ui/settings/settings.h"

#include <QApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace cowrite;
using guitest::AppWindow;

namespace {

constexpr int kPatience = 60'000;
const QColor kBlue(0x2F6FED);
const QColor kGreen(0x1F9D55);
constexpr QRect kEditorPart(270, 72, 700, 690);
constexpr QRect kChatPart(985, 75, 40, 600);
constexpr QRect kBannerPart(400, 74, 300, 4);
constexpr QRect kStatusDot(8, 776, 18, 22);
constexpr QPoint kChatInput(1100, 746);
constexpr QPoint kInTheEditor(600, 600);

const QString kPlan[] = {
    QStringLiteral("# Launch plan: river survey"),
    QString(),
    QStringLiteral("We leave from the north landing at **07:40** and work downstream."),
    QStringLiteral("Each boat carries one sonde, one spare battery and a paper log."),
    QString(),
    QStringLiteral("## Stations"),
};
const QString kStations[] = {
    QStringLiteral("- S1 bridge pier, east side only while the crane is up"),
    QStringLiteral("- S2 weir pool"),
    QStringLiteral("- S3 mill race, below the second sluice"),
};

/// `cowrited` in a process of its own.
class Server {
public:
    explicit Server(const QString &directory) : m_directory(directory) {}
    ~Server() { stop(); }

    /// On the port of the time before, if there was one.
    bool start()
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(COWRITED_PROGRAM),
                        {QStringLiteral("--open"), QStringLiteral("--listen"),
                         QStringLiteral("127.0.0.1:%1").arg(m_port), QStringLiteral("--data"),
                         m_directory});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(kPatience)) {
                return false;
            }
        }
        const QString line = QString::fromUtf8(m_process.readLine());
        const QRegularExpression pattern(
            QStringLiteral("^listening on ws://127\\.0\\.0\\.1:(\\d+)$"));
        m_port = pattern.match(line.trimmed()).captured(1).toInt();
        return m_port != 0;
    }

    void stop()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.terminate();
            m_process.waitForFinished(kPatience);
        }
    }

    [[nodiscard]] QString address() const
    {
        return QStringLiteral("ws://127.0.0.1:%1/r/launch-plan").arg(m_port);
    }

private:
    QString m_directory;
    QProcess m_process;
    int m_port = 0;
};

void prepareProfile(const QString &directory, const QString &name, const QColor &color,
                    ui::Settings::Appearance appearance)
{
    const SystemClock clock;
    SystemRng rng;
    const auto profile = session::Profile::open(directory, clock, rng);
    QVERIFY2(profile, profile ? "" : profile.error().message.c_str());
    session::Identity identity = session::newIdentity(name, rng);
    identity.color = color.name();
    (*profile)->setIdentity(identity);
    ui::Settings settings(QDir(directory).filePath(QStringLiteral("settings.ini")));
    settings.set(ui::Settings::kAppearance, appearance);
}

/// What the log of a profile holds after its program has ended.
QString storedText(const QString &directory)
{
    const SystemClock clock;
    SystemRng rng;
    const auto profile = session::Profile::open(directory, clock, rng);
    if (!profile || (*profile)->documents().isEmpty()) {
        return {};
    }
    const auto replica = (*profile)->open((*profile)->documents().first().id);
    if (!replica || !QTest::qWaitFor([&] { return (*replica)->isLoaded(); }, kPatience)) {
        return {};
    }
    const QString text = QString::fromStdU16String((*replica)->content().toString());
    (*profile)->close(*replica);
    return text;
}

/// Copies the text again and again until it is as wanted. Not with QTRY_VERIFY, which would copy it
/// once more to report.
template <class Wanted>
bool waitForText(AppWindow &window, Wanted wanted)
{
    QString text;
    const bool came = QTest::qWaitFor(
        [&] {
            text = window.text();
            return wanted(text);
        },
        kPatience);
    if (!came) {
        qWarning("the window still shows:\n%s", qPrintable(text));
    }
    return came;
}

auto containing(const QString &part)
{
    return [part](const QString &text) { return text.contains(part); };
}

auto without(const QString &part)
{
    return [part](const QString &text) { return !text.contains(part); };
}

void keep(const AppWindow &window, const QString &name)
{
    QDir().mkpath(QStringLiteral(COWRITE_ARTEFACTS));
    window.picture().save(QStringLiteral(COWRITE_ARTEFACTS "/%1.png").arg(name));
}

template <std::size_t count>
void typeLines(AppWindow &window, const QString (&lines)[count])
{
    for (const QString &line : lines) {
        if (!line.isEmpty()) {
            window.type(line);
        }
        window.key(QStringLiteral("Return"));
    }
}

} // namespace

class PersonsPathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoPeopleWriteTogetherThroughAnOutage()
    {
        const QTemporaryDir directory;
        const QString blueHome = directory.filePath(QStringLiteral("blue"));
        const QString greenHome = directory.filePath(QStringLiteral("green"));
        prepareProfile(blueHome, QStringLiteral("Blue"), kBlue, ui::Settings::Appearance::Light);
        prepareProfile(greenHome, QStringLiteral("Green"), kGreen, ui::Settings::Appearance::Dark);
        Server server(directory.filePath(QStringLiteral("server")));
        QVERIFY(server.start());
        AppWindow blue;
        AppWindow green;
        const QString program = QStringLiteral(COWRITE_PROGRAM);
        const auto arguments = [&](const QString &home) {
            return QStringList{QStringLiteral("--profile"), home, QStringLiteral("--join"),
                               server.address()};
        };
        QVERIFY(blue.start(program, arguments(blueHome), QPoint(0, 0)));
        QVERIFY(green.start(program, arguments(greenHome), QPoint(1300, 0)));

        // Both type, and each sees the other's words.
        blue.click(kInTheEditor);
        typeLines(blue, kPlan);
        QVERIFY(waitForText(green, containing(QStringLiteral("## Stations\n"))));
        green.click(kInTheEditor);
        green.key(QStringLiteral("ctrl+End"));
        typeLines(green, kStations);
        QVERIFY(waitForText(blue, containing(QStringLiteral("second sluice\n"))));
        QCOMPARE(blue.text(), green.text());

        // Both see the other's caret, in the other's colour. Green selects something.
        blue.key(QStringLiteral("ctrl+Home Down Down End"));
        green.click(kInTheEditor);
        green.key(QStringLiteral("ctrl+Home Down Down Down Home shift+End"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.pixels(kGreen, kEditorPart) > 30, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(green.pixels(kBlue, kEditorPart) > 30, kPatience);

        // They talk beside the text.
        green.click(kChatInput);
        green.type(QStringLiteral("The crane permit came through. I am rewriting S1."));
        green.key(QStringLiteral("Return"));
        QTRY_VERIFY_WITH_TIMEOUT(blue.pixels(kGreen, kChatPart) > 200, kPatience);
        blue.click(kChatInput);
        blue.type(QStringLiteral("Good. Do we still want the photo step?"));
        blue.key(QStringLiteral("Return"));
        QTRY_VERIFY_WITH_TIMEOUT(green.pixels(kBlue, kChatPart) > 200, kPatience);
        // The dot in the status bar: all of it is on the server.
        QTRY_VERIFY_WITH_TIMEOUT(blue.pixels(ui::Theme::light().good, kStatusDot) > 20, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(green.pixels(ui::Theme::dark().good, kStatusDot) > 20, kPatience);
        keep(blue, QStringLiteral("online-light"));
        keep(green, QStringLiteral("online-dark"));

        // The server goes; both windows say so, and both people go on.
        server.stop();
        const QColor lightBanner = ui::Theme::light().banner;
        const QColor darkBanner = ui::Theme::dark().banner;
        QTRY_VERIFY_WITH_TIMEOUT(blue.pixels(lightBanner, kBannerPart) > 1000, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(green.pixels(darkBanner, kBannerPart) > 1000, kPatience);
        blue.click(kInTheEditor);
        blue.key(QStringLiteral("ctrl+Home End"));
        blue.type(QStringLiteral(" (Blue, offline)"));
        green.click(kInTheEditor);
        green.key(QStringLiteral("ctrl+End"));
        green.type(QStringLiteral("- S4 confluence, decide on the water"));
        QVERIFY(waitForText(blue, containing(QStringLiteral("survey (Blue, offline)\n"))));
        QVERIFY(waitForText(green, containing(QStringLiteral("on the water"))));
        QVERIFY(blue.text() != green.text());
        keep(blue, QStringLiteral("offline-light"));
        keep(green, QStringLiteral("offline-dark"));

        // It comes back, and both are equal without anybody doing anything.
        QVERIFY(server.start());
        QTRY_VERIFY_WITH_TIMEOUT(blue.pixels(lightBanner, kBannerPart) == 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(green.pixels(darkBanner, kBannerPart) == 0, kPatience);
        QVERIFY(waitForText(blue, containing(QStringLiteral("on the water"))));
        QVERIFY(waitForText(green, containing(QStringLiteral("(Blue, offline)"))));
        const QString text = blue.text();
        QCOMPARE(green.text(), text);
        keep(blue, QStringLiteral("reconnected-light"));
        keep(green, QStringLiteral("reconnected-dark"));

        // Undo takes back one's own words only.
        green.click(kInTheEditor);
        green.key(QStringLiteral("ctrl+z"));
        QVERIFY(waitForText(blue, without(QStringLiteral("on the water"))));
        QVERIFY(blue.text().contains(QStringLiteral("(Blue, offline)")));
        green.click(kInTheEditor);
        green.key(QStringLiteral("ctrl+shift+z"));
        QVERIFY(waitForText(blue, containing(text)));

        // And all of it is on both disks when the windows are gone.
        QVERIFY(blue.end());
        QVERIFY(green.end());
        QCOMPARE(storedText(blueHome), text);
        QCOMPARE(storedText(greenHome), text);
    }
};

int main(int argc, char **argv)
{
    guitest::Display display;
    qputenv("QT_QPA_PLATFORM", "xcb");
    if (const QString problem = display.start(2600, 860); !problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    const QApplication application(argc, argv);
    PersonsPathTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "persons_path_test.moc"
