#include "tests/support/script/script_values.h"

#include <charconv>
#include <cmath>
#include <limits>

#include <QByteArray>

#include "libsync/lib0/utf.h"

namespace cowrite::script {

namespace {

using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

std::int64_t toInteger(const std::string &digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        throw Refused("this is no 64-bit integer");
    }
    return value;
}

std::uint32_t toUnits(const Any &json)
{
    if (!json.isNumber() || json.asNumber() < 0 || json.asNumber() != std::floor(json.asNumber()) ||
        json.asNumber() > std::numeric_limits<std::uint32_t>::max()) {
        throw Refused("this is no position or length");
    }
    return static_cast<std::uint32_t>(json.asNumber());
}

/// A plain value: JSON with tags for what JSON lacks.
Any toAny(const Any &json)
{
    if (json.isArray()) {
        AnyArray elements;
        for (const Any &element : json.asArray()) {
            elements.push_back(toAny(element));
        }
        return Any::array(std::move(elements));
    }
    if (!json.isObject()) {
        return json;
    }
    for (const char *tag : {"$map", "$array", "$text", "$xml", "$doc"}) {
        if (json.find(tag) != nullptr) {
            throw Refused("nested types and documents can only stand in a shared type");
        }
    }
    if (json.find("$bytes") != nullptr) {
        return Any::bytes(bytesMember(json, "$bytes"));
    }
    if (json.find("$undefined") != nullptr) {
        return {};
    }
    if (json.find("$bigint") != nullptr) {
        return Any::bigInt(toInteger(stringMember(json, "$bigint")));
    }
    std::vector<AnyObject::Member> members;
    for (const auto &[key, value] : json.asObject()) {
        members.emplace_back(key, toAny(value));
    }
    return Any::object(AnyObject::fromMembers(std::move(members)));
}

} // namespace

void check(const Result<> &result)
{
    if (!result) {
        throw Refused(result.error().message);
    }
}

const Any &member(const Any &step, const char *name)
{
    const Any *found = step.find(name);
    if (found == nullptr) {
        throw Refused(std::string("the step has no \"") + name + '"');
    }
    return *found;
}

std::string stringMember(const Any &step, const char *name)
{
    const Any &found = member(step, name);
    if (!found.isString()) {
        throw Refused(std::string("\"") + name + "\" must be a string");
    }
    return std::string(found.asString());
}

std::u16string textMember(const Any &step, const char *name)
{
    return lib0::wtf8ToUtf16(stringMember(step, name));
}

std::span<const Any> arrayMember(const Any &step, const char *name)
{
    const Any &found = member(step, name);
    if (!found.isArray()) {
        throw Refused(std::string("\"") + name + "\" must be an array");
    }
    return found.asArray();
}

double numberMember(const Any &step, const char *name)
{
    const Any &found = member(step, name);
    if (!found.isNumber()) {
        throw Refused(std::string("\"") + name + "\" must be a number");
    }
    return found.asNumber();
}

std::uint32_t unitsMember(const Any &step, const char *name)
{
    return toUnits(member(step, name));
}

bool saysTrue(const Any *member, bool usual)
{
    return member != nullptr && member->isBool() ? member->asBool() : usual;
}

Bytes fromBase64(const Any &text)
{
    if (!text.isString()) {
        throw Refused("bytes are given as base64");
    }
    const auto decoded =
        QByteArray::fromBase64Encoding(QByteArray::fromStdString(std::string(text.asString())));
    if (!decoded) {
        throw Refused("this is no base64");
    }
    return Bytes(decoded.decoded.begin(), decoded.decoded.end());
}

Bytes bytesMember(const Any &step, const char *name)
{
    return fromBase64(member(step, name));
}

namespace {

/// `{"guid":"g","options":{"gc":false,"autoLoad":true,"meta":…},"shouldLoad":false}`.
crdt::NewSubdoc toNewSubdoc(const Any &json)
{
    crdt::NewSubdoc subdoc{stringMember(json, "guid")};
    const Any *options = json.find("options");
    const auto option = [&](const char *name) {
        return options != nullptr ? options->find(name) : nullptr;
    };
    if (saysTrue(option("autoLoad"), false)) {
        subdoc.load = crdt::SubdocLoad::Everywhere;
    } else if (!saysTrue(json.find("shouldLoad"), true)) {
        subdoc.load = crdt::SubdocLoad::OnDemand;
    }
    if (!saysTrue(option("gc"), true)) {
        subdoc.gc = crdt::GarbageCollection::Off;
    }
    if (const Any *meta = option("meta")) {
        subdoc.meta = toAny(*meta);
    }
    return subdoc;
}

} // namespace

/// Recurses no deeper than JSON nests (limits.h).
std::vector<crdt::NewValue> toXmlNodes(std::span<const Any> nodes)
{
    std::vector<crdt::NewValue> made;
    for (const Any &node : nodes) {
        if (node.find("text") != nullptr) {
            made.push_back(crdt::NewXmlText{textMember(node, "text")});
            continue;
        }
        crdt::NewXmlElement element{stringMember(node, "element"), {}, {}};
        if (const Any *attributes = node.find("attributes")) {
            for (const auto &[name, value] :
                 toAttributes(attributes).value_or(crdt::Attributes())) {
                element.attributes.emplace_back(name, value);
            }
        }
        if (node.find("children") != nullptr) {
            element.children = toXmlNodes(arrayMember(node, "children"));
        }
        made.push_back(std::move(element));
    }
    return made;
}

crdt::NewValue toNewValue(const Any &json)
{
    if (const Any *entries = json.find("$map"); entries != nullptr && entries->isObject()) {
        crdt::NewMap map;
        for (const auto &[key, value] : entries->asObject()) {
            map.entries.emplace_back(key, toNewValue(value));
        }
        return map;
    }
    if (json.find("$array") != nullptr) {
        crdt::NewArray array;
        for (const Any &value : arrayMember(json, "$array")) {
            array.values.push_back(toNewValue(value));
        }
        return array;
    }
    if (json.find("$text") != nullptr) {
        return crdt::NewText{textMember(json, "$text")};
    }
    if (json.find("$xml") != nullptr) {
        return crdt::NewXmlFragment{toXmlNodes(arrayMember(json, "$xml"))};
    }
    if (const Any *subdoc = json.find("$doc")) {
        return toNewSubdoc(*subdoc);
    }
    return toAny(json);
}

std::optional<crdt::Attributes> toAttributes(const Any *json)
{
    if (json == nullptr || json->isNull()) {
        return std::nullopt;
    }
    if (!json->isObject()) {
        throw Refused("\"attributes\" must be an object");
    }
    return crdt::Attributes(json->asObject().begin(), json->asObject().end());
}

crdt::Delta toDelta(std::span<const Any> ops)
{
    crdt::Delta delta;
    for (const Any &op : ops) {
        crdt::Attributes attributes =
            toAttributes(op.find("attributes")).value_or(crdt::Attributes());
        if (const Any *insert = op.find("insert"); insert != nullptr && insert->isString()) {
            delta.push_back(
                crdt::DeltaOp::insertText(textMember(op, "insert"), std::move(attributes)));
        } else if (insert != nullptr) {
            delta.push_back(crdt::DeltaOp::insertValues({*insert}, std::move(attributes)));
        } else if (op.find("retain") != nullptr) {
            delta.push_back(
                crdt::DeltaOp::retain(unitsMember(op, "retain"), std::move(attributes)));
        } else {
            delta.push_back(crdt::DeltaOp::remove(unitsMember(op, "delete")));
        }
    }
    return delta;
}

crdt::Path toPath(const Any &json)
{
    crdt::Path path;
    if (!json.isArray() || json.asArray().empty() || !json.asArray().front().isString()) {
        throw Refused("a path is a list that starts with a root name");
    }
    for (const Any &step : json.asArray()) {
        if (step.isString()) {
            path.emplace_back(std::string(step.asString()));
        } else {
            path.emplace_back(toUnits(step));
        }
    }
    return path;
}

} // namespace cowrite::script
