#include "tests/support/script/script_updates.h"

#include <map>

#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_tools.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

namespace {

using codec::UpdateFormat;
using lib0::Any;
using lib0::AnyObject;

Any updateToJson(const Result<Bytes> &update)
{
    return Any::object({{"update", toBase64(valueOf(update))}});
}

Any merge(const Any &step)
{
    std::vector<Bytes> updates;
    for (const Any &update : arrayMember(step, "updates")) {
        updates.push_back(fromBase64(update));
    }
    const std::vector<ByteView> views(updates.begin(), updates.end());
    return updateToJson(codec::mergeUpdates(views, formatOf(step)));
}

Any diff(const Any &step)
{
    const auto target = codec::decodeStateVector(bytesMember(step, "stateVector"));
    return updateToJson(
        codec::diffUpdate(bytesMember(step, "update"), valueOf(target), formatOf(step)));
}

Any convert(const Any &step)
{
    const UpdateFormat from = formatOf(step);
    const UpdateFormat to = from == UpdateFormat::V1 ? UpdateFormat::V2 : UpdateFormat::V1;
    return updateToJson(codec::convertUpdate(bytesMember(step, "update"), from, to));
}

Any meta(const Any &step)
{
    const Bytes update = bytesMember(step, "update");
    const auto stateVector = codec::stateVectorOfUpdate(update, formatOf(step));
    const auto described = codec::readUpdateMeta(update, formatOf(step));
    std::map<crdt::ClientId, codec::UpdateMeta::Span> spans;
    for (const codec::UpdateMeta::Span &span : valueOf(described).clients) {
        spans.emplace(span.client, span);
    }
    AnyObject from;
    AnyObject to;
    for (const auto &[client, span] : spans) {
        from.set(std::to_string(client), Any(static_cast<double>(span.from)));
        to.set(std::to_string(client), Any(static_cast<double>(span.to)));
    }
    return Any::object({{"stateVector", toBase64(codec::encodeStateVector(valueOf(stateVector)))},
                        {"from", Any::object(std::move(from))},
                        {"to", Any::object(std::move(to))}});
}

} // namespace

UpdateFormat formatOf(const Any &step)
{
    const Any *format = step.find("format");
    if (format == nullptr || *format == Any("v1")) {
        return UpdateFormat::V1;
    }
    if (*format == Any("v2")) {
        return UpdateFormat::V2;
    }
    throw Refused("there are only the formats v1 and v2");
}

std::optional<Any> workOnUpdates(const std::string &name, const Any &step)
{
    using Work = Any (*)(const Any &);
    static const std::map<std::string, Work> works = {
        {"merge", merge}, {"diff", diff}, {"convert", convert}, {"meta", meta}};
    const auto found = works.find(name);
    return found == works.end() ? std::nullopt : std::optional(found->second(step));
}

} // namespace cowrite::script
