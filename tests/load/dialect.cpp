#include "tests/load/dialect.h"

#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

namespace cowrite::load {

namespace {

constexpr std::uint64_t kSync = 0;
constexpr std::uint64_t kAuth = 2;
constexpr std::uint64_t kStep1 = 0;
constexpr std::uint64_t kStep2 = 1;
constexpr std::uint64_t kUpdate = 2;
constexpr std::uint64_t kToken = 0;

Bytes syncMessage(Dialect dialect, std::string_view room, std::uint64_t kind, ByteView payload)
{
    lib0::Encoder encoder;
    if (dialect == Dialect::Hocuspocus) {
        encoder.writeVarString(room);
    }
    encoder.writeVarUint(kSync);
    encoder.writeVarUint(kind);
    encoder.writeVarBytes(payload);
    return encoder.take();
}

} // namespace

std::string pathOf(Dialect dialect, std::string_view room)
{
    return dialect == Dialect::Hocuspocus ? "/" : "/" + std::string(room);
}

std::vector<Bytes> greeting(Dialect dialect, std::string_view room, ByteView stateVector)
{
    std::vector<Bytes> messages;
    if (dialect == Dialect::Hocuspocus) {
        lib0::Encoder encoder;
        encoder.writeVarString(room);
        encoder.writeVarUint(kAuth);
        encoder.writeVarUint(kToken);
        encoder.writeVarString("");
        encoder.writeVarString("4.8.0");
        messages.push_back(encoder.take());
    }
    messages.push_back(step1Message(dialect, room, stateVector));
    return messages;
}

Bytes step1Message(Dialect dialect, std::string_view room, ByteView stateVector)
{
    return syncMessage(dialect, room, kStep1, stateVector);
}

Bytes step2Message(Dialect dialect, std::string_view room, ByteView update)
{
    return syncMessage(dialect, room, kStep2, update);
}

Bytes updateMessage(Dialect dialect, std::string_view room, ByteView update)
{
    return syncMessage(dialect, room, kUpdate, update);
}

Heard classify(Dialect dialect, ByteView message)
{
    lib0::Decoder decoder(message);
    if (dialect == Dialect::Hocuspocus) {
        (void)decoder.readVarBytes();
    }
    if (decoder.readVarUint() != kSync || !decoder.ok()) {
        return Heard::Else;
    }
    switch (decoder.readVarUint()) {
    case kStep1:
        return Heard::Step1;
    case kStep2:
        return Heard::Step2;
    case kUpdate:
        return Heard::Update;
    default:
        return Heard::Else;
    }
}

} // namespace cowrite::load
