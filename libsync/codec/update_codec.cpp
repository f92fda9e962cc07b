#include "libsync/codec/update_codec.h"

#include "libsync/codec/struct_writer.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_sink.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace cowrite::codec {

namespace {

using namespace crdt;

/// What a larger update filled is given back instead of kept for the next one.
constexpr std::size_t kKeptBytes = 64 * 1024;

/// The clocks [from, to) of one client, which are known and not empty.
struct Known {
    const ClientRecord *client = nullptr;
    Clock from = 0;
    Clock to = 0;

    StructList::Range structs() const { return client->structs.range(from, to); }
};

/// `structs` are those of `known`. Adds what of it is deleted to `deletions`, if there is one.
template <class Sink>
void writeKnown(Sink &sink, const Store &store, const Known &known,
                const StructList::Range &structs, LoneKeyBit loneKeyBit,
                DeleteSet *deletions = nullptr)
{
    const ClientId client = known.client->id;
    Clock from = known.from;
    known.client->structs.forEach(structs, [&](const Item *item) {
        const Clock to = std::min(item->end(), known.to);
        writeStruct(sink, StoredStruct(store, client, *item, loneKeyBit), from - item->id.clock,
                    to - item->id.clock);
        if (deletions != nullptr && item->deleted()) {
            deletions->add(client, {from, to - from});
        }
        from = to;
    });
}

/// One client of a whole state: what is known and, behind it, what waits.
struct Section {
    ClientId client = 0;
    Known known;
    /// Of the update that waits.
    std::span<const WireStruct> waiting;
};

/// What is in `section` from the clock `from` on.
std::span<const WireStruct> waitingFrom(Clock from, const WireSection &section,
                                        const Update &update)
{
    const auto all = std::span(update.structs).subspan(section.first, section.count);
    const auto first = std::partition_point(
        all.begin(), all.end(), [&](const WireStruct &wire) { return wire.end() <= from; });
    return all.subspan(static_cast<std::size_t>(first - all.begin()));
}

/// All that a peer at `target` lacks, by descending client id.
std::vector<Section> sectionsBeyond(const Store &store, const Update &waiting,
                                    const StateVector &target)
{
    const auto descending = [](const Section &a, const Section &b) { return a.client > b.client; };
    std::vector<Section> sections;
    sections.reserve(store.clients.size());
    for (const ClientRecord &client : store.clients) {
        const Clock from = target.get(client.id);
        if (client.nextClock > from) {
            Section &section = sections.emplace_back();
            section.client = client.id;
            section.known = {&client, from, client.nextClock};
        }
    }
    std::sort(sections.begin(), sections.end(), descending);

    std::vector<Section> onlyWaiting;
    for (const WireSection &wire : waiting.sections) {
        const ClientId client = waiting.clients[wire.client];
        const auto section =
            std::lower_bound(sections.begin(), sections.end(), Section{client, {}, {}}, descending);
        if (section != sections.end() && section->client == client) {
            section->waiting = waitingFrom(section->known.to, wire, waiting);
        } else if (const auto structs = waitingFrom(target.get(client), wire, waiting);
                   !structs.empty()) {
            onlyWaiting.push_back({client, {}, structs});
        }
    }
    const auto middle =
        sections.insert(sections.end(), std::make_move_iterator(onlyWaiting.begin()),
                        std::make_move_iterator(onlyWaiting.end()));
    std::inplace_merge(sections.begin(), middle, sections.end(), descending);
    return sections;
}

/// A Skip stands for each gap, but never at the start (yjs-compat 4.4).
template <class Sink>
void writeSection(Sink &sink, const Store &store, const Update &waiting, const Section &section,
                  Clock targetClock, DeleteSet *deletions)
{
    const bool isKnown = section.known.client != nullptr;
    const Clock waitingFrom =
        isKnown ? section.known.to : std::max(section.waiting.front().clock, targetClock);
    std::size_t gaps = 0;
    Clock end = waitingFrom;
    for (const WireStruct &wire : section.waiting) {
        gaps += wire.clock > end ? 1 : 0;
        end = wire.end();
    }
    const std::size_t behind = gaps + section.waiting.size();
    if (isKnown) {
        const Known &known = section.known;
        const StructList::Range structs = known.structs();
        sink.writeSectionHead(known.client->structs.count(structs) + behind, section.client,
                              known.from);
        writeKnown(sink, store, known, structs,
                   waiting.empty() ? LoneKeyBit::Write : LoneKeyBit::Omit, deletions);
    } else {
        sink.writeSectionHead(behind, section.client, waitingFrom);
    }
    end = waitingFrom;
    for (const WireStruct &wire : section.waiting) {
        if (wire.clock > end) {
            writeSkip(sink, wire.clock - end);
            end = wire.clock;
        }
        writeStruct(sink, DecodedStruct(waiting, section.client, wire), end - wire.clock,
                    wire.length);
        end = wire.end();
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

template <class Sink>
void writeState(Sink &sink, const Doc &doc, const StateVector &target)
{
    const Store &store = doc.store();
    const Update waiting = store.pending.toUpdate();
    const std::vector<Section> sections = sectionsBeyond(store, waiting, target);
    sink.writeSectionCount(sections.size());
    // All deletions are told, whatever the peer knows. Where all structs are written as well, one
    // walk gathers them.
    const bool isWhole = target.empty();
    DeleteSet deletions = isWhole ? DeleteSet() : doc.deleteSet();
    for (const Section &section : sections) {
        writeSection(sink, store, waiting, section, target.get(section.client),
                     isWhole ? &deletions : nullptr);
    }
    if (!waiting.deletions.empty()) {
        deletions.add(waiting.deletions);
        deletions.normalize();
    }
    sink.writeDeletions(deletions);
}

template <class Sink>
void writeTransaction(Sink &sink, const Transaction &transaction)
{
    const Store &store = transaction.doc().store();
    sink.writeSectionCount(transaction.advances().size());
    for (const ClientAdvance &advance : transaction.advances()) {
        const Known known{&store.clients[store.findClient(advance.client)], advance.before,
                          advance.after};
        const StructList::Range structs = known.structs();
        sink.writeSectionHead(known.client->structs.count(structs), advance.client, advance.before);
        writeKnown(sink, store, known, structs, LoneKeyBit::Write);
    }
    sink.writeDeletions(transaction.deletions());
}

template <class Sink>
Subscription observeWith(Doc &doc,
                         std::function<void(ByteView update, const Transaction &)> callback)
{
    // One sink serves all calls: a document's transactions end one after another.
    return doc.committed.connect(
        [callback = std::move(callback), sink = Sink()](const Transaction &transaction) mutable {
            if (!transaction.changedDocument()) {
                return;
            }
            sink.clear();
            writeTransaction(sink, transaction);
            const ByteView update = sink.finish();
            callback(update, transaction);
            if (update.size() > kKeptBytes) {
                sink = {};
            }
        });
}

} // namespace

Bytes encodeStateAsUpdate(const Doc &doc, const StateVector &target, UpdateFormat format)
{
    return written(format, [&](auto &sink) { writeState(sink, doc, target); });
}

Bytes encodeTransaction(const Transaction &transaction, UpdateFormat format)
{
    if (!transaction.changedDocument()) {
        return {};
    }
    return written(format, [&](auto &sink) { writeTransaction(sink, transaction); });
}

Result<void> applyUpdate(Doc &doc, ByteView update, Origin origin, UpdateFormat format)
{
    Scratch decoded(update.size());
    return decodeUpdate(update, *decoded, format).and_then([&] {
        return doc.apply(std::move(*decoded), origin);
    });
}

Subscription observeUpdates(Doc &doc,
                            std::function<void(ByteView update, const Transaction &)> callback,
                            UpdateFormat format)
{
    return format == UpdateFormat::V1 ? observeWith<UpdateV1Sink>(doc, std::move(callback))
                                      : observeWith<UpdateV2Sink>(doc, std::move(callback));
}

} // namespace cowrite::codec
