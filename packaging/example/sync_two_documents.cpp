// Ada and Ben write one document, first apart from each other, then together.
#include "libsync/base/rng.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"
#include "libsync/lib0/utf.h"

#include <cstdio>
#include <cstdlib>

using namespace cowrite;

template <class T>
T orExit(const Result<T> &result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return *result;
    }
}

/// Gives `to` all that it lacks of `from`. Only the two byte strings would travel.
void sync(const crdt::Doc &from, crdt::Doc &to)
{
    const Bytes question = codec::encodeStateVector(to.stateVector());
    const Bytes answer =
        codec::encodeStateAsUpdate(from, orExit(codec::decodeStateVector(question)));
    orExit(codec::applyUpdate(to, answer, crdt::Origin::of(&from)));
}

int main()
{
    SystemRng rng; // draws the client ids
    crdt::Doc ada(rng), ben(rng);
    crdt::Text adasText = orExit(ada.text("content")), bensText = orExit(ben.text("content"));
    orExit(adasText.insert(0, u"Hello "));
    orExit(bensText.insert(0, u"Hello "));
    sync(ada, ben);
    sync(ben, ada);

    // From here on each of Ada's transactions is sent at once, and Ben is told what it did.
    const Subscription wire = codec::observeUpdates(ada, [&](ByteView update, const auto &) {
        orExit(codec::applyUpdate(ben, update, crdt::Origin::of(&ada)));
    });
    const Subscription eyes = bensText.observe([](const crdt::Event &event) {
        for (const crdt::DeltaOp &op : event.delta()) {
            std::printf("%u units, new: \"%s\"\n", op.length, lib0::utf16ToUtf8(op.text).c_str());
        }
    });
    ada.transact([&] {
        orExit(adasText.insert(adasText.length(), u"from "));
        orExit(adasText.insert(adasText.length(), u"Ada"));
    });
    std::printf("%s\n", lib0::utf16ToUtf8(bensText.toString()).c_str());
    return adasText.toString() == bensText.toString() ? 0 : 1;
}
