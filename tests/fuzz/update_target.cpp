#include "tests/fuzz/update_target.h"

#include "libsync/base/check.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_tools.h"
#include "libsync/crdt/debug_check.h"
#include "libsync/crdt/store.h"
#include "tests/fuzz/heap.h"
#include "tests/support/hostile_updates.h"

#include <utility>
#include <vector>

namespace cowrite::fuzz {

using namespace crdt;
using codec::UpdateFormat;

namespace {

/// What the costliest structs and values take; structs of an update V2 may take no bytes.
constexpr std::size_t kMaxHeapPerByte = 72;
constexpr std::size_t kMaxHeapPerStruct = 480;
constexpr std::size_t kMaxSeedBytes = 4096;
constexpr std::size_t kFreeHeap = std::size_t{1} << 20;

/// Text with formatting, a list, a map and nested types, with deletions, by client `id`.
void edit(Doc &doc, int variant)
{
    Text content = *doc.text("content");
    Array rows = *doc.array("rows");
    Map meta = *doc.map("meta");
    XmlFragment tree = *doc.xmlFragment("p");
    const Attributes bold{{"bold", Any(true)}};
    COWRITE_CHECK(content.insert(0, u"hello world").has_value());
    COWRITE_CHECK(content.format(2, 5, bold).has_value());
    COWRITE_CHECK(content.remove(1, 3).has_value());
    COWRITE_CHECK(content.insert(4, u"\U0001f600", bold).has_value());
    COWRITE_CHECK(content.insertEmbed(2, Any::object({{"image", Any("x")}})).has_value());
    COWRITE_CHECK(rows.push({Any(1), NewMap{{{"a", Any("b")}}}, NewText{u"cell"}}).has_value());
    COWRITE_CHECK(rows.push({NewArray{{Any(nullptr), Any::bytes({1, 2})}}}).has_value());
    COWRITE_CHECK(meta.set("title", Any("one")).has_value());
    COWRITE_CHECK(meta.set("title", Any(static_cast<double>(variant))).has_value());
    COWRITE_CHECK(meta.set("nested", NewMap{{{"k", NewText{u"t"}}}}).has_value());
    COWRITE_CHECK(tree.push({NewXmlElement{"p", {{"id", Any("x")}}, {NewXmlText{u"in p"}}},
                             NewXmlHook{"hook", {{"k", Any(1)}}}})
                      .has_value());
    if (variant % 2 == 0) {
        COWRITE_CHECK(rows.remove(1, 2).has_value());
        COWRITE_CHECK(meta.remove("nested").has_value());
    }
}

Bytes editedBy(ClientId client, int variant, const Bytes &onTopOf = {})
{
    SeededRng rng(client);
    Doc doc(client, rng);
    if (!onTopOf.empty()) {
        COWRITE_CHECK(codec::applyUpdate(doc, onTopOf, {}).has_value());
    }
    const StateVector before = doc.stateVector();
    edit(doc, variant);
    return codec::encodeStateAsUpdate(doc, before);
}

const Bytes &baseUpdate()
{
    static const Bytes update = editedBy(1, 0);
    return update;
}

/// Content that this version cannot write by itself, as Yjs writes it (yjs-compat 4.2).
std::vector<Bytes> foreignUpdates()
{
    // XML; every nested type; subdocuments, binary and legacy JSON; Gc and Skip.
    return {
        {1, 4, 1, 0, 7, 1,   1,  'p', 3, 3, 'd', 'i', 'v', 7, 0,   1, 0,   6,
         4, 0, 1, 1, 1, 'z', 40, 0,   1, 0, 2,   'i', 'd', 1, 119, 1, '7', 0},
        {1,   7, 1, 0, 7,   1, 1, 'a', 5,   2, 'h', 'k', 135, 1,   0,   1, 135, 1, 1, 2,
         135, 1, 2, 4, 135, 1, 3, 6,   135, 1, 4,   3,   1,   'p', 135, 1, 5,   0, 0},
        {1,   4,   8,   0,   9,   1, 1, 'a', 2, 'g', '1', 118, 1, 2,   'g', 'c', 121, 131, 8,
         0,   2,   1,   2,   130, 8, 1, 2,   3, '"', 'x', '"', 9, 'u', 'n', 'd', 'e', 'f', 'i',
         'n', 'e', 'd', 136, 8,   3, 1, 122, 0, 0,   0,   0,   0, 0,   0,   10,  0},
        {1, 3, 9, 0, 0, 3, 10, 2, 132, 9, 1, 2, 'a', 'b', 1, 9, 1, 0, 3},
    };
}

/// Reads everything below `type`, as a program that shows the document would.
void readAll(const SharedType &root)
{
    std::vector<SharedType> waiting{root};
    const auto visit = [&waiting](const std::vector<Value> &values) {
        for (const Value &value : values) {
            if (value.isType()) {
                waiting.push_back(value.type());
            } else if (value.isSubdoc()) {
                const Subdoc subdoc = value.subdoc();
                COWRITE_CHECK(!subdoc.isDeleted());
                COWRITE_CHECK(subdoc.shouldLoad() || !subdoc.autoLoad());
            }
        }
    };
    const auto visitEntries = [&visit](const std::vector<std::pair<std::string, Value>> &entries) {
        for (const auto &[key, value] : entries) {
            visit({value});
        }
    };
    while (!waiting.empty()) {
        const SharedType type = waiting.back();
        waiting.pop_back();
        COWRITE_CHECK(!type.path().empty());
        switch (type.kind()) {
        case TypeKind::Text:
        case TypeKind::XmlText: {
            std::uint32_t length = 0;
            for (const DeltaOp &step : Text(type).toDelta()) {
                length += step.length;
                visit(step.values);
            }
            // Less, where an update put list cells into a text; a delta cannot show those.
            COWRITE_CHECK(length <= Text(type).length());
            break;
        }
        case TypeKind::Array:
            visit(Array(type).values());
            break;
        case TypeKind::Map:
        case TypeKind::XmlHook:
            visitEntries(Map(type).entries());
            break;
        case TypeKind::XmlElement:
            visitEntries(XmlElement(type).attributes());
            visit(XmlFragment(type).children());
            break;
        case TypeKind::XmlFragment:
            visit(XmlFragment(type).children());
            break;
        default:
            break;
        }
    }
}

/// Whether the document holds what its state does not carry: whoever loads that, Yjs included,
/// deletes more. No editor writes either.
/// - A unit lives in front of the entry that counts, as text under a key was cut by another
///   client's item. The unit is deleted.
/// - What an item names as its right neighbour was in another list and is collected. The item is
///   collected as well, and what stands on it.
bool losesSomethingWhenLoaded(const Doc &doc)
{
    const Store &store = doc.store();
    bool found = false;
    for (const ClientRecord &client : store.clients) {
        client.structs.forEach([&](const Item *item) {
            found |= item->is(Item::Keyed) && !item->deleted() && item->right != nullptr;
            found |= item->rightOrigin.exists() && store.find(item->rightOrigin)->isGc();
        });
    }
    return found;
}

void checkAccepted(Doc &doc, ByteView input, UpdateFormat format)
{
    debugCheck(doc);
    for (const SharedType &root : doc.roots()) {
        readAll(root);
    }
    const Bytes full = codec::encodeStateAsUpdate(doc, {}, format);
    SeededRng rng(3);
    Doc copy(3, rng);
    COWRITE_CHECK(codec::applyUpdate(copy, full, {}, format).has_value());
    debugCheck(copy);
    COWRITE_CHECK(copy.stateVector().covers(doc.stateVector()));
    if (!doc.hasPending()) {
        // With something pending the copy may get further: the rest of a struct that is cut where
        // the document's knowledge ends names its left neighbour, no longer the missing parent.
        COWRITE_CHECK(copy.stateVector() == doc.stateVector());
        COWRITE_CHECK(copy.deleteSet().covers(doc.deleteSet()));
        COWRITE_CHECK(copy.deleteSet() == doc.deleteSet() || losesSomethingWhenLoaded(doc));
        COWRITE_CHECK(!copy.hasPending());
    }

    // What was taken once changes nothing the second time.
    COWRITE_CHECK(codec::applyUpdate(doc, input, {}, format).has_value());
    COWRITE_CHECK(codec::encodeStateAsUpdate(doc, {}, format) == full);
}

/// How many there are or, in an update that cannot be read, were expected.
std::size_t structsIn(ByteView input, UpdateFormat format)
{
    Update update;
    return codec::decodeUpdate(input, update, format) ? update.structs.size()
                                                      : update.structs.capacity();
}

} // namespace

void runUpdate(ByteView input, UpdateFormat format)
{
    SeededRng rng(2);
    Doc doc(2, rng);
    COWRITE_CHECK(doc.text("content").has_value());
    COWRITE_CHECK(doc.array("rows").has_value());
    COWRITE_CHECK(doc.map("meta").has_value());
    COWRITE_CHECK(doc.xmlFragment("p").has_value());
    COWRITE_CHECK(codec::applyUpdate(doc, baseUpdate(), {}).has_value());
    const Bytes before = codec::encodeStateAsUpdate(doc);
    Result<void> applied;
    const std::size_t peak =
        heapPeak([&] { applied = codec::applyUpdate(doc, input, {}, format); });
    COWRITE_CHECK(peak <= kMaxHeapPerByte * input.size() +
                              kMaxHeapPerStruct * structsIn(input, format) + kFreeHeap);
    if (applied) {
        checkAccepted(doc, input, format);
    } else {
        COWRITE_CHECK(codec::encodeStateAsUpdate(doc) == before);
        debugCheck(doc);
    }

    // The same bytes as the first that a document ever sees: much of it has to wait.
    Doc empty(4, rng);
    if (codec::applyUpdate(empty, input, {}, format)) {
        checkAccepted(empty, input, format);
        if (codec::applyUpdate(empty, baseUpdate(), {})) {
            debugCheck(empty);
        }
    }
}

std::vector<Bytes> validUpdates(UpdateFormat format)
{
    const Bytes &base = baseUpdate();
    std::vector<Bytes> seeds = foreignUpdates();
    SeededRng rng(5);
    Doc doc(5, rng);
    for (const Bytes &seed : seeds) {
        COWRITE_CHECK(codec::applyUpdate(doc, seed, {}).has_value());
    }
    seeds.push_back(codec::encodeStateAsUpdate(doc));
    seeds.push_back(base);
    seeds.push_back(editedBy(1, 1));
    seeds.push_back(editedBy(5, 1, base));
    seeds.push_back(editedBy(4'000'000'000, 2, base));
    seeds.push_back(editedBy(6, 3, editedBy(7, 2)));
    for (Bytes &seed : seeds) {
        seed = *codec::convertUpdate(seed, UpdateFormat::V1, format);
    }
    return seeds;
}

std::vector<Bytes> updateSeeds(UpdateFormat format)
{
    std::vector<Bytes> seeds = validUpdates(format);
    for (const auto &rows : {test::refusedUpdates(format), test::strangeUpdates(format)}) {
        for (const test::HostileUpdate &row : rows) {
            if (row.bytes.size() <= kMaxSeedBytes) {
                seeds.push_back(row.bytes);
            }
        }
    }
    return seeds;
}

} // namespace cowrite::fuzz
