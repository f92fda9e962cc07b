#pragma once

#include <typeinfo>

namespace cowrite::crdt {

/// Says who caused a transaction, by the identity of an object. The empty origin is that of plain
/// local edits, and what an undo manager tracks unless told otherwise (yjs-compat 3.6).
class Origin {
public:
    constexpr Origin() = default;
    /// `Object` must be complete: an undo manager can track all origins of one type.
    template <class Object>
    [[nodiscard]] static constexpr Origin of(const Object *object)
    {
        return {object, &typeid(Object)};
    }

    [[nodiscard]] constexpr bool isEmpty() const { return m_object == nullptr; }
    [[nodiscard]] constexpr const void *object() const { return m_object; }
    /// The static type that of() was given; that of void if there is no object.
    [[nodiscard]] constexpr const std::type_info &type() const { return *m_type; }
    /// The same object, under whatever type.
    friend constexpr bool operator==(Origin a, Origin b) { return a.m_object == b.m_object; }

private:
    constexpr Origin(const void *object, const std::type_info *type)
        : m_object(object), m_type(type)
    {}

    const void *m_object = nullptr;
    const std::type_info *m_type = &typeid(void);
};

} // namespace cowrite::crdt
