#include "tests/property/replica.h"

#include "libsync/base/check.h"
#include "libsync/crdt/debug_check.h"
#include "libsync/crdt/relative_position.h"
#include "libsync/crdt/surrogates.h"
#include "tests/property/random_values.h"
#include "tests/property/written.h"

#include <algorithm>

namespace cowrite::test {

using namespace crdt;

namespace {

constexpr int kNetworkObject = 0;
constexpr Origin kNetwork = Origin::of(&kNetworkObject);

constexpr StepKind kEdits[] = {
    StepKind::InsertText, StepKind::RemoveText,   StepKind::FormatText,   StepKind::InsertEmbed,
    StepKind::ApplyDelta, StepKind::InsertValues, StepKind::RemoveValues, StepKind::SetKey,
    StepKind::RemoveKey,  StepKind::InsertNodes,  StepKind::RemoveNodes,  StepKind::SetAttribute};

/// A range within `length` that is rarely long; `length` is at least 1.
std::pair<std::uint32_t, std::uint32_t> randomRange(const Step &step, std::uint32_t length)
{
    const auto offset = static_cast<std::uint32_t>(step.a % length);
    const auto wanted = static_cast<std::uint32_t>(1 + step.b % (step.b % 5 == 0 ? 40 : 6));
    return {offset, std::min(wanted, length - offset)};
}

/// The same offset, or the next where it lies within a surrogate pair. Formatting from within a
/// pair cuts it even if nothing has to change, and then nobody else hears of it; Yjs does that too.
std::uint32_t outsidePair(const Text &text, std::uint32_t offset)
{
    const std::u16string before = offset > 0 ? text.substring(offset - 1, 1) : std::u16string();
    return !before.empty() && isHighSurrogate(before.front()) ? offset + 1 : offset;
}

void format(Text text, std::uint32_t offset, std::uint32_t length, const Attributes &attributes)
{
    const std::uint32_t end = outsidePair(text, offset + length);
    offset = outsidePair(text, offset);
    COWRITE_CHECK(text.format(offset, end - offset, attributes).has_value());
}

std::vector<Value> valuesIn(const SharedType &type)
{
    std::vector<Value> values;
    const auto addEntries = [&values](const std::vector<std::pair<std::string, Value>> &entries) {
        for (const auto &[key, value] : entries)
            values.push_back(value);
    };
    switch (type.kind()) {
    case TypeKind::Array:
        return Array(type).values();
    case TypeKind::Text:
    case TypeKind::XmlText:
        for (const DeltaOp &op : Text(type).toDelta())
            values.insert(values.end(), op.values.begin(), op.values.end());
        addEntries(Text(type).attributes());
        break;
    case TypeKind::XmlElement:
        values = XmlElement(type).children();
        addEntries(XmlElement(type).attributes());
        break;
    case TypeKind::XmlFragment:
        return XmlFragment(type).children();
    default:
        addEntries(Map(type).entries());
        break;
    }
    return values;
}

void collectTypes(const SharedType &type, std::initializer_list<TypeKind> kinds,
                  std::vector<SharedType> &found)
{
    if (std::find(kinds.begin(), kinds.end(), type.kind()) != kinds.end())
        found.push_back(type);
    for (const Value &value : valuesIn(type)) {
        if (value.isType())
            collectTypes(value.type(), kinds, found);
    }
}

} // namespace

RandomReplica::RandomReplica(const ReplicaOptions &options)
    : m_options(options), m_rng(options.client)
{
    m_doc = std::make_unique<Doc>(options.client, m_rng, DocOptions{options.gc});
    open(state());
}

Parcel RandomReplica::state(const StateVector &target) const
{
    return {codec::encodeStateAsUpdate(*m_doc, target, m_options.format), m_options.format};
}

void RandomReplica::open(const Parcel &state)
{
    const ClientId client = m_doc->clientId();
    m_updates = {};
    m_mirror.reset();
    m_undo.reset();
    m_doc = std::make_unique<Doc>(client, m_rng, DocOptions{m_options.gc});
    COWRITE_CHECK(codec::applyUpdate(*m_doc, state.bytes, kNetwork, state.format).has_value());
    COWRITE_CHECK(m_doc->setClientId(client).has_value());
    const Text text = *m_doc->text("text");
    const Array list = *m_doc->array("list");
    const Map map = *m_doc->map("map");
    const XmlElement tree = *m_doc->xmlElement("tree");
    if (m_options.watch == Watch::Watched) {
        const std::vector<SharedType> roots{text, list, map, tree};
        m_undo = std::make_unique<UndoManager>(*m_doc, roots, m_options.undo, m_clock);
        m_mirror = std::make_unique<EventMirror>(roots);
    }
    m_updates = codec::observeUpdates(
        *m_doc,
        [this](ByteView update, const Transaction &done) {
            if (m_failure.empty())
                m_failure = checkWritten(update, m_options.format);
            if (done.origin() != kNetwork)
                m_sent.push_back({Bytes(update.begin(), update.end()), m_options.format});
        },
        m_options.format);
}

void RandomReplica::reload()
{
    open(state());
}

void RandomReplica::receive(const Parcel &update)
{
    const ClientId client = m_doc->clientId();
    COWRITE_CHECK(codec::applyUpdate(*m_doc, update.bytes, kNetwork, update.format).has_value());
    // Nobody else writes under this id, so nothing new can come under it.
    COWRITE_CHECK(m_doc->clientId() == client);
}

SharedType RandomReplica::pick(std::initializer_list<TypeKind> kinds, std::uint64_t random)
{
    std::vector<SharedType> found;
    for (const SharedType &root : m_doc->roots())
        collectTypes(root, kinds, found);
    return found[random % found.size()];
}

void RandomReplica::edit(const Step &step)
{
    m_clock.advance(std::chrono::milliseconds(step.c % 700));
    switch (step.kind) {
    case StepKind::Undo:
    case StepKind::Redo:
    case StepKind::StopCapturing:
    case StepKind::ClearUndo:
        if (m_undo)
            driveUndo(step.kind);
        break;
    case StepKind::Remember:
        if (m_options.gc == GarbageCollection::Off)
            m_moments.remember(*m_doc);
        break;
    case StepKind::Transaction: {
        SeededRng rng(step.a);
        m_doc->transact([&] {
            for (std::uint64_t i = 2 + rng.below(4); i > 0; --i) {
                editOnce({kEdits[rng.below(std::size(kEdits))], 0, rng.below(1'000'000),
                          rng.below(1'000'000), rng.below(1'000'000)});
            }
        });
        break;
    }
    default:
        editOnce(step);
        break;
    }
}

void RandomReplica::driveUndo(StepKind kind)
{
    if (kind == StepKind::Undo)
        m_undo->undo();
    else if (kind == StepKind::Redo)
        m_undo->redo();
    else if (kind == StepKind::StopCapturing)
        m_undo->stopCapturing();
    else
        m_undo->clear();
}

void RandomReplica::editOnce(const Step &step)
{
    switch (step.kind) {
    case StepKind::InsertValues:
    case StepKind::PushValues:
    case StepKind::RemoveValues:
        editList(step);
        break;
    case StepKind::SetKey:
    case StepKind::RemoveKey:
        editMap(step);
        break;
    case StepKind::InsertNodes:
    case StepKind::RemoveNodes:
        editNodes(step);
        break;
    case StepKind::SetAttribute:
    case StepKind::RemoveAttribute:
        editAttributes(step);
        break;
    default:
        editText(step);
        break;
    }
}

void RandomReplica::editText(const Step &step)
{
    Text text(pick({TypeKind::Text, TypeKind::XmlText}, step.c));
    const auto at = static_cast<std::uint32_t>(step.a % (text.length() + 1));
    if (step.kind == StepKind::InsertText) {
        const bool inherits = step.b % 3 != 0;
        COWRITE_CHECK(
            text.insert(at, randomText(step.b),
                        inherits ? std::nullopt : std::optional(randomAttributes(step.b / 3)))
                .has_value());
    } else if (step.kind == StepKind::InsertEmbed) {
        COWRITE_CHECK(
            text.insertEmbed(at, randomEmbed(step.b), randomAttributes(step.b / 3)).has_value());
    } else if (step.kind == StepKind::ApplyDelta) {
        const Delta delta{DeltaOp::retain(at, randomAttributes(step.b)),
                          DeltaOp::insertText(randomText(step.b), randomAttributes(step.b / 8)),
                          DeltaOp::remove(static_cast<std::uint32_t>(step.b % 4))};
        COWRITE_CHECK(text.applyDelta(delta).has_value());
    } else if (text.length() > 0) {
        const auto [offset, length] = randomRange(step, text.length());
        if (step.kind == StepKind::RemoveText)
            COWRITE_CHECK(text.remove(offset, length).has_value());
        else
            format(text, offset, length, randomAttributes(step.b / 7));
    }
}

void RandomReplica::editList(const Step &step)
{
    Array list(pick({TypeKind::Array}, step.c));
    if (step.kind == StepKind::RemoveValues) {
        if (list.length() > 0) {
            const auto [offset, length] = randomRange(step, list.length());
            COWRITE_CHECK(list.remove(offset, length).has_value());
        }
        return;
    }
    std::vector<NewValue> values;
    for (std::uint64_t i = 0; i <= step.b % 3; ++i)
        values.push_back(randomValue(step.b / 3 + i));
    if (step.kind == StepKind::PushValues)
        COWRITE_CHECK(list.push(values).has_value());
    else
        COWRITE_CHECK(list.insert(static_cast<std::uint32_t>(step.a % (list.length() + 1)), values)
                          .has_value());
}

void RandomReplica::editMap(const Step &step)
{
    static constexpr const char *kKeys[] = {"a", "b", "c", ""};
    Map map(pick({TypeKind::Map, TypeKind::XmlHook}, step.c));
    const std::string key = kKeys[step.a % std::size(kKeys)];
    if (step.kind == StepKind::SetKey)
        COWRITE_CHECK(map.set(key, randomValue(step.b)).has_value());
    else
        COWRITE_CHECK(map.remove(key).has_value());
}

void RandomReplica::editNodes(const Step &step)
{
    XmlFragment tree(pick({TypeKind::XmlElement, TypeKind::XmlFragment}, step.c));
    if (step.kind == StepKind::InsertNodes) {
        const auto at = static_cast<std::uint32_t>(step.a % (tree.length() + 1));
        COWRITE_CHECK(tree.insert(at, {randomNode(step.b), randomNode(step.b / 4)}).has_value());
    } else if (tree.length() > 0) {
        const auto [offset, length] = randomRange(step, tree.length());
        COWRITE_CHECK(tree.remove(offset, length).has_value());
    }
}

void RandomReplica::editAttributes(const Step &step)
{
    static constexpr const char *kNames[] = {"id", "class", ""};
    const std::string name = kNames[step.a % std::size(kNames)];
    const bool sets = step.kind == StepKind::SetAttribute;
    const SharedType type = pick({TypeKind::XmlElement, TypeKind::Text, TypeKind::XmlText}, step.c);
    if (type.kind() == TypeKind::XmlElement) {
        XmlElement element(type);
        COWRITE_CHECK(sets ? element.setAttribute(name, randomValue(step.b)).has_value()
                           : element.removeAttribute(name).has_value());
    } else {
        Text text(type);
        COWRITE_CHECK(sets ? text.setAttribute(name, randomValue(step.b)).has_value()
                           : text.removeAttribute(name).has_value());
    }
}

std::string RandomReplica::check(std::uint64_t random)
{
    debugCheck(*m_doc);
    if (!m_failure.empty())
        return m_failure;
    if (m_mirror) {
        if (std::string failure = m_mirror->check(); !failure.empty())
            return failure;
    }
    return checkPositions(random);
}

std::string RandomReplica::checkPositions(std::uint64_t random)
{
    const Text text = *m_doc->text("text");
    const auto index = static_cast<std::uint32_t>(random % (text.length() + 1));
    for (const int assoc : {0, -1}) {
        const auto now = resolve(*m_doc, makeRelativePosition(text, index, assoc));
        if (!now || !(now->type == text) || now->index != index || now->assoc != assoc)
            return "position " + std::to_string(index) + " with assoc " + std::to_string(assoc) +
                   " does not resolve to itself";
    }
    return {};
}

} // namespace cowrite::test
