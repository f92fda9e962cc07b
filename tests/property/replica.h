#pragma once

#include "libsync/codec/update_codec.h"
#include "libsync/crdt/undo_manager.h"
#include "tests/property/event_mirror.h"
#include "tests/property/plan.h"
#include "tests/support/manual_clock.h"

#include <memory>
#include <optional>
#include <string>

namespace cowrite::test {

/// Whether somebody listens to a document; if nobody does, some edits take a shorter way.
enum class Watch { Watched, Alone };

/// One replica under random edits and what it sent. A watched one has an undo manager and copies
/// fed by events.
class RandomReplica {
public:
    RandomReplica(crdt::ClientId client, crdt::GarbageCollection gc, Watch watch);

    crdt::Doc &doc() { return *m_doc; }
    /// Edits, undoes or redoes, as the step says; nothing else.
    void edit(const Step &step);
    void receive(const Bytes &update);
    /// Closes the document and opens it from its saved state.
    void reload();
    std::vector<Bytes> takeSent() { return std::exchange(m_sent, {}); }

    /// What is wrong with it; nothing if all is well. A broken invariant stops the program.
    std::string check(std::uint64_t random);

private:
    void open(const Bytes &state);
    void driveUndo(StepKind kind);
    void editOnce(const Step &step);
    void editText(const Step &step);
    void editList(const Step &step);
    void editMap(const Step &step);
    /// One of the live types of this kind, the root among them.
    crdt::SharedType pick(crdt::TypeKind kind, std::uint64_t random);
    std::string checkPositions(std::uint64_t random);

    SeededRng m_rng;
    crdt::GarbageCollection m_gc;
    Watch m_watch;
    ManualClock m_clock;
    std::vector<Bytes> m_sent;
    // Destroyed in reverse: what listens to the document goes before it.
    std::unique_ptr<crdt::Doc> m_doc;
    std::unique_ptr<crdt::UndoManager> m_undo;
    std::unique_ptr<EventMirror> m_mirror;
    Subscription m_updates;
};

} // namespace cowrite::test
