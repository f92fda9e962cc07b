#include "libsync/protocol/awareness.h"

#include "libsync/base/limits.h"
#include "libsync/lib0/json.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cowrite::protocol {

namespace {

std::uint64_t nextClock(std::uint64_t clock)
{
    return std::min(clock + 1, limits::kMaxSafeInteger);
}

/// The object `state` with one member set, or without it if `value` is undefined.
lib0::Any withMember(const lib0::Any &state, std::string_view key, lib0::Any value)
{
    std::vector<lib0::AnyObject::Member> members;
    if (state.isObject()) {
        for (const auto &member : state.asObject()) {
            if (member.key != key || !value.isUndefined()) {
                members.push_back(member);
            }
        }
    }
    if (!value.isUndefined()) {
        members.emplace_back(std::string(key), std::move(value));
    }
    return lib0::Any::object(lib0::AnyObject::fromMembers(std::move(members)));
}

} // namespace

std::vector<crdt::ClientId> AwarenessChange::clients() const
{
    std::vector<crdt::ClientId> all = added;
    all.insert(all.end(), updated.begin(), updated.end());
    all.insert(all.end(), removed.begin(), removed.end());
    return all;
}

Awareness::Awareness(crdt::ClientId own, const Clock &clock) : m_own(own), m_clock(clock) {}

void Awareness::setClientId(crdt::ClientId own)
{
    if (own == m_own) {
        return;
    }
    const crdt::ClientId old = std::exchange(m_own, own);
    // Whoever used the new id so far is not us; the own state is the only one it can have.
    eraseState(own);
    const auto it = m_states.find(old);
    if (it == m_states.end()) {
        return;
    }

    AwarenessState state = it->second;
    eraseState(old);
    touch(old, nextClock(state.clock));
    setState(own, nextClock(knownClock(own)), std::move(state.state), std::move(state.json));
    const AwarenessChange change{{own}, {}, {old}};
    announce({change, change}, {});
}

Result<void> Awareness::setLocalState(std::optional<lib0::Any> state)
{
    const lib0::Any *old = localState();
    Changes changes;
    if (!state || state->isNull()) {
        if (!old) {
            return {};
        }
        eraseState(m_own);
        touch(m_own, nextClock(knownClock(m_own)));
        changes.all.removed = changes.real.removed = {m_own};
        announce(changes, {});
        return {};
    }

    Result<std::string> json = lib0::stringifyJson(*state);
    if (!json) {
        return tl::unexpected(std::move(json.error()));
    }
    if (json->size() > kMaxAwarenessStateBytes) {
        return fail(ErrorCode::LimitExceeded, "this presence is too large to be sent");
    }
    if (!old) {
        changes.all.added = changes.real.added = {m_own};
    } else {
        changes.all.updated = {m_own};
    }
    if (old && !(*old == *state)) {
        changes.real.updated = {m_own};
    }
    setState(m_own, nextClock(knownClock(m_own)), std::move(*state), std::move(*json));
    announce(changes, {});
    return {};
}

Result<void> Awareness::setLocalField(std::string_view key, lib0::Any value)
{
    const lib0::Any *old = localState();
    if (!old) {
        return {};
    }
    const lib0::Any *member = old->find(key);
    if (member ? *member == value : value.isUndefined()) {
        return {};
    }
    return setLocalState(withMember(*old, key, std::move(value)));
}

const lib0::Any *Awareness::localState() const
{
    const auto it = m_states.find(m_own);
    return it == m_states.end() ? nullptr : &it->second.state;
}

void Awareness::renew()
{
    const auto it = m_states.find(m_own);
    if (it == m_states.end()) {
        return;
    }
    touch(m_own, nextClock(it->second.clock));
    announce({{{}, {m_own}, {}}, {}}, {});
}

std::uint64_t Awareness::knownClock(crdt::ClientId client) const
{
    const auto it = m_metas.find(client);
    return it == m_metas.end() ? 0 : it->second.clock;
}

Result<AwarenessChange> Awareness::apply(ByteView update, crdt::Origin origin)
{
    const Result<std::vector<AwarenessEntry>> entries = decodeAwarenessUpdate(update);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    return apply(*entries, origin);
}

Result<AwarenessChange> Awareness::apply(const std::vector<AwarenessEntry> &entries,
                                         crdt::Origin origin)
{
    if (const Result<void> checked = check(entries); !checked) {
        return tl::unexpected(checked.error());
    }

    Changes changes;
    bool disputed = false;
    for (const AwarenessEntry &entry : entries) {
        if (!isNews(entry)) {
            continue;
        }
        if (entry.client == m_own) {
            disputed = applyOwn(entry) || disputed;
        } else {
            applyOther(entry, changes);
        }
    }
    forgetOldClocks();
    announce(changes, origin);
    if (disputed) {
        announce({{{}, {m_own}, {}}, {}}, {});
    }
    return changes.all;
}

bool Awareness::isNews(const AwarenessEntry &entry) const
{
    const std::uint64_t known = knownClock(entry.client);
    return entry.clock > known ||
           (entry.clock == known && !entry.state && m_states.contains(entry.client));
}

Result<void> Awareness::check(const std::vector<AwarenessEntry> &entries) const
{
    std::size_t states = m_states.size();
    auto bytes = static_cast<std::ptrdiff_t>(m_totalBytes);
    for (const AwarenessEntry &entry : entries) {
        if (entry.clock > knownClock(entry.client) + kMaxAwarenessClockStep) {
            return fail(ErrorCode::LimitExceeded, "an awareness clock is too far ahead");
        }
        if (!entry.state || entry.client == m_own || !isNews(entry)) {
            continue;
        }
        const auto it = m_states.find(entry.client);
        states += it == m_states.end() ? 1 : 0;
        bytes += std::ssize(entry.json) - (it == m_states.end() ? 0 : std::ssize(it->second.json));
    }
    if (states > kMaxAwarenessStates ||
        bytes > static_cast<std::ptrdiff_t>(kMaxAwarenessTotalBytes)) {
        return fail(ErrorCode::LimitExceeded, "too many people, or too much about them");
    }
    return {};
}

void Awareness::applyOther(const AwarenessEntry &entry, Changes &changes)
{
    const bool metBefore = m_metas.contains(entry.client);
    const auto it = m_states.find(entry.client);
    const bool present = it != m_states.end();
    if (!entry.state) {
        if (metBefore) {
            changes.all.removed.push_back(entry.client);
        }
        if (present) {
            changes.real.removed.push_back(entry.client);
        }
        eraseState(entry.client);
        touch(entry.client, entry.clock);
        return;
    }
    if (!metBefore) {
        changes.all.added.push_back(entry.client);
        changes.real.added.push_back(entry.client);
    } else {
        changes.all.updated.push_back(entry.client);
        if (!present || !(it->second.state == *entry.state)) {
            changes.real.updated.push_back(entry.client);
        }
    }
    setState(entry.client, entry.clock, *entry.state, entry.json);
}

bool Awareness::applyOwn(const AwarenessEntry &entry)
{
    // Either somebody timed us out, or an earlier run used this id, or it is a forgery. In each
    // case the own state is what we say it is, under a clock that wins.
    if (!localState()) {
        touch(m_own, entry.clock);
        return false;
    }
    touch(m_own, nextClock(entry.clock));
    return true;
}

void Awareness::removeStates(std::span<const crdt::ClientId> clients, crdt::Origin origin,
                             KeepClocks keepClocks)
{
    Changes changes;
    for (const crdt::ClientId client : clients) {
        if (!m_states.contains(client)) {
            continue;
        }
        eraseState(client);
        if (client == m_own) {
            touch(m_own, nextClock(knownClock(m_own)));
        }
        changes.all.removed.push_back(client);
    }
    changes.real = changes.all;
    announce(changes, origin);
    if (keepClocks == KeepClocks::Yes) {
        return;
    }
    for (const crdt::ClientId client : clients) {
        if (client != m_own && !m_states.contains(client)) {
            m_metas.erase(client);
        }
    }
}

Bytes Awareness::encode(std::span<const crdt::ClientId> clients) const
{
    std::vector<AwarenessEntry> entries;
    for (const crdt::ClientId client : clients) {
        if (!m_metas.contains(client)) {
            continue;
        }
        const auto it = m_states.find(client);
        entries.push_back(
            {client, knownClock(client), {}, it == m_states.end() ? "null" : it->second.json});
    }
    return encodeAwarenessUpdate(entries);
}

Bytes Awareness::encodeAll() const
{
    std::vector<crdt::ClientId> clients;
    clients.reserve(m_states.size());
    for (const auto &[client, state] : m_states) {
        clients.push_back(client);
    }
    return encode(clients);
}

Bytes Awareness::encodeGoodbye() const
{
    std::vector<AwarenessEntry> entries;
    if (localState()) {
        entries.push_back({m_own, knownClock(m_own), {}, "null"});
    }
    return encodeAwarenessUpdate(entries);
}

void Awareness::tick()
{
    const auto now = m_clock.steadyNow();
    std::vector<crdt::ClientId> dead;
    bool due = false;
    for (const auto &[client, state] : m_states) {
        if (client == m_own) {
            due = now - state.lastSeen >= kAwarenessRenewal;
        } else if (now - state.lastSeen >= kAwarenessTimeout) {
            dead.push_back(client);
        }
    }
    if (due) {
        renew();
    }
    removeStates(dead, {});
}

std::chrono::steady_clock::time_point Awareness::nextDeadline() const
{
    auto next = std::chrono::steady_clock::time_point::max();
    for (const auto &[client, state] : m_states) {
        const auto limit = client == m_own ? kAwarenessRenewal : kAwarenessTimeout;
        next = std::min(next, state.lastSeen + limit);
    }
    return next;
}

void Awareness::setState(crdt::ClientId client, std::uint64_t clock, lib0::Any state,
                         std::string json)
{
    AwarenessState &present = m_states[client];
    m_totalBytes += json.size() - present.json.size();
    present.state = std::move(state);
    present.json = std::move(json);
    touch(client, clock);
}

void Awareness::eraseState(crdt::ClientId client)
{
    const auto it = m_states.find(client);
    if (it == m_states.end()) {
        return;
    }
    m_totalBytes -= it->second.json.size();
    m_states.erase(it);
}

void Awareness::touch(crdt::ClientId client, std::uint64_t clock)
{
    const auto now = m_clock.steadyNow();
    m_metas[client] = {clock, now};
    if (const auto it = m_states.find(client); it != m_states.end()) {
        it->second.clock = clock;
        it->second.lastSeen = now;
    }
}

void Awareness::forgetOldClocks()
{
    if (m_metas.size() <= kMaxRememberedClocks) {
        return;
    }
    std::vector<std::pair<std::chrono::steady_clock::time_point, crdt::ClientId>> gone;
    for (const auto &[client, meta] : m_metas) {
        if (client != m_own && !m_states.contains(client)) {
            gone.emplace_back(meta.lastSeen, client);
        }
    }
    // A part at a time, so that a flood of new ids does not sort them for each one.
    const auto keepFrom = gone.begin() + static_cast<std::ptrdiff_t>(gone.size() / 4);
    std::nth_element(gone.begin(), keepFrom, gone.end());
    for (auto it = gone.begin(); it != keepFrom; ++it) {
        m_metas.erase(it->second);
    }
}

void Awareness::announce(const Changes &changes, crdt::Origin origin)
{
    if (!changes.real.empty()) {
        changed.emit(changes.real, origin);
    }
    if (!changes.all.empty()) {
        updated.emit(changes.all, origin);
    }
}

} // namespace cowrite::protocol
