#include "tests/support/script/script_runner.h"

#include "app/ctl/document_json.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/event.h"
#include "libsync/lib0/json.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

namespace {

using crdt::TypeKind;
using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

void check(const Result<> &result)
{
    if (!result) {
        throw Refused(result.error().message);
    }
}

void refuseV2(const Any &step)
{
    const Any *format = step.find("format");
    if (format != nullptr && !(format->isString() && format->asString() == "v1")) {
        throw Refused("only update V1 is supported yet");
    }
}

/// The kind that a step gives to a root which it is the first to name.
std::optional<TypeKind> kindFor(const Any &step, std::optional<TypeKind> usual)
{
    return step.find("kind") != nullptr ? toKind(stringMember(step, "kind")) : usual;
}

crdt::Text textAt(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, TypeKind::Text));
    if (type.kind() != TypeKind::Text) {
        throw Refused("the type at this path is no text");
    }
    return crdt::Text(type);
}

crdt::Array arrayAt(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, TypeKind::Array));
    if (type.kind() != TypeKind::Array) {
        throw Refused("the type at this path is no array");
    }
    return crdt::Array(type);
}

crdt::Map mapAt(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, TypeKind::Map));
    if (type.kind() != TypeKind::Map) {
        throw Refused("the type at this path is no map");
    }
    return crdt::Map(type);
}

void removeRange(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, std::nullopt));
    const std::uint32_t at = unitsMember(step, "at");
    const std::uint32_t length = unitsMember(step, "length");
    if (type.kind() == TypeKind::Text) {
        check(crdt::Text(type).remove(at, length));
    } else if (type.kind() == TypeKind::Array) {
        check(crdt::Array(type).remove(at, length));
    } else {
        throw Refused("the type at this path is neither text nor array");
    }
}

Any keysToJson(const crdt::Event &event)
{
    std::vector<AnyObject::Member> members;
    for (const auto &[key, change] : event.keys()) {
        const char *action = change.action == crdt::KeyChange::Action::Add      ? "add"
                             : change.action == crdt::KeyChange::Action::Update ? "update"
                                                                                : "delete";
        members.emplace_back(
            key, Any::object({{"action", action}, {"oldValue", ctl::toJson(change.oldValue)}}));
    }
    return Any::object(AnyObject::fromMembers(std::move(members)));
}

Any eventToJson(const crdt::Event &event, const crdt::SharedType &observed)
{
    AnyArray path;
    for (const crdt::PathStep &step : event.path(observed)) {
        path.push_back(std::visit([](const auto &it) { return Any(it); }, step));
    }
    AnyObject json{{"path", Any::array(std::move(path))}};
    if (observed.kind() == TypeKind::Map) {
        json.set("keys", keysToJson(event));
    } else {
        const bool isText = observed.kind() == TypeKind::Text;
        json.set("delta",
                 ctl::toJson(event.delta(), isText ? ctl::DeltaOf::Text : ctl::DeltaOf::List));
    }
    return Any::object({{"event", Any::object(std::move(json))}});
}

std::uint32_t lengthOf(const crdt::SharedType &type)
{
    switch (type.kind()) {
    case TypeKind::Text:
        return crdt::Text(type).length();
    case TypeKind::Array:
        return crdt::Array(type).length();
    default:
        return crdt::Map(type).size();
    }
}

} // namespace

void Runner::run(const Any &step)
{
    run(step, nullptr);
}

void Runner::run(const Any &step, const Any *document)
{
    const std::string name = stringMember(step, "do");
    if (name == "doc") {
        makeDocument(step);
        return;
    }
    if (name == "sync") {
        synchronise(step);
        return;
    }
    const Any &number =
        step.find("doc") != nullptr || document == nullptr ? member(step, "doc") : *document;
    Replica &subject = replica(number);
    if (name == "transact") {
        transact(step, subject, number);
    } else if (name == "print") {
        print(step, subject, number);
    } else if (!edit(name, step, subject) && !drive(name, step, subject)) {
        throw Refused("unknown step " + name);
    }
}

bool Runner::edit(const std::string &name, const Any &step, Replica &replica)
{
    const auto attributes = [&] { return toAttributes(step.find("attributes")); };
    if (name == "insert") {
        check(textAt(step, replica)
                  .insert(unitsMember(step, "at"), textMember(step, "text"), attributes()));
    } else if (name == "embed") {
        check(textAt(step, replica)
                  .insertEmbed(unitsMember(step, "at"), member(step, "value"), attributes()));
    } else if (name == "format") {
        check(textAt(step, replica)
                  .format(unitsMember(step, "at"), unitsMember(step, "length"),
                          attributes().value_or(crdt::Attributes())));
    } else if (name == "delta") {
        check(textAt(step, replica).applyDelta(toDelta(arrayMember(step, "delta"))));
    } else if (name == "delete") {
        removeRange(step, replica);
    } else if (name == "push") {
        std::vector<crdt::NewValue> values;
        for (const Any &value : arrayMember(step, "values")) {
            values.push_back(toNewValue(value));
        }
        check(arrayAt(step, replica).insert(unitsMember(step, "at"), values));
    } else if (name == "set") {
        check(
            mapAt(step, replica).set(stringMember(step, "key"), toNewValue(member(step, "value"))));
    } else if (name == "unset") {
        check(mapAt(step, replica).remove(stringMember(step, "key")));
    } else {
        return false;
    }
    return true;
}

bool Runner::drive(const std::string &name, const Any &step, Replica &replica)
{
    const auto undoManager = [&]() -> crdt::UndoManager & {
        if (!replica.undoManager) {
            throw Refused("nothing is tracked in this document");
        }
        return *replica.undoManager;
    };
    if (name == "apply") {
        refuseV2(step);
        const Any usual("apply");
        const Any *given = step.find("origin");
        check(codec::applyUpdate(replica.doc, bytesMember(step, "update"),
                                 origin(given != nullptr && !given->isNull() ? given : &usual)));
    } else if (name == "track") {
        track(step, replica);
    } else if (name == "undo") {
        undoManager().undo();
    } else if (name == "redo") {
        undoManager().redo();
    } else if (name == "stopCapturing") {
        undoManager().stopCapturing();
    } else if (name == "position") {
        keepPosition(step, replica);
    } else if (name == "resolve") {
        resolvePosition(step, replica);
    } else if (name == "events") {
        observe(step, replica);
    } else {
        return false;
    }
    return true;
}

void Runner::makeDocument(const Any &step)
{
    const Any *gc = step.find("gc");
    const Any &number = member(step, "doc");
    const Any &client = member(step, "client");
    if (!number.isNumber() || !client.isNumber()) {
        throw Refused("\"doc\" and \"client\" must be numbers");
    }
    const bool collects = gc == nullptr || !gc->isBool() || gc->asBool();
    m_replicas[number.asNumber()] = std::make_unique<Replica>(
        static_cast<crdt::ClientId>(client.asNumber()),
        collects ? crdt::GarbageCollection::On : crdt::GarbageCollection::Off, m_rng);
}

void Runner::transact(const Any &step, Replica &replica, const Any &document)
{
    const AnyArray &steps = arrayMember(step, "steps");
    // A refusal leaves the transaction only once that is closed, as the engine has no exceptions.
    std::optional<Refused> refusal;
    replica.doc.transact(
        [&] {
            try {
                for (const Any &inner : steps) {
                    run(inner, &document);
                }
            } catch (const Refused &refused) {
                refusal = refused;
            }
        },
        origin(step.find("origin")));
    if (refusal) {
        throw *refusal;
    }
}

void Runner::synchronise(const Any &step)
{
    refuseV2(step);
    Replica &from = replica(member(step, "from"));
    Replica &to = replica(member(step, "to"));
    const Any sync("sync");
    check(codec::applyUpdate(to.doc, codec::encodeStateAsUpdate(from.doc, to.doc.stateVector()),
                             origin(&sync)));
}

void Runner::track(const Any &step, Replica &replica)
{
    std::vector<crdt::SharedType> scope;
    for (const Any &path : arrayMember(step, "paths")) {
        scope.push_back(replica.resolve(toPath(path), kindFor(step, TypeKind::Text)));
    }
    crdt::UndoManager::Options options;
    if (step.find("captureTimeout") != nullptr) {
        options.captureTimeout = std::chrono::milliseconds(unitsMember(step, "captureTimeout"));
    }
    if (step.find("origins") != nullptr) {
        options.trackedOrigins.clear();
        for (const Any &value : arrayMember(step, "origins")) {
            options.trackedOrigins.push_back(origin(&value));
        }
    }
    replica.undoManager = std::make_unique<crdt::UndoManager>(replica.doc, std::move(scope),
                                                              std::move(options), m_clock);
}

void Runner::keepPosition(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, TypeKind::Text));
    const Any *assoc = step.find("assoc");
    m_positions[stringMember(step, "name")] = crdt::makeRelativePosition(
        type, unitsMember(step, "at"),
        assoc != nullptr && assoc->isNumber() ? static_cast<int>(assoc->asNumber()) : 0);
}

void Runner::resolvePosition(const Any &step, Replica &replica)
{
    const auto known = m_positions.find(stringMember(step, "name"));
    if (known == m_positions.end()) {
        throw Refused("there is no position of this name");
    }
    if (known->second.rootName) {
        // Yjs makes a root where a position names it.
        (void)replica.doc.root(*known->second.rootName, crdt::TypeKind::Untyped);
    }
    const std::optional<crdt::AbsolutePosition> found = crdt::resolve(replica.doc, known->second);
    m_print(Any::object({{"index", found ? Any(found->index) : Any(nullptr)}}));
}

void Runner::observe(const Any &step, Replica &replica)
{
    const crdt::SharedType type =
        replica.resolve(toPath(member(step, "path")), kindFor(step, TypeKind::Text));
    replica.subscriptions.push_back(type.observe(
        [this, type](const crdt::Event &event) { m_print(eventToJson(event, type)); }));
}

void Runner::print(const Any &step, Replica &replica, const Any &document)
{
    const Any &wanted = member(step, "roots");
    if (!wanted.isObject()) {
        throw Refused("\"roots\" must be an object");
    }
    std::vector<AnyObject::Member> roots;
    std::vector<AnyObject::Member> lengths;
    for (const auto &[name, kind] : wanted.asObject()) {
        const crdt::SharedType type =
            replica.root(name, toKind(kind.isString() ? kind.asString() : std::string()));
        roots.emplace_back(name, ctl::toJson(type));
        lengths.emplace_back(name, lengthOf(type));
    }
    const crdt::Doc &doc = replica.doc;
    m_print(Any::object({{"doc", document},
                         {"roots", Any::object(AnyObject::fromMembers(std::move(roots)))},
                         {"length", Any::object(AnyObject::fromMembers(std::move(lengths)))},
                         {"stateVector", toBase64(codec::encodeStateVector(doc.stateVector()))},
                         {"update", toBase64(codec::encodeStateAsUpdate(doc))},
                         {"pending", doc.hasPending()}}));
}

Replica &Runner::replica(const Any &number)
{
    const auto found = number.isNumber() ? m_replicas.find(number.asNumber()) : m_replicas.end();
    if (found == m_replicas.end()) {
        throw Refused("there is no such document");
    }
    return *found->second;
}

crdt::Origin Runner::origin(const Any *value)
{
    if (value == nullptr || value->isNull()) {
        return {};
    }
    const Result<std::string> key = lib0::stringifyJson(*value);
    std::unique_ptr<char> &object = m_origins[key ? *key : std::string()];
    if (!object) {
        object = std::make_unique<char>();
    }
    return crdt::Origin::of(object.get());
}

} // namespace cowrite::script
