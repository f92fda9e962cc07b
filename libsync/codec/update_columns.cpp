#include "libsync/codec/update_columns.h"

#include "libsync/base/limits.h"
#include "libsync/codec/update_walk.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace cowrite::codec {

namespace {

enum Form : std::uint8_t { TakenApart, AsItIs };

/// Reads an update. It is refused if its fields do not give the same bytes again.
class UpdateFields {
public:
    explicit UpdateFields(ByteView update) : m_update(update), m_in(update) {}

    [[nodiscard]] bool ok() const { return m_in.ok(); }
    [[nodiscard]] bool isAtEnd() const { return m_in.ok() && m_in.remaining() == 0; }
    void refuse() { m_in.fail(ErrorCode::Malformed, "not in its usual form"); }

    std::uint8_t byte(Column) { return m_in.readUint8(); }
    std::uint64_t number(Column)
    {
        const std::uint64_t value = id();
        if (value > limits::kMaxClock) {
            refuse();
        }
        return value;
    }
    /// Differs for each client.
    std::uint64_t id()
    {
        const std::size_t begin = m_in.position();
        const std::uint64_t value = m_in.readVarUint();
        if (m_in.position() - begin != lib0::varint::size(value)) {
            refuse();
        }
        return value;
    }
    /// When an update is only looked at, all clients may be one.
    std::size_t client(Column)
    {
        (void)id();
        return 0;
    }
    std::uint64_t clock(Column column, std::uint64_t) { return number(column); }
    ByteView text() { return m_in.readBytes(static_cast<std::size_t>(number(Column::Length))); }
    ByteView value()
    {
        const std::size_t begin = m_in.position();
        (void)m_in.readAny();
        return m_in.ok() ? m_update.subspan(begin, m_in.position() - begin) : ByteView();
    }

private:
    ByteView m_update;
    lib0::Decoder m_in;
};

bool canBeTakenApart(ByteView update)
{
    UpdateFields fields(update);
    Expected expected;
    UpdateWalk(fields, expected).walk();
    return fields.isAtEnd();
}

/// From updates, one after the other, to columns.
class PackedFields {
public:
    void add(ByteView update)
    {
        const bool isTakenApart = canBeTakenApart(update);
        out(Column::Form).writeUint8(isTakenApart ? TakenApart : AsItIs);
        if (!isTakenApart) {
            out(Column::Whole).writeVarBytes(update);
            return;
        }
        m_in = UpdateFields(update);
        UpdateWalk(*this, m_expected).walk();
    }

    [[nodiscard]] Bytes joined() const
    {
        lib0::Encoder joined;
        for (const lib0::Encoder &column : m_out) {
            joined.writeVarBytes(column.bytes());
        }
        return joined.take();
    }

    [[nodiscard]] bool ok() const { return m_in.ok(); }
    void refuse() { m_in.refuse(); }

    std::uint8_t byte(Column column)
    {
        const std::uint8_t value = m_in.byte(column);
        out(column).writeUint8(value);
        return value;
    }
    std::uint64_t number(Column column)
    {
        const std::uint64_t value = m_in.number(column);
        out(column).writeVarUint(value);
        return value;
    }
    std::size_t client(Column column)
    {
        const std::uint64_t id = m_in.id();
        const auto [client, isNew] = m_clients.emplace(id, m_clients.size());
        out(column).writeVarUint(client->second);
        if (isNew) {
            out(Column::NewClient).writeVarUint(id);
        }
        return client->second;
    }
    std::uint64_t clock(Column column, std::uint64_t expected)
    {
        const std::uint64_t value = m_in.number(column);
        out(column).writeVarInt(static_cast<std::int64_t>(value - expected));
        return value;
    }
    ByteView text()
    {
        const ByteView bytes = m_in.text();
        out(Column::Length).writeVarUint(bytes.size());
        out(Column::Text).writeBytes(bytes);
        return bytes;
    }
    void value()
    {
        const ByteView bytes = m_in.value();
        out(Column::ValueSize).writeVarUint(bytes.size());
        out(Column::Value).writeBytes(bytes);
    }

private:
    lib0::Encoder &out(Column column) { return m_out[static_cast<std::size_t>(column)]; }

    UpdateFields m_in{ByteView()};
    Expected m_expected;
    std::array<lib0::Encoder, kColumns> m_out;
    std::map<std::uint64_t, std::size_t> m_clients;
};

/// From columns to updates, one after the other.
class UnpackedFields {
public:
    explicit UnpackedFields(ByteView packed)
    {
        lib0::Decoder in(packed);
        for (std::size_t i = 0; i < kColumns; ++i) {
            m_in.push_back(in.readVarBlock());
        }
        m_isOk = in.ok() && in.remaining() == 0;
        lib0::Decoder &clients = this->in(Column::NewClient);
        while (clients.remaining() > 0) {
            m_clients.push_back(clients.readVarUint());
        }
    }

    [[nodiscard]] std::size_t updatesLeft() { return in(Column::Form).remaining(); }

    Bytes next()
    {
        if (in(Column::Form).readUint8() == AsItIs) {
            const ByteView update = in(Column::Whole).readVarBytes();
            note(Column::Whole);
            return Bytes(update.begin(), update.end());
        }
        m_out.clear();
        UpdateWalk(*this, m_expected).walk();
        return Bytes(m_out.bytes().begin(), m_out.bytes().end());
    }

    [[nodiscard]] bool ok() const { return m_isOk; }
    void refuse() { m_isOk = false; }

    std::uint8_t byte(Column column)
    {
        const std::uint8_t value = in(column).readUint8();
        note(column);
        m_out.writeUint8(value);
        return value;
    }
    std::uint64_t number(Column column)
    {
        const std::uint64_t value = read(column);
        m_out.writeVarUint(value);
        return value;
    }
    std::size_t client(Column column)
    {
        const std::uint64_t client = read(column);
        if (client >= m_clients.size()) {
            refuse();
            return 0;
        }
        m_out.writeVarUint(m_clients[static_cast<std::size_t>(client)]);
        return static_cast<std::size_t>(client);
    }
    std::uint64_t clock(Column column, std::uint64_t expected)
    {
        const std::uint64_t value = expected + static_cast<std::uint64_t>(in(column).readVarInt());
        note(column);
        m_out.writeVarUint(value);
        return value;
    }
    ByteView text()
    {
        const std::uint64_t size = number(Column::Length);
        const ByteView bytes = in(Column::Text).readBytes(static_cast<std::size_t>(size));
        note(Column::Text);
        m_out.writeBytes(bytes);
        return bytes;
    }
    void value()
    {
        const std::uint64_t size = read(Column::ValueSize);
        m_out.writeBytes(in(Column::Value).readBytes(static_cast<std::size_t>(size)));
        note(Column::Value);
    }

private:
    lib0::Decoder &in(Column column) { return m_in[static_cast<std::size_t>(column)]; }
    std::uint64_t read(Column column)
    {
        const std::uint64_t value = in(column).readVarUint();
        note(column);
        return value;
    }
    void note(Column column) { m_isOk = m_isOk && in(column).ok(); }

    std::vector<lib0::Decoder> m_in;
    std::vector<std::uint64_t> m_clients;
    Expected m_expected;
    lib0::Encoder m_out;
    bool m_isOk = true;
};

} // namespace

Bytes packUpdates(std::span<const ByteView> updates)
{
    PackedFields fields;
    for (const ByteView update : updates) {
        fields.add(update);
    }
    return fields.joined();
}

Result<std::vector<Bytes>> unpackUpdates(ByteView packed)
{
    UnpackedFields fields(packed);
    std::vector<Bytes> updates;
    updates.reserve(fields.updatesLeft());
    while (fields.ok() && fields.updatesLeft() > 0) {
        updates.push_back(fields.next());
    }
    if (!fields.ok()) {
        return fail(ErrorCode::Malformed, "The packed updates are damaged.");
    }
    return updates;
}

} // namespace cowrite::codec
