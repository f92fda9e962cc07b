#include "libsync/codec/update_columns.h"

#include "libsync/base/limits.h"
#include "libsync/codec/wire.h"
#include "libsync/crdt/item.h"
#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

namespace cowrite::codec {

namespace {

using crdt::ContentKind;

enum class Column : std::uint8_t {
    Form,  ///< of each update
    Whole, ///< updates that are not taken apart
    Sections,
    Structs,
    Client,
    Clock,
    Info,
    Neighbour, ///< the client of an origin or a parent
    Origin,
    RightOrigin,
    ParentKind,
    Parent,
    Length, ///< of ranges and strings, and how many values there are
    Text,
    TypeRef,
    ValueSize,
    Value,
    Deleters,
    Deleter,
    Ranges,
    Deleted,
    DeletedLength,
    NewClient, ///< the ids of clients, which are numbers elsewhere, in the order of their numbers
};
constexpr std::size_t kColumns = static_cast<std::size_t>(Column::NewClient) + 1;

enum Form : std::uint8_t { TakenApart, AsItIs };

/// What is to be expected next, from all updates before.
struct Expected {
    std::vector<std::uint64_t> clocks; ///< by client
    std::uint64_t rightOrigin = 0;
    std::uint64_t parent = 0;
    std::uint64_t deleted = 0;
};

/// In UTF-16.
std::uint64_t unitsOf(ByteView utf8)
{
    std::uint64_t units = 0;
    for (const std::uint8_t byte : utf8) {
        units += (byte & 0xc0) != 0x80 ? 1 : 0;
        units += byte >= 0xf0 ? 1 : 0;
    }
    return units;
}

/// Goes over the fields of an update V1 in their order (yjs-compat 4.2). What is done with them is
/// up to `Fields`: they are looked at, they go to the columns, or they come from there.
template <class Fields>
class UpdateWalk {
public:
    UpdateWalk(Fields &fields, Expected &expected) : m_fields(fields), m_expected(expected) {}

    void walk()
    {
        repeat(Column::Sections, [this] { walkSection(); });
        repeat(Column::Deleters, [this] {
            (void)m_fields.client(Column::Deleter);
            repeat(Column::Ranges, [this] {
                m_expected.deleted = m_fields.clock(Column::Deleted, m_expected.deleted);
                (void)m_fields.number(Column::DeletedLength);
            });
        });
    }

private:
    /// As often as the next number says.
    template <class Step>
    std::uint64_t repeat(Column column, Step step)
    {
        const std::uint64_t count = m_fields.number(column);
        for (std::uint64_t i = 0; i < count && m_fields.ok(); ++i) {
            step();
        }
        return count;
    }

    void walkSection()
    {
        const std::uint64_t structs = m_fields.number(Column::Structs);
        const std::size_t client = m_fields.client(Column::Client);
        m_expected.clocks.resize(std::max(m_expected.clocks.size(), client + 1));
        std::uint64_t clock = m_fields.clock(Column::Clock, m_expected.clocks[client]);
        for (std::uint64_t i = 0; i < structs && m_fields.ok(); ++i) {
            clock += walkStruct(clock);
        }
        m_expected.clocks[client] = clock;
    }

    /// Returns its length in units.
    std::uint64_t walkStruct(std::uint64_t clock)
    {
        const std::uint8_t info = m_fields.byte(Column::Info);
        const auto kind = static_cast<ContentKind>(info & wire::kRefMask);
        if (kind != ContentKind::Gc && kind != ContentKind::Skip) {
            walkPlace(info, clock);
        }
        return walkContent(kind);
    }

    void walkPlace(std::uint8_t info, std::uint64_t clock)
    {
        if ((info & wire::kHasOrigin) != 0) {
            (void)m_fields.client(Column::Neighbour);
            (void)m_fields.clock(Column::Origin, clock - 1); // Typing on.
        }
        if ((info & wire::kHasRightOrigin) != 0) {
            (void)m_fields.client(Column::Neighbour);
            m_expected.rightOrigin = m_fields.clock(Column::RightOrigin, m_expected.rightOrigin);
        }
        if ((info & (wire::kHasOrigin | wire::kHasRightOrigin)) != 0) {
            return;
        }
        if (m_fields.number(Column::ParentKind) == wire::kParentIsRoot) {
            (void)m_fields.text();
        } else {
            (void)m_fields.client(Column::Neighbour);
            m_expected.parent = m_fields.clock(Column::Parent, m_expected.parent);
        }
        if ((info & wire::kHasKey) != 0) {
            (void)m_fields.text();
        }
    }

    std::uint64_t walkContent(ContentKind kind)
    {
        switch (kind) {
        case ContentKind::Gc:
        case ContentKind::Deleted:
        case ContentKind::Skip:
            return m_fields.number(Column::Length);
        case ContentKind::String:
            return unitsOf(m_fields.text());
        case ContentKind::Json:
            return repeat(Column::Length, [this] { (void)m_fields.text(); });
        case ContentKind::Any:
            return repeat(Column::Length, [this] { m_fields.value(); });
        case ContentKind::Binary:
        case ContentKind::Embed:
            (void)m_fields.text();
            return 1;
        case ContentKind::Format:
            (void)m_fields.text();
            (void)m_fields.text();
            return 1;
        case ContentKind::Type:
            if (const std::uint64_t typeRef = m_fields.number(Column::TypeRef);
                typeRef <= wire::kLastTypeRef &&
                wire::isNamed(static_cast<std::uint8_t>(typeRef))) {
                (void)m_fields.text();
            }
            return 1;
        case ContentKind::Doc:
            (void)m_fields.text();
            m_fields.value();
            return 1;
        }
        m_fields.refuse();
        return 0;
    }

    Fields &m_fields;
    Expected &m_expected;
};

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
