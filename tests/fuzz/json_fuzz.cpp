// JSON: what is read can be written, and what is written reads back as the same value.

#include "libsync/base/check.h"
#include "libsync/lib0/json.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

namespace cowrite::fuzz {

void runOne(ByteView input)
{
    const auto text = asText(input);
    const auto value = lib0::parseJson(text);
    if (!value) {
        COWRITE_CHECK(value.error().byteOffset.has_value());
        COWRITE_CHECK(*value.error().byteOffset <= input.size());
        return;
    }
    const auto written = lib0::stringifyJson(*value);
    COWRITE_CHECK(written.has_value());
    const auto again = lib0::parseJson(*written);
    COWRITE_CHECK(again.has_value());
    // A number too large for a double reads as Infinity, which JSON can only write as null; so the
    // second text is compared, not the value.
    const auto rewritten = lib0::stringifyJson(*again);
    COWRITE_CHECK(rewritten.has_value() && *rewritten == *written);
}

std::vector<Bytes> seeds()
{
    std::vector<Bytes> seeds;
    for (const std::string_view text : {
             R"({"user":{"name":"Ada","color":"#30bced"},"cursor":{"anchor":null,"head":null}})",
             R"([1,-0,0.5,1e21,1E-7,123456789012345678901234567890,true,false,null])",
             R"("a\u0041\ud83d\ude00\ud83d\n\\\"/\b\f\r\t")",
             R"({"b":1,"a":{"10":[],"2":{}},"b":2,"__proto__":null})",
             R"([[[[[[[[]]]]]]]])",
         }) {
        seeds.emplace_back(text.begin(), text.end());
    }
    return seeds;
}

} // namespace cowrite::fuzz
