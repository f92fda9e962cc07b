#include "tests/unit/protocol/fake_network.h"

namespace cowrite::test {

using namespace protocol;

struct FakeNetwork::Room {
    Room(const ManualClock &clock, Rng &rng) : doc(1, rng), awareness(1, clock) {}

    crdt::Doc doc;
    Awareness awareness;
    ClientOwners owners;
    /// Updates in the order in which they were given to the log; the first `committed` are on disk.
    std::vector<Bytes> log;
    std::size_t committed = 0;
    Subscription updates;
    Subscription presence;
};

/// A guest's document outlives its connections, as does the room's end of it here.
struct FakeNetwork::Guest {
    Guest(crdt::ClientId client, const ManualClock &clock)
        : peer(Role::Client, client, clock, &ledger)
    {}

    EditLedger ledger;
    MachinePeer peer;
    /// Token of each insertion with the number of its edit.
    std::vector<std::pair<std::uint64_t, std::u16string>> tokens;
};

struct FakeNetwork::Line {
    explicit Line(const SyncMachine::Context &context) : machine(context) {}

    SyncMachine machine;
    std::uint64_t received = 0;
    std::deque<Bytes> toRoom;
    std::deque<Bytes> toGuest;
};

FakeNetwork::FakeNetwork(std::size_t guests, Acknowledgements acknowledgements)
    : m_acknowledgements(acknowledgements)
{
    startRoom({});
    for (std::size_t i = 0; i < guests; ++i) {
        m_guests.push_back(std::make_unique<Guest>(100 + i, m_clock));
        m_guests.back()->peer.appear("{}");
        m_lines.emplace_back();
    }
}

FakeNetwork::~FakeNetwork()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        cut(i);
}

void FakeNetwork::startRoom(const std::vector<Bytes> &log)
{
    m_room = std::make_unique<Room>(m_clock, m_rng);
    Room &room = *m_room;
    for (const Bytes &update : log)
        COWRITE_CHECK(codec::applyUpdate(room.doc, update, {}).has_value());
    room.log = log;
    room.committed = log.size();
    room.updates = codec::observeUpdates(
        room.doc, [this](ByteView update, const crdt::Transaction &transaction) {
            m_room->log.emplace_back(update.begin(), update.end());
            for (const auto &line : m_lines) {
                if (line)
                    line->machine.localUpdate(update, transaction.origin());
            }
        });
    room.presence =
        room.awareness.updated.connect([this](const AwarenessChange &change, crdt::Origin origin) {
            for (const auto &line : m_lines) {
                if (line)
                    line->machine.awarenessChanged(change, origin);
            }
        });
}

void FakeNetwork::edit(std::size_t guest, Rng &rng)
{
    Guest &writer = *m_guests[guest];
    crdt::Text text = *writer.peer.doc.text("t");
    const std::uint32_t length = text.length();
    // Brackets keep deletions out of the tokens, so that each can be looked for.
    if (length > 0 && rng.below(4) == 0) {
        const auto offset = static_cast<std::uint32_t>(rng.below(length));
        const std::u16string unit = text.substring(offset, 1);
        if (unit == u"-")
            COWRITE_CHECK(text.remove(offset, 1).has_value());
    } else {
        std::uint32_t offset = static_cast<std::uint32_t>(rng.below(length + 1));
        const std::u16string before = text.toString().substr(0, offset);
        const auto open = before.rfind(u'[');
        const auto close = before.rfind(u']');
        if (open != std::u16string::npos && (close == std::u16string::npos || close < open))
            offset = static_cast<std::uint32_t>(open);
        std::u16string token = u"[";
        for (const char c : std::to_string(guest) + "." + std::to_string(writer.tokens.size()))
            token += static_cast<char16_t>(c);
        token += u"]";
        COWRITE_CHECK(text.insert(offset, token + u"--").has_value());
        writer.tokens.emplace_back(writer.ledger.typed(), token);
    }
    pumpGuest(guest);
}

void FakeNetwork::connect(std::size_t guest)
{
    if (m_lines[guest])
        return;
    m_lines[guest] = std::make_unique<Line>(SyncMachine::Context{
        Role::Server, m_room->doc, m_room->awareness, m_clock, nullptr, &m_room->owners});
    m_lines[guest]->machine.opened(m_acknowledgements);
    m_guests[guest]->peer.machine.opened(m_acknowledgements);
    pumpRoom();
    pumpGuest(guest);
}

void FakeNetwork::cut(std::size_t guest)
{
    if (!m_lines[guest])
        return;
    m_lines[guest]->machine.closed();
    m_lines[guest].reset();
    m_guests[guest]->peer.machine.closed();
    pumpRoom();
    pumpGuest(guest);
}

bool FakeNetwork::isConnected(std::size_t guest) const
{
    return m_lines[guest] != nullptr;
}

bool FakeNetwork::deliverToRoom(std::size_t guest)
{
    Line *line = m_lines[guest].get();
    if (!line || line->toRoom.empty())
        return false;
    const Bytes frame = std::move(line->toRoom.front());
    line->toRoom.pop_front();
    line->machine.receive(frame);
    pumpRoom();
    return true;
}

bool FakeNetwork::deliverToGuest(std::size_t guest, Copies copies)
{
    Line *line = m_lines[guest].get();
    if (!line || line->toGuest.empty())
        return false;
    const Bytes frame = std::move(line->toGuest.front());
    line->toGuest.pop_front();
    m_guests[guest]->peer.machine.receive(frame);
    if (copies == Copies::Two)
        m_guests[guest]->peer.machine.receive(frame);
    pumpGuest(guest);
    return true;
}

void FakeNetwork::commit()
{
    m_room->committed = m_room->log.size();
    for (const auto &line : m_lines) {
        if (line)
            line->machine.persisted(line->received);
    }
    pumpRoom();
}

void FakeNetwork::crash()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        cut(i);
    std::vector<Bytes> disk = m_room->log;
    disk.resize(m_room->committed);
    startRoom(disk);
}

void FakeNetwork::advance(std::chrono::milliseconds duration)
{
    m_clock.advance(duration);
    m_room->awareness.tick();
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i])
            m_lines[i]->machine.tick();
        m_guests[i]->peer.awareness.tick();
        m_guests[i]->peer.machine.tick();
        pumpGuest(i);
    }
    pumpRoom();
}

void FakeNetwork::heal()
{
    // A second round lets a plain server be asked what it has received.
    for (int round = 0; round < 2; ++round) {
        bool moved = true;
        while (moved) {
            moved = false;
            for (std::size_t i = 0; i < m_guests.size(); ++i) {
                connect(i);
                while (deliverToRoom(i) || deliverToGuest(i, Copies::One))
                    moved = true;
            }
            commit();
        }
        advance(kProbeDelay);
    }
}

std::string FakeNetwork::difference()
{
    const std::u16string text = m_room->doc.text("t")->toString();
    for (const auto &guest : m_guests) {
        crdt::Doc &doc = guest->peer.doc;
        if (guest->peer.text() != text)
            return "texts differ";
        if (doc.stateVector() != m_room->doc.stateVector())
            return "state vectors differ";
        if (!(doc.deleteSet() == m_room->doc.deleteSet()))
            return "delete sets differ";
        if (doc.hasPending() || m_room->doc.hasPending())
            return "something is still missing";
    }
    return {};
}

std::vector<std::string> FakeNetwork::lost(std::size_t guest)
{
    SeededRng rng(2);
    crdt::Doc disk(2, rng);
    for (std::size_t i = 0; i < m_room->committed; ++i)
        COWRITE_CHECK(codec::applyUpdate(disk, m_room->log[i], {}).has_value());
    const std::u16string text = disk.text("t")->toString();

    std::vector<std::string> missing;
    for (const auto &[edit, token] : m_guests[guest]->tokens) {
        if (edit <= m_guests[guest]->ledger.stored() && text.find(token) == std::u16string::npos)
            missing.emplace_back(token.begin(), token.end());
    }
    return missing;
}

const EditLedger &FakeNetwork::ledger(std::size_t guest) const
{
    return m_guests[guest]->ledger;
}

std::set<crdt::ClientId> FakeNetwork::present() const
{
    std::set<crdt::ClientId> clients;
    for (const auto &[client, state] : m_room->awareness.states())
        clients.insert(client);
    return clients;
}

void FakeNetwork::pumpRoom()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        pumpRoom(i);
}

void FakeNetwork::pumpRoom(std::size_t guest)
{
    Line *line = m_lines[guest].get();
    if (!line)
        return;
    for (Effect &effect : line->machine.takeEffects()) {
        COWRITE_CHECK(!std::holds_alternative<Close>(effect));
        if (auto *send = std::get_if<Send>(&effect)) {
            line->toGuest.push_back(std::move(send->frame));
        } else if (auto *message = std::get_if<DocumentMessageReceived>(&effect)) {
            line->received = message->index;
            if (message->pendingUpdate)
                m_room->log.push_back(std::move(*message->pendingUpdate));
        }
    }
}

void FakeNetwork::pumpGuest(std::size_t guest)
{
    for (Effect &effect : m_guests[guest]->peer.machine.takeEffects()) {
        COWRITE_CHECK(!std::holds_alternative<Warning>(effect));
        Line *line = m_lines[guest].get();
        if (std::holds_alternative<Close>(effect)) {
            cut(guest);
            return;
        }
        if (auto *send = std::get_if<Send>(&effect); send && line)
            line->toRoom.push_back(std::move(send->frame));
    }
}

} // namespace cowrite::test
