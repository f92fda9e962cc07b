#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t maxSize);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    cowrite::fuzz::runOne(cowrite::ByteView(data, size));
    return 0;
}

/// Starts from the target's own seeds, so that no corpus of binary files has to be kept.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size,
                                               std::size_t maxSize, unsigned int random)
{
    static const std::vector<cowrite::Bytes> seeds = cowrite::fuzz::seeds();
    if (size <= 1 || random % 256 == 0) {
        const cowrite::Bytes &seed = seeds[random / 256 % seeds.size()];
        size = std::min(seed.size(), maxSize);
        std::copy_n(seed.begin(), size, data);
        return size;
    }
    return LLVMFuzzerMutate(data, size, maxSize);
}
