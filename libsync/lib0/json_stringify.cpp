#include "libsync/lib0/json.h"

#include "libsync/lib0/utf.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace cowrite::lib0 {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

void appendUnicodeEscape(unsigned unit, std::string &json)
{
    json += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
        json.push_back(kHexDigits[(unit >> shift) & 0xf]);
    }
}

void appendControl(unsigned char control, std::string &json)
{
    switch (control) {
    case '\b':
        json += "\\b";
        break;
    case '\t':
        json += "\\t";
        break;
    case '\n':
        json += "\\n";
        break;
    case '\f':
        json += "\\f";
        break;
    case '\r':
        json += "\\r";
        break;
    default:
        appendUnicodeEscape(control, json);
    }
}

/// ECMA-262, QuoteJSONString: everything but quotes, backslashes, controls and lone surrogates
/// stands as it is, U+007F and U+2028 included.
void appendString(std::string_view wtf8, std::string &json)
{
    json.push_back('"');
    std::size_t plainFrom = 0;
    for (std::size_t at = 0; at < wtf8.size();) {
        const auto byte = static_cast<unsigned char>(wtf8[at]);
        const bool surrogate = byte == 0xed && at + 2 < wtf8.size() &&
                               static_cast<unsigned char>(wtf8[at + 1]) >= 0xa0;
        if (byte >= 0x20 && byte != '"' && byte != '\\' && !surrogate) {
            ++at;
            continue;
        }
        json.append(wtf8, plainFrom, at - plainFrom);
        if (surrogate) {
            const auto second = static_cast<unsigned char>(wtf8[at + 1]);
            const auto third = static_cast<unsigned char>(wtf8[at + 2]);
            appendUnicodeEscape(0xd000U | ((second & 0x3fU) << 6) | (third & 0x3fU), json);
            at += 3;
        } else if (byte < 0x20) {
            appendControl(byte, json);
            ++at;
        } else {
            json.push_back('\\');
            json.push_back(wtf8[at]);
            ++at;
        }
        plainFrom = at;
    }
    json.append(wtf8, plainFrom);
    json.push_back('"');
}

void appendBytes(ByteView bytes, std::string &json)
{
    json.push_back('{');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0) {
            json.push_back(',');
        }
        json += '"' + std::to_string(i) + "\":" + std::to_string(bytes[i]);
    }
    json.push_back('}');
}

/// An array or object of which some children are written.
struct Open {
    const Any *container;
    std::size_t next = 0;
    bool anyWritten = false;
};

/// Writes without recursion, since values made by the program itself have no bound on their depth.
class Writer {
public:
    Result<std::string> write(const Any &value)
    {
        if (value.isUndefined()) {
            return fail(ErrorCode::Unsupported, "undefined cannot be written as JSON");
        }
        begin(value);
        while (!m_open.empty() && !m_bigIntFound) {
            step();
        }
        if (m_bigIntFound) {
            return fail(ErrorCode::Unsupported, "a bigint cannot be written as JSON");
        }
        return std::move(m_json);
    }

private:
    void begin(const Any &value)
    {
        switch (value.kind()) {
        case AnyKind::Undefined: // an element of an array
        case AnyKind::Null:
            m_json += "null";
            break;
        case AnyKind::Bool:
            m_json += value.asBool() ? "true" : "false";
            break;
        case AnyKind::Number:
            m_json += std::isfinite(value.asNumber()) ? numberToString(value.asNumber()) : "null";
            break;
        case AnyKind::BigInt:
            m_bigIntFound = true;
            break;
        case AnyKind::String:
            appendString(value.asString(), m_json);
            break;
        case AnyKind::Bytes:
            appendBytes(value.asBytes(), m_json);
            break;
        case AnyKind::Array:
            m_json.push_back('[');
            m_open.push_back({&value});
            break;
        case AnyKind::Object:
            m_json.push_back('{');
            m_open.push_back({&value});
            break;
        }
    }

    /// Writes the next child of the innermost container, or closes it.
    void step()
    {
        Open &top = m_open.back();
        const std::size_t at = top.next++;
        if (top.container->isArray()) {
            const std::span<const Any> elements = top.container->asArray();
            if (at == elements.size()) {
                close(']');
                return;
            }
            separate(top);
            begin(elements[at]);
            return;
        }
        const AnyObject members = top.container->asObject();
        if (at == members.size()) {
            close('}');
            return;
        }
        const auto &[key, member] = members[at];
        if (!member.isUndefined()) {
            separate(top);
            appendString(key, m_json);
            m_json.push_back(':');
            begin(member);
        }
    }

    void separate(Open &open)
    {
        if (open.anyWritten) {
            m_json.push_back(',');
        }
        open.anyWritten = true;
    }

    void close(char bracket)
    {
        m_json.push_back(bracket);
        m_open.pop_back();
    }

    std::string m_json;
    std::vector<Open> m_open;
    bool m_bigIntFound = false;
};

} // namespace

Result<std::string> stringifyJson(const Any &value)
{
    return Writer().write(value);
}

std::string numberToString(double number)
{
    if (std::isnan(number)) {
        return "NaN";
    }
    if (std::isinf(number)) {
        return number < 0 ? "-Infinity" : "Infinity";
    }
    if (number == 0) {
        return "0";
    }
    // The shortest form is d.ddde+XX; take its digits and exponent apart. ECMA-262,
    // Number::toString, names: k digits, and n, the place of the decimal point.
    std::array<char, 32> buffer;
    const char *const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                          std::abs(number), std::chars_format::scientific)
                                .ptr;
    const std::string_view scientific(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t exponentAt = scientific.find('e');
    std::string digits(1, scientific[0]);
    if (exponentAt > 1) {
        digits += scientific.substr(2, exponentAt - 2);
    }
    int exponent = 0;
    const bool positive = scientific[exponentAt + 1] == '+';
    std::from_chars(scientific.data() + exponentAt + (positive ? 2 : 1), end, exponent);

    const int k = static_cast<int>(digits.size());
    const int n = exponent + 1;
    std::string text = number < 0 ? "-" : "";
    if (n > 21 || n <= -6) {
        text += digits[0];
        if (k > 1) {
            text += '.' + digits.substr(1);
        }
        text += exponent < 0 ? "e-" : "e+";
        text += std::to_string(std::abs(exponent));
    } else if (n >= k) {
        text += digits + std::string(static_cast<std::size_t>(n - k), '0');
    } else if (n > 0) {
        text += digits.insert(static_cast<std::size_t>(n), 1, '.');
    } else {
        text += "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    }
    return text;
}

} // namespace cowrite::lib0
