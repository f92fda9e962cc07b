#include "libsync/lib0/json.h"

#include "libsync/lib0/utf.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace cowrite::lib0 {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// A recursive descent over text that is known to be UTF-8; kMaxNesting bounds the recursion.
/// Each function returns false, or nothing, once the error is set.
class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<Any> parseDocument()
    {
        Any value;
        if (parseValue(0, value)) {
            skipSpace();
            if (m_at != m_text.size()) {
                fail("there is text after the JSON value");
            }
        }
        if (m_error) {
            return tl::unexpected<Error>(std::move(*m_error));
        }
        return value;
    }

private:
    bool fail(std::string message, ErrorCode code = ErrorCode::Malformed)
    {
        m_error = Error{code, std::move(message), m_at};
        return false;
    }

    /// The character at hand, NUL at the end. (A NUL in the text is an error wherever it stands.)
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
            ++m_at;
        }
    }

    bool consume(char c)
    {
        if (peek() != c) {
            return false;
        }
        ++m_at;
        return true;
    }

    bool parseValue(std::size_t depth, Any &value)
    {
        skipSpace();
        switch (peek()) {
        case '{':
            return parseObject(depth, value);
        case '[':
            return parseArray(depth, value);
        case '"': {
            std::string text;
            const bool parsed = parseString(text);
            value = std::move(text);
            return parsed;
        }
        case 't':
            return parseWord("true", true, value);
        case 'f':
            return parseWord("false", false, value);
        case 'n':
            return parseWord("null", nullptr, value);
        default:
            return parseNumber(value);
        }
    }

    bool parseWord(std::string_view word, Any meaning, Any &value)
    {
        if (m_text.substr(m_at, word.size()) != word) {
            return fail("a JSON value is expected");
        }
        m_at += word.size();
        value = std::move(meaning);
        return true;
    }

    bool enter(std::size_t depth)
    {
        if (depth >= kMaxNesting) {
            return fail("JSON arrays and objects are nested too deeply", ErrorCode::LimitExceeded);
        }
        ++m_at;
        skipSpace();
        return true;
    }

    bool parseArray(std::size_t depth, Any &value)
    {
        if (!enter(depth)) {
            return false;
        }
        AnyArray elements;
        if (!consume(']')) {
            do {
                Any element;
                if (!parseValue(depth + 1, element)) {
                    return false;
                }
                elements.push_back(std::move(element));
                skipSpace();
            } while (consume(','));
            if (!consume(']')) {
                return fail("',' or ']' is expected in a JSON array");
            }
        }
        value = Any::array(std::move(elements));
        return true;
    }

    bool parseObject(std::size_t depth, Any &value)
    {
        if (!enter(depth)) {
            return false;
        }
        std::vector<AnyObject::Member> members;
        if (!consume('}')) {
            do {
                AnyObject::Member member;
                if (!parseMember(depth, member)) {
                    return false;
                }
                members.push_back(std::move(member));
                skipSpace();
            } while (consume(','));
            if (!consume('}')) {
                return fail("',' or '}' is expected in a JSON object");
            }
        }
        value = Any::object(AnyObject::fromMembers(std::move(members)));
        return true;
    }

    bool parseMember(std::size_t depth, AnyObject::Member &member)
    {
        skipSpace();
        if (peek() != '"') {
            return fail("a key in quotes is expected in a JSON object");
        }
        if (!parseString(member.first)) {
            return false;
        }
        skipSpace();
        if (!consume(':')) {
            return fail("':' is expected after a key of a JSON object");
        }
        return parseValue(depth + 1, member.second);
    }

    bool parseString(std::string &text)
    {
        ++m_at;
        while (true) {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
                   static_cast<unsigned char>(m_text[m_at]) >= 0x20) {
                ++m_at;
            }
            text.append(m_text, begin, m_at - begin);
            if (consume('"')) {
                return true;
            }
            if (peek() != '\\') {
                return fail(m_at == m_text.size() ? "a JSON string has no end"
                                                  : "a JSON string holds a bare control character");
            }
            if (!parseEscape(text)) {
                return false;
            }
        }
    }

    bool parseEscape(std::string &text)
    {
        constexpr std::string_view kNames = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        const char name = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        if (name == 'u') {
            return parseUnicodeEscape(text);
        }
        const std::size_t found = kNames.find(name);
        if (found == std::string_view::npos) {
            return fail("a JSON string holds an unknown escape");
        }
        text.push_back(kMeanings[found]);
        m_at += 2;
        return true;
    }

    bool parseUnicodeEscape(std::string &text)
    {
        const auto unit = hexUnit(m_at);
        if (!unit) {
            return fail("\\u in a JSON string needs four hexadecimal digits");
        }
        m_at += 6;
        std::u16string character(1, *unit);
        if (isHighSurrogate(*unit)) {
            const auto low = hexUnit(m_at);
            if (low && isLowSurrogate(*low)) {
                character.push_back(*low);
                m_at += 6;
            }
        }
        text += utf16ToWtf8(character);
        return true;
    }

    /// The unit of an escape \uXXXX that starts at `at`, if there is one.
    [[nodiscard]] std::optional<char16_t> hexUnit(std::size_t at) const
    {
        if (m_text.size() < 6 || at > m_text.size() - 6 || m_text[at] != '\\' ||
            m_text[at + 1] != 'u') {
            return std::nullopt;
        }
        std::uint16_t unit = 0;
        const char *const begin = m_text.data() + at + 2;
        const auto [end, error] = std::from_chars(begin, begin + 4, unit, 16);
        if (error != std::errc() || end != begin + 4) {
            return std::nullopt;
        }
        return static_cast<char16_t>(unit);
    }

    bool skipDigits()
    {
        const std::size_t begin = m_at;
        while (isDigit(peek())) {
            ++m_at;
        }
        return m_at != begin;
    }

    bool parseNumber(Any &value)
    {
        const std::size_t begin = m_at;
        consume('-');
        const bool leadingZero = peek() == '0';
        const std::size_t digits = m_at;
        if (!skipDigits()) {
            m_at = begin;
            return fail("a JSON value is expected");
        }
        if (leadingZero && m_at - digits > 1) {
            m_at = digits;
            return fail("a JSON number starts with a needless zero");
        }
        if (consume('.') && !skipDigits()) {
            return fail("a JSON number needs digits after its point");
        }
        if (consume('e') || consume('E')) {
            if (!consume('+')) {
                consume('-');
            }
            if (!skipDigits()) {
                return fail("a JSON number needs digits in its exponent");
            }
        }
        value = toDouble(m_text.substr(begin, m_at - begin));
        return true;
    }

    /// Of a number in JSON's grammar, rounded to nearest; beyond a double's range infinity or zero.
    static double toDouble(std::string_view number)
    {
        double value = 0;
        const auto [end, error] =
            std::from_chars(number.data(), number.data() + number.size(), value);
        if (error != std::errc::result_out_of_range) {
            return value;
        }
        const double limit = isBelowOne(number) ? 0 : std::numeric_limits<double>::infinity();
        return number.front() == '-' ? -limit : limit;
    }

    /// Whether the magnitude of a number that no double can hold is tiny rather than huge.
    static bool isBelowOne(std::string_view number)
    {
        const std::size_t exponentAt = number.find_first_of("eE");
        const std::string_view mantissa = number.substr(0, exponentAt);
        const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
        const std::size_t significant = mantissa.find_first_of("123456789");
        // Decimal place of the first significant digit, 0 being the units.
        const auto place = static_cast<std::int64_t>(point) -
                           static_cast<std::int64_t>(significant) - (significant < point ? 1 : 0);
        std::int64_t exponent = 0;
        if (exponentAt != std::string_view::npos) {
            std::string_view digits = number.substr(exponentAt + 1);
            const bool negative = digits.front() == '-';
            if (negative || digits.front() == '+') {
                digits.remove_prefix(1);
            }
            // An exponent that overflows outweighs any mantissa that fits in memory.
            constexpr std::int64_t kHuge = std::int64_t{1} << 60;
            if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec !=
                std::errc()) {
                exponent = kHuge;
            }
            exponent = negative ? -std::min(exponent, kHuge) : std::min(exponent, kHuge);
        }
        return place + exponent < 0;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::optional<Error> m_error;
};

} // namespace

Result<Any> parseJson(std::string_view text)
{
    const std::size_t valid = validUtf8Prefix(text);
    if (valid != text.size()) {
        return fail(ErrorCode::Malformed, "JSON text is not valid UTF-8", valid);
    }
    return Parser(text).parseDocument();
}

} // namespace cowrite::lib0
