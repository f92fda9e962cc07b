#pragma once

#include "libsync/codec/update_codec.h"
#include "libsync/crdt/undo_manager.h"
#include "tests/property/event_mirror.h"
#include "tests/property/moments.h"
#include "tests/property/plan.h"
#include "tests/support/manual_clock.h"

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cowrite::test {

/// An update under way.
struct Parcel {
    Bytes bytes;
    codec::UpdateFormat format = codec::UpdateFormat::V1;
};

/// Whether somebody listens to a document; if nobody does, some edits take a shorter way.
enum class Watch { Watched, Alone };

struct ReplicaOptions {
    crdt::ClientId client = 1;
    crdt::GarbageCollection gc = crdt::GarbageCollection::On;
    Watch watch = Watch::Watched;
    codec::UpdateFormat format = codec::UpdateFormat::V1;
    crdt::UndoManager::Options undo;
};

/// One replica under random edits and what it sent. A watched one has an undo manager and copies
/// fed by events; one that collects nothing remembers moments.
class RandomReplica {
public:
    explicit RandomReplica(const ReplicaOptions &options);

    crdt::Doc &doc() { return *m_doc; }
    /// Edits, undoes, redoes or remembers, as the step says; nothing else.
    void edit(const Step &step);
    void receive(const Parcel &update);
    /// Closes the document and opens it from its saved state.
    void reload();
    std::vector<Parcel> takeSent() { return std::exchange(m_sent, {}); }
    /// What a peer at `target` lacks.
    Parcel state(const crdt::StateVector &target = {}) const;

    /// What is wrong with it; nothing if all is well. A broken invariant stops the program.
    std::string check(std::uint64_t random);
    std::string checkMoments(std::uint64_t random) { return m_moments.check(*m_doc, random); }

private:
    void open(const Parcel &state);
    void driveUndo(StepKind kind);
    void editOnce(const Step &step);
    void editText(const Step &step);
    void editList(const Step &step);
    void editMap(const Step &step);
    void editNodes(const Step &step);
    void editAttributes(const Step &step);
    /// One of the live types of these kinds, of which there is at least one.
    crdt::SharedType pick(std::initializer_list<crdt::TypeKind> kinds, std::uint64_t random);
    std::string checkPositions(std::uint64_t random);

    ReplicaOptions m_options;
    SeededRng m_rng;
    ManualClock m_clock;
    std::vector<Parcel> m_sent;
    Moments m_moments;
    std::string m_failure;
    // Destroyed in reverse: what listens to the document goes before it.
    std::unique_ptr<crdt::Doc> m_doc;
    std::unique_ptr<crdt::UndoManager> m_undo;
    std::unique_ptr<EventMirror> m_mirror;
    Subscription m_updates;
};

} // namespace cowrite::test
