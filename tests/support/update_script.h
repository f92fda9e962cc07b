#pragma once

#include "libsync/codec/update_sink.h"
#include "libsync/codec/wire.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cowrite::test {

// Content refs of yjs-compat 2.3.
enum Ref : std::uint8_t {
    kGc,
    kDeleted,
    kJson,
    kBinary,
    kString,
    kEmbed,
    kFormat,
    kType,
    kAny,
    kDoc
};
inline constexpr std::uint8_t kSkip = 10;
inline constexpr std::uint8_t kUnknownRef = 11;
inline constexpr std::uint8_t kUnknownTypeRef = 255;
inline constexpr std::uint8_t kArrayRef = 0;

inline constexpr crdt::ClientId kClient = 7;
inline constexpr crdt::ClientId kOther = 9;

constexpr std::uint8_t with(std::uint8_t ref, int flags)
{
    return static_cast<std::uint8_t>(ref | flags);
}

/// Writes updates of a few structs, whether they make sense or not.
template <class Sink>
class Script {
public:
    explicit Script(Sink &sink) : m_sink(sink) {}

    Script &sections(std::size_t count)
    {
        m_sink.writeSectionCount(count);
        return *this;
    }
    Script &section(std::size_t structs, crdt::ClientId client = kClient, crdt::Clock clock = 0)
    {
        m_sink.writeSectionHead(structs, client, clock);
        return *this;
    }
    Script &one(crdt::Clock clock = 0) { return sections(1).section(1, kClient, clock); }
    Script &info(std::uint8_t info)
    {
        m_sink.writeStructHead(info);
        return *this;
    }
    Script &inRoot(std::uint8_t ref, std::string_view root = "t")
    {
        info(ref);
        m_sink.writeParentKind(codec::wire::kParentIsRoot);
        m_sink.writeString(root);
        return *this;
    }
    Script &inItem(std::uint8_t ref, crdt::Id parent)
    {
        info(ref);
        m_sink.writeParentKind(codec::wire::kParentIsItem);
        m_sink.writeParentId(parent);
        return *this;
    }
    Script &after(std::uint8_t ref, crdt::Id origin)
    {
        m_sink.writeStructHead(with(ref, codec::wire::kHasOrigin), origin);
        return *this;
    }
    Script &before(std::uint8_t ref, crdt::Id rightOrigin)
    {
        m_sink.writeStructHead(with(ref, codec::wire::kHasRightOrigin), {}, rightOrigin);
        return *this;
    }
    Script &between(std::uint8_t ref, crdt::Id origin, crdt::Id rightOrigin)
    {
        m_sink.writeStructHead(with(ref, codec::wire::kHasOrigin | codec::wire::kHasRightOrigin),
                               origin, rightOrigin);
        return *this;
    }
    Script &key(std::uint8_t ref, std::string_view key, std::string_view root = "m")
    {
        inRoot(with(ref, codec::wire::kHasKey), root);
        m_sink.writeString(key);
        return *this;
    }
    Script &length(std::uint64_t length)
    {
        m_sink.writeLength(length);
        return *this;
    }
    Script &skipLength(std::uint64_t length)
    {
        m_sink.writeSkipLength(length);
        return *this;
    }
    Script &text(std::string_view text = "a")
    {
        m_sink.writeString(text);
        return *this;
    }
    Script &typeRef(std::uint8_t typeRef)
    {
        m_sink.writeTypeRef(typeRef);
        return *this;
    }
    Script &any(const lib0::Any &value)
    {
        m_sink.writeAny(value);
        return *this;
    }
    /// The key of a format, or the name of an XML element or hook.
    Script &name(std::string_view name)
    {
        m_sink.writeKey(name);
        return *this;
    }
    Script &json(const lib0::Any &value)
    {
        m_sink.writeJson(value);
        return *this;
    }
    Script &bytes(ByteView bytes)
    {
        m_sink.writeBytes(bytes);
        return *this;
    }
    void end(const crdt::DeleteSet &deletions = {}) { m_sink.writeDeletions(deletions); }

private:
    Sink &m_sink;
};

} // namespace cowrite::test
