#pragma once

#include "libsync/base/check.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/lib0/json.h"
#include "libsync/protocol/sync_machine.h"
#include "tests/support/manual_clock.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cowrite::test {

/// One end of a connection with its document, wired as a session wires it.
class MachinePeer {
public:
    MachinePeer(protocol::Role role, crdt::ClientId client, const ManualClock &clock,
                protocol::EditLedger *ledger = nullptr, protocol::ClientOwners *owners = nullptr)
        : m_rng(client),
          doc(client, m_rng),
          awareness(client, clock),
          machine({role, doc, awareness, clock, ledger, owners}),
          m_updates(codec::observeUpdates(
              doc,
              [this, ledger](ByteView update, const crdt::Transaction &transaction) {
                  if (ledger && transaction.isLocal())
                      ledger->recordEdit();
                  machine.localUpdate(update, transaction.origin());
              })),
          m_presence(awareness.updated.connect(
              [this](const protocol::AwarenessChange &change, crdt::Origin origin) {
                  machine.awarenessChanged(change, origin);
              }))
    {}

private:
    SeededRng m_rng;

public:
    crdt::Doc doc;
    protocol::Awareness awareness;
    protocol::SyncMachine machine;

    /// Inserts at the start of the root `t`.
    void type(std::u16string_view text)
    {
        auto root = doc.text("t");
        COWRITE_CHECK(root.has_value());
        COWRITE_CHECK(root->insert(0, text).has_value());
    }

    /// Lets effects go that do not matter to the test.
    void skipEffects() { static_cast<void>(machine.takeEffects()); }

    [[nodiscard]] std::u16string text() { return doc.text("t")->toString(); }

    void appear(const char *state)
    {
        COWRITE_CHECK(awareness.setLocalState(*lib0::parseJson(state)).has_value());
    }

private:
    Subscription m_updates;
    Subscription m_presence;
};

template <class T>
std::vector<T> only(const protocol::Effects &effects)
{
    std::vector<T> result;
    for (const protocol::Effect &effect : effects) {
        if (const T *wanted = std::get_if<T>(&effect))
            result.push_back(*wanted);
    }
    return result;
}

inline std::vector<Bytes> frames(const protocol::Effects &effects)
{
    std::vector<Bytes> result;
    for (const protocol::Send &send : only<protocol::Send>(effects))
        result.push_back(send.frame);
    return result;
}

} // namespace cowrite::test
