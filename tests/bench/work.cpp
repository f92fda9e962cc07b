#include "tests/bench/work.h"

#include "libsync/base/check.h"
#include "tests/bench/gap_buffer.h"

namespace cowrite::bench {

namespace {

using codec::UpdateFormat;

bool inTurn(const EditingTrace &trace)
{
    return trace.writers == EditingTrace::Writers::InTurn;
}

bool onlyOnce(const EditingTrace &trace)
{
    return trace.repetitions == 1;
}

bool always(const EditingTrace &)
{
    return true;
}

Outcome floor(const Input &input)
{
    auto buffer = std::make_shared<GapBuffer>();
    for (std::uint32_t i = 0; i < input.trace.repetitions; ++i) {
        for (const EditingTrace::Edit &edit : input.trace.edits) {
            buffer->edit(edit.position, edit.removed, input.trace.inserted(edit));
        }
    }
    return {std::move(buffer)};
}

Outcome local(const Input &input)
{
    auto writer = std::make_shared<Replica>(kFirstWriter);
    writer->replay(input.trace);
    return {std::move(writer)};
}

Outcome localWithUpdates(const Input &input)
{
    auto writer = std::make_shared<Replica>(kFirstWriter);
    std::size_t bytes = 0;
    const Subscription subscription =
        codec::observeUpdates(writer->doc, [&bytes](ByteView update, const crdt::Transaction &) {
            bytes += update.size();
        });
    writer->replay(input.trace);
    return {std::move(writer), bytes};
}

Outcome apply(const Input &input)
{
    auto reader = std::make_shared<Replica>(kReader);
    for (const Bytes &update : input.updates) {
        reader->apply(update);
    }
    return {std::move(reader)};
}

template <UpdateFormat format>
Outcome encode(const Input &input)
{
    auto state =
        std::make_shared<Bytes>(codec::encodeStateAsUpdate(input.replica->doc, {}, format));
    return {state, state->size()};
}

/// With its text read, as an editor does that shows it.
template <UpdateFormat format>
Outcome load(const Input &input)
{
    const Bytes &state = input.state(format);
    auto reader = std::make_shared<Replica>(kReader);
    reader->apply(state, format);
    COWRITE_CHECK(reader->text.toString().size() == input.text.size());
    return {std::move(reader), state.size()};
}

} // namespace

const std::vector<Work> &allWork()
{
    static const std::vector<Work> all = {
        {"floor", floor, inTurn},
        {"local", local, inTurn},
        {"local_updates", localWithUpdates, inTurn},
        {"apply", apply, onlyOnce},
        {"encode_v1", encode<UpdateFormat::V1>, always},
        {"encode_v2", encode<UpdateFormat::V2>, always},
        {"load_v1", load<UpdateFormat::V1>, always},
        {"load_v2", load<UpdateFormat::V2>, always},
    };
    return all;
}

} // namespace cowrite::bench
