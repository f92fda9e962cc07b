#pragma once

#include "libsync/crdt/attribute_map.h"
#include "libsync/crdt/store.h"

namespace cowrite::crdt {

/// A place in a formatted text, with the attributes in force there, that edits move along
/// (yjs-compat 5.2). Formats are items in the list, so finding a place means walking to it.
class RichTextCursor {
public:
    /// Before the first item.
    explicit RichTextCursor(Branch *branch)
        : m_store(*branch->store), m_branch(branch), m_right(branch->sequence.first())
    {}

    /// Past `units` visible units; stops at the end.
    void advance(std::uint32_t units);
    bool atEnd() const { return m_right == nullptr; }
    const AttributeMap &active() const { return m_active; }

    void insert(std::u16string_view text, const lib0::AnyObject &attributes);
    /// A plain value as an embed, or a nested type.
    void insert(const NewValue &value, const lib0::AnyObject &attributes);
    /// Inserts with the attributes in force.
    void insertInheriting(std::u16string_view text);
    void format(std::uint32_t length, const lib0::AnyObject &attributes);
    void remove(std::uint32_t length);

private:
    template <class InsertItem>
    void insertWith(const lib0::AnyObject &given, InsertItem insertItem);
    void forward();
    void skip(const lib0::AnyObject &attributes);
    AttributeMap open(const lib0::AnyObject &attributes);
    void close(AttributeMap &negated);
    void insertFormat(std::string key, Any value);
    void splitRight(Clock length);
    void cleanGap(Item *start, const AttributeMap &before);

    Store &m_store;
    Branch *m_branch;
    Item *m_left = nullptr;
    Item *m_right;
    AttributeMap m_active;
};

} // namespace cowrite::crdt
