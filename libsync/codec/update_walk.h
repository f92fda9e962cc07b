#pragma once

#include "libsync/base/bytes.h"
#include "libsync/codec/wire.h"
#include "libsync/crdt/item.h"
#include "libsync/lib0/utf.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cowrite::codec {

/// The kinds of fields of an update, each a column of packed ones (update_columns.h).
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
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::NewClient) + 1;

/// What is to be expected next, from all updates before.
struct Expected {
    std::vector<std::uint64_t> clocks; ///< by client
    std::uint64_t rightOrigin = 0;
    std::uint64_t parent = 0;
    std::uint64_t deleted = 0;
};

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
        const auto kind = static_cast<crdt::ContentKind>(info & wire::kRefMask);
        if (kind != crdt::ContentKind::Gc && kind != crdt::ContentKind::Skip) {
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

    std::uint64_t walkContent(crdt::ContentKind kind)
    {
        switch (kind) {
        case crdt::ContentKind::Gc:
        case crdt::ContentKind::Deleted:
        case crdt::ContentKind::Skip:
            return m_fields.number(Column::Length);
        case crdt::ContentKind::String:
            return lib0::utf16Length(asText(m_fields.text()));
        case crdt::ContentKind::Json:
            return repeat(Column::Length, [this] { (void)m_fields.text(); });
        case crdt::ContentKind::Any:
            return repeat(Column::Length, [this] { m_fields.value(); });
        case crdt::ContentKind::Binary:
        case crdt::ContentKind::Embed:
            (void)m_fields.text();
            return 1;
        case crdt::ContentKind::Format:
            (void)m_fields.text();
            (void)m_fields.text();
            return 1;
        case crdt::ContentKind::Type:
            if (const std::uint64_t typeRef = m_fields.number(Column::TypeRef);
                typeRef <= wire::kLastTypeRef &&
                wire::isNamed(static_cast<std::uint8_t>(typeRef))) {
                (void)m_fields.text();
            }
            return 1;
        case crdt::ContentKind::Doc:
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

} // namespace cowrite::codec
