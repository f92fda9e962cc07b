#include "tests/support/hostile_updates.h"

#include "libsync/base/limits.h"
#include "tests/support/update_script.h"

#include <string>
#include <string_view>

namespace cowrite::test {

using namespace std::literals;
using codec::UpdateFormat;
using lib0::Any;

namespace {

Any nested(std::size_t depth)
{
    Any value(nullptr);
    for (std::size_t i = 0; i < depth; ++i) {
        value = Any::array({std::move(value)});
    }
    return value;
}

class Rows {
public:
    explicit Rows(UpdateFormat format) : m_format(format) {}

    template <class Write>
    void add(const char *name, Write write)
    {
        m_rows.push_back(
            {name, codec::written(m_format, [&](auto &sink) { write(Script(sink)); })});
    }
    std::vector<HostileUpdate> take() { return std::move(m_rows); }

private:
    UpdateFormat m_format;
    std::vector<HostileUpdate> m_rows;
};

void addBadLengths(Rows &rows)
{
    rows.add("2^32 structs", [](auto out) {
        out.sections(1).section(std::size_t{1} << 32).inRoot(kString).text().end();
    });
    rows.add("2^32 clients",
             [](auto out) { out.sections(std::size_t{1} << 32).section(1).info(kGc).end(); });
    rows.add("a collected range of 2^53-1",
             [](auto out) { out.one().info(kGc).length(limits::kMaxSafeInteger).end(); });
    rows.add("a skipped range of 2^53-1",
             [](auto out) { out.one().info(kSkip).skipLength(limits::kMaxSafeInteger).end(); });
    rows.add("clocks that pass 2^32 together", [](auto out) {
        constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
        out.sections(1).section(2).info(kGc).length(kHalf).info(kGc).length(kHalf).end();
    });
    rows.add("an empty string", [](auto out) { out.one().inRoot(kString).text(""sv).end(); });
    rows.add("an empty list of values", [](auto out) { out.one().inRoot(kAny).length(0).end(); });
    rows.add("an empty list of JSON", [](auto out) { out.one().inRoot(kJson).length(0).end(); });
    rows.add("an empty deleted run", [](auto out) { out.one().inRoot(kDeleted).length(0).end(); });
    rows.add("an empty collected range", [](auto out) { out.one().info(kGc).length(0).end(); });
    rows.add("an empty skipped range", [](auto out) { out.one().info(kSkip).skipLength(0).end(); });
    rows.add("a value nested too deeply", [](auto out) {
        out.one().inRoot(kAny).length(1).any(nested(limits::kMaxValueDepth + 1)).end();
    });
    rows.add("a root name too long", [](auto out) {
        out.one().inRoot(kString, std::string(limits::kMaxRootNameBytes + 1, 'r')).text().end();
    });
    rows.add("a key too long", [](auto out) {
        out.one().key(kAny, std::string(limits::kMaxKeyBytes + 1, 'k')).length(1).any(Any(1)).end();
    });
    rows.add("100,000 roots", [](auto out) {
        constexpr std::size_t kRoots = 100'000;
        out.sections(1).section(kRoots);
        for (std::size_t i = 0; i < kRoots; ++i) {
            out.inRoot(kString, std::to_string(i)).text();
        }
        out.end();
    });
}

void addBadStructs(Rows &rows)
{
    rows.add("an origin that is itself", [](auto out) {
        out.one(5).after(kString, {kClient, 5}).text().end();
    });
    rows.add("an origin in its future", [](auto out) {
        out.one(5).after(kString, {kClient, 9}).text().end();
    });
    rows.add("a right origin in its future", [](auto out) {
        out.one(5).before(kString, {kClient, 9}).text().end();
    });
    rows.add("a parent that is itself", [](auto out) {
        out.one().inItem(kString, {kClient, 0}).text().end();
    });
    rows.add("an unknown content", [](auto out) { out.one().inRoot(kUnknownRef).text().end(); });
    rows.add("an unknown type",
             [](auto out) { out.one().inRoot(kType).typeRef(kUnknownTypeRef).end(); });
    rows.add("a collected range with an origin",
             [](auto out) { out.one().info(kGc | codec::wire::kHasOrigin).length(1).end(); });
    rows.add("a skipped range with a key",
             [](auto out) { out.one().info(kSkip | codec::wire::kHasKey).skipLength(1).end(); });
    rows.add("a client twice", [](auto out) {
        out.sections(2).section(1).inRoot(kString).text();
        out.section(1, kClient, 1).inRoot(kString).text().end();
    });
    rows.add("a good section before a bad one", [](auto out) {
        out.sections(2).section(1, kOther).inRoot(kString).text();
        out.section(1).inRoot(kString).text(""sv).end();
    });
}

} // namespace

std::vector<HostileUpdate> refusedUpdates(UpdateFormat format)
{
    Rows rows(format);
    addBadLengths(rows);
    addBadStructs(rows);
    return rows.take();
}

std::vector<HostileUpdate> strangeUpdates(UpdateFormat format)
{
    Rows rows(format);
    rows.add("clients that wait for each other", [](auto out) {
        out.sections(2).section(1, kOther).after(kString, {kClient, 0}).text();
        out.section(1).after(kString, {kOther, 0}).text().end();
    });
    rows.add("a section without structs", [](auto out) {
        out.sections(2).section(0, kOther).section(1).inRoot(kString).text().end();
    });
    rows.add("an anchor in another list", [](auto out) {
        out.sections(2).section(1, kOther).between(kString, {kClient, 0}, {kClient, 1}).text();
        out.section(2).inRoot(kString, "t"sv).text().inRoot(kString, "u"sv).text().end();
    });
    rows.add("text anchored at the entry of a map", [](auto out) {
        out.sections(2).section(1, kOther).after(kString, {kClient, 0}).text();
        out.section(1).key(kAny, "k"sv).length(1).any(Any(1)).end();
    });
    rows.add("a parent that is no type", [](auto out) {
        out.sections(2).section(1, kOther).inItem(kString, {kClient, 0}).text();
        out.section(1).inRoot(kString).text().end();
    });
    rows.add("deletions of what nobody wrote", [](auto out) {
        crdt::DeleteSet deletions;
        deletions.add(kOther, {1'000'000, 5});
        out.one().inRoot(kString).text().end(deletions);
    });
    rows.add("structs far ahead", [](auto out) {
        out.one(1'000'000'000).after(kString, {kClient, 999'999'999}).text().end();
    });
    rows.add("the key __proto__", [](auto out) {
        out.one().key(kAny, "__proto__"sv).length(1);
        out.any(Any::object(lib0::AnyObject{{"__proto__", Any(1)}})).end();
    });
    rows.add("types nested deeply, and the outermost deleted", [](auto out) {
        constexpr crdt::Clock kDepth = 900;
        crdt::DeleteSet deletions;
        deletions.add(kClient, {0, 1});
        out.sections(1).section(kDepth).inRoot(kType).typeRef(kArrayRef);
        for (crdt::Clock i = 0; i + 1 < kDepth; ++i) {
            out.inItem(kType, {kClient, i}).typeRef(kArrayRef);
        }
        out.end(deletions);
    });
    return rows.take();
}

} // namespace cowrite::test
