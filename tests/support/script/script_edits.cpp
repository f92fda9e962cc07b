#include "tests/support/script/script_edits.h"

#include "libsync/crdt/array.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/text.h"
#include "libsync/crdt/xml.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

namespace {

using crdt::TypeKind;
using lib0::Any;

[[noreturn]] void refuseKind()
{
    throw Refused("the type at this path is of another kind");
}

crdt::Map mapAt(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, TypeKind::Map);
    if (!hasKeys(type)) {
        refuseKind();
    }
    return crdt::Map(type); // Attributes are entries too.
}

crdt::Attributes attributesOf(const Any &step)
{
    return toAttributes(step.find("attributes")).value_or(crdt::Attributes());
}

Result<> insert(const Any &step, Replica &replica)
{
    return textAt(step, replica)
        .insert(unitsMember(step, "at"), textMember(step, "text"),
                toAttributes(step.find("attributes")));
}

Result<> insertEmbed(const Any &step, Replica &replica)
{
    return textAt(step, replica)
        .insertEmbed(unitsMember(step, "at"), member(step, "value"),
                     toAttributes(step.find("attributes")));
}

Result<> format(const Any &step, Replica &replica)
{
    return textAt(step, replica)
        .format(unitsMember(step, "at"), unitsMember(step, "length"), attributesOf(step));
}

Result<> applyDelta(const Any &step, Replica &replica)
{
    const bool keepsNewline = saysTrue(step.find("sanitize"), true);
    return textAt(step, replica)
        .applyDelta(toDelta(arrayMember(step, "delta")),
                    keepsNewline ? crdt::FinalNewline::Keep : crdt::FinalNewline::Drop);
}

Result<> removeRange(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, std::nullopt);
    const std::uint32_t at = unitsMember(step, "at");
    const std::uint32_t length = unitsMember(step, "length");
    if (isText(type)) {
        return crdt::Text(type).remove(at, length);
    }
    if (isList(type)) {
        return crdt::Array(type).remove(at, length);
    }
    refuseKind();
}

Result<> push(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, TypeKind::Array);
    if (type.kind() != TypeKind::Array) {
        refuseKind();
    }
    std::vector<crdt::NewValue> values;
    for (const Any &value : arrayMember(step, "values")) {
        values.push_back(toNewValue(value));
    }
    return crdt::Array(type).insert(unitsMember(step, "at"), values);
}

Result<> insertXml(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, TypeKind::XmlFragment);
    if (!isXmlList(type)) {
        refuseKind();
    }
    return crdt::XmlFragment(type).insert(unitsMember(step, "at"),
                                          toXmlNodes(arrayMember(step, "nodes")));
}

Result<> set(const Any &step, Replica &replica)
{
    return mapAt(step, replica).set(stringMember(step, "key"), toNewValue(member(step, "value")));
}

Result<> unset(const Any &step, Replica &replica)
{
    return mapAt(step, replica).remove(stringMember(step, "key"));
}

} // namespace

crdt::Text textAt(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, TypeKind::Text);
    if (!isText(type)) {
        refuseKind();
    }
    return crdt::Text(type);
}

bool edit(const std::string &name, const Any &step, Replica &replica)
{
    using Edit = Result<> (*)(const Any &, Replica &);
    static const std::map<std::string, Edit> edits = {
        {"insert", insert},    {"embed", insertEmbed},  {"format", format},
        {"delta", applyDelta}, {"delete", removeRange}, {"push", push},
        {"set", set},          {"unset", unset},        {"xml", insertXml},
    };
    const auto found = edits.find(name);
    if (found == edits.end()) {
        return false;
    }
    check(found->second(step, replica));
    return true;
}

} // namespace cowrite::script
