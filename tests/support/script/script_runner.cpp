#include "tests/support/script/script_runner.h"

#include "app/ctl/document_json.h"
#include "libsync/codec/relative_position_codec.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/lib0/json.h"
#include "tests/support/script/script_edits.h"
#include "tests/support/script/script_output.h"
#include "tests/support/script/script_updates.h"
#include "tests/support/script/script_values.h"

namespace cowrite::script {

namespace {

using codec::UpdateFormat;
using crdt::TypeKind;
using lib0::Any;
using lib0::AnyArray;
using lib0::AnyObject;

crdt::UndoManager &undoManager(Replica &replica)
{
    if (replica.undoManagers.empty()) {
        throw Refused("nothing is tracked in this document");
    }
    return *replica.undoManagers.back();
}

} // namespace

void Runner::run(const Any &step)
{
    run(step, nullptr);
}

void Runner::run(const Any &step, const Any *document)
{
    const std::string &name = stringMember(step, "do");
    if (const std::optional<Any> printed = workOnUpdates(name, step)) {
        m_print(*printed);
        return;
    }
    if (runAlone(name, step)) {
        return;
    }
    const Any &number =
        step.find("doc") != nullptr || document == nullptr ? member(step, "doc") : *document;
    Replica &subject = replica(number);
    if (!edit(name, step, subject) && !drive(name, step, subject)) {
        throw Refused("unknown step " + name);
    }
}

bool Runner::runAlone(const std::string &name, const Any &step)
{
    using Step = void (Runner::*)(const Any &);
    static const std::map<std::string, Step> steps = {
        {"doc", &Runner::makeDocument},
        {"sync", &Runner::synchronise},
        {"positionBytes", &Runner::printPosition},
        {"snapshotBytes", &Runner::printSnapshot},
        {"contains", &Runner::compareSnapshot},
    };
    const auto found = steps.find(name);
    if (found == steps.end()) {
        return false;
    }
    (this->*found->second)(step);
    return true;
}

bool Runner::drive(const std::string &name, const Any &step, Replica &replica)
{
    using Step = void (Runner::*)(const Any &, Replica &);
    static const std::map<std::string, Step> steps = {
        {"transact", &Runner::transact},
        {"print", &Runner::print},
        {"apply", &Runner::apply},
        {"track", &Runner::track},
        {"undo", &Runner::undo},
        {"redo", &Runner::redo},
        {"stopCapturing", &Runner::stopCapturing},
        {"position", &Runner::keepPosition},
        {"resolve", &Runner::resolvePosition},
        {"events", &Runner::observe},
        {"emitted", &Runner::printEmitted},
        {"snapshot", &Runner::keepSnapshot},
        {"restore", &Runner::restore},
        {"render", &Runner::render},
        {"subdocs", &Runner::printSubdocs},
        {"load", &Runner::loadSubdoc},
        {"destroy", &Runner::destroySubdoc},
        {"userData", &Runner::keepUserData},
        {"user", &Runner::printUser},
        {"attributes", &Runner::printAttributes},
    };
    const auto found = steps.find(name);
    if (found == steps.end()) {
        return false;
    }
    (this->*found->second)(step, replica);
    return true;
}

void Runner::makeDocument(const Any &step)
{
    const double number = numberMember(step, "doc");
    const double client = numberMember(step, "client");
    m_replicas[number] =
        std::make_unique<Replica>(number, static_cast<crdt::ClientId>(client),
                                  saysTrue(step.find("gc"), true) ? crdt::GarbageCollection::On
                                                                  : crdt::GarbageCollection::Off);
}

void Runner::transact(const Any &step, Replica &replica)
{
    const std::span<const Any> steps = arrayMember(step, "steps");
    const Any document(replica.number);
    // A refusal leaves the transaction only once that is closed, as the engine has no exceptions.
    std::optional<Refused> refusal;
    replica.doc.transact(
        [&] {
            try {
                for (const Any &inner : steps) {
                    run(inner, &document);
                }
            } catch (const Refused &refused) {
                refusal = refused;
            }
        },
        origin(step.find("origin")));
    if (refusal) {
        throw *refusal;
    }
}

void Runner::synchronise(const Any &step)
{
    Replica &from = replica(member(step, "from"));
    Replica &to = replica(member(step, "to"));
    const UpdateFormat format = formatOf(step);
    const Any sync("sync");
    check(codec::applyUpdate(to.doc,
                             codec::encodeStateAsUpdate(from.doc, to.doc.stateVector(), format),
                             origin(&sync), format));
}

void Runner::apply(const Any &step, Replica &replica)
{
    const Any usual("apply");
    const Any *given = step.find("origin");
    check(codec::applyUpdate(replica.doc, bytesMember(step, "update"),
                             origin(given != nullptr && !given->isNull() ? given : &usual),
                             formatOf(step)));
}

void Runner::track(const Any &step, Replica &replica)
{
    crdt::UndoManager::Options options;
    if (step.find("captureTimeout") != nullptr) {
        options.captureTimeout = std::chrono::milliseconds(unitsMember(step, "captureTimeout"));
    }
    if (step.find("origins") != nullptr) {
        options.trackedOrigins.clear();
        for (const Any &value : arrayMember(step, "origins")) {
            options.trackedOrigins.push_back(origin(&value));
        }
    }
    options.ignoreRemoteMapChanges = saysTrue(step.find("ignoreRemoteMapChanges"), false);
    if (step.find("scope") != nullptr) {
        replica.undoManagers.push_back(
            std::make_unique<crdt::UndoManager>(replica.doc, std::move(options), m_clock));
        return;
    }
    std::vector<crdt::SharedType> scope;
    for (const Any &path : arrayMember(step, "paths")) {
        scope.push_back(replica.resolve(toPath(path), kindFor(step, TypeKind::Text)));
    }
    replica.undoManagers.push_back(std::make_unique<crdt::UndoManager>(
        replica.doc, std::move(scope), std::move(options), m_clock));
}

void Runner::undo(const Any &, Replica &replica)
{
    undoManager(replica).undo();
}

void Runner::redo(const Any &, Replica &replica)
{
    undoManager(replica).redo();
}

void Runner::stopCapturing(const Any &, Replica &replica)
{
    undoManager(replica).stopCapturing();
}

void Runner::keepPosition(const Any &step, Replica &replica)
{
    const Any *assoc = step.find("assoc");
    m_positions[stringMember(step, "name")] = crdt::makeRelativePosition(
        replica.resolve(step, TypeKind::Text), unitsMember(step, "at"),
        assoc != nullptr && assoc->isNumber() ? static_cast<int>(assoc->asNumber()) : 0);
}

void Runner::printPosition(const Any &step)
{
    m_print(Any::object({{"bytes", toBase64(codec::encodeRelativePosition(position(step)))}}));
}

void Runner::resolvePosition(const Any &step, Replica &replica)
{
    const crdt::RelativePosition &kept = position(step);
    if (kept.rootName) {
        // Yjs makes a root where a position names it.
        (void)replica.doc.root(*kept.rootName, crdt::TypeKind::Untyped);
    }
    const std::optional<crdt::AbsolutePosition> found = crdt::resolve(replica.doc, kept);
    m_print(Any::object({{"index", found ? Any(found->index) : Any(nullptr)}}));
}

void Runner::observe(const Any &step, Replica &replica)
{
    const crdt::SharedType type = replica.resolve(step, TypeKind::Text);
    replica.subscriptions.push_back(type.observe(
        [this, type](const crdt::Event &event) { m_print(eventToJson(event, type)); }));
}

void Runner::printEmitted(const Any &, Replica &replica)
{
    replica.subscriptions.push_back(
        replica.doc.committed.connect([this](const crdt::Transaction &transaction) {
            if (transaction.changedDocument()) {
                m_print(emittedToJson(transaction));
            }
        }));
}

void Runner::printSubdocs(const Any &, Replica &replica)
{
    replica.subscriptions.push_back(replica.doc.subdocsChanged.connect(
        [this](const crdt::SubdocChanges &changes, const crdt::Transaction &) {
            m_print(subdocsToJson(changes));
        }));
}

void Runner::loadSubdoc(const Any &step, Replica &replica)
{
    replica.subdoc(step).load();
}

void Runner::destroySubdoc(const Any &step, Replica &replica)
{
    replica.subdoc(step).destroy();
}

void Runner::keepUserData(const Any &step, Replica &replica)
{
    if (!replica.userData) {
        const crdt::SharedType users = replica.root("users", TypeKind::Map);
        replica.userData = std::make_unique<codec::PermanentUserData>(crdt::Map(users));
    }
    if (step.find("user") != nullptr) {
        check(replica.userData->setUserMapping(replica.doc, replica.doc.clientId(),
                                               stringMember(step, "user")));
    }
}

void Runner::printUser(const Any &step, Replica &replica)
{
    if (!replica.userData) {
        throw Refused("there is no user data in this document");
    }
    const crdt::ClientId client = unitsMember(step, "client");
    const std::optional<std::string> user =
        step.find("deleted") != nullptr
            ? replica.userData->userWhoDeleted({client, unitsMember(step, "deleted")})
            : replica.userData->userOfClient(client);
    m_print(Any::object({{"user", user ? Any(*user) : Any(nullptr)}}));
}

void Runner::print(const Any &step, Replica &replica)
{
    const Any &wanted = member(step, "roots");
    if (!wanted.isObject()) {
        throw Refused("\"roots\" must be an object");
    }
    std::vector<AnyObject::Member> roots;
    std::vector<AnyObject::Member> lengths;
    for (const auto &[name, kind] : wanted.asObject()) {
        const crdt::SharedType type = replica.root(
            std::string(name), toKind(std::string(kind.isString() ? kind.asString() : "")));
        roots.emplace_back(name, ctl::toJson(type));
        lengths.emplace_back(name, lengthOf(type));
    }
    const crdt::Doc &doc = replica.doc;
    m_print(
        Any::object({{"doc", replica.number},
                     {"roots", Any::object(AnyObject::fromMembers(std::move(roots)))},
                     {"length", Any::object(AnyObject::fromMembers(std::move(lengths)))},
                     {"stateVector", toBase64(codec::encodeStateVector(doc.stateVector()))},
                     {"update", toBase64(codec::encodeStateAsUpdate(doc))},
                     {"updateV2", toBase64(codec::encodeStateAsUpdate(doc, {}, UpdateFormat::V2))},
                     {"pending", doc.hasPending()}}));
}

Replica &Runner::replica(const Any &number)
{
    const auto found = number.isNumber() ? m_replicas.find(number.asNumber()) : m_replicas.end();
    if (found == m_replicas.end()) {
        throw Refused("there is no such document");
    }
    return *found->second;
}

const crdt::RelativePosition &Runner::position(const Any &step) const
{
    const auto known = m_positions.find(stringMember(step, "name"));
    if (known == m_positions.end()) {
        throw Refused("there is no position of this name");
    }
    return known->second;
}

crdt::Origin Runner::origin(const Any *value)
{
    if (value == nullptr || value->isNull()) {
        return {};
    }
    const Result<std::string> key = lib0::stringifyJson(*value);
    std::unique_ptr<char> &object = m_origins[key ? *key : std::string()];
    if (!object) {
        object = std::make_unique<char>();
    }
    return crdt::Origin::of(object.get());
}

} // namespace cowrite::script
