#include "tests/support/script/script_replica.h"

#include "tests/support/script/script_values.h"

namespace cowrite::script {

crdt::TypeKind toKind(const std::string &name)
{
    if (name == "text") {
        return crdt::TypeKind::Text;
    }
    if (name == "array") {
        return crdt::TypeKind::Array;
    }
    if (name == "map") {
        return crdt::TypeKind::Map;
    }
    throw Refused("the kind " + name + " is not supported yet");
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

crdt::SharedType Replica::resolve(const crdt::Path &path, std::optional<crdt::TypeKind> kind)
{
    const auto &name = std::get<std::string>(path.front());
    if (path.size() > 1) {
        const bool byIndex = std::holds_alternative<std::uint32_t>(path[1]);
        kind = byIndex ? crdt::TypeKind::Array : crdt::TypeKind::Map;
    }
    crdt::SharedType type = root(name, kind);
    for (std::size_t i = 1; i < path.size(); ++i) {
        std::optional<crdt::Value> value;
        if (const auto *index = std::get_if<std::uint32_t>(&path[i])) {
            if (type.kind() == crdt::TypeKind::Array) {
                value = crdt::Array(type).get(*index);
            }
        } else if (type.kind() == crdt::TypeKind::Map) {
            value = crdt::Map(type).get(std::get<std::string>(path[i]));
        }
        if (!value || !value->isType()) {
            throw Refused("there is no shared type at this path");
        }
        type = value->type();
    }
    return type;
}

} // namespace cowrite::script
