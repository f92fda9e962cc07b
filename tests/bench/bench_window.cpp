// How the window feels: the time from a key to the text on the screen, and how long the main
// thread is held up.
//
//   bench_window [slow-disk|remote-edits|crowded|open] [SECONDS]
//
// Without a display it draws into memory (QT_QPA_PLATFORM=offscreen).

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/session/profile/host.h"
#include "libsync/session/profile/profile.h"
#include "tests/bench/process_memory.h"
#include "tests/support/faulty_vfs.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QKeyEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <vector>

namespace cowrite::bench {

namespace {

using namespace std::chrono_literals;

/// The argument that makes the process the people who write from elsewhere.
constexpr char kCrowd[] = "crowd";
constexpr auto kWarmUp = 5s;
/// So many others, and how long each waits between two edits.
struct Crowd {
    int peers;
    std::chrono::milliseconds interval;
};
constexpr Crowd kFew{4, 4ms};     // 1,000 edits a second
constexpr Crowd kMany{50, 250ms}; // 200 edits a second, and 50 carets
constexpr auto kProbeInterval = 1ms;
constexpr auto kSlowSync = 500ms;
constexpr double kMegabyte = 1e6;

/// Milliseconds, of which some percentiles are asked.
class Times {
public:
    void add(qint64 nanoseconds) { m_times.push_back(double(nanoseconds) / 1e6); }
    void print(const char *what)
    {
        std::sort(m_times.begin(), m_times.end());
        std::printf("%-22s n %6zu   p50 %7.2f   p99 %7.2f   p99.9 %7.2f   max %7.2f ms\n", what,
                    m_times.size(), at(0.5), at(0.99), at(0.999), at(1));
    }

private:
    [[nodiscard]] double at(double share) const
    {
        return m_times.empty() ? 0 : m_times[std::size_t(share * double(m_times.size() - 1))];
    }

    std::vector<double> m_times;
};

/// A person with a profile of their own.
struct Person {
    explicit Person(const char *name, const std::string &vfs = {})
    {
        session::ProfileOptions options;
        options.vfs = vfs;
        profile = *session::Profile::open(home.path(), clock, rng, options);
        profile->setIdentity(session::newIdentity(QLatin1String(name), rng));
    }

    QTemporaryDir home;
    SystemClock clock;
    SystemRng rng;
    std::unique_ptr<session::Profile> profile;
};

/// Tells when the text was painted.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget *viewport) { viewport->installEventFilter(this); }

    bool eventFilter(QObject *object, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_isInside) {
            m_isInside = true;
            QCoreApplication::sendEvent(object, event);
            m_isInside = false;
            ++paints;
            return true;
        }
        return false;
    }

    int paints = 0;

private:
    bool m_isInside = false;
};

/// Presses keys, ten a second, and notes how long each takes to be seen.
class Typist {
public:
    explicit Typist(ui::Editor &editor) : m_editor(editor), m_watch(editor.viewport()) {}

    /// `processor` gets what it takes of the processor.
    void typeFor(std::chrono::milliseconds time, Times &times, Times &processor)
    {
        QElapsedTimer all;
        all.start();
        for (int key = 1; all.elapsed() < time.count(); ++key) {
            while (all.elapsed() < key * kBetweenKeys.count()) {
                QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            }
            QElapsedTimer timer;
            timer.start();
            const qint64 processorBefore = processorTime();
            const int before = m_watch.paints;
            QKeyEvent press(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QStringLiteral("a"));
            QCoreApplication::sendEvent(&m_editor, &press);
            while (m_watch.paints == before) {
                QCoreApplication::processEvents();
            }
            times.add(timer.nsecsElapsed());
            processor.add(processorTime() - processorBefore);
        }
    }

private:
    /// Of this thread, in nanoseconds: other programs do not count.
    [[nodiscard]] static qint64 processorTime()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
    }

    static constexpr std::chrono::milliseconds kBetweenKeys{100};

    ui::Editor &m_editor;
    PaintWatch m_watch;
};

/// How long the event loop takes to come round.
class Probe {
public:
    explicit Probe(Times &times)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(kProbeInterval);
        m_since.start();
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this, &times] {
            times.add(std::max<qint64>(
                m_since.nsecsElapsed() - std::chrono::nanoseconds(kProbeInterval).count(), 0));
            m_since.start();
        });
        m_timer.start();
    }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
};

/// Somebody who writes twenty letters, takes them back, and goes on elsewhere: the text stays as
/// long as it is.
class Scribbler {
public:
    Scribbler(session::Replica *replica, Rng &rng) : m_replica(*replica), m_rng(rng) {}

    void edit()
    {
        if (m_replica.link() != session::LinkState::Online) {
            return;
        }
        crdt::Text text = m_replica.content();
        if (m_step == 0) {
            m_place = crdt::makeRelativePosition(
                text, static_cast<std::uint32_t>(m_rng.below(text.length() + 1)));
        }
        const auto place = crdt::resolve(m_replica.doc(), m_place);
        if (!place) {
            return;
        }
        m_replica.setCursor(place->index, place->index);
        if (m_step < kLetters) {
            (void)text.insert(place->index, u"e");
        } else if (place->index > 0) {
            (void)text.remove(place->index - 1, 1);
        }
        m_step = (m_step + 1) % (2 * kLetters);
    }

private:
    static constexpr int kLetters = 20;

    session::Replica &m_replica;
    Rng &m_rng;
    crdt::RelativePosition m_place;
    int m_step = 0;
};

/// People who write as fast as they are told, in a process of their own.
int runCrowd(const QString &link, std::chrono::seconds time, const Crowd &crowd)
{
    std::vector<std::unique_ptr<Person>> people;
    std::vector<std::unique_ptr<Scribbler>> scribblers;
    std::vector<std::unique_ptr<QTimer>> timers;
    for (int i = 0; i < crowd.peers; ++i) {
        people.push_back(std::make_unique<Person>("Peer"));
        scribblers.push_back(
            std::make_unique<Scribbler>(*people.back()->profile->join(link), people.back()->rng));
        timers.push_back(std::make_unique<QTimer>());
        timers.back()->setTimerType(Qt::PreciseTimer);
        timers.back()->setInterval(crowd.interval);
        QObject::connect(timers.back().get(), &QTimer::timeout, timers.back().get(),
                         [scribbler = scribblers.back().get()] { scribbler->edit(); });
        timers.back()->start();
    }
    QTimer::singleShot(time, qApp, &QCoreApplication::quit);
    return QCoreApplication::exec();
}

std::u16string someText(std::size_t lines)
{
    std::u16string text;
    for (std::size_t i = 0; i < lines; ++i) {
        text += u"A line of text as one may write it, neither very short nor very long.\n";
    }
    return text;
}

/// Waits for the event loop to have nothing to do.
void settle(std::chrono::milliseconds time)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < time.count()) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
}

void slowDisk(std::chrono::seconds time)
{
    Person person("Blue", FaultyVfs::name());
    ui::MainWindow window(*person.profile, person.clock, ui::Theme::light());
    window.resize(1280, 800);
    window.show();
    window.showReplica(*person.profile->createDocument(
        QStringLiteral("Long"), session::DocumentKind::Markdown, someText(2'000)));
    settle(1s);
    FaultyVfs::setSyncTime(kSlowSync);
    Times keys;
    Times processor;
    Typist(window.currentView()->editor()).typeFor(time, keys, processor);
    FaultyVfs::setSyncTime(0ms);
    keys.print("key to paint");
    processor.print("of it, processor");
}

void remoteEdits(std::chrono::seconds time, const Crowd &peers, std::size_t lines)
{
    Person person("Blue");
    ui::MainWindow window(*person.profile, person.clock, ui::Theme::light());
    window.resize(1280, 800);
    window.show();
    session::Replica *replica = *person.profile->createDocument(
        QStringLiteral("Busy"), session::DocumentKind::Markdown, someText(lines));
    window.showReplica(replica);
    session::Host &host = person.profile->host();
    (void)host.start(QHostAddress(QHostAddress::LocalHost), 0, session::Exposure::Encrypted);
    int edits = 0;
    const Subscription counting = replica->doc().committed.connect(
        [&edits](const crdt::Transaction &transaction) { edits += transaction.isLocal() ? 0 : 1; });
    QProcess crowd;
    crowd.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    crowd.start(QCoreApplication::applicationFilePath(),
                {QString::fromLatin1(kCrowd), *host.share(*replica),
                 QString::number((time + kWarmUp + kWarmUp).count()), QString::number(peers.peers),
                 QString::number(peers.interval.count())});
    while (window.currentView()->people().size() <= peers.peers &&
           crowd.state() != QProcess::NotRunning) {
        settle(10ms);
    }
    settle(kWarmUp);
    const int editsBefore = edits;
    const std::size_t memoryBefore = residentBytes();
    Times keys;
    Times processor;
    Times stalls;
    {
        const Probe probe(stalls);
        Typist(window.currentView()->editor()).typeFor(time, keys, processor);
    }
    std::printf("others                 %d\n", int(window.currentView()->people().size()) - 1);
    std::printf("remote edits           %.0f a second; memory %+.1f MB in that time, of %.0f MB\n",
                double(edits - editsBefore) / double(time.count()),
                (double(residentBytes()) - double(memoryBefore)) / kMegabyte,
                double(residentBytes()) / kMegabyte);
    keys.print("key to paint");
    processor.print("of it, processor");
    stalls.print("event loop held up");
    while (crowd.state() != QProcess::NotRunning) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

/// How long it takes from asking for a document to its text on the screen.
void open(const QString &name, std::size_t lines)
{
    Person person("Blue");
    session::Replica *made =
        *person.profile->createDocument(name, session::DocumentKind::Code, someText(lines));
    const session::DocumentId id = made->id();
    ui::MainWindow window(*person.profile, person.clock, ui::Theme::light());
    window.resize(1280, 800);
    window.show();
    settle(2s);
    person.profile->close(made);
    settle(2s);
    Times times;
    Times stalls;
    for (int round = 0; round < 7; ++round) {
        QElapsedTimer timer;
        {
            const Probe probe(stalls);
            timer.start();
            session::Replica *replica = *person.profile->open(id);
            window.showReplica(replica);
            const ui::Editor &editor = window.currentView()->editor();
            const PaintWatch watch(editor.viewport());
            int before = 0;
            while (!replica->isLoaded() || editor.document()->isEmpty()) {
                QCoreApplication::processEvents();
                before = watch.paints;
            }
            while (watch.paints == before) {
                QCoreApplication::processEvents();
            }
            times.add(timer.nsecsElapsed());
            settle(1s);
        }
        window.findChild<QAction *>(QStringLiteral("actionClose"))->trigger();
        settle(1s);
    }
    std::printf("%s, %.1f MB\n", qPrintable(name), double(lines * 71) / kMegabyte);
    times.print("open to paint");
    stalls.print("event loop held up");
}

} // namespace

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    using namespace cowrite;
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication app(argc, argv);
    if (argc > 5 && qstrcmp(argv[1], bench::kCrowd) == 0) {
        return bench::runCrowd(QString::fromLocal8Bit(argv[2]),
                               std::chrono::seconds(std::atoi(argv[3])),
                               {std::atoi(argv[4]), std::chrono::milliseconds(std::atoi(argv[5]))});
    }
    ui::Theme::light().applyTo(app);
    const QString which = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    const std::chrono::seconds time(argc > 2 ? std::atoi(argv[2]) : 60);
    if (which.isEmpty() || which == QLatin1String("slow-disk")) {
        std::printf("slow-disk: each sync takes 500 ms\n");
        bench::slowDisk(time);
    }
    if (which.isEmpty() || which == QLatin1String("remote-edits")) {
        std::printf("remote-edits: four others write into the document in front\n");
        bench::remoteEdits(time, bench::kFew, 2'000);
    }
    if (which.isEmpty() || which == QLatin1String("crowded")) {
        std::printf("crowded: fifty others in a document of 1 MB\n");
        bench::remoteEdits(time, bench::kMany, 14'000);
    }
    if (which.isEmpty() || which == QLatin1String("open")) {
        std::printf("open: seven times\n");
        bench::open(QStringLiteral("long.txt"), 14'000);
        bench::open(QStringLiteral("long.cpp"), 14'000);
        bench::open(QStringLiteral("longer.txt"), 140'000);
    }
    return EXIT_SUCCESS;
}
