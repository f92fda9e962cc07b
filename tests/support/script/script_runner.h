#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "libsync/base/clock.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/snapshot.h"
#include "libsync/lib0/any.h"
#include "tests/support/script/script_replica.h"

namespace cowrite::script {

/// Runs the steps of a document script one by one.
class Runner {
public:
    /// Takes what a step prints: one JSON value a line.
    using Print = std::function<void(const lib0::Any &)>;

    explicit Runner(Print print) : m_print(std::move(print)) {}

    /// Runs one step. Throws Refused if it is not understood, or if the document refuses it.
    void run(const lib0::Any &step);

private:
    /// `document` is the number of the document that a step without one is about.
    void run(const lib0::Any &step, const lib0::Any *document);
    /// Runs the step `name` if it is about one document and does not edit it; false otherwise.
    bool drive(const std::string &name, const lib0::Any &step, Replica &replica);
    /// Runs the step `name` if it is about no document of its own; false otherwise.
    bool runAlone(const std::string &name, const lib0::Any &step);

    void makeDocument(const lib0::Any &step);
    void synchronise(const lib0::Any &step);
    void printPosition(const lib0::Any &step);
    void printSnapshot(const lib0::Any &step);
    void compareSnapshot(const lib0::Any &step);

    void transact(const lib0::Any &step, Replica &replica);
    void print(const lib0::Any &step, Replica &replica);
    void apply(const lib0::Any &step, Replica &replica);
    void track(const lib0::Any &step, Replica &replica);
    void undo(const lib0::Any &step, Replica &replica);
    void redo(const lib0::Any &step, Replica &replica);
    void stopCapturing(const lib0::Any &step, Replica &replica);
    void keepPosition(const lib0::Any &step, Replica &replica);
    void resolvePosition(const lib0::Any &step, Replica &replica);
    void observe(const lib0::Any &step, Replica &replica);
    void printEmitted(const lib0::Any &step, Replica &replica);
    void keepSnapshot(const lib0::Any &step, Replica &replica);
    void restore(const lib0::Any &step, Replica &replica);
    void render(const lib0::Any &step, Replica &replica);
    void printSubdocs(const lib0::Any &step, Replica &replica);
    void loadSubdoc(const lib0::Any &step, Replica &replica);
    void destroySubdoc(const lib0::Any &step, Replica &replica);
    void keepUserData(const lib0::Any &step, Replica &replica);
    void printUser(const lib0::Any &step, Replica &replica);
    void printAttributes(const lib0::Any &step, Replica &replica);

    [[nodiscard]] Replica &replica(const lib0::Any &number);
    [[nodiscard]] const crdt::RelativePosition &position(const lib0::Any &step) const;
    [[nodiscard]] const crdt::Snapshot &snapshot(const lib0::Any &step, const char *member) const;
    /// The same origin for the same value; the empty one for null.
    [[nodiscard]] crdt::Origin origin(const lib0::Any *value);

    Print m_print;
    SystemClock m_clock;
    std::map<std::string, std::unique_ptr<char>> m_origins;
    std::map<double, std::unique_ptr<Replica>> m_replicas;
    std::map<std::string, crdt::RelativePosition> m_positions;
    std::map<std::string, crdt::Snapshot> m_snapshots;
};

} // namespace cowrite::script
