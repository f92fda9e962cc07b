#include "libsync/protocol/hocuspocus_socket.h"
#include "libsync/protocol/messages.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using namespace cowrite::protocol::hocuspocus;
using cowrite::test::hex;

namespace {

constexpr std::string_view kDoc = "doc";

Bytes token(std::string_view address, std::string_view words = {})
{
    return writeFrame(address, Token{std::string(words)});
}

Bytes step1(std::string_view address)
{
    const Bytes message = encodeSyncStep1({});
    return writeFrame(address, Wrapped{message});
}

/// A socket, and what it asked its owner to do.
struct Peer {
    ManualClock clock;
    HocuspocusSocket socket{clock};
    /// One line an effect, since the last call.
    QStringList effects()
    {
        QStringList lines;
        for (const HocuspocusSocket::Effect &effect : socket.takeEffects())
            lines.append(std::visit([this](const auto &of) { return line(of); }, effect));
        return lines;
    }

    /// With the document `doc` in its room, and nothing said.
    void open(std::string_view address = kDoc, Scope scope = Scope::ReadWrite)
    {
        socket.receive(token(address));
        socket.admit(address, scope);
        static_cast<void>(socket.takeEffects());
    }

private:
    static QString text(const std::string &bytes)
    {
        return QString::fromStdString(bytes).replace(QChar(0), QStringLiteral("\\0"));
    }
    QString line(const HocuspocusSocket::Send &send)
    {
        return QStringLiteral("send ") + QString::fromLatin1(hex(send.frame));
    }
    QString line(const HocuspocusSocket::CloseSocket &close)
    {
        return QStringLiteral("close %1").arg(static_cast<int>(close.code));
    }
    QString line(const HocuspocusSocket::Ask &ask)
    {
        return QStringLiteral("ask %1 %2").arg(text(ask.address), text(ask.token));
    }
    QString line(const HocuspocusSocket::Enter &enter)
    {
        return QStringLiteral("enter ") + text(enter.address);
    }
    QString line(const HocuspocusSocket::Deliver &deliver)
    {
        return QStringLiteral("deliver %1 ").arg(text(deliver.address)) +
               QString::fromLatin1(hex(deliver.message));
    }
    QString line(const HocuspocusSocket::Leave &leave)
    {
        return QStringLiteral("leave ") + text(leave.address);
    }
    QString line(const HocuspocusSocket::Relay &relay)
    {
        return QStringLiteral("relay %1 %2").arg(text(relay.address), text(relay.payload));
    }
};

} // namespace

class HocuspocusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Conformance case 76, with the bytes of yjs-compat 7.6.
    void framesAreByteForByteThoseOfHocuspocus()
    {
        QCOMPARE(hex(token(kDoc, "tok")), QByteArray("03 64 6f 63 02 00 03 74 6f 6b"));
        QCOMPARE(hex(step1(kDoc)), QByteArray("03 64 6f 63 00 00 01 00"));
        QCOMPARE(hex(writeFrame(kDoc, Authenticated{Scope::ReadWrite})),
                 QByteArray("03 64 6f 63 02 02 0a 72 65 61 64 2d 77 72 69 74 65"));
        QCOMPARE(hex(writeFrame(kDoc, hocuspocus::PermissionDenied{"bad-token"})),
                 QByteArray("03 64 6f 63 02 01 09 62 61 64 2d 74 6f 6b 65 6e"));
        QCOMPARE(hex(writeFrame(kDoc, TokenRequest{})), QByteArray("03 64 6f 63 02 00"));
        QCOMPARE(hex(writeFrame(kDoc, SyncStatus{true})), QByteArray("03 64 6f 63 08 01"));
        QCOMPARE(hex(writeFrame(kDoc, Stateless{"hi"})), QByteArray("03 64 6f 63 05 02 68 69"));
        QCOMPARE(hex(writeFrame(kDoc, hocuspocus::Close{})), QByteArray("03 64 6f 63 07"));
        QCOMPARE(hex(writeFrame({}, Ping{})), QByteArray("09"));
        QCOMPARE(hex(writeFrame({}, Pong{})), QByteArray("0a"));
    }

    void aTokenMayComeWithTheVersionOfTheProvider()
    {
        const Bytes bytes = hex("03 64 6f 63 02 00 03 74 6f 6b 05 34 2e 38 2e 30");
        const auto frame = readFrame(bytes);
        QVERIFY(frame.has_value());
        QVERIFY(std::get<Token>(frame->message).saysVersion);
        QCOMPARE(std::get<Token>(frame->message).token, std::string("tok"));
    }

    void onlyATokenIsAFirstWord()
    {
        QVERIFY(isFirstWord(token(kDoc)));
        // What clients of y-websocket, of y-sweet and Cowrite begin with.
        for (const char *frame : {"00 00 01 00", "00 00 03 01 01 02", "01 01 00", "03",
                                  "01 0b 01 07 01 07 7b 22 61 22 3a 31 7d", "66 01 00", ""})
            QVERIFY2(!isFirstWord(hex(frame)), frame);
        QVERIFY(!isFirstWord(step1(kDoc)));
        QVERIFY(!isFirstWord(hex("03 64 6f 63 02 00 09")));
    }

    void aNameOfNineBytesIsNoPing()
    {
        const Bytes bytes = step1("ninebytes");
        const auto frame = readFrame(bytes);
        QVERIFY(frame.has_value());
        QCOMPARE(frame->address, std::string_view("ninebytes"));
    }

    void aNewTypeAndAScopeThatWeDoNotKnowAreSurvived()
    {
        const Bytes newer = hex("03 64 6f 63 7f 01 02");
        QVERIFY(std::holds_alternative<Unknown>(readFrame(newer)->message));
        const Bytes scope = hex("03 64 6f 63 02 02 05 6f 77 6e 65 72");
        QVERIFY(std::get<Authenticated>(readFrame(scope)->message).scope == Scope::ReadOnly);
    }

    void nothingReachesARoomBeforeItsTokenIsAccepted()
    {
        Peer peer;
        peer.socket.receive(step1(kDoc));
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.receive(token(kDoc, "tok"));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("ask doc tok")});
        peer.socket.receive(hex("03 64 6f 63 01 01 00"));
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.admit(kDoc, Scope::ReadWrite);
        QCOMPARE(
            peer.effects(),
            (QStringList{QStringLiteral("send 03 64 6f 63 02 02 0a 72 65 61 64 2d 77 72 69 74 65"),
                         QStringLiteral("enter doc"), QStringLiteral("deliver doc 00 00 01 00"),
                         QStringLiteral("deliver doc 01 01 00")}));
        peer.socket.receive(step1(kDoc));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("deliver doc 00 00 01 00")});
    }

    void aDeniedDocumentMayBeAskedForAgain()
    {
        Peer peer;
        peer.socket.receive(step1(kDoc));
        peer.socket.receive(token(kDoc, "bad"));
        static_cast<void>(peer.socket.takeEffects());
        peer.socket.deny(kDoc, "bad-token");
        QCOMPARE(peer.effects(), QStringList{QStringLiteral(
                                     "send 03 64 6f 63 02 01 09 62 61 64 2d 74 6f 6b 65 6e")});
        // What a provider goes on to say is not kept for ever.
        for (int i = 0; i < 5'000; ++i)
            peer.socket.receive(step1(kDoc));
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.receive(token(kDoc, "good"));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("ask doc good")});
        peer.socket.admit(kDoc, Scope::ReadWrite);
        QCOMPARE(peer.effects().size(), 2);
    }

    void documentsOfOneSocketDoNotMix()
    {
        Peer peer;
        peer.open("a");
        peer.open(std::string_view("a\0session", 9));
        peer.socket.receive(step1("a"));
        peer.socket.receive(step1(std::string_view("a\0session", 9)));
        QCOMPARE(peer.effects(), (QStringList{QStringLiteral("deliver a 00 00 01 00"),
                                              QStringLiteral("deliver a\\0session 00 00 01 00")}));
        // Answers go to the address that was asked from.
        peer.socket.send(std::string_view("a\0session", 9), encodeQueryAwareness());
        QCOMPARE(peer.effects(),
                 QStringList{QStringLiteral("send 09 61 00 73 65 73 73 69 6f 6e 03")});
        QCOMPARE(documentOf(std::string_view("a\0session", 9)), std::string_view("a"));
    }

    void oneSyncStatusComesForEachMessageThatIsOnTheDisk()
    {
        Peer peer;
        peer.open();
        peer.socket.send(kDoc, encodeAcknowledgement(2));
        QCOMPARE(peer.effects(), (QStringList{QStringLiteral("send 03 64 6f 63 08 01"),
                                              QStringLiteral("send 03 64 6f 63 08 01")}));
        peer.socket.send(kDoc, encodeAcknowledgement(3));
        QCOMPARE(peer.effects().size(), 1);
        peer.socket.refused(kDoc, false);
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("send 03 64 6f 63 08 00")});
        peer.socket.refused(kDoc, true);
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("send 03 64 6f 63 08 01")});
    }

    void aClosedDocumentIsAnsweredAndTheOthersStay()
    {
        Peer peer;
        peer.open("a");
        peer.open("b");
        peer.socket.receive(writeFrame("a", hocuspocus::Close{}));
        const QStringList effects = peer.effects();
        QCOMPARE(effects.size(), 2);
        QCOMPARE(effects[0], QStringLiteral("leave a"));
        QVERIFY(effects[1].startsWith(QStringLiteral("send 01 61 07 12 70 72 6f 76 69")));
        peer.socket.receive(step1("b"));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("deliver b 00 00 01 00")});
        // It may come back.
        peer.socket.receive(token("a"));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("ask a ")});
    }

    void whoLosesTheRightToOneDocumentKeepsTheOthers()
    {
        Peer peer;
        peer.open("a");
        peer.open("b");
        peer.socket.dismiss("a", CloseCode::Forbidden, "no");
        QCOMPARE(peer.effects(), (QStringList{QStringLiteral("send 01 61 07 02 6e 6f"),
                                              QStringLiteral("send 01 61 02 01 02 6e 6f")}));
        peer.socket.dismiss("b", CloseCode::Forbidden, "no");
        QCOMPARE(peer.effects().last(), QStringLiteral("close 4403"));
    }

    void aRoomThatSendsItsGuestAwayEndsTheSocket()
    {
        Peer peer;
        peer.open("a");
        peer.open("b");
        peer.socket.dismiss("a", CloseCode::Reset, {});
        QCOMPARE(peer.effects().last(), QStringLiteral("close 4205"));
        peer.socket.receive(step1("b"));
        peer.socket.send("b", encodeQueryAwareness());
        peer.socket.admit("b", Scope::ReadOnly);
        peer.socket.tick();
        QCOMPARE(peer.effects(), QStringList());
        QVERIFY(peer.socket.nextDeadline() == std::chrono::steady_clock::time_point::max());
    }

    void statelessMessagesGoToTheOthersInTheDocument()
    {
        Peer peer;
        peer.open("a");
        peer.socket.receive(writeFrame("a", Stateless{"hi"}));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("relay a hi")});
        peer.socket.relay("a", "a", "hi");
        peer.socket.relay("b", {}, "hi");
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.relay("a", {}, "hi");
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("send 01 61 05 02 68 69")});
        // One who may only read does not speak, and nobody gives orders for servers.
        peer.open("c", Scope::ReadOnly);
        peer.socket.receive(writeFrame("c", Stateless{"hi"}));
        peer.socket.receive(hex("01 61 06 02 68 69"));
        QCOMPARE(peer.effects(), QStringList());
    }

    void aRenewedTokenMayChangeTheScope()
    {
        Peer peer;
        peer.open();
        peer.socket.receive(token(kDoc, "new"));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("ask doc new")});
        peer.socket.admit(kDoc, Scope::ReadWrite);
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.admit(kDoc, Scope::ReadOnly);
        QCOMPARE(peer.effects(),
                 QStringList{QStringLiteral("send 03 64 6f 63 02 02 08 72 65 61 64 6f 6e 6c 79")});
        peer.socket.deny(kDoc, "no");
        QCOMPARE(peer.effects(), (QStringList{QStringLiteral("send 03 64 6f 63 02 01 02 6e 6f"),
                                              QStringLiteral("leave doc"),
                                              QStringLiteral("send 03 64 6f 63 07 02 6e 6f")}));
    }

    void aRightThatChangesInMidSessionIsAScope()
    {
        Peer peer;
        peer.open();
        peer.socket.send(kDoc, encodeAccess(Access::Edit));
        QCOMPARE(peer.effects(), QStringList());
        peer.socket.send(kDoc, encodeAccess(Access::View));
        QCOMPARE(peer.effects(),
                 QStringList{QStringLiteral("send 03 64 6f 63 02 02 08 72 65 61 64 6f 6e 6c 79")});
        // To a provider it would mean "send your token again"; SyncStatus says it already.
        peer.socket.send(kDoc, encodePermissionDenied("no"));
        QCOMPARE(peer.effects(), QStringList());
    }

    void pingsAreAnsweredAndSentOnlyToThoseWhoKnowThem()
    {
        Peer old;
        old.socket.receive(hex("09"));
        QCOMPARE(old.effects(), QStringList{QStringLiteral("send 0a")});
        old.open();
        old.clock.advance(std::chrono::seconds(40));
        old.socket.tick();
        QCOMPARE(old.effects(), QStringList());

        Peer recent;
        recent.socket.receive(hex("03 64 6f 63 02 00 03 74 6f 6b 05 34 2e 38 2e 30"));
        recent.socket.admit(kDoc, Scope::ReadWrite);
        static_cast<void>(recent.socket.takeEffects());
        recent.clock.advance(std::chrono::seconds(20));
        QVERIFY(recent.socket.nextDeadline() <= recent.clock.steadyNow());
        recent.socket.tick();
        QCOMPARE(recent.effects(), QStringList{QStringLiteral("send 09")});
        recent.socket.receive(hex("0a"));
        QCOMPARE(recent.effects(), QStringList());
    }

    void whatIsNoHocuspocusIsClosedAsUnauthorized_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing") << QByteArray() << 4401;
        QTest::newRow("a name that ends early") << QByteArray("05 64 6f 63") << 4401;
        QTest::newRow("no UTF-8") << QByteArray("02 ff ff 02 00 00") << 4401;
        QTest::newRow("y-websocket") << QByteArray("00 00 01 00") << 4401;
        QTest::newRow("a name without a message") << QByteArray("03 64 6f 63") << 4400;
        QTest::newRow("a token that ends early") << QByteArray("03 64 6f 63 02 00 09 74") << 4400;
    }

    void whatIsNoHocuspocusIsClosedAsUnauthorized()
    {
        QFETCH(QByteArray, frame);
        QFETCH(int, code);
        Peer peer;
        peer.socket.receive(hex(std::string_view(frame.constData())));
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("close %1").arg(code)});
        peer.socket.receive(token(kDoc));
        QCOMPARE(peer.effects(), QStringList());
    }

    void whatWaitsForATokenIsBounded()
    {
        Peer messages;
        for (std::size_t i = 0; i < HocuspocusSocket::kMaxWaitingMessages; ++i)
            messages.socket.receive(step1(kDoc));
        QCOMPARE(messages.effects(), QStringList());
        messages.socket.receive(step1("another"));
        QCOMPARE(messages.effects(), QStringList{QStringLiteral("close 4429")});

        Peer bytes;
        const Bytes half = encodeSyncUpdate(Bytes(HocuspocusSocket::kMaxWaitingBytes / 2));
        bytes.socket.receive(writeFrame("a", Wrapped{half}));
        QCOMPARE(bytes.effects(), QStringList());
        bytes.socket.receive(writeFrame("b", Wrapped{half}));
        QCOMPARE(bytes.effects(), QStringList{QStringLiteral("close 4429")});

        Peer documents;
        for (std::size_t i = 0; i < HocuspocusSocket::kMaxWaitingDocuments; ++i)
            documents.socket.receive(token("d" + std::to_string(i)));
        static_cast<void>(documents.socket.takeEffects());
        documents.socket.receive(token("one more"));
        QCOMPARE(documents.effects(), QStringList{QStringLiteral("close 4429")});
    }

    void whatWasLetInNoLongerCountsAsWaiting()
    {
        Peer peer;
        for (int round = 0; round < 5; ++round) {
            const std::string address = "d" + std::to_string(round);
            for (std::size_t i = 0; i < HocuspocusSocket::kMaxWaitingMessages; ++i)
                peer.socket.receive(step1(address));
            peer.open(address);
        }
        // Also what was denied, and what was closed before it was let in.
        for (int round = 0; round < 5; ++round) {
            for (std::size_t i = 0; i < HocuspocusSocket::kMaxWaitingMessages; ++i)
                peer.socket.receive(step1(kDoc));
            if (round % 2 == 0)
                peer.socket.receive(writeFrame(kDoc, hocuspocus::Close{}));
            else
                peer.socket.deny(kDoc, "no");
        }
        for (const QString &effect : peer.effects())
            QVERIFY2(!effect.startsWith(QStringLiteral("close")), qPrintable(effect));
    }

    void aSocketWithoutADocumentIsClosedHoweverMuchItSays()
    {
        Peer peer;
        const auto end = peer.clock.steadyNow() + HocuspocusSocket::kDocumentDeadline;
        QVERIFY(peer.socket.nextDeadline() == end);
        peer.clock.advance(std::chrono::seconds(59));
        peer.socket.receive(step1(kDoc));
        peer.socket.tick();
        QCOMPARE(peer.effects(), QStringList());
        peer.clock.advance(std::chrono::seconds(1));
        peer.socket.tick();
        QCOMPARE(peer.effects(), QStringList{QStringLiteral("close 4408")});

        Peer later;
        later.open();
        later.clock.advance(std::chrono::hours(1));
        later.socket.tick();
        later.socket.receive(writeFrame(kDoc, hocuspocus::Close{}));
        static_cast<void>(later.socket.takeEffects());
        later.clock.advance(std::chrono::seconds(60));
        later.socket.tick();
        QCOMPARE(later.effects(), QStringList{QStringLiteral("close 4408")});
    }
};

QTEST_APPLESS_MAIN(HocuspocusTest)
#include "hocuspocus_test.moc"
