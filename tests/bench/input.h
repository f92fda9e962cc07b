#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "tests/bench/editing_trace.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cowrite::bench {

/// A document with one text.
struct Replica {
    explicit Replica(crdt::ClientId client) : doc(client, rng) {}

    /// Makes all edits of `trace`, each as a transaction of its own, as in an editor.
    void replay(const EditingTrace &trace);
    void apply(ByteView update, codec::UpdateFormat format = codec::UpdateFormat::V1);

    SeededRng rng{1};
    crdt::Doc doc;
    crdt::Text text = *doc.text("text");
};

/// Writer i of a trace has the client id kFirstWriter + i: ids as long as those that are drawn.
constexpr crdt::ClientId kFirstWriter = 3'000'000'000;
constexpr crdt::ClientId kReader = 4'000'000'000;

/// A trace and what is made of it before anything is measured.
struct Input {
    EditingTrace trace;
    std::vector<Bytes> updates; ///< One an edit; none of a trace that repeats itself.
    Bytes stateV1;
    Bytes stateV2;
    std::u16string text;
    std::unique_ptr<Replica> replica; ///< That has it all.

    const Bytes &state(codec::UpdateFormat format) const
    {
        return format == codec::UpdateFormat::V1 ? stateV1 : stateV2;
    }
};

/// Makes the input of a trace, and checks that the text and the states on all ways are the same.
std::shared_ptr<const Input> makeInput(EditingTrace trace);

} // namespace cowrite::bench
