// Updates V1, on a document with content and on an empty one.

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/update_target.h"

namespace cowrite::fuzz {

void runOne(ByteView input)
{
    runUpdate(input, codec::UpdateFormat::V1);
}

std::vector<Bytes> seeds()
{
    return updateSeeds(codec::UpdateFormat::V1);
}

} // namespace cowrite::fuzz
