#include "tests/property/random_values.h"

#include "libsync/base/rng.h"

namespace cowrite::test {

using namespace crdt;

std::u16string randomText(std::uint64_t random)
{
    std::u16string text;
    SeededRng rng(random);
    for (std::uint64_t i = 1 + rng.below(5); i > 0; --i) {
        if (rng.below(12) == 0)
            text += u"\U0001F600";
        else
            text += static_cast<char16_t>(u'a' + rng.below(26));
    }
    return text;
}

Attributes randomAttributes(std::uint64_t random)
{
    switch (random % 8) {
    case 0:
        return {{"bold", Any(true)}};
    case 1:
        return {{"bold", Any(nullptr)}};
    case 2:
        return {{"color", Any("red")}};
    case 3:
        return {{"color", Any("green")}, {"bold", Any(true)}};
    case 4:
        return {{"color", Any(nullptr)}};
    case 5:
        return {{"link", Any::object({{"url", Any("a")}})}};
    case 6:
        return {{"link", Any(nullptr)}, {"bold", Any(nullptr)}};
    default:
        return {};
    }
}

NewValue randomValue(std::uint64_t random)
{
    switch (random % 11) {
    case 0:
        return NewText{randomText(random)};
    case 10:
        return NewSubdoc{"guid", random % 2 == 0 ? SubdocLoad::Here : SubdocLoad::Everywhere};
    case 1:
        return NewArray{{Any(1), NewText{u"in a list"}, Any("x")}};
    case 2:
        return NewMap{{{"one", Any(1)}, {"list", NewArray{{Any(2)}}}}};
    case 3:
        return Any::bytes({1, 2, 3});
    case 4:
        return Any(nullptr);
    case 5:
        return Any::object({{"k", Any(static_cast<double>(random))}});
    case 6:
        return Any(random % 20 < 10 ? 2147483648.0 : -0.0);
    default:
        return Any(static_cast<double>(random));
    }
}

NewValue randomEmbed(std::uint64_t random)
{
    if (random % 3 == 0)
        return NewMap{{{"one", Any(1)}}};
    return Any::object({{"image", Any("u")}});
}

NewValue randomNode(std::uint64_t random)
{
    switch (random % 4) {
    case 0:
        return NewXmlText{randomText(random)};
    case 1:
        return NewXmlElement{
            "p", {{"id", Any("x")}}, {NewXmlText{u"in p"}, NewXmlElement{"b", {}, {}}}};
    case 2:
        return NewXmlElement{"div", {}, {}};
    default:
        return NewXmlHook{"hook", {{"k", Any(1)}}};
    }
}

} // namespace cowrite::test
