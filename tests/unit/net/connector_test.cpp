#include "libsync/net/client_connector.h"
#include "libsync/net/listener.h"
#include "libsync/net/subprotocol.h"

#include <QSignalSpy>
#include <QTest>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;
using State = ClientConnector::State;

namespace {

struct Server {
    Server() : listener([this](const Request &request) { return route(request.head); }) {}

    Verdict route(const RequestHead &head)
    {
        lastHead = head;
        if (isClosed || head.path != "/r/open") {
            return HttpReply{404, "nothing here\n"};
        }
        return Upgrade{[this](WebSocketChannel *channel) {
            channel->setParent(&listener);
            channels.append(channel);
        }};
    }

    bool listen(quint16 port = 0)
    {
        return listener.listen(QHostAddress(QHostAddress::LocalHost), port).has_value();
    }

    bool isClosed = false;
    RequestHead lastHead;
    Listener listener;
    QList<WebSocketChannel *> channels;
};

ConnectorOptions quick()
{
    ConnectorOptions options;
    options.smallestDelay = 5ms;
    options.largestDelay = 40ms;
    return options;
}

bool isFinal(int code)
{
    return code >= 4400 && code < 4500;
}

RoomAddress at(quint16 port, const QString &room = QStringLiteral("open"))
{
    return parseRoomAddress(QStringLiteral("cowrite://127.0.0.1:%1/r/%2").arg(port).arg(room))
        .value();
}

} // namespace

class ConnectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesPassBothWays();
    void anInvitationIsOfferedAsASubprotocol();
    void itComesBackAfterTheServerDid();
    void closeCodesOfTheServerDecideWhetherItComesBack_data();
    void closeCodesOfTheServerDecideWhetherItComesBack();
    void aDeclinedUpgradeIsFinalAndSaysWhy();
    void whatWasThereOnceIsTriedAgain();
    void unknownNamesAndClosedPortsGiveSentences();
    void whatFailsAtOnceIsReportedLikeAnyFailure_data();
    void whatFailsAtOnceIsReportedLikeAnyFailure();
    void connectNowDoesNotWait();
    void stoppingSaysGoodbye();

private:
    SystemClock m_clock;
    SeededRng m_rng{7};
};

void ConnectorTest::messagesPassBothWays()
{
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy opened(&client, &ClientConnector::opened);
    client.start(at(server.listener.port()));
    QCOMPARE(client.state(), State::Connecting);
    QTRY_COMPARE(opened.size(), 1);
    QTRY_COMPARE(server.channels.size(), 1);
    QVERIFY(client.speaksCowrite());
    QSignalSpy there(server.channels.first(), &WebSocketChannel::received);
    QSignalSpy here(&client, &ClientConnector::received);
    QVERIFY(client.send(viewOf("a")));
    QTRY_COMPARE(there.size(), 1);
    QVERIFY(server.channels.first()->send(viewOf("b")));
    QTRY_COMPARE(here.size(), 1);
}

void ConnectorTest::anInvitationIsOfferedAsASubprotocol()
{
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    RoomAddress address = at(server.listener.port());
    address.token = QStringLiteral("AQFjYW5hcnk_-8");
    client.start(address);
    QTRY_COMPARE(server.channels.size(), 1);
    QTRY_VERIFY(client.speaksCowrite());
    QVERIFY(server.lastHead.header("Sec-WebSocket-Protocol")
                .endsWith("cowrite.v1, cowrite.token.AQFjYW5hcnk_-8"));
    QVERIFY(!server.lastHead.path.contains("canary") && server.lastHead.query.isEmpty());
    QVERIFY(!server.channels.first()->url().toString().contains(address.token));
    QCOMPARE(server.channels.first()->subprotocol(), QLatin1String(kCowriteProtocol));
}

void ConnectorTest::itComesBackAfterTheServerDid()
{
    auto server = std::make_unique<Server>();
    QVERIFY(server->listen());
    const quint16 port = server->listener.port();
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy opened(&client, &ClientConnector::opened);
    QSignalSpy closed(&client, &ClientConnector::closed);
    client.start(at(port));
    QTRY_COMPARE(opened.size(), 1);
    server.reset();
    QTRY_COMPARE(closed.size(), 1);
    QTRY_VERIFY(client.message().contains(QStringLiteral("Nothing answers")));
    server = std::make_unique<Server>();
    QVERIFY(server->listen(port));
    QTRY_COMPARE(opened.size(), 2);
    QVERIFY(client.message().isEmpty());
}

void ConnectorTest::closeCodesOfTheServerDecideWhetherItComesBack_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("comesBack");
    QTest::newRow("going away") << 1001 << true;
    QTest::newRow("reset") << 4205 << true;
    QTest::newRow("malformed") << 4400 << false;
    QTest::newRow("too many") << 4499 << false;
}

void ConnectorTest::closeCodesOfTheServerDecideWhetherItComesBack()
{
    QFETCH(int, code);
    QFETCH(bool, comesBack);
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy opened(&client, &ClientConnector::opened);
    client.start(at(server.listener.port()));
    QTRY_COMPARE(server.channels.size(), 1);
    QTRY_COMPARE(opened.size(), 1);
    server.channels.first()->close(code, QStringLiteral("Because."));
    if (comesBack) {
        QTRY_COMPARE(opened.size(), 2);
    } else {
        QTRY_COMPARE(client.state(), State::Refused);
        QCOMPARE(client.message(), QStringLiteral("Because."));
        client.connectNow();
        QTRY_COMPARE(opened.size(), 2);
    }
}

void ConnectorTest::aDeclinedUpgradeIsFinalAndSaysWhy()
{
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    client.start(at(server.listener.port(), QStringLiteral("gone")));
    QTRY_COMPARE(client.state(), State::Refused);
    QVERIFY2(client.message().contains(QStringLiteral("has no document at this address")),
             qPrintable(client.message()));
}

void ConnectorTest::whatWasThereOnceIsTriedAgain()
{
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy opened(&client, &ClientConnector::opened);
    client.start(at(server.listener.port()));
    QTRY_COMPARE(server.channels.size(), 1);
    QTRY_COMPARE(opened.size(), 1);
    server.isClosed = true;
    server.channels.first()->close(1001, {});
    QTRY_VERIFY(client.message().contains(QStringLiteral("has no document at this address")));
    server.isClosed = false;
    QTRY_COMPARE(opened.size(), 2);
}

void ConnectorTest::unknownNamesAndClosedPortsGiveSentences()
{
    quint16 closedPort = 0;
    {
        Server server;
        QVERIFY(server.listen());
        closedPort = server.listener.port();
    }
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    client.start(at(closedPort));
    QTRY_COMPARE(client.state(), State::Waiting);
    QCOMPARE(client.message(),
             QStringLiteral("Nothing answers at 127.0.0.1:%1. Is the session still running?")
                 .arg(closedPort));
    QVERIFY(client.nextAttempt().has_value());

    ClientConnector lost(m_clock, m_rng, isFinal, quick());
    lost.start(
        parseRoomAddress(QStringLiteral("cowrite://no-such-computer.invalid:1/r/x")).value());
    QTRY_COMPARE_WITH_TIMEOUT(lost.state(), State::Waiting, 15'000);
    QVERIFY2(lost.message().contains(
                 QStringLiteral("There is no computer called “no-such-computer.invalid”")),
             qPrintable(lost.message()));
}

void ConnectorTest::whatFailsAtOnceIsReportedLikeAnyFailure_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("room");
    QTest::newRow("a line break in the room") << "127.0.0.1"
                                              << "a\r\nb";
    QTest::newRow("a zone that is not there") << "fe80::1%nozone"
                                              << "x";
    QTest::newRow("no host at all") << "not a host"
                                    << "x";
}

void ConnectorTest::whatFailsAtOnceIsReportedLikeAnyFailure()
{
    QFETCH(QString, host);
    QFETCH(QString, room);
    RoomAddress address;
    address.form = RoomAddress::Form::Plain;
    address.host = host;
    address.port = 1;
    address.room = room;
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy changed(&client, &ClientConnector::stateChanged);
    client.start(address);
    // Whoever called is not told before the call is over.
    QCOMPARE(client.state(), State::Connecting);
    QTRY_COMPARE(client.state(), State::Waiting);
    QVERIFY(!client.message().isEmpty());
    // It tries again: on the way, and waiting.
    changed.clear();
    QTRY_VERIFY(changed.size() >= 4);
    client.start(address);
    client.stop();
    QCoreApplication::processEvents();
    QCOMPARE(client.state(), State::Idle);
}

void ConnectorTest::connectNowDoesNotWait()
{
    quint16 port = 0;
    {
        Server server;
        QVERIFY(server.listen());
        port = server.listener.port();
    }
    ConnectorOptions slow;
    slow.smallestDelay = 1h;
    slow.largestDelay = 1h;
    ClientConnector client(m_clock, m_rng, isFinal, slow);
    client.start(at(port));
    QTRY_COMPARE(client.state(), State::Waiting);
    Server server;
    QVERIFY(server.listen(port));
    QSignalSpy opened(&client, &ClientConnector::opened);
    client.connectNow();
    QTRY_COMPARE(opened.size(), 1);
}

void ConnectorTest::stoppingSaysGoodbye()
{
    Server server;
    QVERIFY(server.listen());
    ClientConnector client(m_clock, m_rng, isFinal, quick());
    QSignalSpy opened(&client, &ClientConnector::opened);
    QSignalSpy closed(&client, &ClientConnector::closed);
    client.start(at(server.listener.port()));
    QTRY_COMPARE(opened.size(), 1);
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy gone(server.channels.first(), &WebSocketChannel::closed);
    client.stop();
    QCOMPARE(closed.size(), 1);
    QCOMPARE(client.state(), State::Idle);
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(gone.first().first().toInt(), kCloseNormal);
}

QTEST_GUILESS_MAIN(ConnectorTest)
#include "connector_test.moc"
