#include "tests/support/script/script_replica.h"

#include "libsync/crdt/array.h"
#include "libsync/crdt/map.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

namespace {

/// What a step of a path leads to, if there is anything: a cell, an entry, or an attribute.
std::optional<crdt::Value> valueAt(const crdt::SharedType &type, const crdt::PathStep &step)
{
    if (const auto *index = std::get_if<std::uint32_t>(&step)) {
        return isList(type) ? crdt::Array(type).get(*index) : std::nullopt;
    }
    return hasKeys(type) ? crdt::Map(type).get(std::get<std::string>(step)) : std::nullopt;
}

} // namespace

bool isText(const crdt::SharedType &type)
{
    return type.kind() == crdt::TypeKind::Text || type.kind() == crdt::TypeKind::XmlText;
}

bool isXmlList(const crdt::SharedType &type)
{
    return type.kind() == crdt::TypeKind::XmlFragment || type.kind() == crdt::TypeKind::XmlElement;
}

bool isList(const crdt::SharedType &type)
{
    return type.kind() == crdt::TypeKind::Array || isXmlList(type);
}

bool isMap(const crdt::SharedType &type)
{
    return type.kind() == crdt::TypeKind::Map || type.kind() == crdt::TypeKind::XmlHook;
}

bool hasKeys(const crdt::SharedType &type)
{
    return isMap(type) || isText(type) || type.kind() == crdt::TypeKind::XmlElement;
}

crdt::TypeKind toKind(const std::string &name)
{
    static const std::map<std::string, crdt::TypeKind> kinds = {
        {"text", crdt::TypeKind::Text},
        {"array", crdt::TypeKind::Array},
        {"map", crdt::TypeKind::Map},
        {"xml", crdt::TypeKind::XmlFragment},
    };
    const auto found = kinds.find(name);
    if (found == kinds.end()) {
        throw Refused("there is no kind " + name);
    }
    return found->second;
}

std::optional<crdt::TypeKind> kindFor(const lib0::Any &step, std::optional<crdt::TypeKind> usual)
{
    return step.find("kind") != nullptr ? toKind(stringMember(step, "kind")) : usual;
}

Replica::Replica(double number, std::optional<crdt::ClientId> client, crdt::GarbageCollection gc)
    : number(number), drawnIds(number), doc(drawnIds, crdt::DocOptions{gc})
{
    drawnIds = DrawnClientIds(number);
    check(doc.setClientId(client ? *client : drawnIds.next()));
}

crdt::SharedType Replica::root(const std::string &name, std::optional<crdt::TypeKind> kind)
{
    const auto known = kinds.find(name);
    if (known == kinds.end() && !kind) {
        throw Refused("the kind of root " + name + " is not known yet");
    }
    const crdt::TypeKind chosen = known != kinds.end() ? known->second : *kind;
    const Result<crdt::SharedType> type = doc.root(name, chosen);
    if (!type) {
        throw Refused(type.error().message);
    }
    kinds.emplace(name, chosen);
    return *type;
}

crdt::SharedType Replica::resolve(const lib0::Any &step, std::optional<crdt::TypeKind> usual)
{
    return resolve(toPath(member(step, "path")), kindFor(step, usual));
}

crdt::SharedType Replica::resolve(const crdt::Path &path, std::optional<crdt::TypeKind> kind)
{
    if (path.size() > 1) {
        const bool byIndex = std::holds_alternative<std::uint32_t>(path[1]);
        kind = byIndex ? crdt::TypeKind::Array : crdt::TypeKind::Map;
    }
    crdt::SharedType type = root(std::get<std::string>(path.front()), kind);
    for (std::size_t i = 1; i < path.size(); ++i) {
        const std::optional<crdt::Value> value = valueAt(type, path[i]);
        if (!value || !value->isType()) {
            throw Refused("there is no shared type at this path");
        }
        type = value->type();
    }
    return type;
}

crdt::Subdoc Replica::subdoc(const lib0::Any &step)
{
    crdt::Path path = toPath(member(step, "path"));
    const crdt::PathStep last = path.back();
    path.pop_back();
    if (path.empty()) {
        throw Refused("a root is no subdocument");
    }
    const bool byIndex = std::holds_alternative<std::uint32_t>(last);
    const std::optional<crdt::Value> value =
        valueAt(resolve(path, byIndex ? crdt::TypeKind::Array : crdt::TypeKind::Map), last);
    if (!value || !value->isSubdoc()) {
        throw Refused("there is no subdocument at this path");
    }
    return value->subdoc();
}

} // namespace cowrite::script
