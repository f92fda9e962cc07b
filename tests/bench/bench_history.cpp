// The history of a long document: what opening it takes, and what looking at other moments takes.
// The document is a recording of a person (README.md), begun anew in front of what is there until
// it has 300,000 edits, each a row of the log of its own.

#include "libsync/codec/update_codec.h"
#include "libsync/session/history/history_entries.h"
#include "libsync/session/history/past_text.h"
#include "libsync/session/history/timeline.h"
#include "libsync/store/log.h"
#include "tests/bench/process_memory.h"
#include "tests/bench/shapes.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <unistd.h>

namespace cowrite::bench {

namespace {

using session::Moment;
using session::Timeline;

constexpr std::size_t kEdits = 300'000;
constexpr int kRepetitions = 7;
constexpr double kMegabyte = 1e6;
constexpr std::chrono::seconds kBetweenEdits{2};

/// A log in a folder of its own, with one long document.
class LongDocument {
public:
    explicit LongDocument(const EditingTrace &trace)
        : m_folder(std::filesystem::temp_directory_path() /
                   ("cowrite-bench-" + std::to_string(getpid())))
    {
        m_log = *store::Log::open(m_folder, m_clock);
        store::DocumentInfo info;
        info.key = "long";
        m_id = *m_log->createDocument(info);
        SeededRng rng(1);
        crdt::Doc doc(1, rng);
        const Subscription written =
            codec::observeUpdates(doc, [&](ByteView update, const crdt::Transaction &) {
                m_log->append(m_id, "somebody", Bytes(update.begin(), update.end()));
            });
        crdt::Text text = *doc.text("content");
        for (std::size_t i = 0; i < kEdits; ++i) {
            const EditingTrace::Edit &edit = trace.edits[i % trace.edits.size()];
            doc.transact([&] {
                if (edit.removed > 0) {
                    (void)text.remove(edit.position, edit.removed);
                }
                if (edit.insertedLength > 0) {
                    (void)text.insert(edit.position, trace.inserted(edit));
                }
            });
        }
        (void)m_log->flush();
        m_text = text.toString();
    }
    ~LongDocument()
    {
        m_log.reset();
        std::filesystem::remove_all(m_folder);
    }

    [[nodiscard]] store::StoredDocument read() const
    {
        return *m_log->load(m_id, store::LoadFrom::Beginning);
    }
    [[nodiscard]] const std::u16string &text() const { return m_text; }

private:
    SystemClock m_clock;
    std::filesystem::path m_folder;
    std::unique_ptr<store::Log> m_log;
    store::DocumentId m_id{};
    std::u16string m_text;
};

std::unique_ptr<Timeline> timelineOf(const store::StoredDocument &stored)
{
    auto timeline = std::make_unique<Timeline>("content");
    auto time = std::chrono::system_clock::time_point();
    for (const store::StoredUpdate &update : stored.updates) {
        (void)timeline->add(update.bytes, time, update.author);
        time += kBetweenEdits;
    }
    (void)timeline->runs();
    return timeline;
}

session::Author somebody()
{
    return {QStringLiteral("somebody"), QStringLiteral("Somebody"), QStringLiteral("#2f6fde")};
}

qsizetype group(const Timeline &timeline)
{
    session::HistoryEntries entries;
    const session::Author author = somebody();
    for (Moment moment = 1; moment <= timeline.now(); ++moment) {
        const session::TimelineEdit &edit = timeline.editBefore(moment);
        entries.add({moment, edit.time, edit.inserted, edit.deleted}, author);
    }
    return entries.latestFirst().size();
}

void add(const char *name, benchmark::TimeUnit unit,
         const std::function<void(benchmark::State &)> &run)
{
    benchmark::RegisterBenchmark(name, run)
        ->Unit(unit)
        ->Repetitions(kRepetitions)
        ->ReportAggregatesOnly()
        ->MeasureProcessCPUTime()
        ->UseRealTime();
}

} // namespace

} // namespace cowrite::bench

int main(int argc, char **argv)
{
    using namespace cowrite;
    using namespace cowrite::bench;
    benchmark::Initialize(&argc, argv);
    const Result<EditingTrace> trace = findTrace("automerge-paper");
    if (!trace) {
        std::printf("skipped: %s\n", trace.error().message.c_str());
        return EXIT_SUCCESS;
    }
    const LongDocument document(*trace);
    const store::StoredDocument stored = document.read();
    const std::size_t before = residentBytes();
    const std::unique_ptr<Timeline> timeline = timelineOf(stored);
    const double megabytes = (double(residentBytes()) - double(before)) / kMegabyte;
    const session::Author author = somebody();
    const session::NameWriter name = [&](std::uint32_t) -> const session::Author & {
        return author;
    };
    if (pastText(*timeline, timeline->now(), timeline->now(), name).text != document.text() ||
        !changesTo(*timeline, timeline->now()).empty()) {
        std::fprintf(stderr, "The history does not end with the text.\n");
        return EXIT_FAILURE;
    }

    add("history_open", benchmark::kMillisecond, [&](benchmark::State &state) {
        for ([[maybe_unused]] const auto _ : state) {
            benchmark::DoNotOptimize(group(*timelineOf(document.read())));
        }
        state.counters["MB"] = megabytes;
    });
    add("history_read_log", benchmark::kMillisecond, [&](benchmark::State &state) {
        for ([[maybe_unused]] const auto _ : state) {
            benchmark::DoNotOptimize(document.read());
        }
    });
    add("history_group", benchmark::kMillisecond, [&](benchmark::State &state) {
        for ([[maybe_unused]] const auto _ : state) {
            benchmark::DoNotOptimize(group(*timeline));
        }
    });
    SeededRng rng(2);
    const auto anyMoment = [&] { return static_cast<Moment>(rng.below(timeline->now()) + 1); };
    add("history_step", benchmark::kMicrosecond, [&](benchmark::State &state) {
        for ([[maybe_unused]] const auto _ : state) {
            const Moment moment = anyMoment();
            benchmark::DoNotOptimize(pastText(*timeline, moment, moment - 1, name));
        }
    });
    add("history_changes_to", benchmark::kMicrosecond, [&](benchmark::State &state) {
        for ([[maybe_unused]] const auto _ : state) {
            benchmark::DoNotOptimize(changesTo(*timeline, anyMoment()));
        }
    });
    benchmark::RunSpecifiedBenchmarks();
    return EXIT_SUCCESS;
}
