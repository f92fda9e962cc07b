#include "app/ctl/update_info.h"

#include <utility>

#include "libsync/codec/update_reader.h"
#include "libsync/crdt/update.h"

namespace cowrite::ctl {

namespace {

using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

const char *nameOf(crdt::ContentKind kind)
{
    switch (kind) {
    case crdt::ContentKind::Gc:
        return "GC";
    case crdt::ContentKind::Deleted:
        return "Deleted";
    case crdt::ContentKind::Json:
        return "JSON";
    case crdt::ContentKind::Binary:
        return "Binary";
    case crdt::ContentKind::String:
        return "String";
    case crdt::ContentKind::Embed:
        return "Embed";
    case crdt::ContentKind::Format:
        return "Format";
    case crdt::ContentKind::Type:
        return "Type";
    case crdt::ContentKind::Any:
        return "Any";
    case crdt::ContentKind::Doc:
        return "Doc";
    case crdt::ContentKind::Skip:
        return "Skip";
    }
    return "unknown";
}

const char *nameOf(codec::UpdateFormat format)
{
    return format == codec::UpdateFormat::V1 ? "v1" : "v2";
}

void extend(std::vector<crdt::ClockRange> &ranges, const crdt::WireStruct &added)
{
    if (!ranges.empty() && ranges.back().end() == added.clock) {
        ranges.back().length += added.length;
    } else {
        ranges.push_back({added.clock, added.length});
    }
}

Any rangesToJson(crdt::DeleteSet::Ranges ranges)
{
    AnyArray result;
    for (const crdt::ClockRange &range : ranges) {
        result.push_back(Any::object({{"clock", range.clock}, {"length", range.length}}));
    }
    return Any::array(std::move(result));
}

/// `clocks 0-4, 7-9`: the first and the last unit of each range.
std::string rangesToText(crdt::DeleteSet::Ranges ranges)
{
    std::string result;
    for (const crdt::ClockRange &range : ranges) {
        result += (result.empty() ? "" : ", ") + std::to_string(range.clock);
        if (range.length > 1) {
            result += '-' + std::to_string(range.end() - 1);
        }
    }
    return result.empty() ? "no clocks" : "clocks " + result;
}

} // namespace

Result<UpdateInfo> readUpdateInfo(ByteView update, codec::UpdateFormat format)
{
    crdt::Update decoded;
    if (const Result<void> done = codec::decodeUpdate(update, decoded, format); !done) {
        return tl::unexpected(done.error());
    }
    UpdateInfo info{format, update.size(), {}, {}, std::move(decoded.deletions)};
    for (const crdt::WireSection &section : decoded.sections) {
        ClientInfo client{decoded.clients[section.client], {}, section.count};
        for (std::uint32_t i = 0; i < section.count; ++i) {
            const crdt::WireStruct &wire = decoded.structs[section.first + i];
            ++info.structsByKind[nameOf(wire.kind)];
            if (wire.kind != crdt::ContentKind::Skip) {
                extend(client.ranges, wire);
            }
        }
        info.clients.push_back(std::move(client));
    }
    return info;
}

Any toJson(const UpdateInfo &info)
{
    AnyArray clients;
    for (const ClientInfo &client : info.clients) {
        clients.push_back(Any::object({{"client", client.client},
                                       {"ranges", rangesToJson(client.ranges)},
                                       {"structs", client.structs}}));
    }
    std::vector<AnyObject::Member> structs(info.structsByKind.begin(), info.structsByKind.end());
    AnyArray deletions;
    for (const auto &[client, ranges] : info.deletions) {
        deletions.push_back(Any::object({{"client", client}, {"ranges", rangesToJson(ranges)}}));
    }
    return Any::object({{"format", nameOf(info.format)},
                        {"bytes", info.bytes},
                        {"clients", Any::array(std::move(clients))},
                        {"structs", Any::object(AnyObject::fromMembers(std::move(structs)))},
                        {"deletions", Any::array(std::move(deletions))}});
}

std::string toText(const UpdateInfo &info)
{
    std::string text = std::to_string(info.bytes) + " bytes, update " + nameOf(info.format) + '\n';
    for (const ClientInfo &client : info.clients) {
        text += "client " + std::to_string(client.client) + ": " + rangesToText(client.ranges) +
                "; structs: " + std::to_string(client.structs) + '\n';
    }
    for (const auto &[kind, count] : info.structsByKind) {
        text += "structs of kind " + kind + ": " + std::to_string(count) + '\n';
    }
    for (const auto &[client, ranges] : info.deletions) {
        text += "deleted of client " + std::to_string(client) + ": " + rangesToText(ranges) + '\n';
    }
    return text;
}

} // namespace cowrite::ctl
