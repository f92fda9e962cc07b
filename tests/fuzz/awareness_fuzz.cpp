// Presence: an awareness update is taken whole or not at all, and whatever is held can be passed
// on.

#include "libsync/base/check.h"
#include "libsync/protocol/awareness.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/manual_clock.h"

#include <utility>

namespace cowrite::fuzz {

using namespace protocol;

namespace {

constexpr crdt::ClientId kOwn = 7;

Bytes entries(std::initializer_list<std::pair<crdt::ClientId, const char *>> states)
{
    std::vector<AwarenessEntry> entries;
    for (const auto &[client, json] : states) {
        AwarenessEntry entry;
        entry.client = client;
        entry.clock = client % 5 + 1;
        entry.json = json;
        entries.push_back(std::move(entry));
    }
    return encodeAwarenessUpdate(entries);
}

} // namespace

void runOne(ByteView input)
{
    static const Bytes others = entries({{1, R"({"user":{"name":"Ada"}})"}, {2, "{}"}});
    const ManualClock clock;
    Awareness awareness(kOwn, clock);
    COWRITE_CHECK(awareness.setLocalState(lib0::Any(lib0::Any::object({}))).has_value());
    COWRITE_CHECK(awareness.apply(others, crdt::Origin()).has_value());
    const Bytes before = awareness.encodeAll();

    const auto change = awareness.apply(input, crdt::Origin());
    COWRITE_CHECK(awareness.localState() != nullptr && awareness.localState()->isObject());
    if (!change) {
        COWRITE_CHECK(awareness.encodeAll() == before);
        return;
    }
    Awareness copy(kOwn + 1, clock);
    const auto copied = copy.apply(awareness.encodeAll(), crdt::Origin());
    COWRITE_CHECK(copied.has_value());
}

std::vector<Bytes> seeds()
{
    return {
        entries({{1, R"({"cursor":{"anchor":null,"head":{"assoc":0}}})"}}),
        entries({{1, "null"}, {2, R"({"typing":"chat"})"}, {3, R"("x")"}, {4, "[1,2]"}}),
        entries({{kOwn, "null"}}),
        entries({{4'294'967'295, R"({"user":{"name":"\ud83d\ude00"}})"}}),
        entries({}),
    };
}

} // namespace cowrite::fuzz
