// The string form of XML types, which is what Yjs gives: other values in it read as JavaScript
// converts them to strings.

#include "libsync/base/ascii.h"
#include "libsync/crdt/array.h"
#include "libsync/crdt/xml.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

constexpr std::string_view kSomeObject = "[object Object]";

/// JavaScript's String(value). Recurses no deeper than values nest (limits.h).
std::string toJsString(const Any &value)
{
    using lib0::AnyKind;
    const auto join = [](const auto &elements, auto toString) {
        std::string joined;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            joined += (i > 0 ? "," : "") + toString(elements[i]);
        }
        return joined;
    };
    switch (value.kind()) {
    case AnyKind::Undefined:
        return "undefined";
    case AnyKind::Null:
        return "null";
    case AnyKind::Bool:
        return value.asBool() ? "true" : "false";
    case AnyKind::Number:
        return lib0::numberToString(value.asNumber());
    case AnyKind::BigInt:
        return std::to_string(value.asBigInt());
    case AnyKind::String:
        return std::string(value.asString());
    case AnyKind::Bytes:
        return join(value.asBytes(), [](std::uint8_t byte) { return std::to_string(byte); });
    case AnyKind::Array:
        return join(value.asArray(), [](const Any &element) {
            return element.isNull() || element.isUndefined() ? "" : toJsString(element);
        });
    default:
        return std::string(kSomeObject);
    }
}

template <class Value>
void sortByKey(std::vector<std::pair<std::string, Value>> &members)
{
    std::sort(members.begin(), members.end(),
              [](const auto &a, const auto &b) { return lib0::isBeforeInUtf16(a.first, b.first); });
}

/// What JavaScript's `for in` goes through: members, elements, bytes, characters.
std::vector<std::pair<std::string, Any>> membersOf(const Any &value)
{
    std::vector<std::pair<std::string, Any>> members;
    const auto addAll = [&](const auto &elements, auto toAny) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
            members.emplace_back(std::to_string(i), toAny(elements[i]));
        }
    };
    const auto toAny = [](const auto &element) { return Any(element); };
    if (value.isObject()) {
        members.assign(value.asObject().begin(), value.asObject().end());
    } else if (value.isArray()) {
        addAll(value.asArray(), toAny);
    } else if (value.isBytes()) {
        addAll(value.asBytes(), toAny);
    } else if (value.isString()) {
        addAll(lib0::wtf8ToUtf16(value.asString()), [](char16_t unit) {
            return Any(lib0::utf16ToWtf8({&unit, 1}));
        });
    }
    return members;
}

/// Writes a tree of types from left to right. What is still to come is a list, not the stack: peers
/// decide how deep types nest.
class XmlWriter {
public:
    std::string write(SharedType top)
    {
        m_rest.emplace_back(top);
        while (!m_rest.empty()) {
            const Part part = std::move(m_rest.back());
            m_rest.pop_back();
            if (const auto *text = std::get_if<std::string>(&part)) {
                m_out += *text;
                continue;
            }
            // What expand() adds comes next, its first part first.
            const auto mark = static_cast<std::ptrdiff_t>(m_rest.size());
            expand(std::get<SharedType>(part));
            std::reverse(m_rest.begin() + mark, m_rest.end());
        }
        return std::move(m_out);
    }

private:
    using Part = std::variant<std::string, SharedType>;

    void add(std::string_view text) { m_rest.emplace_back(std::string(text)); }
    void add(const Value &value)
    {
        if (value.isType()) {
            m_rest.emplace_back(value.type());
        } else if (value.isSubdoc()) {
            add(kSomeObject);
        } else {
            add(toJsString(value.any()));
        }
    }

    void expand(SharedType type)
    {
        switch (type.kind()) {
        case TypeKind::XmlElement:
            addElement(XmlElement(type));
            break;
        case TypeKind::XmlFragment:
            addChildren(XmlFragment(type));
            break;
        case TypeKind::XmlText:
            addFormatted(XmlText(type).toDelta());
            break;
        case TypeKind::Text:
            add(lib0::utf16ToWtf8(Text(type).toString()));
            break;
        default:
            add(kSomeObject);
            break;
        }
    }

    void addChildren(const XmlFragment &fragment)
    {
        for (const Value &child : fragment.children()) {
            add(child);
        }
    }

    void addElement(const XmlElement &element)
    {
        std::string name(element.nodeName());
        std::transform(name.begin(), name.end(), name.begin(), asciiToLower);
        auto attributes = element.attributes();
        sortByKey(attributes);
        add("<" + name);
        for (const auto &[key, value] : attributes) {
            add(" " + key + "=\"");
            add(value);
            add("\"");
        }
        add(">");
        addChildren(element);
        add("</" + name + ">");
    }

    void addFormatted(const Delta &delta)
    {
        for (const DeltaOp &op : delta) {
            Attributes formats = op.attributes;
            sortByKey(formats);
            for (const auto &[name, value] : formats) {
                auto members = membersOf(value);
                sortByKey(members);
                add("<" + name);
                for (const auto &[key, member] : members) {
                    add(" " + key + "=\"" + toJsString(member) + "\"");
                }
                add(">");
            }
            if (op.values.empty()) {
                add(lib0::utf16ToWtf8(op.text));
            } else {
                add(op.values.front());
            }
            for (auto format = formats.rbegin(); format != formats.rend(); ++format) {
                add("</" + format->first + ">");
            }
        }
    }

    std::string m_out;
    std::vector<Part> m_rest;
};

} // namespace

std::string XmlFragment::toString() const
{
    return XmlWriter().write(*this);
}

std::string XmlText::toString() const
{
    return XmlWriter().write(*this);
}

} // namespace cowrite::crdt
