// How long the app takes to start, and what it does while nobody does anything.
//
//   bench_start start [ROUNDS]
//       From the start of the process to the first paint of the window, and to that of the text in
//       it, with ten documents in tabs. In turn with a window of Qt with an empty text: the floor.
//   bench_start idle [SECONDS]
//       Processor time and wake-ups of all threads of such a window.
//
// Each round is the app itself, `runWindow`, in a process of its own. Without a display it draws
// into memory (QT_QPA_PLATFORM=offscreen).

#include "app/desktop/options.h"
#include "app/desktop/window_app.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "ui/editor/editor.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>
#include <vector>

namespace cowrite::bench {

namespace {

using namespace std::chrono_literals;

constexpr int kDocuments = 10;
constexpr int kLines = 300;
/// What goes on after the first paint, as reading the history, is not idling yet.
constexpr auto kSettleTime = 10s;

qint64 now()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A filter of all events that prints when the window and its text were first painted.
class Probe : public QObject {
public:
    enum class Window { App, Floor };

    Probe(qint64 began, std::chrono::seconds idleTime, Window window)
        : m_began(began), m_idleTime(idleTime), m_isFloor(window == Window::Floor)
    {
        qApp->installEventFilter(this);
    }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            const auto *editor = qobject_cast<ui::Editor *>(object->parent());
            const bool hasText = editor != nullptr && editor->hasText() && editor->isVisible();
            if (!std::exchange(m_hasWindow, true)) {
                report("window");
                if (m_isFloor) {
                    QTimer::singleShot(0, this, [] { std::_Exit(EXIT_SUCCESS); });
                }
            }
            if (hasText && !std::exchange(m_hasText, true)) {
                report("text");
                QTimer::singleShot(m_idleTime > 0s ? kSettleTime : 0s, this, [this] { idle(); });
            }
        }
        return false;
    }

private:
    /// Once the paint that is about to happen is done.
    void report(const char *what)
    {
        QTimer::singleShot(0, this, [this, what] {
            std::printf("%s %lld %ld\n", what, static_cast<long long>(now() - m_began),
                        usage().first);
            std::fflush(stdout);
        });
    }

    void idle()
    {
        if (m_idleTime == 0s) {
            std::_Exit(EXIT_SUCCESS);
        }
        const auto [busyBefore, wakesBefore] = usage();
        QTimer::singleShot(m_idleTime, this,
                           [this, busyBefore = busyBefore, wakesBefore = wakesBefore] {
                               const auto [busy, wakes] = usage();
                               std::printf("idle %lld s: processor %ld ms, wake-ups %ld\n",
                                           static_cast<long long>(m_idleTime.count()),
                                           busy - busyBefore, wakes - wakesBefore);
                               std::fflush(stdout);
                               std::_Exit(EXIT_SUCCESS);
                           });
    }

    /// Milliseconds of the processor and wake-ups (voluntary switches) of all threads so far.
    static std::pair<long, long> usage()
    {
        long wakes = 0;
        const QStringList threads =
            QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        for (const QString &thread : threads) {
            QFile status(QStringLiteral("/proc/self/task/%1/status").arg(thread));
            if (status.open(QIODevice::ReadOnly)) {
                const QByteArray text = status.readAll();
                const QByteArray key("\nvoluntary_ctxt_switches:");
                const qsizetype at = text.indexOf(key) + key.size();
                wakes += text.mid(at, text.indexOf('\n', at) - at).trimmed().toLong();
            }
        }
        timespec time{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return {long(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000, wakes};
    }

    qint64 m_began;
    std::chrono::seconds m_idleTime;
    bool m_isFloor;
    bool m_hasWindow = false;
    bool m_hasText = false;
};

/// A profile whose last window had ten documents in tabs.
void prepare(const QString &directory)
{
    const SystemClock clock;
    SystemRng rng;
    const auto profile = *session::Profile::open(directory, clock, rng);
    profile->setIdentity(session::newIdentity(QStringLiteral("Blue"), rng));
    ui::MainWindow window(*profile, clock, ui::Theme::light());
    window.show();
    for (int i = 0; i < kDocuments; ++i) {
        std::u16string text;
        for (int line = 0; line < kLines; ++line) {
            text += u"Each boat carries one sonde, one spare battery and a **paper log**.\n";
        }
        window.showReplica(*profile->createDocument(QStringLiteral("Plan %1").arg(i),
                                                    session::DocumentKind::Markdown, text));
    }
    window.close();
    while (window.isVisible()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

/// Runs the app once, or the floor if there is no directory; what it prints.
QByteArray runOnce(const QString &directory, std::chrono::seconds idleTime)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("app"), directory, QString::number(now()),
                   QString::number(idleTime.count())});
    process.waitForFinished(-1);
    return process.readAllStandardOutput();
}

/// Milliseconds since the process began.
struct Moment {
    double clock;
    double processor; ///< of all its threads
};

/// Adds what was printed about `what`.
void read(const QByteArray &printed, const char *what, std::vector<Moment> &moments)
{
    const QList<QByteArray> lines = printed.split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 3 && words[0] == what) {
            moments.push_back({double(words[1].toLongLong()) / 1e6, words[2].toDouble()});
        }
    }
}

void print(const char *what, const std::vector<Moment> &moments)
{
    const auto line = [&](const char *unit, double Moment::*member) {
        std::vector<double> times;
        for (const Moment &moment : moments) {
            times.push_back(moment.*member);
        }
        std::sort(times.begin(), times.end());
        std::printf("start to %-7s %-10s n %zu   min %4.0f   median %4.0f   max %4.0f ms\n", what,
                    unit, times.size(), times.front(), times[times.size() / 2], times.back());
    };
    line("clock", &Moment::clock);
    line("processor", &Moment::processor);
}

void measureStart(int rounds)
{
    const QTemporaryDir directory;
    prepare(directory.path());
    std::vector<Moment> floor;
    std::vector<Moment> window;
    std::vector<Moment> text;
    for (int i = 0; i < rounds; ++i) {
        read(runOnce({}, 0s), "window", floor);
        const QByteArray printed = runOnce(directory.path(), 0s);
        read(printed, "window", window);
        read(printed, "text", text);
    }
    print("floor", floor);
    print("window", window);
    print("text", text);
}

} // namespace

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    using namespace cowrite;
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication app(argc, argv);
    const QByteArray which(argc > 1 ? argv[1] : "");
    if (which == "app" && argc > 4) {
        using Window = bench::Probe::Window;
        const bool isFloor = argv[2][0] == 0;
        const bench::Probe probe(std::atoll(argv[3]), std::chrono::seconds(std::atoi(argv[4])),
                                 isFloor ? Window::Floor : Window::App);
        if (isFloor) {
            QPlainTextEdit text;
            text.resize(1280, 800);
            text.show();
            return QApplication::exec();
        }
        const QStringList arguments{QStringLiteral("cowrite"), QStringLiteral("--profile"),
                                    QString::fromLocal8Bit(argv[2])};
        const auto parsed = desktop::parseOptions(arguments, QDir::currentPath());
        return desktop::runWindow(std::get<desktop::Options>(*parsed), arguments);
    }
    const int number = argc > 2 ? std::atoi(argv[2]) : 0;
    if (which.isEmpty() || which == "start") {
        bench::measureStart(number > 0 ? number : 11);
    }
    if (which.isEmpty() || which == "idle") {
        const QTemporaryDir directory;
        bench::prepare(directory.path());
        std::fputs(bench::runOnce(directory.path(), std::chrono::seconds(number > 0 ? number : 60))
                       .constData(),
                   stdout);
    }
    return EXIT_SUCCESS;
}
