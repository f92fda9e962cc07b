#pragma once

#include "libsync/crdt/update.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cowrite::crdt {

struct Store;

/// Integrates the structs of updates, each as soon as what it refers to is there (yjs-compat 3.1).
/// Keeps its tables from one update to the next: most updates hold a few bytes.
class Integrator {
public:
    explicit Integrator(Store &store) : m_store(store) {}

    /// Moves contents into the document, and what is left over to its pending structs. False if
    /// more would have to wait than may: then all that waits is to be dropped.
    [[nodiscard]] bool run(Update &update);

private:
    struct Queue {
        std::uint32_t next;
        std::uint32_t end;
        std::uint32_t client; ///< Of the update.
        bool blocked;
        bool waiting; ///< On the stack: something it needs is being drained.
    };

    void prepare(Update &update);
    void drain(std::size_t first);
    bool keepRest();
    void leave();
    void returnToWaiting();
    void block(Queue &queue, std::uint32_t client, Clock clock);

    Clock stateOf(std::uint32_t client) const;
    std::uint32_t storeClient(std::uint32_t client);
    LocalId localId(LocalId id) const;
    std::uint32_t missingClient(const WireStruct &wire, std::uint32_t own) const;
    std::size_t queueOf(std::uint32_t client) const;

    void splitAtAnchors(const WireStruct &wire);
    bool extendLast(const WireStruct &wire, std::uint32_t client);
    void integrate(const WireStruct &wire, std::uint32_t client, Clock offset);
    void takeContent(Item *item, const WireStruct &wire, Clock offset);

    Store &m_store;
    Update *m_update = nullptr;
    /// Client of the update -> of the document, if known.
    std::vector<std::uint32_t> m_clients;
    std::vector<Queue> m_queues;      ///< By descending client id.
    std::vector<std::size_t> m_stack; ///< Of drain().
};

} // namespace cowrite::crdt
