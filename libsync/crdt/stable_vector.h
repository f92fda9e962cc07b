#pragma once

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
        explicit Iterator(const std::unique_ptr<T> *at) : m_at(at) {}
        T &operator*() const { return **m_at; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        friend bool operator==(Iterator, Iterator) = default;

    private:
        const std::unique_ptr<T> *m_at;
    };

    T &add() { return *m_elements.emplace_back(std::make_unique<T>()); }
    T &operator[](std::size_t index) const { return *m_elements[index]; }
    std::size_t size() const { return m_elements.size(); }
    Iterator begin() const { return Iterator(m_elements.data()); }
    Iterator end() const { return Iterator(m_elements.data() + m_elements.size()); }

private:
    std::vector<std::unique_ptr<T>> m_elements;
};

} // namespace cowrite::crdt
