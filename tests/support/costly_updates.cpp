#include "tests/support/costly_updates.h"

#include "libsync/base/limits.h"
#include "tests/support/update_script.h"

#include <string>
#include <utility>

namespace cowrite::test {

using codec::UpdateFormat;
using crdt::Clock;
using lib0::Any;

namespace {

/// Two units that differ for each `i` below 9216.
std::string shortKey(std::size_t i)
{
    return {static_cast<char>(' ' + i % 96), static_cast<char>(' ' + i / 96 % 96)};
}

class Shapes {
public:
    Shapes(UpdateFormat format, std::size_t bytes) : m_format(format), m_bytes(bytes) {}

    /// `write` adds struct `i`, of about `cost` bytes in V1, to the section of one client.
    template <class Write>
    void structs(const char *name, std::size_t cost, Write write)
    {
        structs(name, m_bytes / cost, 0, write);
    }
    /// As many as may wait, without those they follow on.
    template <class Write>
    void waiting(const char *name, Write write)
    {
        structs(name, limits::kMaxPendingStructs, 1, write);
    }
    template <class Write>
    void structs(const char *name, std::size_t count, Clock firstClock, Write write)
    {
        add(name, count, [&](auto out) {
            out.sections(1).section(count, kClient, firstClock);
            for (std::size_t i = 0; i < count; ++i) {
                write(out, firstClock + static_cast<Clock>(i));
            }
            out.end();
        });
    }
    /// Values of about `cost` bytes, all in one struct.
    void values(const char *name, std::size_t cost, const Any &value)
    {
        const std::size_t count = m_bytes / cost;
        add(name, 1, [&](auto out) {
            out.one().inRoot(kAny).length(count);
            for (std::size_t i = 0; i < count; ++i) {
                out.any(value);
            }
            out.end();
        });
    }
    template <class Write>
    void add(const char *name, std::size_t structs, Write write)
    {
        m_rows.push_back(
            {name, codec::written(m_format, [&](auto &sink) { write(Script(sink)); }), structs});
    }

    std::size_t bytes() const { return m_bytes; }
    std::vector<CostlyUpdate> take() { return std::move(m_rows); }

private:
    UpdateFormat m_format;
    std::size_t m_bytes;
    std::vector<CostlyUpdate> m_rows;
};

void addStructs(Shapes &shapes)
{
    shapes.structs("collected ranges", 2, [](auto &out, Clock) { out.info(kGc).length(1); });
    shapes.structs("deleted units", 4,
                   [](auto &out, Clock) { out.inRoot(kDeleted, "").length(1); });
    shapes.structs("characters", 5, [](auto &out, Clock) { out.inRoot(kString, "").text(); });
    shapes.structs("characters typed at the front", 7, [](auto &out, Clock clock) {
        clock == 0 ? out.inRoot(kString).text() : out.before(kString, {kClient, clock - 1}).text();
    });
    shapes.structs("empty types", 4,
                   [](auto &out, Clock) { out.inRoot(kType, "").typeRef(kArrayRef); });
    shapes.structs("types each in the one before", 6, [](auto &out, Clock clock) {
        (clock == 0 ? out.inRoot(kType) : out.inItem(kType, {kClient, clock - 1}))
            .typeRef(kArrayRef);
    });
    shapes.structs("values one by one", 5,
                   [](auto &out, Clock) { out.inRoot(kAny, "").length(1).any(nullptr); });
    shapes.structs("JSON one by one", 6,
                   [](auto &out, Clock) { out.inRoot(kJson, "").length(1).text("1"); });
    shapes.structs("formats", 6,
                   [](auto &out, Clock) { out.inRoot(kFormat, "").name("").json(1); });
    shapes.structs("embeds", 5, [](auto &out, Clock) { out.inRoot(kEmbed, "").json(1); });
    shapes.structs("byte strings", 4,
                   [](auto &out, Clock) { out.inRoot(kBinary, "").bytes(Bytes()); });
    shapes.structs("documents", 5,
                   [](auto &out, Clock) { out.inRoot(kDoc, "").text("").any(nullptr); });
    shapes.structs("entries of one key", 7,
                   [](auto &out, Clock) { out.key(kAny, "", "").length(1).any(nullptr); });
    shapes.structs("entries of many keys", 9, [](auto &out, Clock clock) {
        out.key(kAny, shortKey(clock), "").length(1).any(nullptr);
    });
    shapes.waiting("characters that wait", [](auto &out, Clock clock) {
        out.after(kString, {kClient, clock - 1}).text();
    });
    shapes.waiting("types that wait", [](auto &out, Clock clock) {
        out.inItem(kType, {kOther, clock}).typeRef(kArrayRef);
    });
    shapes.waiting("values that wait", [](auto &out, Clock clock) {
        out.after(kAny, {kClient, clock - 1}).length(1).any(nullptr);
    });
    shapes.add("clients", shapes.bytes() / 8, [&](auto out) {
        const std::size_t count = shapes.bytes() / 8;
        out.sections(count);
        for (std::size_t i = 0; i < count; ++i) {
            out.section(1, 1'000'000 + i).info(kGc).length(1);
        }
        out.end();
    });
}

void addValues(Shapes &shapes)
{
    shapes.values("values", 1, nullptr);
    shapes.values("numbers", 2, 1);
    shapes.values("empty strings", 2, "");
    shapes.values("short strings", 4, "ab");
    shapes.values("strings of 16 units", 18, "0123456789abcdef");
    shapes.values("empty byte strings", 2, Any::bytes(Bytes()));
    shapes.values("empty arrays", 2, Any::array({}));
    shapes.values("arrays of one value", 3, Any::array({nullptr}));
    shapes.values("arrays in arrays", 10,
                  Any::array({Any::array({Any::array({Any::array({Any::array({})})})})}));
    shapes.values("empty objects", 2, Any::object({}));
    shapes.values("objects of one member", 4, Any::object({{"", nullptr}}));
    std::vector<lib0::AnyObject::Member> members;
    for (std::size_t i = 0; i < 9000; ++i) {
        members.emplace_back(shortKey(i), nullptr);
    }
    shapes.values("objects of many members", 36'000,
                  Any::object(lib0::AnyObject::fromMembers(std::move(members))));
    shapes.add("JSON in one struct", 1, [&](auto out) {
        const std::size_t count = shapes.bytes() / 2;
        out.one().inRoot(kJson).length(count);
        for (std::size_t i = 0; i < count; ++i) {
            out.text("1");
        }
        out.end();
    });
    lib0::AnyArray cells(shapes.bytes() / 3, Any::array({}));
    shapes.add("an embed of empty arrays", 1,
               [&](auto out) { out.one().inRoot(kEmbed).json(Any::array(cells)).end(); });
}

void addDeletions(Shapes &shapes)
{
    crdt::DeleteSet ranges;
    for (Clock i = 0; i < shapes.bytes() / 2; ++i) {
        ranges.add(kClient, {2 * i, 1});
    }
    shapes.add("deleted ranges of one client", 1, [&](auto out) {
        out.one().info(kGc).length(static_cast<Clock>(shapes.bytes())).end(ranges);
    });
    crdt::DeleteSet clients;
    for (std::size_t i = 0; i < limits::kMaxPendingStructs; ++i) {
        clients.add(1'000'000 + i, {0, 1});
    }
    shapes.add("deletions that wait", limits::kMaxPendingStructs,
               [&](auto out) { out.sections(0).end(clients); });
}

} // namespace

std::vector<CostlyUpdate> costlyUpdates(UpdateFormat format, std::size_t bytes)
{
    Shapes shapes(format, bytes);
    addStructs(shapes);
    addValues(shapes);
    addDeletions(shapes);
    return shapes.take();
}

} // namespace cowrite::test
