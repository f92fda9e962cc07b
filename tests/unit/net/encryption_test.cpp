#include "libsync/net/client_connector.h"
#include "libsync/net/listener.h"
#include "tests/support/http_request.h"

#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QWebSocket>

using namespace cowrite;
using namespace cowrite::net;
using namespace std::chrono_literals;

namespace {

/// A server that says whether a request came encrypted.
struct Server {
    explicit Server(ListenerOptions options = {})
        : certificate(makeCertificate().value()),
          listener([this](const Request &request) { return route(request); }, options)
    {
        if (!listener.setCertificate(certificate) ||
            !listener.listen(QHostAddress(QHostAddress::LocalHost), 0)) {
            qFatal("cannot listen");
        }
    }

    Verdict route(const Request &request)
    {
        ++requests;
        if (request.head.path == "/events") {
            return StreamEvents{[this](EventStream *stream) {
                                    stream->setParent(&listener);
                                    streams.append(stream);
                                },
                                {}};
        }
        if (request.head.path == "/r/open") {
            return Upgrade{[this](WebSocketChannel *channel) {
                channel->setParent(&listener);
                channels.append(channel);
            }};
        }
        return HttpReply{200, request.isEncrypted ? "encrypted" : "plain"};
    }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("wss://127.0.0.1:%1/r/open").arg(listener.port()));
    }

    Certificate certificate;
    Listener listener;
    QList<WebSocketChannel *> channels;
    QList<EventStream *> streams;
    int requests = 0;
};

/// Somebody who believes every certificate.
struct Guest {
    explicit Guest(const Server &server, QSsl::SslProtocol protocol = QSsl::TlsV1_2OrLater)
    {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(protocol);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(tls);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.listener.port());
    }

    const QByteArray &text()
    {
        received += socket.readAll();
        return received;
    }

    QSslSocket socket;
    QByteArray received;
};

std::unique_ptr<QWebSocket> webSocketTo(const Server &server)
{
    auto client = std::make_unique<QWebSocket>();
    QObject::connect(client.get(), &QWebSocket::sslErrors, client.get(),
                     [socket = client.get()] { socket->ignoreSslErrors(); });
    client->open(server.url());
    return client;
}

} // namespace

class EncryptionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onePortServesBoth();
    void onlyTls12AndLaterIsSpoken_data();
    void onlyTls12AndLaterIsSpoken();
    void messagesOfAnySizePassBothWays();
    void aReaderThatDoesNotReadIsCut();
    void aReaderOfEventsThatDoesNotReadIsCut();
    void halfAGreetingIsDroppedAtItsDeadline();
    void anotherCertificateIsTakenWithoutARestart();
    void whatIsNoCertificateIsRefused();
    void aGuestWithThePinComesIn();
    void anotherKeyIsRefusedBeforeTheInvitationLeaves();
    void withoutAPinSomebodyMustVouch();
    void aPinWithoutEncryptionIsRefused();
    void aServerThatDoesNotEncryptIsRefused();

private:
    SystemClock m_clock;
    SeededRng m_rng{7};
};

void EncryptionTest::onePortServesBoth()
{
    const Server server;
    const QByteArray request = getRequest("/", server.listener.port());
    QVERIFY(answerTo(request, server.listener.port()).endsWith("\r\n\r\nplain"));
    Guest guest(server);
    guest.socket.write(request);
    QTRY_VERIFY(guest.text().endsWith("\r\n\r\nencrypted"));
    QCOMPARE(fingerprintOfDer(guest.socket.peerCertificate().toDer()).value(),
             server.certificate.pin());
}

void EncryptionTest::onlyTls12AndLaterIsSpoken_data()
{
    QTest::addColumn<int>("protocol");
    QTest::addColumn<bool>("isSpoken");
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    QTest::newRow("1.0") << static_cast<int>(QSsl::TlsV1_0) << false;
    QTest::newRow("1.1") << static_cast<int>(QSsl::TlsV1_1) << false;
    QT_WARNING_POP
    QTest::newRow("1.2") << static_cast<int>(QSsl::TlsV1_2) << true;
    QTest::newRow("1.3") << static_cast<int>(QSsl::TlsV1_3) << true;
}

void EncryptionTest::onlyTls12AndLaterIsSpoken()
{
    QFETCH(int, protocol);
    QFETCH(bool, isSpoken);
    const Server server;
    Guest guest(server, static_cast<QSsl::SslProtocol>(protocol));
    QSignalSpy encrypted(&guest.socket, &QSslSocket::encrypted);
    QTRY_VERIFY(!encrypted.isEmpty() || guest.socket.state() == QAbstractSocket::UnconnectedState);
    QCOMPARE(!encrypted.isEmpty(), isSpoken);
}

void EncryptionTest::messagesOfAnySizePassBothWays()
{
    Server server;
    const auto client = webSocketTo(server);
    QSignalSpy here(client.get(), &QWebSocket::binaryMessageReceived);
    QTRY_COMPARE(server.channels.size(), 1);
    WebSocketChannel &channel = *server.channels.first();
    QSignalSpy there(&channel, &WebSocketChannel::received);
    const QByteArray large(8 << 20, 'x');
    client->sendBinaryMessage("small");
    client->sendBinaryMessage(large);
    QTRY_COMPARE(there.size(), 2);
    QCOMPARE(there.last().first().toByteArray().size(), large.size());
    // What is small may come behind what is large and still on its way.
    QVERIFY(channel.send(viewOf(large)));
    QVERIFY(channel.send(viewOf(QByteArray("small"))));
    QTRY_COMPARE(here.size(), 2);
    QVERIFY(channel.isOpen());
}

void EncryptionTest::aReaderThatDoesNotReadIsCut()
{
    ListenerOptions options;
    options.channel.maxUnsentBytes = 1 << 20;
    Server server(options);
    Guest guest(server);
    guest.socket.setReadBufferSize(1024);
    guest.socket.write("GET /r/open HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    QTRY_COMPARE(server.channels.size(), 1);
    QSignalSpy closed(server.channels.first(), &WebSocketChannel::closed);
    const QByteArray message(64 * 1024, 'x');
    // The kernel takes a few megabytes before anything piles up here.
    for (int i = 0; i < 1024 && closed.isEmpty(); ++i) {
        server.channels.first()->send(viewOf(message));
    }
    QCOMPARE(closed.size(), 1);
}

void EncryptionTest::aReaderOfEventsThatDoesNotReadIsCut()
{
    Server server;
    Guest guest(server);
    guest.socket.setReadBufferSize(1024);
    guest.socket.write(getRequest("/events", server.listener.port()));
    QTRY_COMPARE(server.streams.size(), 1);
    QSignalSpy closed(server.streams.first(), &EventStream::closed);
    const QByteArray data(64 * 1024, 'x');
    for (int i = 0; i < 1024 && server.streams.first()->send("1", {}, data); ++i) {
    }
    QCOMPARE(closed.size(), 1);
}

void EncryptionTest::halfAGreetingIsDroppedAtItsDeadline()
{
    ListenerOptions options;
    options.handshakeDeadline = 100ms;
    const Server server(options);
    QCOMPARE(answerTo(QByteArray::fromHex("16030100"), server.listener.port()), QByteArray());
}

void EncryptionTest::anotherCertificateIsTakenWithoutARestart()
{
    Server server;
    const auto client = webSocketTo(server);
    QTRY_COMPARE(server.channels.size(), 1);
    const Certificate renewed = makeCertificate().value();
    QVERIFY(server.listener.setCertificate(renewed).has_value());
    Guest guest(server);
    guest.socket.write(getRequest("/", server.listener.port()));
    QTRY_VERIFY(guest.text().endsWith("encrypted"));
    QCOMPARE(fingerprintOfDer(guest.socket.peerCertificate().toDer()).value(), renewed.pin());
    QSignalSpy received(client.get(), &QWebSocket::binaryMessageReceived);
    QVERIFY(server.channels.first()->send(viewOf(QByteArray("still here"))));
    QTRY_COMPARE(received.size(), 1);
}

void EncryptionTest::whatIsNoCertificateIsRefused()
{
    Server server;
    QVERIFY(!server.listener.setCertificate({"hello", "world"}).has_value());
    QVERIFY(server.listener.isEncrypting());
}

namespace {

bool neverFinal(int)
{
    return false;
}

RoomAddress linkTo(const Server &server)
{
    RoomAddress address;
    address.host = QStringLiteral("127.0.0.1");
    address.port = server.listener.port();
    address.room = QStringLiteral("open");
    address.encrypted = true;
    address.fingerprint = server.certificate.pin();
    address.token = QStringLiteral("c2VjcmV0");
    return address;
}

} // namespace

void EncryptionTest::aGuestWithThePinComesIn()
{
    Server server;
    ClientConnector client(m_clock, m_rng, neverFinal);
    QSignalSpy received(&client, &ClientConnector::received);
    client.start(linkTo(server));
    QTRY_COMPARE(client.state(), ClientConnector::State::Open);
    QVERIFY(client.speaksCowrite());
    QTRY_COMPARE(server.channels.size(), 1);
    QVERIFY(server.channels.first()->send(viewOf(QByteArray("hello"))));
    QTRY_COMPARE(received.size(), 1);
}

void EncryptionTest::anotherKeyIsRefusedBeforeTheInvitationLeaves()
{
    Server server;
    RoomAddress address = linkTo(server);
    address.fingerprint = makeCertificate()->pin();
    ClientConnector client(m_clock, m_rng, neverFinal);
    client.start(address);
    QTRY_COMPARE(client.state(), ClientConnector::State::Refused);
    QVERIFY2(client.message().contains(QStringLiteral("another key")),
             qPrintable(client.message()));
    QCOMPARE(server.requests, 0);
}

void EncryptionTest::withoutAPinSomebodyMustVouch()
{
    Server server;
    RoomAddress address = linkTo(server);
    address.fingerprint.clear();
    ClientConnector client(m_clock, m_rng, neverFinal);
    client.start(address);
    QTRY_COMPARE(client.state(), ClientConnector::State::Refused);
    QVERIFY2(client.message().contains(QStringLiteral("cannot show")),
             qPrintable(client.message()));
    QCOMPARE(server.requests, 0);
}

void EncryptionTest::aPinWithoutEncryptionIsRefused()
{
    Server server;
    RoomAddress address = linkTo(server);
    address.encrypted = false;
    ClientConnector client(m_clock, m_rng, neverFinal);
    client.start(address);
    QTRY_COMPARE(client.state(), ClientConnector::State::Refused);
    QVERIFY2(client.message().contains(QStringLiteral("without encryption")),
             qPrintable(client.message()));
    QCOMPARE(server.requests, 0);
}

void EncryptionTest::aServerThatDoesNotEncryptIsRefused()
{
    Listener plain([](const Request &) { return HttpReply{}; });
    QVERIFY(plain.listen(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    Server server;
    RoomAddress address = linkTo(server);
    address.port = plain.port();
    ClientConnector client(m_clock, m_rng, neverFinal);
    client.start(address);
    QTRY_COMPARE(client.state(), ClientConnector::State::Refused);
    QVERIFY2(client.message().contains(QStringLiteral("safe")), qPrintable(client.message()));
}

QTEST_GUILESS_MAIN(EncryptionTest)
#include "encryption_test.moc"
