#include "tests/support/document_json.h"

#include "libsync/base/check.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <algorithm>

namespace cowrite::test {

using namespace crdt;
using lib0::AnyArray;
using lib0::AnyKind;
using lib0::AnyObject;

namespace {

/// The value with what JSON lacks spelt out.
Any spelt(const Any &value)
{
    switch (value.kind()) {
    case AnyKind::Undefined:
        return Any::object(AnyObject{{"$undefined", Any(true)}});
    case AnyKind::BigInt:
        return Any::object(AnyObject{{"$bigint", Any(std::to_string(value.asBigInt()))}});
    case AnyKind::Bytes: {
        AnyArray bytes(value.asBytes().begin(), value.asBytes().end());
        return Any::object(AnyObject{{"$bytes", Any::array(std::move(bytes))}});
    }
    case AnyKind::Array: {
        AnyArray elements;
        for (const Any &element : value.asArray())
            elements.push_back(spelt(element));
        return Any::array(std::move(elements));
    }
    case AnyKind::Object: {
        AnyObject members;
        for (const auto &[key, member] : value.asObject())
            members.set(std::string(key), spelt(member));
        return Any::object(std::move(members));
    }
    default:
        return value;
    }
}

Any toAny(const SharedType &type);

Any toAny(const Value &value)
{
    if (value.isSubdoc())
        return Any::object(AnyObject{{"$doc", Any(value.subdoc().guid())},
                                     {"options", spelt(value.subdoc().options())}});
    return value.isType() ? toAny(value.type()) : spelt(value.any());
}

Any toAny(const std::vector<Value> &values)
{
    AnyArray elements;
    for (const Value &value : values)
        elements.push_back(toAny(value));
    return Any::array(std::move(elements));
}

Any toAny(const Delta &delta)
{
    AnyArray steps;
    for (const DeltaOp &op : delta) {
        AnyObject step;
        if (op.kind == DeltaOp::Kind::Retain)
            step.set("retain", Any(op.length));
        else if (op.kind == DeltaOp::Kind::Delete)
            step.set("delete", Any(op.length));
        else if (op.values.empty())
            step.set("insert", Any(lib0::utf16ToWtf8(op.text)));
        else
            step.set("insert", toAny(op.values));
        if (!op.attributes.empty()) {
            AnyObject attributes;
            for (const auto &[key, value] : op.attributes)
                attributes.set(key, spelt(value));
            step.set("attributes", Any::object(std::move(attributes)));
        }
        steps.push_back(Any::object(std::move(step)));
    }
    return Any::array(std::move(steps));
}

Any toAny(const SharedType &type)
{
    switch (type.kind()) {
    case TypeKind::Text:
        return toAny(Text(type).toDelta());
    case TypeKind::Array:
        return toAny(Array(type).values());
    case TypeKind::XmlFragment:
    case TypeKind::XmlElement:
        return XmlFragment(type).toString();
    case TypeKind::XmlText:
        return XmlText(type).toString();
    case TypeKind::Map:
    case TypeKind::XmlHook: {
        std::vector<std::string> keys = Map(type).keys();
        std::sort(keys.begin(), keys.end());
        AnyObject members;
        for (const std::string &key : keys)
            members.set(key, toAny(*Map(type).get(key)));
        return Any::object(std::move(members));
    }
    default:
        return Any("(unread)");
    }
}

std::string text(const Any &value)
{
    Result<std::string> json = lib0::stringifyJson(value);
    COWRITE_CHECK(json.has_value());
    return *json;
}

} // namespace

std::string toJson(const SharedType &type)
{
    return text(toAny(type));
}

std::string toJson(const Value &value)
{
    return text(toAny(value));
}

std::string toJson(const Any &value)
{
    return text(spelt(value));
}

std::string toJson(const Delta &delta)
{
    return text(toAny(delta));
}

} // namespace cowrite::test
