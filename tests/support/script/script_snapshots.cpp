// The steps of a runner that are about snapshots.

#include "app/ctl/document_json.h"
#include "libsync/codec/snapshot_codec.h"
#include "tests/support/script/script_edits.h"
#include "tests/support/script/script_runner.h"
#include "tests/support/script/script_updates.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

using codec::UpdateFormat;
using crdt::TypeKind;
using lib0::Any;
using lib0::AnyObject;

void Runner::keepSnapshot(const Any &step, Replica &replica)
{
    m_snapshots[stringMember(step, "name")] = crdt::takeSnapshot(replica.doc);
}

void Runner::printSnapshot(const Any &step)
{
    const auto encoded = [&](UpdateFormat format) {
        return toBase64(codec::encodeSnapshot(snapshot(step, "name"), format));
    };
    m_print(Any::object({{"v1", encoded(UpdateFormat::V1)}, {"v2", encoded(UpdateFormat::V2)}}));
}

void Runner::compareSnapshot(const Any &step)
{
    const auto contains = codec::snapshotContainsUpdate(
        snapshot(step, "name"), bytesMember(step, "update"), formatOf(step));
    m_print(Any::object({{"contains", Any(valueOf(contains))}}));
}

void Runner::restore(const Any &step, Replica &replica)
{
    const double number = numberMember(step, "into");
    auto restored = std::make_unique<Replica>(number, std::nullopt, crdt::GarbageCollection::On);
    check(crdt::restoreSnapshot(replica.doc, snapshot(step, "name"), restored->doc));
    m_replicas[number] = std::move(restored);
}

void Runner::render(const Any &step, Replica &replica)
{
    const crdt::Text text = textAt(step, replica);
    const crdt::Snapshot &shown = snapshot(step, "snapshot");
    const crdt::Delta delta = step.find("previous") != nullptr
                                  ? text.toDelta(shown, snapshot(step, "previous"))
                                  : text.toDelta(shown);
    m_print(Any::object({{"delta", ctl::toJson(delta, ctl::DeltaOf::Text)}}));
}

void Runner::printAttributes(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, std::nullopt);
    if (type.kind() != TypeKind::XmlElement) {
        throw Refused("the type at this path is of another kind");
    }
    std::map<std::string, Any> attributes;
    for (const auto &[name, value] :
         crdt::XmlElement(type).attributes(snapshot(step, "snapshot"))) {
        attributes.emplace(name, ctl::toJson(value));
    }
    m_print(Any::object({{"attributes", Any::object(AnyObject::fromMembers(
                                            {attributes.begin(), attributes.end()}))}}));
}

const crdt::Snapshot &Runner::snapshot(const Any &step, const char *member) const
{
    const auto known = m_snapshots.find(stringMember(step, member));
    if (known == m_snapshots.end()) {
        throw Refused("there is no snapshot of this name");
    }
    return known->second;
}

} // namespace cowrite::script
