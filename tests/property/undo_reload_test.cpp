// Undo after a document was stored and read again, against undo in one that stayed in memory: the
// same random edits, mine and somebody else's, must give the same text at every step.

#include "libsync/codec/update_codec.h"
#include "libsync/crdt/content_keeper.h"
#include "libsync/crdt/debug_check.h"
#include "libsync/session/log/text_undo.h"
#include "tests/support/manual_clock.h"

#include <QtTest/QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace std::chrono_literals;

namespace {

constexpr int kPlans = 400;
constexpr int kSteps = 120;
constexpr ClientId kMe = 7;
constexpr std::size_t kEnough = std::size_t{1} << 20;

const int kEditorObject = 0;
const int kLogObject = 0;
constexpr Origin kEditor = Origin::of(&kEditorObject);
constexpr Origin kLog = Origin::of(&kLogObject);

/// How often the document is stored and read again, and what of it.
enum class Reload { Never, AllUpdates, Checkpoint };

/// My replica: a document on a log, with undo.
class Mine {
public:
    explicit Mine(const cowrite::Clock &clock) : m_clock(clock)
    {
        make();
        watch();
    }

    Doc &doc() { return *m_doc; }
    Text text() { return *m_doc->text("content"); }
    std::u16string string() { return text().toString(); }
    session::TextUndo &undo() { return *m_undo; }
    /// The last time that a selection came back.
    session::SelectionOffsets selection;

    template <class Edit>
    void edit(Edit edit)
    {
        noteSelection();
        m_doc->transact([&] { edit(text()); }, kEditor);
    }

    /// As an editor does before it changes anything.
    void noteSelection()
    {
        const auto end = static_cast<std::uint32_t>(string().size());
        m_undo->setSelectionBefore({end / 2, end});
    }

    void receive(const Bytes &update)
    {
        if (!codec::applyUpdate(*m_doc, update, kLog)) {
            qFatal("refused");
        }
    }

    void reload(Reload how)
    {
        const Bytes steps = m_undo->toBytes(kEnough);
        if (how == Reload::Checkpoint) {
            SystemRng rng;
            Doc doc(rng);
            const ContentKeeper keeper(doc, m_undo->deletions());
            doc.transact([&] { readLog(doc); }, kLog);
            m_log = {codec::encodeStateAsUpdate(doc)};
        }
        m_subscription.disconnect();
        m_undo.reset();
        m_doc.reset();
        make();
        if (!steps.empty() && !m_undo->restore(steps)) {
            qFatal("what was stored is not taken");
        }
        m_doc->transact([&] { readLog(*m_doc); }, kLog);
        m_undo->finishRestoring();
        // A new program has a new id, and ids decide between edits of one moment: not what is
        // asked.
        (void)m_doc->setClientId(kMe);
        debugCheck(*m_doc);
        if (m_undo->toBytes(kEnough) != steps) {
            qFatal("other steps came back");
        }
        watch();
    }

private:
    void make()
    {
        m_doc = std::make_unique<Doc>(kMe, m_rng);
        m_undo = std::make_unique<session::TextUndo>(*m_doc->root("content", TypeKind::Untyped),
                                                     m_clock);
        m_undo->track(kEditor);
        QObject::connect(
            m_undo.get(), &session::TextUndo::selectionRestored, m_undo.get(),
            [this](const session::SelectionOffsets &restored) { selection = restored; });
    }

    void watch()
    {
        m_subscription =
            codec::observeUpdates(*m_doc, [this](ByteView update, const Transaction &) {
                m_log.emplace_back(update.begin(), update.end());
            });
    }

    void readLog(Doc &doc) const
    {
        for (const Bytes &update : m_log) {
            if (!codec::applyUpdate(doc, update, kLog)) {
                qFatal("the log cannot be read");
            }
        }
    }

    const cowrite::Clock &m_clock;
    SeededRng m_rng{kMe};
    std::vector<Bytes> m_log;
    std::unique_ptr<Doc> m_doc;
    std::unique_ptr<session::TextUndo> m_undo;
    Subscription m_subscription;
};

/// What one run came to after each of its steps.
struct Outcome {
    std::vector<std::u16string> texts;
    std::vector<session::SelectionOffsets> selections;
    bool converged = false;
};

void editSomewhere(Text text, SeededRng &rng, char16_t letter)
{
    const auto length = text.length();
    const auto at = static_cast<std::uint32_t>(rng.below(length + 1));
    if (length > 0 && rng.below(3) == 0) {
        const auto from = static_cast<std::uint32_t>(rng.below(length));
        (void)text.remove(from, std::min<std::uint32_t>(
                                    length - from, 1 + static_cast<std::uint32_t>(rng.below(6))));
    } else {
        (void)text.insert(at, std::u16string(1 + rng.below(4), letter));
    }
}

Outcome run(std::uint64_t seed, Reload how)
{
    SeededRng rng(seed);
    SeededRng reloads(seed + 1);
    ManualClock clock;
    Mine mine(clock);
    SeededRng otherRng(9);
    Doc other(9, otherRng);
    Outcome outcome;
    const auto hear = [&] {
        mine.receive(codec::encodeStateAsUpdate(other, mine.doc().stateVector()));
    };
    const auto tell = [&] {
        (void)codec::applyUpdate(other, codec::encodeStateAsUpdate(mine.doc(), other.stateVector()),
                                 kLog);
    };
    for (int step = 0; step < kSteps; ++step) {
        clock.advance(std::chrono::milliseconds(rng.below(900)));
        const auto letter = static_cast<char16_t>(u'a' + step % 26);
        switch (rng.below(10)) {
        case 0:
        case 1:
            mine.noteSelection();
            mine.undo().undo();
            break;
        case 2:
            mine.noteSelection();
            mine.undo().redo();
            break;
        case 3:
            hear();
            break;
        case 4:
            tell();
            break;
        case 5:
        case 6:
            editSomewhere(*other.text("content"), rng, static_cast<char16_t>(letter - 32));
            break;
        default:
            mine.edit([&](Text text) { editSomewhere(text, rng, letter); });
            break;
        }
        if (how != Reload::Never && reloads.below(12) == 0) {
            mine.reload(how);
        } else if (how == Reload::Never && reloads.below(12) == 0) {
            mine.undo().breakStep(); // as a start of the program does
        }
        outcome.texts.push_back(mine.string());
        outcome.selections.push_back(mine.selection);
    }
    hear();
    tell();
    outcome.converged = other.text("content")->toString() == mine.string();
    return outcome;
}

class UndoReloadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoAfterReadingIsUndoWithoutIt_data();
    void undoAfterReadingIsUndoWithoutIt();
};

} // namespace

void UndoReloadTest::undoAfterReadingIsUndoWithoutIt_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("all updates") << static_cast<int>(Reload::AllUpdates);
    QTest::newRow("from checkpoints") << static_cast<int>(Reload::Checkpoint);
}

void UndoReloadTest::undoAfterReadingIsUndoWithoutIt()
{
    QFETCH(int, how);
    for (std::uint64_t seed = 1; seed <= kPlans; ++seed) {
        const Outcome expected = run(seed, Reload::Never);
        const Outcome actual = run(seed, static_cast<Reload>(how));
        for (std::size_t step = 0; step < kSteps; ++step) {
            QVERIFY2(actual.texts[step] == expected.texts[step] &&
                         actual.selections[step] == expected.selections[step],
                     qPrintable(QStringLiteral("seed %1, step %2: %3 instead of %4")
                                    .arg(seed)
                                    .arg(step)
                                    .arg(QString::fromStdU16String(actual.texts[step]),
                                         QString::fromStdU16String(expected.texts[step]))));
        }
        QVERIFY(actual.converged && expected.converged);
    }
}

QTEST_APPLESS_MAIN(UndoReloadTest)
#include "undo_reload_test.moc"
