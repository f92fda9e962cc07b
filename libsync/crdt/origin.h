#pragma once

namespace cowrite::crdt {

/// Says who caused a transaction, by the identity of an object. The empty origin is that of plain
/// local edits, and what an undo manager tracks unless told otherwise (yjs-compat 3.6).
class Origin {
public:
    constexpr Origin() = default;
    static constexpr Origin of(const void *object) { return Origin(object); }

    constexpr bool isEmpty() const { return m_object == nullptr; }
    constexpr const void *object() const { return m_object; }
    friend constexpr bool operator==(Origin, Origin) = default;

private:
    explicit constexpr Origin(const void *object) : m_object(object) {}
    const void *m_object = nullptr;
};

} // namespace cowrite::crdt
