// Frames of a connection: reading one ends, in a message or an error inside of the frame.

#include "libsync/base/check.h"
#include "libsync/protocol/messages.h"
#include "tests/fuzz/fuzz_target.h"

namespace cowrite::fuzz {

using namespace protocol;

void runOne(ByteView input)
{
    for (const auto acknowledgements : {Acknowledgements::Off, Acknowledgements::Negotiated}) {
        MessageReader reader(input, acknowledgements);
        std::size_t count = 0;
        for (;;) {
            const auto message = reader.next();
            if (!message) {
                COWRITE_CHECK(message.error().byteOffset.value_or(0) <= input.size());
                break;
            }
            if (!*message) {
                break;
            }
            COWRITE_CHECK(++count <= kMaxMessagesPerFrame);
        }
    }
}

std::vector<Bytes> seeds()
{
    crdt::StateVector stateVector;
    stateVector.set(1, 5);
    stateVector.set(4'000'000'000, 300);
    const Bytes update{0x01, 0x01, 0x01, 0x00, 0x04, 0x01, 0x01, 't', 0x01, 'x', 0x00};
    const Bytes awareness{0x01, 0x01, 0x01, 0x02, '{', '}'};
    std::vector<Bytes> seeds{
        encodeSyncStep1(stateVector), encodeSyncStep2(update),
        encodeSyncUpdate(update),     encodeAwarenessMessage(awareness),
        encodeQueryAwareness(),       encodePermissionDenied("permission denied"),
        encodeAcknowledgement(129),
    };
    Bytes all;
    for (const Bytes &seed : seeds) {
        all.insert(all.end(), seed.begin(), seed.end());
    }
    seeds.push_back(all);
    return seeds;
}

} // namespace cowrite::fuzz
