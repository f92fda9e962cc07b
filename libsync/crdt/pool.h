#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace cowrite::crdt {

/// Hands out objects that never move, from blocks, and takes single ones back.
template <class T>
class Pool {
    static_assert(std::is_trivially_destructible_v<T>);

public:
    T *create()
    {
        if (m_free != nullptr) {
            Slot *slot = m_free;
            m_free = slot->next;
            return new (slot) T();
        }
        if (m_used == m_capacity) {
            m_capacity = m_blocks.empty() ? kFirstBlock : kBlock;
            m_blocks.push_back(std::make_unique_for_overwrite<Slot[]>(m_capacity));
            m_used = 0;
        }
        return new (&m_blocks.back()[m_used++]) T();
    }
    void release(T *object)
    {
        Slot *slot = reinterpret_cast<Slot *>(object);
        slot->next = m_free;
        m_free = slot;
    }

private:
    /// Small first, so that a tiny document stays tiny.
    static constexpr std::size_t kFirstBlock = 32;
    static constexpr std::size_t kBlock = 1024;

    union Slot {
        Slot *next;
        alignas(T) std::byte object[sizeof(T)];
    };

    std::vector<std::unique_ptr<Slot[]>> m_blocks;
    std::size_t m_used = 0;
    std::size_t m_capacity = 0;
    Slot *m_free = nullptr;
};

} // namespace cowrite::crdt
