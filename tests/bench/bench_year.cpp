// A document at the age of a week, a month, a year: a recording of a person (README.md), spread
// over 365 days and three authors who take turns, in a log that is compacted every day. Prints a
// table.

#include "libsync/codec/update_codec.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/store/backup.h"
#include "libsync/store/log.h"
#include "tests/bench/process_memory.h"
#include "tests/bench/shapes.h"
#include "tests/support/manual_clock.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace cowrite::bench {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr int kYear = 365;
constexpr std::array kAges{7, 30, 60, 90, 180, 270, kYear};
constexpr std::array<const char *, 3> kAuthors{"ann", "bob", "cleo"};
/// So many edits are made without a break, a second apart; then it is the next author's turn.
constexpr std::size_t kSitting = 200;
constexpr seconds kBetweenEdits{1};
constexpr int kOpenings = 9;
constexpr double kMegabyte = 1e6;

/// Runs `function` on this thread, from its event loop, as a profile does.
store::LogOptions optionsFor(QObject &owner)
{
    store::LogOptions options;
    options.executor = [&owner](std::function<void()> function) {
        QMetaObject::invokeMethod(&owner, std::move(function), Qt::QueuedConnection);
    };
    return options;
}

void waitUntil(const std::function<bool()> &condition)
{
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

struct Opening {
    double start = 0;     ///< milliseconds of CPU for the log, whose pages are checked then
    double document = 0;  ///< the same for the document, until it can be edited
    double megabytes = 0; ///< resident, for both
};

/// Of all threads: what else the machine does is not in it.
double cpuMilliseconds()
{
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// A copy of the log, opened by a program that has just started.
Opening open(const std::filesystem::path &folder, const Clock &clock, store::DocumentId id)
{
    const std::size_t before = residentBytes();
    QObject owner;
    SystemRng rng;
    const double begin = cpuMilliseconds();
    const auto log = *store::Log::open(folder, clock, optionsFor(owner));
    const double start = cpuMilliseconds() - begin;
    session::LoggedDoc document(*log, id, rng, [](const crdt::Transaction &) { return ""; });
    document.load();
    waitUntil([&] { return document.isLoaded(); });
    const double whole = cpuMilliseconds() - begin;
    return {start, whole - start, (double(residentBytes()) - double(before)) / kMegabyte};
}

class Year {
public:
    explicit Year(const EditingTrace &trace) : m_trace(trace)
    {
        m_log = *store::Log::open(path(), m_clock, optionsFor(m_owner));
        store::DocumentInfo info;
        info.key = "year";
        m_id = *m_log->createDocument(info);
        m_document = std::make_unique<session::LoggedDoc>(
            *m_log, m_id, m_rng, [this](const crdt::Transaction &) { return author(); });
        m_document->setLoaded();
    }

    void run()
    {
        std::printf("| age, days | edits | state, MB | database, MB | updates, MB | rows | "
                    "after the checkpoint | start, ms | opening, ms | memory, MB |\n"
                    "|---|---|---|---|---|---|---|---|---|---|\n");
        const auto *age = kAges.begin();
        for (int day = 1; day <= kYear; ++day) {
            writeOn(day);
            m_clock.advance(m_dawn + days(day) - m_clock.steadyNow().time_since_epoch());
            compact();
            if (age != kAges.end() && *age == day) {
                measure(day);
                ++age;
            }
        }
    }

private:
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] std::string author() const { return kAuthors.at(m_turn); }

    /// That day's share of the recording, in sittings an hour apart.
    void writeOn(int day)
    {
        const std::size_t until =
            m_trace.edits.size() * static_cast<std::size_t>(day) / static_cast<std::size_t>(kYear);
        for (std::size_t inSitting = 0; m_done < until; ++inSitting) {
            if (inSitting % kSitting == 0) {
                m_turn = (m_turn + 1) % kAuthors.size();
                // As if each had a replica: three clients, whose structs cannot join.
                (void)m_document->doc().setClientId(kFirstClient + m_turn);
                m_clock.advance(hours(1));
                // Here the log commits, and the document makes its checkpoints.
                QCoreApplication::processEvents();
            }
            write(m_trace.edits[m_done++]);
            m_clock.advance(kBetweenEdits);
        }
        (void)m_log->flush();
    }

    void write(const EditingTrace::Edit &edit)
    {
        crdt::Text text = *m_document->doc().text("content");
        m_document->doc().transact([&] {
            if (edit.removed > 0) {
                (void)text.remove(edit.position, edit.removed);
            }
            if (edit.insertedLength > 0) {
                (void)text.insert(edit.position, m_trace.inserted(edit));
            }
        });
    }

    void compact()
    {
        bool isDone = false;
        m_log->compact([&](const Result<> &compacted) {
            if (!compacted) {
                std::fprintf(stderr, "%s\n", compacted.error().message.c_str());
                std::exit(EXIT_FAILURE);
            }
            isDone = true;
        });
        waitUntil([&] { return isDone; });
    }

    void measure(int day)
    {
        (void)m_log->flush();
        const QTemporaryDir copy;
        const std::filesystem::path folder = copy.path().toStdString();
        const std::filesystem::path file = folder / store::Log::kFileName;
        if (const Result<> copied = store::backUp(path(), file); !copied) {
            std::fprintf(stderr, "%s\n", copied.error().message.c_str());
            std::exit(EXIT_FAILURE);
        }
        const double database = double(std::filesystem::file_size(file)) / kMegabyte;
        const double state =
            double(codec::encodeStateAsUpdate(m_document->doc()).size()) / kMegabyte;
        const store::StoredDocument all = *m_log->load(m_id, store::LoadFrom::Beginning);
        const std::size_t recent = m_log->load(m_id)->updates.size();
        const double updates =
            std::accumulate(all.updates.begin(), all.updates.end(), 0.0,
                            [](double sum, const store::StoredUpdate &update) {
                                return sum + double(update.bytes.size()) / kMegabyte;
                            });
        std::vector<double> starts;
        std::vector<double> documents;
        double memory = 0;
        for (int i = 0; i < kOpenings; ++i) {
            const Opening opening = open(folder, m_clock, m_id);
            starts.push_back(opening.start);
            documents.push_back(opening.document);
            // Freed memory may stay with the process: the first tells best what an opening takes.
            memory = i == 0 ? opening.megabytes : memory;
        }
        std::printf("| %d | %zu | %.3f | %.2f | %.2f | %zu | %zu | %.1f | %.1f | %.2f |\n", day,
                    m_done, state, database, updates, all.updates.size(), recent, median(starts),
                    median(documents), memory);
        std::fflush(stdout);
    }

    static constexpr crdt::ClientId kFirstClient = 3'000'000'000;

    const EditingTrace &m_trace;
    ManualClock m_clock;
    std::chrono::steady_clock::duration m_dawn = m_clock.steadyNow().time_since_epoch();
    SeededRng m_rng{1};
    QTemporaryDir m_folder;
    QObject m_owner;
    std::unique_ptr<store::Log> m_log;
    store::DocumentId m_id{};
    std::unique_ptr<session::LoggedDoc> m_document;
    std::size_t m_turn = 0;
    std::size_t m_done = 0;
};

} // namespace

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto trace = cowrite::bench::findTrace(argc > 1 ? argv[1] : "automerge-paper");
    if (!trace) {
        std::printf("skipped: %s\n", trace.error().message.c_str());
        return EXIT_SUCCESS;
    }
    cowrite::bench::Year(*trace).run();
    return EXIT_SUCCESS;
}
