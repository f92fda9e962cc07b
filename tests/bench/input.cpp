#include "tests/bench/input.h"

#include "libsync/base/check.h"

#include <utility>

namespace cowrite::bench {

using codec::UpdateFormat;

namespace {

void makeEdit(Replica &replica, const EditingTrace &trace, const EditingTrace::Edit &edit)
{
    replica.doc.transact([&] {
        if (edit.removed > 0) {
            COWRITE_CHECK(replica.text.remove(edit.position, edit.removed).has_value());
        }
        if (edit.insertedLength > 0) {
            COWRITE_CHECK(replica.text.insert(edit.position, trace.inserted(edit)).has_value());
        }
    });
}

Subscription collectUpdates(Replica &replica, std::vector<Bytes> &updates)
{
    return codec::observeUpdates(replica.doc,
                                 [&updates](ByteView update, const crdt::Transaction &) {
                                     updates.emplace_back(update.begin(), update.end());
                                 });
}

std::unique_ptr<Replica> writeInTurn(const EditingTrace &trace, std::vector<Bytes> &updates)
{
    auto writer = std::make_unique<Replica>(kFirstWriter);
    Subscription subscription;
    if (trace.repetitions == 1) {
        subscription = collectUpdates(*writer, updates);
    }
    writer->replay(trace);
    return writer;
}

std::unique_ptr<Replica> writeAtOnce(const EditingTrace &trace, std::vector<Bytes> &updates)
{
    auto reader = std::make_unique<Replica>(kReader);
    for (std::size_t i = 0; i < trace.edits.size(); ++i) {
        Replica writer(kFirstWriter + i);
        const Subscription subscription = collectUpdates(writer, updates);
        makeEdit(writer, trace, trace.edits[i]);
        reader->apply(updates.back());
    }
    return reader;
}

void checkInput(const Input &input)
{
    if (!input.updates.empty()) {
        Replica reader(kReader);
        for (const Bytes &update : input.updates) {
            reader.apply(update);
        }
        COWRITE_CHECK(codec::encodeStateAsUpdate(reader.doc) == input.stateV1);
    }
    for (const UpdateFormat format : {UpdateFormat::V1, UpdateFormat::V2}) {
        Replica loaded(kReader);
        loaded.apply(input.state(format), format);
        COWRITE_CHECK(loaded.text.toString() == input.text);
    }
}

} // namespace

void Replica::replay(const EditingTrace &trace)
{
    for (std::uint32_t repetition = 0; repetition < trace.repetitions; ++repetition) {
        for (std::size_t i = 0; i < trace.edits.size(); ++i) {
            if (trace.writerCount > 1) {
                COWRITE_CHECK(doc.setClientId(kFirstWriter + i % trace.writerCount).has_value());
            }
            makeEdit(*this, trace, trace.edits[i]);
        }
    }
}

void Replica::apply(ByteView update, UpdateFormat format)
{
    COWRITE_CHECK(codec::applyUpdate(doc, update, crdt::Origin(), format).has_value());
}

std::shared_ptr<const Input> makeInput(EditingTrace trace)
{
    auto input = std::make_shared<Input>();
    input->trace = std::move(trace);
    const bool inTurn = input->trace.writers == EditingTrace::Writers::InTurn;
    input->replica = (inTurn ? writeInTurn : writeAtOnce)(input->trace, input->updates);
    input->text = input->replica->text.toString();
    COWRITE_CHECK(!inTurn || input->text == input->trace.finalText);
    input->stateV1 = codec::encodeStateAsUpdate(input->replica->doc);
    input->stateV2 = codec::encodeStateAsUpdate(input->replica->doc, {}, UpdateFormat::V2);
    checkInput(*input);
    return input;
}

} // namespace cowrite::bench
