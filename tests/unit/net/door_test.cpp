#include "libsync/net/listener.h"
#include "tests/support/http_request.h"

#include <QSignalSpy>
#include <QTest>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;

namespace {

/// What a server may say, each at a path of its own.
struct Server {
    explicit Server(ListenerOptions options = {})
        : listener([this](const Request &request) { return route(request); }, options)
    {
        if (!listener.listen(QHostAddress(QHostAddress::LocalHost), 0)) {
            qFatal("cannot listen");
        }
    }

    Verdict route(const Request &request)
    {
        last = request;
        const QByteArray &path = request.head.path;
        if (path == "/limited") {
            return HttpReply{429, "later\n", "text/plain", {{"Retry-After", "7"}}};
        }
        if (path == "/asset") {
            return HttpReply{
                200, "body{}", "text/css", {{"ETag", "\"1\""}, {"Cache-Control", "max-age=9"}}};
        }
        if (path == "/unchanged") {
            return HttpReply{304, {}, {}, {{"ETag", "\"1\""}}};
        }
        if (path == "/echo") {
            return AnswerLater{16, [](const QByteArray &body, const Answer &answer) {
                                   answer(HttpReply{200, body});
                               }};
        }
        if (path == "/slow") {
            return AnswerLater{
                16, [this](const QByteArray &, const Answer &answer) { answers.append(answer); }};
        }
        if (path == "/events") {
            return StreamEvents{[this](EventStream *stream) {
                                    stream->setParent(&listener);
                                    streams.append(stream);
                                },
                                {{"X-Room", "plans"}}};
        }
        if (path == "/r/open") {
            return Upgrade{[](WebSocketChannel *channel) { channel->deleteLater(); }};
        }
        return HttpReply{404, "nothing here\n"};
    }

    QByteArray get(const QByteArray &path, const QByteArray &more = {}) const
    {
        return answerTo(getRequest(path, listener.port(), more), listener.port());
    }
    QByteArray post(const QByteArray &path, const QByteArray &body) const
    {
        return answerTo(postRequest(path, listener.port(), body), listener.port());
    }

    Request last;
    QList<Answer> answers;
    QList<EventStream *> streams;
    Listener listener;
};

/// A reader of the stream at `/events`.
struct Reader {
    explicit Reader(const Server &server, const QByteArray &more = {})
    {
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
        socket.write(getRequest("/events", server.listener.port(), more));
    }

    const QByteArray &text()
    {
        received += socket.readAll();
        return received;
    }

    QTcpSocket socket;
    QByteArray received;
};

} // namespace

class DoorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headersOfAReplyAreSent();
    void aReplySaysHowItMayBeKept();
    void headGetsTheHeadAlone();
    void theRouterIsToldWhoAsks();
    void methodsThatAreNotUnderstoodAreRefused();
    void aBodyIsWaitedForAndAnswered();
    void bodiesWithoutABoundAreRefused_data();
    void bodiesWithoutABoundAreRefused();
    void aBodyThatDoesNotComeIsDroppedAtItsDeadline();
    void anAnswerMayComeLater();
    void anAnswerThatDoesNotComeIsServiceUnavailable();
    void anAnswerForAnAskerWhoHasGoneIsDropped();
    void eventsArriveWithIdAndType();
    void aReaderComesBackWithTheIdItHas();
    void heartbeatsKeepAStreamOpen();
    void aReaderThatDoesNotReadIsCut();
    void theEndOfAReaderIsNoticed();
    void aStreamThatIsClosedArrivesWhole();
    void aStreamIsOnlyForGet();
};

void DoorTest::headersOfAReplyAreSent()
{
    const Server server;
    const QByteArray answer = server.get("/limited");
    QVERIFY2(answer.startsWith("HTTP/1.1 429 Too Many Requests\r\n"), answer.constData());
    QVERIFY(answer.contains("\r\nRetry-After: 7\r\n"));
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
    QVERIFY(answer.endsWith("\r\n\r\nlater\n"));
}

void DoorTest::aReplySaysHowItMayBeKept()
{
    const Server server;
    QVERIFY(server.get("/limited").contains("\r\nCache-Control: no-store\r\n"));
    const QByteArray asset = server.get("/asset");
    QVERIFY(asset.contains("\r\nCache-Control: max-age=9\r\n"));
    QVERIFY(!asset.contains("no-store"));
    const QByteArray unchanged = server.get("/unchanged");
    QVERIFY(unchanged.startsWith("HTTP/1.1 304 Not Modified\r\n"));
    QVERIFY(!unchanged.contains("Content-Length"));
}

void DoorTest::headGetsTheHeadAlone()
{
    const Server server;
    for (const QByteArray &path : {QByteArray("/asset"), QByteArray("/echo")}) {
        QByteArray request = getRequest(path, server.listener.port());
        request.replace("GET", "HEAD");
        const QByteArray answer = answerTo(request, server.listener.port());
        QVERIFY2(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer.constData());
        QVERIFY(answer.contains("\r\nContent-Length: "));
        QVERIFY(answer.endsWith("\r\n\r\n"));
    }
}

void DoorTest::theRouterIsToldWhoAsks()
{
    const Server server;
    server.get("/asset?a=b", "Cookie: other=1; cowrite=abc\r\nAuthorization: Bearer x\r\n");
    QCOMPARE(server.last.peer, QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!server.last.isEncrypted);
    QCOMPARE(server.last.head.query, QByteArray("a=b"));
    QCOMPARE(server.last.head.cookie("cowrite"), QByteArray("abc"));
    QCOMPARE(server.last.head.cookie("cow"), QByteArray());
}

void DoorTest::methodsThatAreNotUnderstoodAreRefused()
{
    const Server server;
    QByteArray request = getRequest("/asset", server.listener.port());
    request.replace("GET", "DELETE");
    const QByteArray answer = answerTo(request, server.listener.port());
    QVERIFY(answer.startsWith("HTTP/1.1 405"));
    QVERIFY(answer.contains("\r\nAllow: GET, HEAD, POST\r\n"));
    QVERIFY(server.post("/r/open", {}).startsWith("HTTP/1.1 405"));
    QVERIFY(server.get("/r/open").startsWith("HTTP/1.1 426"));
}

void DoorTest::aBodyIsWaitedForAndAnswered()
{
    const Server server;
    QVERIFY(server.post("/echo", "all at once").endsWith("\r\n\r\nall at once"));

    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    const QByteArray request = postRequest("/echo", server.listener.port(), "in two pieces");
    socket.write(request.left(request.size() - 6));
    QTRY_COMPARE(server.last.head.path, QByteArray("/echo"));
    QVERIFY(socket.bytesAvailable() == 0);
    socket.write(request.right(6));
    QByteArray answer;
    QTRY_VERIFY((answer += socket.readAll()).endsWith("\r\n\r\nin two pieces"));

    QVERIFY(server.post("/echo", {}).contains("\r\nContent-Length: 0\r\n"));
}

void DoorTest::bodiesWithoutABoundAreRefused_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("no length") << QByteArray() << QByteArray("411");
    QTest::newRow("chunks") << QByteArray("Transfer-Encoding: chunked\r\n") << QByteArray("411");
    QTest::newRow("two lengths") << QByteArray("Content-Length: 1\r\nContent-Length: 2\r\n")
                                 << QByteArray("411");
    QTest::newRow("no number") << QByteArray("Content-Length: ten\r\n") << QByteArray("400");
    QTest::newRow("negative") << QByteArray("Content-Length: -1\r\n") << QByteArray("400");
    QTest::newRow("too long") << QByteArray("Content-Length: 17\r\n") << QByteArray("413");
    QTest::newRow("far too long") << QByteArray("Content-Length: 99999999999999999999\r\n")
                                  << QByteArray("400");
}

void DoorTest::bodiesWithoutABoundAreRefused()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, status);
    const Server server;
    QByteArray request = getRequest("/echo", server.listener.port(), headers);
    request.replace("GET", "POST");
    QCOMPARE(answerTo(request, server.listener.port()).left(12), QByteArray("HTTP/1.1 " + status));
}

void DoorTest::aBodyThatDoesNotComeIsDroppedAtItsDeadline()
{
    ListenerOptions options;
    options.handshakeDeadline = 100ms;
    const Server server(options);
    QByteArray request = postRequest("/echo", server.listener.port(), "0123456789");
    request.chop(1);
    QCOMPARE(answerTo(request, server.listener.port()), QByteArray());
}

void DoorTest::anAnswerMayComeLater()
{
    Server server;
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    socket.write(getRequest("/slow", server.listener.port()));
    QTRY_COMPARE(server.answers.size(), 1);
    server.answers.first()(HttpReply{202, "one\n"});
    server.answers.first()(HttpReply{200, "two\n"});
    QByteArray answer;
    QTRY_VERIFY((answer += socket.readAll()).endsWith("one\n"));
    QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(answer.startsWith("HTTP/1.1 202 Accepted\r\n"));
}

void DoorTest::anAnswerThatDoesNotComeIsServiceUnavailable()
{
    ListenerOptions options;
    options.answerDeadline = 100ms;
    Server server(options);
    QVERIFY(server.get("/slow").startsWith("HTTP/1.1 503"));
    server.answers.first()(HttpReply{});
}

void DoorTest::anAnswerForAnAskerWhoHasGoneIsDropped()
{
    Server server;
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress(QHostAddress::LocalHost), server.listener.port());
    socket->write(getRequest("/slow", server.listener.port()));
    QTRY_COMPARE(server.answers.size(), 1);
    socket.reset();
    // The next one is answered after the first one's end was seen.
    QVERIFY(server.get("/asset").startsWith("HTTP/1.1 200"));
    server.answers.first()(HttpReply{});
}

void DoorTest::eventsArriveWithIdAndType()
{
    Server server;
    Reader reader(server);
    QTRY_COMPARE(server.streams.size(), 1);
    EventStream &stream = *server.streams.first();
    QVERIFY(stream.sendRetry(2s));
    QVERIFY(stream.send("7", "chat", "one\ntwo\r\nthree"));
    QVERIFY(stream.send({}, {}, "{}"));
    QTRY_VERIFY(reader.text().endsWith("\r\n\r\nretry: 2000\n\n"
                                       "id: 7\nevent: chat\ndata: one\ndata: two\ndata: three\n\n"
                                       "data: {}\n\n"));
    QVERIFY(reader.text().startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(reader.text().contains("\r\nContent-Type: text/event-stream\r\n"));
    QVERIFY(reader.text().contains("\r\nX-Room: plans\r\n"));
    QVERIFY(!reader.text().contains("Content-Length"));
}

void DoorTest::aReaderComesBackWithTheIdItHas()
{
    Server server;
    const Reader reader(server, "Last-Event-ID: 41\r\n");
    QTRY_COMPARE(server.streams.size(), 1);
    QCOMPARE(server.last.head.header("Last-Event-ID"), QByteArray("41"));
}

void DoorTest::heartbeatsKeepAStreamOpen()
{
    ListenerOptions options;
    options.events.heartbeat = 10ms;
    Server server(options);
    Reader reader(server);
    QTRY_VERIFY(reader.text().count(":\n\n") > 3);
    QVERIFY(server.streams.first()->isOpen());
}

void DoorTest::aReaderThatDoesNotReadIsCut()
{
    Server server;
    Reader reader(server);
    reader.socket.setReadBufferSize(1024);
    QTRY_COMPARE(server.streams.size(), 1);
    EventStream &stream = *server.streams.first();
    QSignalSpy closed(&stream, &EventStream::closed);
    const QByteArray data(64 * 1024, 'x');
    // The kernel takes a few megabytes before anything piles up here.
    for (int i = 0; i < 1024 && stream.send("1", {}, data); ++i) {
    }
    QCOMPARE(closed.size(), 1);
    QVERIFY(!stream.isOpen());
    QVERIFY(!stream.send("2", {}, "late"));
}

void DoorTest::theEndOfAReaderIsNoticed()
{
    Server server;
    auto reader = std::make_unique<Reader>(server);
    QTRY_COMPARE(server.streams.size(), 1);
    QSignalSpy closed(server.streams.first(), &EventStream::closed);
    reader.reset();
    QTRY_COMPARE(closed.size(), 1);
}

void DoorTest::aStreamThatIsClosedArrivesWhole()
{
    Server server;
    Reader reader(server);
    QTRY_COMPARE(server.streams.size(), 1);
    EventStream &stream = *server.streams.first();
    QSignalSpy closed(&stream, &EventStream::closed);
    QVERIFY(stream.send("1", {}, QByteArray(100'000, 'x')));
    stream.close();
    QVERIFY(!stream.send("2", {}, "late"));
    QTRY_COMPARE(closed.size(), 1);
    QTRY_VERIFY(reader.text().endsWith("xxx\n\n"));
}

void DoorTest::aStreamIsOnlyForGet()
{
    const Server server;
    QVERIFY(server.post("/events", {}).startsWith("HTTP/1.1 405"));
    QByteArray request = getRequest("/events", server.listener.port());
    request.replace("GET", "HEAD");
    QVERIFY(answerTo(request, server.listener.port())
                .contains("\r\nContent-Type: text/event-stream\r\n"));
    QVERIFY(server.streams.isEmpty());
}

QTEST_GUILESS_MAIN(DoorTest)
#include "door_test.moc"
