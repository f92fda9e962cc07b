#include "libsync/protocol/awareness_codec.h"
#include "libsync/protocol/close_codes.h"
#include "libsync/protocol/messages.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using cowrite::test::hex;

namespace {

struct Frame {
    /// What the messages point into.
    Bytes bytes;
    std::vector<Message> messages;
    std::optional<Error> error;
};

Frame readAll(Bytes frame, Acknowledgements acknowledgements = Acknowledgements::Off)
{
    Frame result{std::move(frame), {}, {}};
    MessageReader reader(result.bytes, acknowledgements);
    for (;;) {
        const Result<std::optional<Message>> message = reader.next();
        if (!message) {
            result.error = message.error();
            return result;
        }
        if (!*message)
            return result;
        result.messages.push_back(**message);
    }
}

} // namespace

class MessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Conformance case 70.
    void framesAreByteForByteThoseOfYjs()
    {
        crdt::StateVector stateVector;
        stateVector.set(1, 2);
        QCOMPARE(hex(encodeSyncStep1(stateVector)), QByteArray("00 00 03 01 01 02"));
        QCOMPARE(hex(encodeSyncStep1({})), QByteArray("00 00 01 00"));
        QCOMPARE(hex(encodeSyncStep2(hex("01 01 01 00 04 01 01 74 02 68 69 00"))),
                 QByteArray("00 01 0c 01 01 01 00 04 01 01 74 02 68 69 00"));
        QCOMPARE(hex(encodeSyncStep2(hex("00 00"))), QByteArray("00 01 02 00 00"));
        QCOMPARE(hex(encodeSyncUpdate(hex("00 00"))), QByteArray("00 02 02 00 00"));
        QCOMPARE(hex(encodeAwarenessMessage(encodeAwarenessUpdate({}))), QByteArray("01 01 00"));
        QCOMPARE(hex(encodePermissionDenied("no")), QByteArray("02 00 02 6e 6f"));
        QCOMPARE(hex(encodeQueryAwareness()), QByteArray("03"));
        QCOMPARE(hex(encodeAcknowledgement(300)), QByteArray("64 ac 02"));
        QCOMPARE(hex(encodeEcho(300)), QByteArray("66 ac 02"));
    }

    void everyKindOfMessageIsRead()
    {
        const Frame step1 = readAll(hex("00 00 03 01 01 02"));
        QCOMPARE(step1.messages.size(), 1u);
        QCOMPARE(hex(std::get<SyncStep1>(step1.messages[0]).stateVector), QByteArray("01 01 02"));
        const Frame step2 = readAll(hex("00 01 02 00 00"));
        QCOMPARE(hex(std::get<SyncStep2>(step2.messages.at(0)).update), QByteArray("00 00"));
        const Frame update = readAll(hex("00 02 02 00 00"));
        QCOMPARE(hex(std::get<SyncUpdate>(update.messages.at(0)).update), QByteArray("00 00"));
        const Frame awareness = readAll(hex("01 01 00"));
        QCOMPARE(hex(std::get<AwarenessMessage>(awareness.messages.at(0)).update),
                 QByteArray("00"));
        const Frame denied = readAll(hex("02 00 02 6e 6f"));
        QCOMPARE(std::get<PermissionDenied>(denied.messages.at(0)).reason, std::string("no"));
        QVERIFY(std::holds_alternative<QueryAwareness>(readAll(hex("03")).messages.at(0)));
        const Frame counted = readAll(hex("64 ac 02"), Acknowledgements::Negotiated);
        QCOMPARE(std::get<Acknowledgement>(counted.messages.at(0)).count, 300u);
        const Frame echoed = readAll(encodeEcho(300), Acknowledgements::Negotiated);
        QCOMPARE(std::get<Echo>(echoed.messages.at(0)).number, 300u);
    }

    // Conformance case 71.
    void twoMessagesInOneFrameAreBothRead()
    {
        const Frame frame = readAll(hex("00 00 01 00  00 01 02 00 00  01 01 00"));
        QVERIFY(!frame.error);
        QCOMPARE(frame.messages.size(), 3u);
        QVERIFY(std::holds_alternative<SyncStep1>(frame.messages[0]));
        QVERIFY(std::holds_alternative<SyncStep2>(frame.messages[1]));
        QVERIFY(std::holds_alternative<AwarenessMessage>(frame.messages[2]));
    }

    void anEmptyFrameHoldsNothing()
    {
        const Frame frame = readAll({});
        QVERIFY(!frame.error && frame.messages.empty());
    }

    void anUnknownKindIsUnsupportedAndEndsTheFrame()
    {
        for (const char *digits : {"00 03 01 00", "02 04 73 61 76 65"}) {
            const Frame frame = readAll(hex(digits));
            QVERIFY(frame.messages.empty());
            QVERIFY(frame.error->code == ErrorCode::Unsupported);
            QCOMPARE(frame.error->byteOffset, std::optional<std::uint64_t>(1));
        }
    }

    void anUnknownChannelTakesTheRestOfTheFrame()
    {
        const Frame frame = readAll(hex("01 01 00  66 01 05  00 02 02 00 00"));
        QVERIFY(!frame.error);
        QCOMPARE(frame.messages.size(), 2u);
        QCOMPARE(std::get<UnknownChannel>(frame.messages[1]).channel, 0x66u);
    }

    void acknowledgementsAreUnknownUnlessNegotiated()
    {
        const Frame frame = readAll(hex("64 05"));
        QVERIFY(!frame.error);
        QCOMPARE(std::get<UnknownChannel>(frame.messages.at(0)).channel, 100u);
    }

    // yjs-compat 7.8: y-sweet answers a query with a query and a payload.
    void bytesAfterAQueryAreTolerated()
    {
        const Frame frame = readAll(hex("03 15 01 01 00"));
        QVERIFY(!frame.error);
        QVERIFY(std::holds_alternative<QueryAwareness>(frame.messages.at(0)));
        QVERIFY(!readAll(hex("03 01 7f 00")).error);
    }

    void everyTruncationIsMalformed()
    {
        for (const char *digits : {"00 00 03 01 01 02", "00 01 02 00 00", "01 03 01 02 03",
                                   "02 00 02 6e 6f", "64 ac 02"}) {
            const Bytes whole = hex(digits);
            for (std::size_t size = 1; size < whole.size(); ++size) {
                const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
                const Frame frame = readAll(part, Acknowledgements::Negotiated);
                QVERIFY(frame.messages.empty());
                QVERIFY(frame.error->code == ErrorCode::Malformed);
            }
        }
    }

    void aLengthBeyondTheFrameAllocatesNothing()
    {
        const Frame frame = readAll(hex("00 02 ff ff ff ff 07 00"));
        QVERIFY(frame.error->code == ErrorCode::Malformed);
    }

    void aFrameOfCountlessMessagesIsRefused()
    {
        const Frame frame = readAll(Bytes(100'000, 0x03));
        QCOMPARE(frame.messages.size(), kMaxMessagesPerFrame);
        QVERIFY(frame.error->code == ErrorCode::LimitExceeded);
    }

    // Conformance case 74, the last part.
    void onlyCodes4400To4499AreFinal()
    {
        for (const std::uint16_t code : {4400, 4401, 4403, 4408, 4429, 4499})
            QVERIFY(isFinal(code));
        for (const std::uint16_t code : {1000, 1001, 1005, 1006, 1009, 1011, 4205, 4399, 4500})
            QVERIFY(!isFinal(code));
        QVERIFY(describe(CloseCode::Malformed).size() <= 123);
    }
};

QTEST_APPLESS_MAIN(MessagesTest)
#include "messages_test.moc"
