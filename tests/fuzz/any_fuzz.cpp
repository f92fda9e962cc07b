// lib0's `any`: whatever decodes can be written again and reads back as the same value.

#include "libsync/base/check.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "tests/fuzz/fuzz_target.h"

namespace cowrite::fuzz {

using namespace lib0;

void runOne(ByteView input)
{
    Decoder decoder(input);
    const Any value = decoder.readAny();
    if (!decoder.ok()) {
        COWRITE_CHECK(decoder.remaining() == 0);
        COWRITE_CHECK(decoder.error().byteOffset.value_or(0) <= input.size());
        return;
    }
    Encoder encoder;
    encoder.writeAny(value);
    Decoder again(encoder.bytes());
    const Any copy = again.readAny();
    COWRITE_CHECK(again.ok() && again.remaining() == 0);
    COWRITE_CHECK(copy == value);
}

std::vector<Bytes> seeds()
{
    const std::vector<Any> values{
        Any(),
        Any(nullptr),
        Any(true),
        Any(-1),
        Any(0.1),
        Any(1e300),
        Any::bigInt(-5),
        Any("text \xc3\xa9 \xf0\x9f\x98\x80"),
        Any::bytes({1, 2, 3}),
        Any::array({Any(1), Any::array({Any::array({}), Any("x")})}),
        Any::object(AnyObject{{"a", Any(1)}, {"7", Any::object(AnyObject{{"b", Any(nullptr)}})}}),
    };
    std::vector<Bytes> seeds;
    for (const Any &value : values) {
        Encoder encoder;
        encoder.writeAny(value);
        seeds.push_back(encoder.take());
    }
    return seeds;
}

} // namespace cowrite::fuzz
