#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace cowrite::crdt {

/// Grows at its end; what is in it never moves. An element is two loads away, where std::deque
/// takes a division.
template <class T>
class StableVector {
public:
    class Iterator {
    public:
        explicit Iterator(T *const *at) : m_at(at) {}
        T &operator*() const { return **m_at; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        friend bool operator==(Iterator, Iterator) = default;

    private:
        T *const *m_at;
    };

    T &add()
    {
        if (m_free == 0) {
            // As many as there are, up to a bound: most documents have few clients.
            m_free = std::clamp<std::size_t>(size(), 1, kLargestBlock);
            m_blocks.push_back(std::make_unique<T[]>(m_free));
            m_next = m_blocks.back().get();
        }
        --m_free;
        return *m_elements.emplace_back(m_next++);
    }
    T &operator[](std::size_t index) const { return *m_elements[index]; }
    std::size_t size() const { return m_elements.size(); }
    Iterator begin() const { return Iterator(m_elements.data()); }
    Iterator end() const { return Iterator(m_elements.data() + m_elements.size()); }

private:
    static constexpr std::size_t kLargestBlock = 32;

    std::vector<std::unique_ptr<T[]>> m_blocks;
    std::vector<T *> m_elements;
    T *m_next = nullptr; ///< Of the last block; `m_free` of it are not in use.
    std::size_t m_free = 0;
};

} // namespace cowrite::crdt
