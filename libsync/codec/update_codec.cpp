#include "libsync/codec/update_codec.h"

#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_writer.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace cowrite::codec {

namespace {

using namespace crdt;

/// What a larger update filled is given back instead of kept for the next one.
constexpr std::size_t kKeptBytes = 64 * 1024;

/// A typical edit with its deletions fits.
constexpr std::size_t kReservedBytes = 64;

/// The structs of one client that hold the clocks [from, to).
struct Known {
    const ClientRecord *client = nullptr;
    StructList::Position position;
    std::size_t count = 0;
    Clock from = 0;
    Clock to = 0;
};

/// The range must be known and not empty.
Known knownStructs(const ClientRecord &client, Clock from, Clock to)
{
    const StructList &structs = client.structs;
    Known known{&client, {}, structs.size(), from, to};
    if (from == 0 && to == client.nextClock) {
        return known;
    }
    known.position = from >= structs.last()->id.clock ? structs.lastPosition() : structs.find(from);
    known.count = 1;
    for (auto at = known.position; structs.at(at)->end() < to; at = structs.next(at)) {
        ++known.count;
    }
    return known;
}

void writeKnown(UpdateWriter &writer, const Store &store, const Known &known)
{
    const StructList &structs = known.client->structs;
    StructList::Position at = known.position;
    Clock from = known.from;
    for (std::size_t left = known.count; left > 0; --left) {
        const Item &item = *structs.at(at);
        writer.writeItem(store, item, from - item.id.clock,
                         std::min(item.end(), known.to) - item.id.clock);
        from = item.end();
        if (left > 1) {
            at = structs.next(at);
        }
    }
}

/// One client of a whole state: what is known and, behind it, what waits.
struct Section {
    ClientId client = 0;
    Known known;
    std::vector<PendingStruct> waiting;
};

/// What waits of one client from the clock `from` on.
std::vector<PendingStruct> waitingFrom(Clock from, ClientId client,
                                       const PendingStore::Structs &structs)
{
    std::vector<PendingStruct> result;
    for (const auto &[clock, pending] : structs) {
        if (pending.end() <= from) {
            continue;
        }
        PendingStruct &copy = result.emplace_back(pending);
        if (copy.clock < from) {
            cutFront(copy, client, from - copy.clock);
        }
    }
    return result;
}

/// All that a peer at `target` lacks, by descending client id.
std::vector<Section> sectionsBeyond(const Store &store, const StateVector &target)
{
    const auto descending = [](const Section &a, const Section &b) { return a.client > b.client; };
    std::vector<Section> sections;
    for (const ClientRecord &client : store.clients) {
        const Clock from = target.get(client.id);
        if (client.nextClock > from) {
            sections.push_back({client.id, knownStructs(client, from, client.nextClock), {}});
        }
    }
    std::sort(sections.begin(), sections.end(), descending);

    std::vector<Section> onlyWaiting;
    for (const auto &[client, structs] : store.pending.clients()) {
        const auto section =
            std::lower_bound(sections.begin(), sections.end(), Section{client, {}, {}}, descending);
        if (section != sections.end() && section->client == client) {
            section->waiting = waitingFrom(section->known.to, client, structs);
        } else if (auto waiting = waitingFrom(target.get(client), client, structs);
                   !waiting.empty()) {
            onlyWaiting.push_back({client, {}, std::move(waiting)});
        }
    }
    const auto middle =
        sections.insert(sections.end(), std::make_move_iterator(onlyWaiting.begin()),
                        std::make_move_iterator(onlyWaiting.end()));
    std::inplace_merge(sections.begin(), middle, sections.end(), descending);
    return sections;
}

/// A Skip stands for each gap, but never at the start (yjs-compat 4.4).
void writeSection(UpdateWriter &writer, const Store &store, const Section &section)
{
    const bool isKnown = section.known.client != nullptr;
    const Clock first = isKnown ? section.known.from : section.waiting.front().clock;
    const Clock waitingFrom = isKnown ? section.known.to : first;
    std::size_t gaps = 0;
    Clock end = waitingFrom;
    for (const PendingStruct &pending : section.waiting) {
        gaps += pending.clock > end ? 1 : 0;
        end = pending.end();
    }
    writer.writeSectionHead(section.known.count + gaps + section.waiting.size(), section.client,
                            first);
    if (isKnown) {
        writeKnown(writer, store, section.known);
    }
    end = waitingFrom;
    for (const PendingStruct &pending : section.waiting) {
        if (pending.clock > end) {
            writer.writeSkip(pending.clock - end);
        }
        writer.writePending(pending);
        end = pending.end();
    }
}

/// Decoding tables that outlive a call, so that small updates allocate nothing. An observer that
/// applies another update meanwhile gets tables of its own.
class Scratch {
public:
    explicit Scratch(std::size_t inputBytes)
        : m_keep(inputBytes <= kKeptBytes), m_update(std::move(kept()))
    {
        if (!m_update) {
            m_update = std::make_unique<Update>();
        }
    }
    ~Scratch()
    {
        if (m_keep) {
            kept() = std::move(m_update);
        }
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;

    Update &operator*() { return *m_update; }

private:
    static std::unique_ptr<Update> &kept()
    {
        thread_local std::unique_ptr<Update> update;
        return update;
    }

    bool m_keep;
    std::unique_ptr<Update> m_update;
};

void writeTransaction(lib0::Encoder &out, const Transaction &transaction)
{
    const Store &store = transaction.doc().store();
    UpdateWriter writer(out);
    out.writeVarUint(transaction.advances().size());
    for (const ClientAdvance &advance : transaction.advances()) {
        const Known known = knownStructs(store.clients[store.findClient(advance.client)],
                                         advance.before, advance.after);
        writer.writeSectionHead(known.count, advance.client, advance.before);
        writeKnown(writer, store, known);
    }
    writer.writeDeletions(transaction.deletions());
}

} // namespace

Bytes encodeStateAsUpdate(const Doc &doc, const StateVector &target)
{
    const Store &store = doc.store();
    lib0::Encoder out;
    // What waits joins the state as if by mergeUpdates.
    UpdateWriter writer(out, doc.hasPending() ? LoneKeyBit::Omit : LoneKeyBit::Write);
    const std::vector<Section> sections = sectionsBeyond(store, target);
    out.writeVarUint(sections.size());
    for (const Section &section : sections) {
        writeSection(writer, store, section);
    }
    DeleteSet deletions = doc.deleteSet();
    if (!store.pending.deletions.empty()) {
        deletions.add(store.pending.deletions);
        deletions.normalize();
    }
    writer.writeDeletions(deletions);
    return out.take();
}

Bytes encodeTransaction(const Transaction &transaction)
{
    if (!transaction.changedDocument()) {
        return {};
    }
    lib0::Encoder out;
    out.reserve(kReservedBytes);
    writeTransaction(out, transaction);
    return out.take();
}

Result<void> applyUpdate(Doc &doc, ByteView update, Origin origin)
{
    Scratch decoded(update.size());
    return decodeUpdate(update, *decoded).and_then([&] { return doc.apply(*decoded, origin); });
}

Subscription observeUpdates(Doc &doc,
                            std::function<void(ByteView update, const Transaction &)> callback)
{
    // One buffer serves all calls: a document's transactions end one after another.
    return doc.committed.connect([callback = std::move(callback),
                                  out = lib0::Encoder()](const Transaction &transaction) mutable {
        if (!transaction.changedDocument()) {
            return;
        }
        out.clear();
        writeTransaction(out, transaction);
        callback(out.bytes(), transaction);
        if (out.size() > kKeptBytes) {
            out = {};
        }
    });
}

} // namespace cowrite::codec
