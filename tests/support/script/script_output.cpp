#include "tests/support/script/script_output.h"

#include "app/ctl/document_json.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/array.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/text.h"
#include "tests/support/script/script_replica.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

using codec::UpdateFormat;
using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

namespace {

Any keysToJson(const crdt::Event &event)
{
    std::vector<AnyObject::Member> members;
    for (const auto &[key, change] : event.keys()) {
        const char *action = change.action == crdt::KeyChange::Action::Add      ? "add"
                             : change.action == crdt::KeyChange::Action::Update ? "update"
                                                                                : "delete";
        members.emplace_back(
            key, Any::object({{"action", action}, {"oldValue", ctl::toJson(change.oldValue)}}));
    }
    return Any::object(AnyObject::fromMembers(std::move(members)));
}

} // namespace

Any eventToJson(const crdt::Event &event, const crdt::SharedType &observed)
{
    AnyArray path;
    for (const crdt::PathStep &step : event.path()) {
        path.push_back(std::visit([](const auto &it) { return Any(it); }, step));
    }
    AnyObject json{{"path", Any::array(std::move(path))}};
    if (isMap(observed)) {
        json.set("keys", keysToJson(event));
    } else {
        json.set("delta", ctl::toJson(event.delta(),
                                      isText(observed) ? ctl::DeltaOf::Text : ctl::DeltaOf::List));
    }
    return Any::object({{"event", Any::object(std::move(json))}});
}

Any emittedToJson(const crdt::Transaction &transaction)
{
    const auto encoded = [&](UpdateFormat format) {
        return toBase64(codec::encodeTransaction(transaction, format));
    };
    return Any::object({{"emitted", Any::object({{"update", encoded(UpdateFormat::V1)},
                                                 {"updateV2", encoded(UpdateFormat::V2)}})}});
}

Any subdocsToJson(const crdt::SubdocChanges &changes)
{
    const auto guids = [](const std::vector<crdt::Subdoc> &subdocs) {
        AnyArray guids;
        for (const crdt::Subdoc &subdoc : subdocs) {
            guids.push_back(subdoc.guid());
        }
        return Any::array(std::move(guids));
    };
    return Any::object({{"subdocs", Any::object({{"added", guids(changes.added)},
                                                 {"removed", guids(changes.removed)},
                                                 {"loaded", guids(changes.loaded)}})}});
}

std::uint32_t lengthOf(const crdt::SharedType &type)
{
    if (isText(type)) {
        return crdt::Text(type).length();
    }
    return isList(type) ? crdt::Array(type).length() : crdt::Map(type).size();
}

} // namespace cowrite::script
