// What comes over a socket in the dialects that a server and a client understand: a frame ends in
// effects, nothing reaches a document before its token was accepted, and a room stays one that a
// new guest can join.
//
// An input is a byte for the end and the dialect, then frames, each behind its length in two bytes.

#include "libsync/base/check.h"
#include "libsync/base/overloaded.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/protocol/hocuspocus_socket.h"
#include "libsync/protocol/server_line.h"
#include "libsync/protocol/sync_machine.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/manual_clock.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace cowrite::fuzz {

using namespace protocol;

namespace {

enum class End : std::uint8_t { Server, HocuspocusServer, Client, Count };

/// A document with one connection.
struct Room {
    explicit Room(Role role)
        : rng(7), doc(7, rng), awareness(7, clock), machine({role, doc, awareness, clock})
    {}

    ManualClock clock;
    SeededRng rng;
    crdt::Doc doc;
    Awareness awareness;
    SyncMachine machine;
};

/// Somebody else gets all of it. They may get more: what waits here for something that a peer has
/// made up may find its place there, as the cut through it is an origin.
void checkThatOthersCanJoin(Room &room)
{
    SeededRng rng(8);
    crdt::Doc other(8, rng);
    const Bytes state = codec::encodeStateAsUpdate(room.doc, {});
    COWRITE_CHECK(codec::applyUpdate(other, state, crdt::Origin()).has_value());
    COWRITE_CHECK(other.stateVector().covers(room.doc.stateVector()));
}

template <class Take>
void forEachFrame(ByteView input, Take take)
{
    while (input.size() >= 2) {
        const std::size_t wanted = std::size_t{input[0]} << 8 | input[1];
        input = input.subspan(2);
        const std::size_t size = std::min(wanted, input.size());
        take(input.first(size));
        input = input.subspan(size);
    }
}

void runServer(ByteView input)
{
    Room room(Role::Server);
    room.machine.opened(Acknowledgements::Negotiated);
    forEachFrame(input, [&](ByteView frame) {
        room.machine.receive(frame);
        static_cast<void>(room.machine.takeEffects());
    });
    checkThatOthersCanJoin(room);
}

void runHocuspocusServer(ByteView input)
{
    ManualClock clock;
    HocuspocusSocket socket(clock);
    std::map<std::string, std::unique_ptr<Room>> rooms;
    const auto answer = [&](const std::string &address, Room &room) {
        for (const protocol::Effect &effect : room.machine.takeEffects()) {
            if (const auto *send = std::get_if<protocol::Send>(&effect)) {
                socket.send(address, send->frame);
            } else if (const auto *received = std::get_if<DocumentMessageReceived>(&effect)) {
                room.machine.persisted(received->index);
            } else if (const auto *close = std::get_if<protocol::Close>(&effect)) {
                socket.dismiss(address, close->code, close->reason);
            }
        }
    };
    const auto carryOut = [&] {
        for (auto effects = socket.takeEffects(); !effects.empty();
             effects = socket.takeEffects()) {
            for (const HocuspocusSocket::Effect &effect : effects) {
                if (const auto *ask = std::get_if<HocuspocusSocket::Ask>(&effect)) {
                    if (ask->token.size() % 4 == 3) {
                        socket.deny(ask->address, "no");
                    } else {
                        socket.admit(ask->address, hocuspocus::Scope::ReadWrite);
                    }
                } else if (const auto *enter = std::get_if<HocuspocusSocket::Enter>(&effect)) {
                    COWRITE_CHECK(!rooms.contains(enter->address));
                    Room &room = *(rooms[enter->address] = std::make_unique<Room>(Role::Server));
                    room.machine.opened(Acknowledgements::Negotiated, Greeting::WhenAsked);
                    answer(enter->address, room);
                } else if (const auto *deliver = std::get_if<HocuspocusSocket::Deliver>(&effect)) {
                    COWRITE_CHECK(rooms.contains(deliver->address));
                    rooms[deliver->address]->machine.receive(deliver->message);
                    answer(deliver->address, *rooms[deliver->address]);
                    answer(deliver->address, *rooms[deliver->address]);
                } else if (const auto *leave = std::get_if<HocuspocusSocket::Leave>(&effect)) {
                    COWRITE_CHECK(rooms.erase(leave->address) == 1);
                } else if (const auto *relay = std::get_if<HocuspocusSocket::Relay>(&effect)) {
                    COWRITE_CHECK(relay->payload.size() <= hocuspocus::kMaxStatelessBytes);
                }
            }
        }
    };
    forEachFrame(input, [&](ByteView frame) {
        socket.receive(frame);
        carryOut();
        clock.advance(std::chrono::milliseconds(frame.size()));
        socket.tick();
        carryOut();
    });
    for (const auto &[address, room] : rooms) {
        checkThatOthersCanJoin(*room);
    }
}

void runClient(ByteView input, std::optional<Dialect> dialect)
{
    Room room(Role::Client);
    ServerLine line(room.clock);
    line.setServer({"doc", "token", dialect});
    const auto say = [&] {
        for (const protocol::Effect &effect : room.machine.takeEffects()) {
            if (const auto *send = std::get_if<protocol::Send>(&effect)) {
                static_cast<void>(line.say(send->frame));
            }
        }
    };
    const auto carryOut = [&](const ServerLine::Effects &effects) {
        for (const ServerLine::Effect &effect : effects) {
            if (std::holds_alternative<ServerLine::Ready>(effect)) {
                COWRITE_CHECK(line.dialect().has_value() && !line.isProbing());
                room.machine.opened(line.acknowledgements());
            } else if (const auto *hear = std::get_if<Translator::Hear>(&effect)) {
                COWRITE_CHECK(room.machine.isOpen() || !line.isProbing());
                room.machine.receive(hear->message);
            }
            say();
        }
    };
    carryOut(line.opened(encodeSyncStep1({})));
    forEachFrame(input, [&](ByteView frame) {
        carryOut(line.receive(frame));
        room.clock.advance(std::chrono::milliseconds(100));
        carryOut(line.tick());
    });
    checkThatOthersCanJoin(room);
}

Bytes inputOf(std::uint8_t kind, const std::vector<Bytes> &frames)
{
    Bytes input{kind};
    for (const Bytes &frame : frames) {
        input.push_back(static_cast<std::uint8_t>(frame.size() >> 8));
        input.push_back(static_cast<std::uint8_t>(frame.size()));
        input.insert(input.end(), frame.begin(), frame.end());
    }
    return input;
}

} // namespace

void runOne(ByteView input)
{
    if (input.empty()) {
        return;
    }
    const std::uint8_t kind = input[0];
    const ByteView frames = input.subspan(1);
    switch (static_cast<End>(kind % static_cast<std::uint8_t>(End::Count))) {
    case End::Server:
        runServer(frames);
        break;
    case End::HocuspocusServer:
        runHocuspocusServer(frames);
        break;
    case End::Client:
    case End::Count:
        const std::uint8_t dialect = kind / static_cast<std::uint8_t>(End::Count) % 5;
        runClient(frames,
                  dialect == 4 ? std::nullopt : std::optional(static_cast<Dialect>(dialect)));
        break;
    }
}

std::vector<Bytes> seeds()
{
    using namespace hocuspocus;
    const Bytes update{0x01, 0x01, 0x01, 0x00, 0x04, 0x01, 0x01, 't', 0x01, 'x', 0x00};
    const std::vector<Bytes> messages{
        encodeSyncStep1({}),      encodeSyncStep2(update),
        encodeSyncUpdate(update), encodeAwarenessMessage(Bytes{0x01, 0x05, 0x01, 0x02, '{', '}'}),
        encodeQueryAwareness(),   encodeAcknowledgement(1)};
    std::vector<Bytes> frames;
    frames.push_back(writeFrame("doc", Token{"token"}));
    frames.push_back(writeFrame("doc", Authenticated{Scope::ReadWrite}));
    for (const Bytes &message : messages) {
        frames.push_back(writeFrame("doc", Wrapped{message}));
        frames.push_back(writeFrame(std::string_view("doc\0s", 5), Wrapped{message}));
    }
    frames.push_back(writeFrame(std::string_view("doc\0s", 5), Token{"token"}));
    frames.push_back(writeFrame("doc", SyncStatus{true}));
    frames.push_back(writeFrame("doc", Stateless{"words"}));
    frames.push_back(writeFrame("doc", TokenRequest{}));
    frames.push_back(writeFrame("doc", hocuspocus::Close{"end"}));
    frames.push_back(writeFrame("doc", hocuspocus::PermissionDenied{"no"}));
    frames.push_back(writeFrame({}, Ping{}));
    std::vector<Bytes> ySweet = messages;
    ySweet.push_back({102, 1, 1});

    std::vector<Bytes> seeds{inputOf(0, messages), inputOf(1, frames)};
    for (std::uint8_t dialect = 0; dialect < 5; ++dialect) {
        const auto kind = static_cast<std::uint8_t>(2 + 3 * dialect);
        seeds.push_back(inputOf(kind, frames));
        seeds.push_back(inputOf(kind, ySweet));
    }
    return seeds;
}

} // namespace cowrite::fuzz
