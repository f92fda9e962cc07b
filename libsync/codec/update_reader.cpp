#include "libsync/codec/update_reader.h"

#include "libsync/base/limits.h"
#include "libsync/codec/delete_set_codec.h"
#include "libsync/codec/update_source.h"
#include "libsync/codec/wire.h"
#include "libsync/lib0/json.h"

#include <algorithm>
#include <map>
#include <memory>
#include <memory_resource>
#include <utility>

namespace cowrite::codec {

namespace {

using namespace crdt;

/// Offsets into the tables have 32 bits.
constexpr std::size_t kMaxUpdateBytes = std::size_t{1} << 31;

/// Up to this many clients a scan is faster than a search tree, and allocates nothing.
constexpr std::size_t kScannedClients = 16;

/// Of a section at least the number of structs and the clock, in either format.
constexpr std::size_t kSmallestSection = 2;

/// The structs of an update, whatever its format (update_source.h).
template <class Source>
class UpdateReader {
public:
    UpdateReader(ByteView bytes, Update &into)
        : m_paidStructs(bytes.size() / wire::kSmallestStruct),
          m_source(bytes, into.text),
          m_in(m_source.rest()),
          m_into(into)
    {}

    Result<void> read()
    {
        const std::uint64_t sections = wire::readCount(m_in, kSmallestSection);
        for (std::uint64_t i = 0; i < sections && m_in.ok(); ++i) {
            readSection();
        }
        checkSectionsAreUnique();
        readDeleteSet(m_in, m_into.deletions, Source::kFormat);
        m_source.finish();
        if (!m_in.ok()) {
            return tl::unexpected(m_in.error());
        }
        const std::size_t structs = m_into.structs.size();
        m_into.freeStructs = structs - std::min(structs, m_paidStructs);
        return {};
    }

private:
    void readSection()
    {
        const std::uint64_t count = m_source.readStructCount();
        const std::uint32_t client = intern(m_source.readClient());
        const std::size_t clockStart = m_in.position();
        std::uint64_t clock = m_in.readVarUint();
        if (count == 0) {
            return;
        }
        if (clock > limits::kMaxClock) {
            m_in.fail(ErrorCode::LimitExceeded, "a clock is too large", clockStart);
            return;
        }
        m_into.sections.push_back({client, static_cast<std::uint32_t>(m_into.structs.size()),
                                   static_cast<std::uint32_t>(count)});
        reserveStructs(static_cast<std::size_t>(count));
        for (std::uint64_t i = 0; i < count && m_in.ok(); ++i) {
            clock += readStruct(client, static_cast<Clock>(clock));
        }
    }

    /// As many as there will be if there is one section; with a bit more each time if there are
    /// many.
    void reserveStructs(std::size_t count)
    {
        std::vector<WireStruct> &structs = m_into.structs;
        const std::size_t needed = structs.size() + count;
        if (needed > structs.capacity()) {
            structs.reserve(std::max(needed, structs.size() + structs.size() / 2));
        }
    }

    /// Returns the length, with which the clock does not pass its limit; 0 after a failure.
    Clock readStruct(std::uint32_t client, Clock clock)
    {
        WireStruct &wire = m_into.structs.emplace_back();
        wire.clock = clock;
        const std::size_t start = m_in.position();
        const std::uint8_t info = m_source.readInfo();
        const std::uint8_t ref = info & wire::kRefMask;
        wire.kind = static_cast<ContentKind>(ref);
        std::uint64_t length = 0;
        if (wire.kind == ContentKind::Gc || wire.kind == ContentKind::Skip) {
            // Readers disagree about further bits here, so nobody may set them (yjs-compat 2.4).
            if (info != ref) {
                m_in.fail(ErrorCode::Malformed, "a collected or skipped range has stray bits",
                          start);
            }
            length = wire.kind == ContentKind::Gc ? m_source.readLength() : m_in.readVarUint();
        } else if (wire.kind > ContentKind::Skip) {
            m_in.fail(ErrorCode::Malformed, "a struct has an unknown kind of content", start);
        } else {
            readPlace(wire, info, client);
            length = readContent(wire);
        }
        if (length == 0) {
            m_in.fail(ErrorCode::Malformed, "a struct is empty", start);
        } else if (length > limits::kMaxClock - clock) {
            m_in.fail(ErrorCode::LimitExceeded, "a clock is too large", start);
        }
        if (!m_in.ok()) {
            return 0;
        }
        wire.length = static_cast<Clock>(length);
        return wire.length;
    }

    void readPlace(WireStruct &wire, std::uint8_t info, std::uint32_t own)
    {
        if ((info & wire::kHasOrigin) != 0) {
            wire.origin = readReference<&Source::readLeftId>(own, wire.clock);
        }
        if ((info & wire::kHasRightOrigin) != 0) {
            wire.rightOrigin = readReference<&Source::readRightId>(own, wire.clock);
        }
        if ((info & (wire::kHasOrigin | wire::kHasRightOrigin)) != 0) {
            return; // The neighbour knows the parent, and the key.
        }
        if (m_source.readParentKind() == wire::kParentIsRoot) {
            wire.parentKind = ParentKind::Root;
            wire.parent.clock = readRootName();
        } else {
            wire.parentKind = ParentKind::Item;
            wire.parent = readReference<&Source::readLeftId>(own, wire.clock);
        }
        if ((info & wire::kHasKey) != 0) {
            wire.key = m_into.addName(readName(&Source::readString, limits::kMaxKeyBytes));
        }
    }

    /// The id of something that a struct of client `own` at `clock` refers to. A client knows only
    /// its past.
    template <RawId (Source::*read)()>
    LocalId readReference(std::uint32_t own, Clock clock)
    {
        const std::size_t start = m_in.position();
        const RawId id = (m_source.*read)();
        const std::uint32_t client = intern(id.client);
        if (id.clock >= limits::kMaxClock) {
            m_in.fail(ErrorCode::LimitExceeded, "a clock is too large", start);
        } else if (client == own && id.clock >= clock) {
            m_in.fail(ErrorCode::Malformed, "a struct refers to itself or to its future", start);
        }
        return {client, static_cast<Clock>(id.clock)};
    }

    /// Returns the length in units; 0 for content that must not be.
    std::uint64_t readContent(WireStruct &wire)
    {
        switch (wire.kind) {
        case ContentKind::Deleted:
            return m_source.readLength();
        case ContentKind::String: {
            const auto text = m_source.readText();
            wire.content = static_cast<TableIndex>(text.offset);
            return text.length;
        }
        case ContentKind::Any: {
            const std::uint64_t count = m_source.readElementCount();
            AnyContent content;
            content.values.reserve(static_cast<std::size_t>(count));
            for (std::uint64_t i = 0; i < count && m_in.ok(); ++i) {
                content.values.push_back(m_in.readAny());
            }
            wire.content = m_into.addContent(std::move(content));
            return count;
        }
        case ContentKind::Json: {
            const std::uint64_t count = m_source.readElementCount();
            JsonContent content;
            content.elements.reserve(static_cast<std::size_t>(count));
            for (std::uint64_t i = 0; i < count && m_in.ok(); ++i) {
                content.elements.push_back(readJsonElement());
            }
            wire.content = m_into.addContent(std::move(content));
            return count;
        }
        case ContentKind::Binary:
            wire.content = m_into.addContent(BinaryContent{lib0::Any::bytes(m_in.readVarBytes())});
            return 1;
        case ContentKind::Embed:
            wire.content = m_into.addContent(EmbedContent{m_source.readJson()});
            return 1;
        case ContentKind::Format: {
            std::string key(readName(&Source::readKey, limits::kMaxKeyBytes));
            wire.content = m_into.addContent(FormatContent{std::move(key), m_source.readJson()});
            return 1;
        }
        case ContentKind::Type:
            readType(wire);
            return 1;
        default: {
            std::string guid(m_source.readString());
            wire.content = m_into.addContent(DocContent{std::move(guid), m_in.readAny()});
            return 1;
        }
        }
    }

    void readType(WireStruct &wire)
    {
        const std::size_t start = m_in.position();
        const std::uint64_t typeRef = m_source.readTypeRef();
        if (typeRef > wire::kLastTypeRef) {
            m_in.fail(ErrorCode::Malformed, "a nested type is of an unknown kind", start);
            return;
        }
        wire.typeRef = static_cast<std::uint8_t>(typeRef);
        if (wire::isNamed(wire.typeRef)) {
            wire.content = m_into.addName(readName(&Source::readKey, limits::kMaxKeyBytes));
        }
    }

    /// Kept as the text it is, so that it is written again as it came.
    std::string readJsonElement()
    {
        const std::string_view text = m_source.readString();
        if (m_in.ok() && text != wire::kJsonUndefined) {
            if (const auto value = lib0::parseJson(text); !value) {
                m_in.fail(value.error().code, value.error().message);
            }
        }
        return std::string(text);
    }

    std::string_view readName(std::string_view (Source::*read)(), std::size_t maxBytes)
    {
        const std::size_t start = m_in.position();
        const std::string_view name = (m_source.*read)();
        if (name.size() > maxBytes) {
            m_in.fail(ErrorCode::LimitExceeded, "a name is too long", start);
        }
        return name;
    }

    /// Structs that name a root mostly name the one that the last of them named.
    TableIndex readRootName()
    {
        const std::string_view name = readName(&Source::readString, limits::kMaxRootNameBytes);
        if (m_lastRoot == kNoIndex || m_into.names[m_lastRoot] != name) {
            m_lastRoot = m_into.addName(name);
        }
        return m_lastRoot;
    }

    /// Of two sections for one client Yjs drops the first and yrs appends the second, and nobody
    /// writes them (yjs-compat 3.1).
    void checkSectionsAreUnique()
    {
        if (m_into.sections.size() < 2) {
            return;
        }
        std::vector<std::uint32_t> clients;
        clients.reserve(m_into.sections.size());
        for (const WireSection &section : m_into.sections) {
            clients.push_back(section.client);
        }
        std::sort(clients.begin(), clients.end());
        if (std::adjacent_find(clients.begin(), clients.end()) != clients.end()) {
            m_in.fail(ErrorCode::Malformed, "a client has two sections");
        }
    }

    /// The index of `client` in the update's table.
    std::uint32_t intern(ClientId client)
    {
        if (m_lastClient < m_into.clients.size() && m_into.clients[m_lastClient] == client) {
            return m_lastClient;
        }
        m_lastClient = findOrAddClient(client);
        return m_lastClient;
    }

    std::uint32_t findOrAddClient(ClientId client)
    {
        std::vector<ClientId> &clients = m_into.clients;
        const auto end = static_cast<std::uint32_t>(clients.size());
        if (end < kScannedClients) {
            for (std::uint32_t i = 0; i < end; ++i) {
                if (clients[i] == client) {
                    return i;
                }
            }
        } else {
            if (m_clientIndex == nullptr) {
                m_clientIndex = std::make_unique<ClientIndex>();
                for (std::uint32_t i = 0; i < end; ++i) {
                    m_clientIndex->indices.emplace(clients[i], i);
                }
            }
            const auto [it, added] = m_clientIndex->indices.emplace(client, end);
            if (!added) {
                return it->second;
            }
        }
        clients.push_back(client);
        return end;
    }

    /// Where each client is in the update's table. A tree, because a peer can choose ids whose
    /// hashes collide; its nodes go all at once.
    struct ClientIndex {
        std::pmr::monotonic_buffer_resource memory;
        std::pmr::map<ClientId, std::uint32_t> indices{&memory};
    };

    std::size_t m_paidStructs; ///< As many as the bytes could hold in V1.
    Source m_source;
    lib0::Decoder &m_in; ///< The source's rest, which knows whether all went well.
    Update &m_into;
    std::uint32_t m_lastClient = 0;
    TableIndex m_lastRoot = kNoIndex;
    std::unique_ptr<ClientIndex> m_clientIndex; ///< Null while a scan does.
};

} // namespace

Result<void> decodeUpdate(ByteView bytes, Update &into, UpdateFormat format)
{
    into.clear();
    if (bytes.size() > kMaxUpdateBytes) {
        return fail(ErrorCode::LimitExceeded, "the update is too large", 0);
    }
    return format == UpdateFormat::V1 ? UpdateReader<UpdateV1Source>(bytes, into).read()
                                      : UpdateReader<UpdateV2Source>(bytes, into).read();
}

} // namespace cowrite::codec
