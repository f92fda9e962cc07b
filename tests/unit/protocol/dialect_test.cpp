#include "libsync/base/overloaded.h"
#include "libsync/protocol/server_line.h"
#include "machine_peer.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using cowrite::test::hex;

namespace {

QString describe(const ServerLine::Effect &effect)
{
    return std::visit(
        Overloaded{
            [](const ServerLine::Ready &ready) {
                return ready.hasAsked ? QStringLiteral("ready, asked") : QStringLiteral("ready");
            },
            [](const Translator::Send &send) {
                return QStringLiteral("send ") + QString::fromLatin1(hex(send.frame));
            },
            [](const Translator::Hear &hear) {
                return QStringLiteral("hear ") + QString::fromLatin1(hex(hear.message));
            },
            [](const Translator::Admitted &admitted) {
                return admitted.scope == hocuspocus::Scope::ReadWrite
                           ? QStringLiteral("admitted")
                           : QStringLiteral("admitted to read");
            },
            [](const Translator::Denied &denied) {
                return QStringLiteral("denied ") + QString::fromStdString(denied.reason);
            },
            [](const Translator::Ended &ended) {
                return ended.isOtherDialect ? QStringLiteral("another dialect")
                                            : QStringLiteral("ended");
            },
        },
        effect);
}

QStringList describe(const ServerLine::Effects &effects)
{
    QStringList lines;
    for (const ServerLine::Effect &effect : effects)
        lines.append(describe(effect));
    return lines;
}

constexpr const char *kQuestion = "00 00 01 00";
constexpr const char *kToken = "03 64 6f 63 02 00 03 74 6f 6b";
constexpr const char *kAdmitted = "03 64 6f 63 02 02 0a 72 65 61 64 2d 77 72 69 74 65";

struct Client {
    explicit Client(std::optional<Dialect> dialect = {})
    {
        line.setServer({"doc", "tok", dialect});
    }
    QStringList open() { return describe(line.opened(hex(kQuestion))); }
    QStringList receive(const char *frame)
    {
        const Bytes bytes = hex(frame);
        return describe(line.receive(bytes));
    }
    QStringList say(const char *message)
    {
        const Bytes bytes = hex(message);
        return describe(line.say(bytes));
    }

    ManualClock clock;
    ServerLine line{clock};
};

QString sent(const char *frame)
{
    return QStringLiteral("send ") + QLatin1String(frame);
}

} // namespace

class DialectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aServerThatSpeaksFirstSpeaksYWebsocket()
    {
        Client client;
        QCOMPARE(client.open(), QStringList{sent(kQuestion)});
        QVERIFY(client.line.isProbing());
        QCOMPARE(client.receive("00 00 01 00"),
                 (QStringList{QStringLiteral("ready, asked"), QStringLiteral("hear 00 00 01 00")}));
        QVERIFY(client.line.dialect() == Dialect::YWebsocket);
        QVERIFY(client.line.isTransparent());
        QVERIFY(client.line.acknowledgements() == Acknowledgements::Off);
        // The next connection need not find out.
        client.line.closed();
        QCOMPARE(client.open(), QStringList{QStringLiteral("ready")});
    }

    void aSilentServerIsAskedInHocuspocusToo()
    {
        Client client;
        static_cast<void>(client.open());
        QCOMPARE(describe(client.line.tick()), QStringList());
        client.clock.advance(ServerLine::kProbeDelay);
        QCOMPARE(describe(client.line.tick()), QStringList{sent(kToken)});
        QCOMPARE(describe(client.line.tick()), QStringList());
        QCOMPARE(client.receive(kAdmitted),
                 (QStringList{QStringLiteral("ready"), QStringLiteral("admitted")}));
        QVERIFY(client.line.dialect() == Dialect::Hocuspocus);
        QVERIFY(client.line.acknowledgements() == Acknowledgements::Received);
        client.line.closed();
        QCOMPARE(client.open(), (QStringList{sent(kToken), QStringLiteral("ready")}));
    }

    void aSlowServerOfYWebsocketIsUnderstoodAfterTheToken()
    {
        Client client;
        static_cast<void>(client.open());
        client.clock.advance(ServerLine::kProbeDelay);
        static_cast<void>(client.line.tick());
        QCOMPARE(client.receive("00 01 02 00 00").first(), QStringLiteral("ready, asked"));
        QVERIFY(client.line.dialect() == Dialect::YWebsocket);
    }

    void aServerThatHangsUpIsAskedTheOtherWayRound()
    {
        Client client;
        static_cast<void>(client.open());
        QVERIFY(client.line.triesOtherwise());
        client.line.closed();
        QCOMPARE(client.open(), QStringList{sent(kToken)});
        client.clock.advance(ServerLine::kProbeDelay);
        QCOMPARE(describe(client.line.tick()), QStringList{sent(kQuestion)});
        // A server that hangs up on both means it.
        QVERIFY(!client.line.triesOtherwise());
        client.line.closed();
        QCOMPARE(client.open(), QStringList{sent(kQuestion)});
        static_cast<void>(client.receive("01 01 00"));
        QVERIFY(!client.line.triesOtherwise());
    }

    void aServerThatWasReplacedByOneOfAnotherDialectIsFoundOutAgain()
    {
        Client client(Dialect::Hocuspocus);
        static_cast<void>(client.open());
        QCOMPARE(client.receive("00 00 01 00"), QStringList{QStringLiteral("another dialect")});
        client.line.forgetDialect();
        client.line.closed();
        QCOMPARE(client.open(), QStringList{sent(kQuestion)});
    }

    void aServerThatHasGoneSilentMayHaveGotAnotherDialect()
    {
        Client client(Dialect::YWebsocket);
        static_cast<void>(client.open());
        client.clock.advance(ServerLine::kSilence);
        QCOMPARE(describe(client.line.tick()), QStringList{QStringLiteral("another dialect")});

        Client heard(Dialect::YWebsocket);
        static_cast<void>(heard.open());
        QVERIFY(!heard.line.isTransparent());
        static_cast<void>(heard.receive("00 00 01 00"));
        QVERIFY(heard.line.isTransparent());
        heard.clock.advance(ServerLine::kSilence);
        QCOMPARE(describe(heard.line.tick()), QStringList());

        // One that can speak no other may take its time.
        Client certain;
        certain.line.setDialect(Dialect::YWebsocket);
        static_cast<void>(certain.open());
        QVERIFY(certain.line.isTransparent());
        certain.clock.advance(ServerLine::kSilence);
        QCOMPARE(describe(certain.line.tick()), QStringList());
        certain.line.forgetDialect();
        QVERIFY(certain.line.dialect() == Dialect::YWebsocket);
    }

    void everyMessageOfHocuspocusIsUnderstood()
    {
        Client client(Dialect::Hocuspocus);
        static_cast<void>(client.open());
        QCOMPARE(client.say("00 00 01 00"), QStringList{sent("03 64 6f 63 00 00 01 00")});
        QCOMPARE(client.receive("03 64 6f 63 00 00 01 00"),
                 QStringList{QStringLiteral("hear 00 00 01 00")});
        QCOMPARE(client.receive("03 64 6f 63 01 01 00"),
                 QStringList{QStringLiteral("hear 01 01 00")});
        QCOMPARE(client.receive("03 64 6f 63 02 00"), QStringList{sent(kToken)});
        QCOMPARE(client.receive("03 64 6f 63 02 01 02 6e 6f"),
                 QStringList{QStringLiteral("denied no")});
        QCOMPARE(client.receive("03 64 6f 63 02 02 08 72 65 61 64 6f 6e 6c 79"),
                 QStringList{QStringLiteral("admitted to read")});
        QCOMPARE(client.receive("03 64 6f 63 07 03 65 6e 64"),
                 QStringList{QStringLiteral("ended")});
        QCOMPARE(client.receive("09"), QStringList{sent("0a")});
        // Another document's, words of applications, and what is new.
        for (const char *frame :
             {"03 6f 64 64 01 01 00", "03 64 6f 63 05 02 68 69", "03 64 6f 63 63 01"})
            QCOMPARE(client.receive(frame), QStringList());
    }

    void aSyncStatusConfirmsOneMessageThatWasSent()
    {
        Client client(Dialect::Hocuspocus);
        static_cast<void>(client.open());
        // More than was said is not confirmed.
        QCOMPARE(client.receive("03 64 6f 63 08 01"), QStringList());
        static_cast<void>(client.say("00 01 02 00 00"));
        static_cast<void>(client.say("00 02 02 00 00"));
        static_cast<void>(client.say("01 01 00"));
        QCOMPARE(client.receive("03 64 6f 63 08 01"), QStringList{QStringLiteral("hear 64 01")});
        QCOMPARE(client.receive("03 64 6f 63 08 00"),
                 QStringList{QStringLiteral("admitted to read")});
        static_cast<void>(client.say("00 02 02 00 00"));
        QCOMPARE(client.receive("03 64 6f 63 08 01"),
                 QStringList{QStringLiteral("admitted to read")});
    }

    // Conformance case 78.
    void aVersionThatYSweetSendsBackConfirmsWhatCameBeforeIt()
    {
        Client client(Dialect::YSweet);
        QCOMPARE(client.open(), QStringList{QStringLiteral("ready")});
        QCOMPARE(client.say("00 01 02 00 00"),
                 (QStringList{sent("00 01 02 00 00"), sent("66 01 01")}));
        QCOMPARE(client.say("00 02 02 00 00"),
                 (QStringList{sent("00 02 02 00 00"), sent("66 01 02")}));
        QCOMPARE(client.say("01 01 00"), QStringList{sent("01 01 00")});
        QCOMPARE(client.receive("66 01 01"), QStringList{QStringLiteral("hear 64 01")});
        QCOMPARE(client.receive("66 01 07"), QStringList());
        QCOMPARE(client.receive("66 01"), QStringList());
        QCOMPARE(client.receive("01 01 00"), QStringList{QStringLiteral("hear 01 01 00")});
    }

    void whatOnlyJupyterLabUnderstandsIsNoDenial()
    {
        Client client(Dialect::Jupyter);
        static_cast<void>(client.open());
        QCOMPARE(client.receive("02 00 02 6e 6f"), QStringList());
        QCOMPARE(client.receive("00 00 01 00"), QStringList{QStringLiteral("hear 00 00 01 00")});
        QCOMPARE(client.say("00 00 01 00"), QStringList{sent("00 00 01 00")});
    }

    void everyDialectHasANameThatLeadsBackToIt()
    {
        for (const Dialect dialect :
             {Dialect::YWebsocket, Dialect::Hocuspocus, Dialect::YSweet, Dialect::Jupyter})
            QVERIFY(dialectFromString(toString(dialect)) == dialect);
        QVERIFY(!dialectFromString("klingon"));
    }

    void whatAServerHasProcessedIsReceivedAndNotStored()
    {
        ManualClock clock;
        EditLedger ledger;
        test::MachinePeer client(Role::Client, 1, clock, &ledger);
        client.machine.opened(Acknowledgements::Received);
        client.machine.receive(hex(kQuestion));
        client.type(u"first");
        client.machine.receive(encodeAcknowledgement(2));
        QCOMPARE(ledger.received(), std::uint64_t{1});
        QCOMPARE(ledger.stored(), std::uint64_t{0});
        // One that takes no edits is sent none, and so confirms none.
        client.machine.setAccess(Access::View);
        client.skipEffects();
        client.type(u"second");
        client.machine.receive(hex(kQuestion));
        QVERIFY(test::frames(client.machine.takeEffects()).empty());
        QCOMPARE(ledger.received(), std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(DialectTest)
#include "dialect_test.moc"
