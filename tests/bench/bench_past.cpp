// Looking back in the window: a document of 300,000 edits, made of a recording of a person
// (README.md) that is begun anew in front of what is there. Prints milliseconds.
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/history/history.h"
#include "libsync/session/profile/profile.h"
#include "tests/bench/editing_trace.h"
#include "tests/bench/shapes.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QSlider>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace cowrite;

namespace {

constexpr std::size_t kEdits = 300'000;
constexpr int kSteps = 500;
constexpr int kJumps = 100;

/// Goes on by some seconds with every edit.
class WritingClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_system.steadyNow();
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return m_wall; }
    void goOn() { m_wall += std::chrono::seconds(2); }

private:
    SystemClock m_system;
    std::chrono::system_clock::time_point m_wall{std::chrono::hours(24 * 365 * 50)};
};

/// What this thread has taken of a processor: the time of the clock on the wall is also that of
/// whatever else the machine does.
double processorTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

template <class Condition>
void waitUntil(Condition condition)
{
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void write(session::Replica &replica, const bench::EditingTrace &trace, WritingClock &clock)
{
    waitUntil([&] { return replica.isLoaded(); });
    crdt::Text text = replica.content();
    for (std::size_t i = 0; i < kEdits; ++i) {
        clock.goOn();
        const bench::EditingTrace::Edit &edit = trace.edits[i % trace.edits.size()];
        replica.doc().transact([&] {
            if (edit.removed > 0) {
                (void)text.remove(edit.position, edit.removed);
            }
            if (edit.insertedLength > 0) {
                (void)text.insert(edit.position, trace.inserted(edit));
            }
        });
    }
}

/// Goes to a number of moments with the slider, each until it is painted, in processor time.
template <class Next>
void measure(const char *name, int count, ui::MainWindow &window, Next next)
{
    auto *slider = window.findChild<QSlider *>(QStringLiteral("timeSlider"));
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const int value = next(slider->value());
        const double before = processorTime();
        slider->setValue(value);
        window.currentView()->shownEditor().viewport()->repaint();
        QCoreApplication::processEvents();
        times.push_back(processorTime() - before);
    }
    std::sort(times.begin(), times.end());
    std::printf("%s: median %.2f, 99 of 100 below %.2f, longest %.2f\n", name,
                times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    const QApplication application(argc, argv);
    const Result<bench::EditingTrace> trace = bench::findTrace("automerge-paper");
    if (!trace) {
        std::printf("skipped: %s\n", trace.error().message.c_str());
        return EXIT_SUCCESS;
    }
    WritingClock clock;
    SystemRng rng;
    const QTemporaryDir home;
    session::DocumentId id{};
    {
        const auto profile = *session::Profile::open(home.path(), clock, rng);
        session::Replica *replica =
            *profile->createDocument(QStringLiteral("Long"), session::DocumentKind::Markdown);
        id = replica->id();
        write(*replica, *trace, clock);
    }
    const auto profile = *session::Profile::open(home.path(), clock, rng);
    ui::MainWindow window(*profile, clock, ui::Theme::light());
    window.show();
    session::Replica *replica = *profile->open(id);
    QElapsedTimer timer;
    timer.start();
    window.showReplica(replica);
    waitUntil([&] { return replica->isLoaded(); });
    std::printf("document loaded: %.1f\n", milliseconds(timer));
    timer.restart();
    const session::History &history = window.currentView()->history();
    waitUntil([&] { return history.isReady(); });
    std::printf("from there until its history is read, on another thread: %.1f\n",
                milliseconds(timer));

    timer.restart();
    window.findChild<QAction *>(QStringLiteral("actionHistory"))->trigger();
    const auto *list = window.findChild<QListView *>(QStringLiteral("historyList"));
    waitUntil([&] { return list->model()->rowCount() > 0; });
    list->viewport()->repaint();
    std::printf("opening History until the list shows: %.1f\n", milliseconds(timer));
    timer.restart();
    window.currentView()->lookAt(history.now() / 2);
    window.currentView()->shownEditor().viewport()->repaint();
    std::printf("first look at the past: %.1f\n", milliseconds(timer));

    SeededRng dice(1);
    measure("a step of the slider", kSteps, window, [](int value) { return value - 1; });
    // A pixel of a slider as long as the window is wide.
    const int pixel = static_cast<int>(history.now()) / 600;
    measure("a pixel of the slider", kJumps, window, [&](int value) { return value + pixel; });
    measure("a jump of the slider", kJumps, window,
            [&](int) { return static_cast<int>(dice.below(history.now())); });
    return EXIT_SUCCESS;
}
