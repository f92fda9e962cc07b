#include "libsync/net/listener.h"
#include "tests/support/http_request.h"

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;

namespace {

/// A server whose channels are kept until the test ends.
struct Server {
    explicit Server(ListenerOptions options = {})
        : listener([this](const Request &request) { return route(request.head); }, options)
    {
        if (!listener.listen(QHostAddress(QHostAddress::LocalHost), 0)) {
            qFatal("cannot listen");
        }
    }

    Verdict route(const RequestHead &head)
    {
        if (head.path == "/healthz") {
            return HttpReply{200, "ok\n"};
        }
        if (head.path == "/r/open") {
            token = head.offeredToken();
            return Upgrade{[this](WebSocketChannel *channel) {
                channel->setParent(&listener);
                channels.append(channel);
            }};
        }
        return HttpReply{404, "nothing here\n"};
    }

    QByteArray ask(const QByteArray &request) const { return answerTo(request, listener.port()); }
    QByteArray hostLine() const { return "Host: 127.0.0.1:" + QByteArray::number(listener.port()); }
    QUrl url(const QString &path) const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(listener.port()).arg(path));
    }

    Listener listener;
    QList<WebSocketChannel *> channels;
    QByteArray token;
};

QByteArray upgradeRequest(const Server &server)
{
    return "GET /r/open HTTP/1.1\r\n" + server.hostLine() +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

} // namespace

class ListenerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestsAreAnsweredBeforeAnyUpgrade_data();
    void requestsAreAnsweredBeforeAnyUpgrade();
    void aWebSocketComesThroughTheDoor();
    void ourSubprotocolIsPickedFromSeveral();
    void theTokenOfAnInvitationIsNeverEchoed();
    void anUnfinishedRequestIsDroppedAtItsDeadline();
    void halfOpenHandshakesDoNotKeepOthersOut();
    void whatIsPutOffArrivesInOrderAndBeforeTheEnd();
    void aCrowdThatComesAtOnceIsServed();
    void aPortInUseGivesASentence();
    void aPeerThatDoesNotReadIsCut();
    void aMessageThatIsNotFinishedIsCut();
    void aMessageBeyondTheLimitIsClosedWithTooBig();
    void textMessagesAreNotUnderstood();
    void silenceIsNoticed();
};

void ListenerTest::requestsAreAnsweredBeforeAnyUpgrade_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("health") << QByteArray("GET /healthz HTTP/1.1\r\n@\r\n\r\n")
                            << QByteArray("200");
    QTest::newRow("unknown") << QByteArray("GET /x HTTP/1.1\r\n@\r\n\r\n") << QByteArray("404");
    QTest::newRow("post") << QByteArray("POST /r/open HTTP/1.1\r\n@\r\n\r\n") << QByteArray("405");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01 hello\r\n\r\n") << QByteArray("400");
    QTest::newRow("no upgrade") << QByteArray("GET /r/open HTTP/1.1\r\n@\r\n\r\n")
                                << QByteArray("426");
    QTest::newRow("too long") << QByteArray("GET / HTTP/1.1\r\n@\r\nX: " + QByteArray(17'000, 'a'))
                              << QByteArray("431");
    QTest::newRow("foreign origin")
        << QByteArray("GET /r/open HTTP/1.1\r\n@\r\nOrigin: https://example.com\r\n\r\n")
        << QByteArray("403");
    QTest::newRow("rebound host") << QByteArray("GET /r/open HTTP/1.1\r\nHost: example.com\r\n\r\n")
                                  << QByteArray("403");
}

void ListenerTest::requestsAreAnsweredBeforeAnyUpgrade()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    const Server server;
    request.replace("@", server.hostLine());
    const QByteArray answer = server.ask(request);
    QCOMPARE(answer.left(12), QByteArray("HTTP/1.1 " + status));
    QVERIFY(server.channels.isEmpty());
}

void ListenerTest::aWebSocketComesThroughTheDoor()
{
    Server server;
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    client.open(server.url(QStringLiteral("/r/open")));
    QVERIFY(connected.wait());
    QTRY_COMPARE(server.channels.size(), 1);
    WebSocketChannel &channel = *server.channels.first();
    QCOMPARE(channel.url().path(), QStringLiteral("/r/open"));

    QSignalSpy received(&channel, &WebSocketChannel::received);
    client.sendBinaryMessage("hello");
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received.first().first().toByteArray(), QByteArray("hello"));

    QSignalSpy answered(&client, &QWebSocket::binaryMessageReceived);
    QVERIFY(channel.send(viewOf("back")));
    QTRY_COMPARE(answered.size(), 1);

    QSignalSpy gone(&client, &QWebSocket::disconnected);
    QSignalSpy closed(&channel, &WebSocketChannel::closed);
    channel.close(4403, QStringLiteral("no"));
    QTRY_COMPARE(gone.size(), 1);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(static_cast<int>(client.closeCode()), 4403);
    QVERIFY(!channel.send(viewOf("late")));
}

void ListenerTest::ourSubprotocolIsPickedFromSeveral()
{
    Server server;
    QWebSocket client;
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("yjs"), QStringLiteral("cowrite.v1")});
    client.open(server.url(QStringLiteral("/r/open")), options);
    QTRY_COMPARE(server.channels.size(), 1);
    QTRY_COMPARE(client.subprotocol(), QStringLiteral("cowrite.v1"));
    QCOMPARE(server.channels.first()->subprotocol(), QStringLiteral("cowrite.v1"));

    QWebSocket plain;
    plain.open(server.url(QStringLiteral("/r/open")));
    QTRY_COMPARE(server.channels.size(), 2);
    QCOMPARE(server.channels.last()->subprotocol(), QString());
}

void ListenerTest::theTokenOfAnInvitationIsNeverEchoed()
{
    Server server;
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    QByteArray request = upgradeRequest(server);
    request.chop(2);
    client.write(request + "Sec-WebSocket-Protocol: cowrite.token.c2VjcmV0, cowrite.v1\r\n\r\n");
    QTRY_COMPARE(server.channels.size(), 1);
    QCOMPARE(server.token, QByteArray("c2VjcmV0"));
    QByteArray answer;
    QTRY_VERIFY((answer += client.readAll()).contains("\r\n\r\n"));
    QVERIFY(answer.contains("Sec-WebSocket-Protocol: cowrite.v1\r\n"));
    QVERIFY(!answer.contains("c2VjcmV0"));

    // Who offers only a token agrees on nothing.
    QTcpSocket other;
    other.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    other.write(request + "Sec-WebSocket-Protocol: cowrite.token.c2VjcmV0\r\n\r\n");
    QTRY_COMPARE(server.channels.size(), 2);
    QByteArray second;
    QTRY_VERIFY((second += other.readAll()).contains("\r\n\r\n"));
    QVERIFY(!second.contains("Sec-WebSocket-Protocol"));
}

void ListenerTest::anUnfinishedRequestIsDroppedAtItsDeadline()
{
    ListenerOptions options;
    options.handshakeDeadline = 100ms;
    const Server server(options);
    QCOMPARE(server.ask("GET /r/open HTTP/1.1\r\nHost: "), QByteArray());
    QCOMPARE(server.ask(QByteArray()), QByteArray());
}

void ListenerTest::halfOpenHandshakesDoNotKeepOthersOut()
{
    ListenerOptions options;
    options.maxPendingHeads = 20;
    Server server(options);
    std::vector<std::unique_ptr<QTcpSocket>> idle;
    for (int i = 0; i < 100; ++i) {
        idle.push_back(std::make_unique<QTcpSocket>());
        idle.back()->connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
        idle.back()->write("GET /r/open");
    }
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    client.open(server.url(QStringLiteral("/r/open")));
    QVERIFY(connected.wait(1000));
}

void ListenerTest::whatIsPutOffArrivesInOrderAndBeforeTheEnd()
{
    Server server;
    QWebSocket client;
    QSignalSpy received(&client, &QWebSocket::binaryMessageReceived);
    QSignalSpy gone(&client, &QWebSocket::disconnected);
    client.open(server.url(QStringLiteral("/r/open")));
    QTRY_COMPARE(server.channels.size(), 1);
    WebSocketChannel &channel = *server.channels.first();
    // Lengths on both sides of those where the head of a frame grows, and one that is sent at once.
    QList<QByteArray> messages;
    for (const int size : {0, 1, 125, 126, 127, 65'535, 65'536, 300'000, 2, 3}) {
        messages.append(QByteArray(size, static_cast<char>('a' + messages.size())));
        QVERIFY(channel.send(viewOf(messages.last())));
    }
    channel.close(4400, QStringLiteral("over"));
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(received.size(), messages.size());
    for (qsizetype i = 0; i < messages.size(); ++i) {
        QVERIFY2(received.at(i).first().toByteArray() == messages.at(i),
                 qPrintable(QString::number(i)));
    }
    QCOMPARE(static_cast<int>(client.closeCode()), 4400);
}

void ListenerTest::aCrowdThatComesAtOnceIsServed()
{
    ListenerOptions options;
    options.maxPendingHeads = 20;
    Server server(options);
    // By the kernel alone: the loop of this thread, which is the server's too, stands still.
    std::vector<int> crowd;
    const QByteArray request = upgradeRequest(server);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.listener.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < 100; ++i) {
        crowd.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        QCOMPARE(::connect(crowd.back(), reinterpret_cast<sockaddr *>(&address), sizeof address),
                 0);
        QCOMPARE(::send(crowd.back(), request.constData(), static_cast<std::size_t>(request.size()),
                        MSG_NOSIGNAL),
                 static_cast<ssize_t>(request.size()));
    }
    QTRY_COMPARE(server.channels.size(), 100);
    for (const int descriptor : crowd) {
        ::close(descriptor);
    }
}

void ListenerTest::aPortInUseGivesASentence()
{
    const Server first;
    Listener second([](const Request &) { return HttpReply{}; });
    const auto result = second.listen(QHostAddress(QHostAddress::LocalHost), first.listener.port());
    QVERIFY(!result.has_value());
    QVERIFY(result.error().code == ErrorCode::Busy);
    QVERIFY(QString::fromStdString(result.error().message)
                .contains(QStringLiteral("in use by another program")));
}

void ListenerTest::aPeerThatDoesNotReadIsCut()
{
    ListenerOptions options;
    options.channel.maxUnsentBytes = 1 << 20;
    Server server(options);
    QTcpSocket client;
    client.setReadBufferSize(1024);
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    client.write(upgradeRequest(server));
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy closed(server.channels.first(), &WebSocketChannel::closed);
    const QByteArray message(64 * 1024, 'x');
    // The kernel takes a few megabytes before anything piles up here.
    for (int i = 0; i < 1024 && closed.isEmpty(); ++i) {
        server.channels.first()->send(viewOf(message));
    }
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().first().toInt(), kCloseAbnormal);
}

void ListenerTest::aMessageThatIsNotFinishedIsCut()
{
    ListenerOptions options;
    options.channel.partialMessageDeadline = 100ms;
    Server server(options);
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    client.write(upgradeRequest(server));
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy closed(server.channels.first(), &WebSocketChannel::closed);
    // A masked binary frame of 100 bytes, of which only two come.
    client.write(QByteArray::fromHex("82e400000000") + "ab");
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed.first().last().toString(),
             QStringLiteral("A message was begun and not finished."));
}

void ListenerTest::aMessageBeyondTheLimitIsClosedWithTooBig()
{
    ListenerOptions options;
    options.channel.maxMessageBytes = 1000;
    Server server(options);
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    client.write(upgradeRequest(server));
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy closed(server.channels.first(), &WebSocketChannel::closed);
    // A frame that declares 1 GB: 82 ff, then the length in 8 bytes, then the mask.
    client.write(QByteArray::fromHex("82ff000000004000000000000000"));
    QByteArray answer;
    QTRY_VERIFY((answer += client.readAll()).contains(QByteArray::fromHex("03f1"))); // 1009
    QTRY_COMPARE(closed.size(), 1);
}

void ListenerTest::textMessagesAreNotUnderstood()
{
    Server server;
    QWebSocket client;
    QSignalSpy connected(&client, &QWebSocket::connected);
    QSignalSpy gone(&client, &QWebSocket::disconnected);
    client.open(server.url(QStringLiteral("/r/open")));
    QVERIFY(connected.wait());
    client.sendTextMessage(QStringLiteral("hello"));
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(static_cast<int>(client.closeCode()), kCloseUnsupportedData);
}

void ListenerTest::silenceIsNoticed()
{
    ListenerOptions options;
    options.channel.pingInterval = 20ms;
    options.channel.silenceLimit = 150ms;
    Server server(options);
    QTcpSocket silent;
    silent.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    silent.write(upgradeRequest(server));
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy closed(server.channels.first(), &WebSocketChannel::closed);
    QTRY_COMPARE(closed.size(), 1);

    // Whoever answers pings stays, and the round trip is known.
    QWebSocket client;
    client.open(server.url(QStringLiteral("/r/open")));
    QTRY_COMPARE(server.channels.size(), 2);
    QSignalSpy measured(server.channels.last(), &WebSocketChannel::roundTripMeasured);
    QTRY_VERIFY(measured.size() > 10);
    QVERIFY(server.channels.last()->isOpen());
    QVERIFY(server.channels.last()->roundTrip().has_value());
}

QTEST_GUILESS_MAIN(ListenerTest)
#include "listener_test.moc"
