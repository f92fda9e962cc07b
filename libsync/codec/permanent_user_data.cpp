#include "libsync/codec/permanent_user_data.h"

#include "libsync/base/limits.h"
#include "libsync/codec/delete_set_codec.h"
#include "libsync/crdt/event.h"

#include <cmath>
#include <utility>

namespace cowrite::codec {

using namespace crdt;

namespace {

constexpr std::string_view kIds = "ids";
constexpr std::string_view kDeletions = "ds";

std::optional<SharedType> nested(const Map &map, std::string_view key, TypeKind kind)
{
    const std::optional<Value> value = map.get(key);
    if (!value || !value->isType() || value->type().kind() != kind) {
        return std::nullopt;
    }
    return value->type();
}

std::optional<ClientId> toClient(const Value &value)
{
    if (!value.any().isNumber()) {
        return std::nullopt;
    }
    const double number = value.any().asNumber();
    if (!(number >= 0 && number <= static_cast<double>(limits::kMaxSafeInteger)) ||
        number != std::floor(number)) {
        return std::nullopt;
    }
    return static_cast<ClientId>(number);
}

/// Empty if it is none.
DeleteSet toDeleteSet(const Value &value)
{
    DeleteSet deletions;
    if (value.any().isBytes()) {
        lib0::Decoder in(value.any().asBytes());
        readDeleteSet(in, deletions, UpdateFormat::V1);
        if (!in.ok()) {
            deletions.clear();
        }
    }
    return deletions;
}

Any toAny(const DeleteSet &deletions)
{
    lib0::Encoder out;
    writeDeleteSet(out, deletions, UpdateFormat::V1);
    return Any::bytes(out.take());
}

Any toAny(ClientId client)
{
    return static_cast<double>(client);
}

} // namespace

PermanentUserData::PermanentUserData(const Map &users) : m_users(users)
{
    for (const std::string &user : users.keys()) {
        read(user);
    }
    m_subscriptions.push_back(users.observeDeep([this](const std::vector<Event> &events) {
        for (const Event &event : events) {
            onEvent(event);
        }
    }));
}

Result<void> PermanentUserData::setUserMapping(Doc &doc, ClientId client, const std::string &user,
                                               Filter filter)
{
    if (Result<void> noted = note(user, {client}, {}); !noted) {
        return noted;
    }
    m_ownUsers.insert(user);
    m_subscriptions.push_back(doc.afterTransaction.connect(
        [this, user, filter = std::move(filter)](const Transaction &transaction) {
            if (transaction.isLocal() && !transaction.deletions().empty() &&
                (!filter || filter(transaction))) {
                (void)note(user, {}, transaction.deletions());
            }
        }));
    return {};
}

std::optional<std::string> PermanentUserData::userOfClient(ClientId client) const
{
    const auto known = m_clients.find(client);
    return known != m_clients.end() ? std::optional(known->second) : std::nullopt;
}

std::optional<std::string> PermanentUserData::userWhoDeleted(Id unit) const
{
    for (const auto &[user, deletions] : m_deletions) {
        if (deletions.contains(unit)) {
            return user;
        }
    }
    return std::nullopt;
}

std::optional<PermanentUserData::Lists> PermanentUserData::listsOf(const std::string &user) const
{
    const auto entry = nested(m_users, user, TypeKind::Map);
    const auto ids = entry ? nested(Map(*entry), kIds, TypeKind::Array) : std::nullopt;
    const auto deletions = entry ? nested(Map(*entry), kDeletions, TypeKind::Array) : std::nullopt;
    if (!ids || !deletions) {
        return std::nullopt;
    }
    return Lists{Array(*ids), Array(*deletions)};
}

/// Those that are there, or new ones.
Result<PermanentUserData::Lists> PermanentUserData::makeLists(const std::string &user)
{
    if (std::optional<Lists> lists = listsOf(user)) {
        return *lists;
    }
    const NewMap entry{{{std::string(kIds), NewArray{}}, {std::string(kDeletions), NewArray{}}}};
    return m_users.set(user, entry).map([&] { return *listsOf(user); });
}

void PermanentUserData::read(const std::string &user)
{
    const std::optional<Lists> lists = listsOf(user);
    if (!lists) {
        return;
    }
    readIds(user, lists->ids.values());
    readDeletions(user, lists->deletions.values());
}

void PermanentUserData::readIds(const std::string &user, const std::vector<Value> &ids)
{
    for (const Value &id : ids) {
        if (const std::optional<ClientId> client = toClient(id)) {
            m_clients[*client] = user;
        }
    }
}

void PermanentUserData::readDeletions(const std::string &user, const std::vector<Value> &sets)
{
    DeleteSet &known = m_deletions[user];
    for (const Value &set : sets) {
        known.add(toDeleteSet(set));
    }
    known.normalize();
}

void PermanentUserData::onEvent(const Event &event)
{
    const Path path = event.path();
    if (path.empty()) {
        for (const std::string &user : event.keysChanged()) {
            read(user);
            if (m_ownUsers.count(user) > 0) {
                restore(user);
            }
        }
        return;
    }
    // A peer may have put a list beside the entries: its steps are numbers.
    const auto *user = std::get_if<std::string>(&path.front());
    if (user == nullptr) {
        return;
    }
    if (path.size() == 1) {
        read(*user); // One of the two lists is another one now.
        return;
    }
    const auto *key = std::get_if<std::string>(&path[1]);
    if (path.size() > 2 || key == nullptr) {
        return;
    }
    for (const DeltaOp &op : event.delta()) {
        if (*key == kIds) {
            readIds(*user, op.values);
        } else if (*key == kDeletions) {
            readDeletions(*user, op.values);
        }
    }
}

/// Adds to the entry of a user, which is made if there is none.
Result<void> PermanentUserData::note(const std::string &user, const std::set<ClientId> &clients,
                                     const DeleteSet &deletions)
{
    return m_users.doc().transact(
        [&]() -> Result<void> {
            Result<Lists> lists = makeLists(user);
            if (!lists) {
                return tl::unexpected(lists.error());
            }
            for (const ClientId client : clients) {
                if (auto pushed = lists->ids.push({toAny(client)}); !pushed) {
                    return pushed;
                }
            }
            return deletions.empty() ? Result<void>() : lists->deletions.push({toAny(deletions)});
        },
        Origin::of(this));
}

/// Adds to the entry of a user what is known of him and not in it: somebody may have overwritten
/// it.
void PermanentUserData::restore(const std::string &user)
{
    std::set<ClientId> missingIds;
    for (const auto &[client, whose] : m_clients) {
        if (whose == user) {
            missingIds.insert(client);
        }
    }
    DeleteSet present;
    if (const std::optional<Lists> lists = listsOf(user)) {
        for (const Value &value : lists->ids.values()) {
            if (const std::optional<ClientId> client = toClient(value)) {
                missingIds.erase(*client);
            }
        }
        for (const Value &value : lists->deletions.values()) {
            present.add(toDeleteSet(value));
        }
        present.normalize();
    }
    const DeleteSet missing = present.missingFrom(m_deletions[user]);
    if (!missingIds.empty() || !missing.empty()) {
        (void)note(user, missingIds, missing);
    }
}

} // namespace cowrite::codec
