#include "app/ctl/document_json.h"

#include <algorithm>
#include <utility>

#include <QByteArray>

#include "libsync/crdt/array.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/text.h"
#include "libsync/crdt/xml.h"
#include "libsync/lib0/utf.h"

namespace cowrite::ctl {

namespace {

using lib0::Any;
using lib0::AnyArray;
using lib0::AnyKind;
using lib0::AnyObject;

Any tagged(const char *tag, Any value)
{
    return Any::object({{tag, std::move(value)}});
}

template <class Member>
void sortByName(std::vector<Member> &members)
{
    std::sort(members.begin(), members.end(), [](const Member &a, const Member &b) {
        return lib0::isBeforeInUtf16(a.first, b.first);
    });
}

Any insertToJson(const crdt::DeltaOp &op, DeltaOf of)
{
    if (of == DeltaOf::Text) {
        return op.values.empty() ? Any(lib0::utf16ToWtf8(op.text)) : toJson(op.values.front());
    }
    AnyArray cells;
    for (const crdt::Value &value : op.values) {
        cells.push_back(toJson(value));
    }
    return Any::array(std::move(cells));
}

Any mapToJson(const crdt::Map &map)
{
    std::vector<AnyObject::Member> members;
    for (const auto &[key, value] : map.entries()) {
        members.emplace_back(key, toJson(value));
    }
    sortByName(members);
    return Any::object(AnyObject::fromMembers(std::move(members)));
}

} // namespace

std::string toBase64(ByteView bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toBase64()
        .toStdString();
}

Any toJson(const Any &value)
{
    switch (value.kind()) {
    case AnyKind::Undefined:
        return tagged("$undefined", true);
    case AnyKind::BigInt:
        return tagged("$bigint", std::to_string(value.asBigInt()));
    case AnyKind::Bytes:
        return tagged("$bytes", toBase64(value.asBytes()));
    case AnyKind::Array: {
        AnyArray elements;
        for (const Any &element : value.asArray()) {
            elements.push_back(toJson(element));
        }
        return Any::array(std::move(elements));
    }
    case AnyKind::Object: {
        std::vector<AnyObject::Member> members;
        for (const auto &[key, member] : value.asObject()) {
            members.emplace_back(key, toJson(member));
        }
        return Any::object(AnyObject::fromMembers(std::move(members)));
    }
    default:
        return value;
    }
}

Any toJson(const crdt::Value &value)
{
    if (value.isSubdoc()) {
        const crdt::Subdoc subdoc = value.subdoc();
        return tagged(
            "$doc", Any::object({{"guid", subdoc.guid()}, {"options", toJson(subdoc.options())}}));
    }
    return value.isType() ? toJson(value.type()) : toJson(value.any());
}

Any toJson(const crdt::SharedType &type)
{
    switch (type.kind()) {
    case crdt::TypeKind::Text:
        return toJson(crdt::Text(type).toDelta(), DeltaOf::Text);
    case crdt::TypeKind::Array: {
        AnyArray cells;
        for (const crdt::Value &value : crdt::Array(type).values()) {
            cells.push_back(toJson(value));
        }
        return Any::array(std::move(cells));
    }
    case crdt::TypeKind::XmlFragment:
    case crdt::TypeKind::XmlElement:
        return crdt::XmlFragment(type).toString();
    case crdt::TypeKind::XmlText:
        return crdt::XmlText(type).toString();
    case crdt::TypeKind::Map:
    case crdt::TypeKind::XmlHook:
        return mapToJson(crdt::Map(type));
    default:
        // A kind that this version cannot read; the document keeps it all the same.
        return nullptr;
    }
}

Any toJson(const crdt::Delta &delta, DeltaOf of)
{
    AnyArray ops;
    for (const crdt::DeltaOp &op : delta) {
        std::vector<AnyObject::Member> members;
        switch (op.kind) {
        case crdt::DeltaOp::Kind::Insert:
            members.emplace_back("insert", insertToJson(op, of));
            break;
        case crdt::DeltaOp::Kind::Retain:
            members.emplace_back("retain", op.length);
            break;
        case crdt::DeltaOp::Kind::Delete:
            members.emplace_back("delete", op.length);
            break;
        }
        if (!op.attributes.empty()) {
            std::vector<AnyObject::Member> attributes;
            for (const auto &[name, value] : op.attributes) {
                attributes.emplace_back(name, toJson(value));
            }
            sortByName(attributes);
            members.emplace_back("attributes",
                                 Any::object(AnyObject::fromMembers(std::move(attributes))));
        }
        ops.push_back(Any::object(AnyObject::fromMembers(std::move(members))));
    }
    return Any::array(std::move(ops));
}

} // namespace cowrite::ctl
