// lib0's run-length columns: what is read until the column ends can be written and reads back as
// the same values. The first byte chooses the kind of column.

#include "libsync/base/check.h"
#include "libsync/lib0/run_length_decoder.h"
#include "libsync/lib0/run_length_encoder.h"
#include "tests/fuzz/fuzz_target.h"

namespace cowrite::fuzz {

using namespace lib0;

namespace {

/// Runs are as long as they say, and never end in the last one of Rle.
constexpr std::size_t kMaxValues = 2000;

template <class ColumnDecoder>
std::vector<std::uint64_t> read(ByteView column, Decoder &errors)
{
    ColumnDecoder in(Decoder(column), errors);
    std::vector<std::uint64_t> values;
    while (in.remaining() > 0 && errors.ok() && values.size() < kMaxValues) {
        values.push_back(in.read());
    }
    return values;
}

template <class ColumnDecoder, class ColumnEncoder>
void run(ByteView column)
{
    Decoder errors(column);
    std::vector<std::uint64_t> values = read<ColumnDecoder>(column, errors);
    if (!errors.ok()) {
        COWRITE_CHECK(errors.error().byteOffset.has_value());
        values.pop_back();
    }
    ColumnEncoder out;
    for (const std::uint64_t value : values) {
        out.write(static_cast<decltype(ColumnDecoder(errors, errors).read())>(value));
    }
    const ByteView written = out.finish();
    Decoder noErrors(written);
    ColumnDecoder in(Decoder(written), noErrors);
    for (const std::uint64_t value : values) {
        COWRITE_CHECK(in.read() == value);
    }
    COWRITE_CHECK(noErrors.ok() && in.remaining() == 0);
}

} // namespace

void runOne(ByteView input)
{
    if (input.empty()) {
        return;
    }
    const ByteView column = input.subspan(1);
    switch (input.front() % 3) {
    case 0:
        run<RleDecoder, RleEncoder>(column);
        break;
    case 1:
        run<UintOptRleDecoder, UintOptRleEncoder>(column);
        break;
    default:
        run<IntDiffOptRleDecoder, IntDiffOptRleEncoder>(column);
        break;
    }
}

std::vector<Bytes> seeds()
{
    // The examples of yjs-compat 1.4.
    return {
        {0, 0x05, 0x01, 0x07},
        {0, 0x07, 0x00, 0x05},
        {1, 0x01, 0x02, 0x43, 0x01},
        {1, 0x40, 0x01},
        {2, 0x03, 0x01, 0x42},
        {2, 0x0a, 0x41, 0x00},
        {2, 0x06, 0x92, 0x22, 0x02, 0xe6, 0x01, 0xf4, 0x20},
    };
}

} // namespace cowrite::fuzz
