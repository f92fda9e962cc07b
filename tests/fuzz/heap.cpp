#include "tests/fuzz/heap.h"

#include "libsync/base/check.h"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace {

// One thread only, as a fuzz target is.
std::size_t g_held = 0;
std::size_t g_peak = 0;

} // namespace

void *operator new(std::size_t size)
{
    void *memory = std::malloc(std::max<std::size_t>(size, 1));
    COWRITE_CHECK(memory != nullptr);
    g_held += malloc_usable_size(memory);
    g_peak = std::max(g_peak, g_held);
    return memory;
}

void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return operator new(size);
}

void operator delete(void *memory) noexcept
{
    if (memory != nullptr) {
        g_held -= malloc_usable_size(memory);
        std::free(memory);
    }
}

void operator delete(void *memory, std::size_t) noexcept
{
    operator delete(memory);
}

namespace cowrite::fuzz {

std::size_t heapPeak(const std::function<void()> &work)
{
    const std::size_t before = g_held;
    g_peak = g_held;
    work();
    return g_peak - before;
}

} // namespace cowrite::fuzz
