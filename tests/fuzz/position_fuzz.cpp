// Relative positions, binary and as JSON: what is read can be written and reads back as the same,
// and resolving it neither changes the document nor leads out of it.

#include "libsync/base/check.h"
#include "libsync/base/rng.h"
#include "libsync/codec/relative_position_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/debug_check.h"
#include "libsync/lib0/json.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

namespace cowrite::fuzz {

using namespace crdt;

namespace {

constexpr ClientId kClient = 1;

/// A text with a deleted unit, a nested list, a map and a list that was collected.
struct Sample {
    SeededRng rng{1};
    Doc doc{kClient, rng};

    Sample()
    {
        COWRITE_CHECK(doc.text("t")->insert(0, u"abcdef").has_value());
        COWRITE_CHECK(doc.text("t")->remove(1, 2).has_value());
        COWRITE_CHECK(doc.array("a")->push({NewArray{{Any(1)}}, Any(2), NewArray{}}).has_value());
        COWRITE_CHECK(doc.array("a")->remove(2, 1).has_value());
        COWRITE_CHECK(doc.map("m")->set("k", NewText{u"nested"}).has_value());
    }
};

std::uint32_t lengthOf(const SharedType &type)
{
    switch (type.kind()) {
    case TypeKind::Text:
        return Text(type).length();
    case TypeKind::Array:
        return Array(type).length();
    default:
        return 0;
    }
}

void checkResolved(const RelativePosition &position)
{
    static Sample sample;
    static const Bytes before = codec::encodeStateAsUpdate(sample.doc);
    for (const FollowRedone follow : {FollowRedone::Yes, FollowRedone::No}) {
        if (const auto place = resolve(sample.doc, position, follow)) {
            COWRITE_CHECK(place->index <= lengthOf(place->type));
        }
    }
    COWRITE_CHECK(codec::encodeStateAsUpdate(sample.doc) == before);
    COWRITE_CHECK(sample.doc.roots().size() == 3);
}

void runBinary(ByteView input)
{
    const auto position = codec::decodeRelativePosition(input);
    if (!position) {
        COWRITE_CHECK(position.error().byteOffset.value_or(0) <= input.size());
        return;
    }
    const auto again = codec::decodeRelativePosition(codec::encodeRelativePosition(*position));
    COWRITE_CHECK(again.has_value() && *again == *position);
    checkResolved(*position);
}

void runJson(ByteView input)
{
    const auto json = lib0::parseJson(asText(input));
    if (!json) {
        return;
    }
    const auto position = relativePositionFromJson(*json);
    if (!position) {
        return;
    }
    const auto again = relativePositionFromJson(toJson(*position));
    COWRITE_CHECK(again.has_value() && *again == *position);
    checkResolved(*position);
}

} // namespace

void runOne(ByteView input)
{
    runBinary(input);
    runJson(input);
}

std::vector<Bytes> seeds()
{
    Sample sample;
    const SharedType text = *sample.doc.text("t");
    const SharedType list = Array(*sample.doc.array("a")).get(0)->type();
    std::vector<Bytes> seeds;
    for (const SharedType &type : {text, list}) {
        for (const std::uint32_t index : {0U, 1U, 99U}) {
            for (const int assoc : {0, -1}) {
                const RelativePosition position = makeRelativePosition(type, index, assoc);
                seeds.push_back(codec::encodeRelativePosition(position));
                const std::string json = *lib0::stringifyJson(toJson(position));
                seeds.emplace_back(json.begin(), json.end());
            }
        }
    }
    for (const std::string_view json : {R"({"tname":"t","item":{"client":1,"clock":2}})",
                                        R"({"type":{"client":1,"clock":8}})", R"({"assoc":-1})"}) {
        seeds.emplace_back(json.begin(), json.end());
    }
    return seeds;
}

} // namespace cowrite::fuzz
