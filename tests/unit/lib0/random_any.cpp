#include "tests/unit/lib0/random_any.h"

#include "libsync/lib0/utf.h"

#include <bit>
#include <cmath>

namespace cowrite::test {

using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

namespace {

std::string randomString(Rng &rng)
{
    std::u16string utf16;
    for (std::uint64_t left = rng.below(12); left > 0; --left) {
        switch (rng.below(6)) {
        case 0:
            utf16 += static_cast<char16_t>(rng.below(0x80));
            break;
        case 1:
            utf16 += static_cast<char16_t>(0x80 + rng.below(0xd800 - 0x80));
            break;
        case 2:
            utf16 += static_cast<char16_t>(0xd800 + rng.below(0x400));
            utf16 += static_cast<char16_t>(0xdc00 + rng.below(0x400));
            break;
        default:
            utf16 += static_cast<char16_t>(u'0' + rng.below(10));
        }
    }
    return lib0::utf16ToUtf8(utf16);
}

double randomNumber(Rng &rng)
{
    switch (rng.below(5)) {
    case 0:
        return static_cast<double>(rng.below(200)) - 100;
    case 1:
        return static_cast<double>(static_cast<std::int64_t>(rng.next()) >> rng.below(64));
    case 2:
        return static_cast<double>(rng.below(1000)) / 8;
    case 3:
        return -0.0;
    default: {
        const auto number = std::bit_cast<double>(rng.next());
        return std::isfinite(number) ? number : 0.5;
    }
    }
}

Any randomScalar(Rng &rng, Values values)
{
    switch (rng.below(values == Values::Any ? 7 : 4)) {
    case 0:
        return nullptr;
    case 1:
        return rng.below(2) == 0;
    case 2:
        return randomNumber(rng);
    case 3:
        return randomString(rng);
    case 4:
        return Any();
    case 5:
        return Any::bigInt(static_cast<std::int64_t>(rng.next()));
    default: {
        Bytes bytes(rng.below(20));
        for (std::uint8_t &byte : bytes) {
            byte = static_cast<std::uint8_t>(rng.below(256));
        }
        return Any::bytes(std::move(bytes));
    }
    }
}

} // namespace

Any randomAny(Rng &rng, Values values, int depth)
{
    const std::uint64_t choice = depth > 0 ? rng.below(3) : 2;
    if (choice == 2) {
        return randomScalar(rng, values);
    }
    AnyArray elements;
    AnyObject members;
    for (std::uint64_t left = rng.below(8); left > 0; --left) {
        if (choice == 0) {
            elements.push_back(randomAny(rng, values, depth - 1));
        } else {
            std::string key = randomString(rng);
            members.set(std::move(key), randomAny(rng, values, depth - 1));
        }
    }
    return choice == 0 ? Any::array(std::move(elements)) : Any::object(std::move(members));
}

} // namespace cowrite::test
