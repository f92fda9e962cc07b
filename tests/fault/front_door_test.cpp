// What strangers may do to the port of a server, and what becomes of everybody else meanwhile. The
// server is a process of its own, so that its memory can be told.

#include "libsync/lib0/encoder.h"
#include "tests/load/server_process.h"
#include "tests/load/update_bytes.h"
#include "tests/support/http_request.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QWebSocket>

#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace cowrite;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
/// What one connection may cost (reliability.md), and what the allocator and the server's own work
/// add in the same time.
constexpr std::size_t kMostForOne = 8 * kMiB + 4 * kMiB;

/// `cowrited` on a port of its own.
class Cowrited {
public:
    explicit Cowrited(const QStringList &options = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(COWRITED_PROGRAM),
                        QStringList{QStringLiteral("--open"), QStringLiteral("--listen"),
                                    QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"),
                                    m_folder.path()} +
                            options);
        QByteArray line;
        while (!line.contains('\n') && m_process.waitForReadyRead(10'000)) {
            line += m_process.readAllStandardOutput();
        }
        m_port = static_cast<quint16>(
            QUrl(QString::fromLatin1(line.mid(line.indexOf("ws://"))).trimmed()).port());
        if (m_port == 0) {
            qFatal("cowrited does not listen");
        }
    }
    ~Cowrited()
    {
        m_process.terminate();
        m_process.waitForFinished(20'000);
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QUrl url(const QString &room) const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/r/%2").arg(m_port).arg(room));
    }
    [[nodiscard]] std::size_t residentBytes() const { return usage().residentBytes; }
    [[nodiscard]] std::size_t peakBytes() const { return usage().peakBytes; }
    void forgetPeak() const { load::forgetPeak(static_cast<int>(m_process.processId())); }

private:
    [[nodiscard]] load::Usage usage() const
    {
        return load::usageOf(static_cast<int>(m_process.processId()));
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = 0;
};

/// A connection without Qt's buffers: what is not read stays with the server.
class RawSocket {
public:
    explicit RawSocket(quint16 port)
        : m_descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        (void)::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
        (void)::connect(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
    }
    RawSocket(RawSocket &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    RawSocket(const RawSocket &) = delete;
    RawSocket &operator=(const RawSocket &) = delete;
    RawSocket &operator=(RawSocket &&) = delete;
    ~RawSocket()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }

    /// How much of it went, or -1 when the other side has gone; 0 while there is no room.
    ssize_t send(const QByteArray &bytes) const
    {
        const ssize_t sent = ::send(m_descriptor, bytes.constData(),
                                    static_cast<std::size_t>(bytes.size()), MSG_NOSIGNAL);
        return sent < 0 && (errno == EAGAIN || errno == ENOTCONN) ? 0 : sent;
    }
    [[nodiscard]] QByteArray read() const
    {
        QByteArray bytes(65'536, '\0');
        const ssize_t got =
            ::recv(m_descriptor, bytes.data(), static_cast<std::size_t>(bytes.size()), 0);
        return bytes.left(std::max<ssize_t>(got, 0));
    }

private:
    int m_descriptor;
};

/// A frame as a client sends it, masked with zeros.
QByteArray frame(int opcode, const QByteArray &payload)
{
    QByteArray head(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        head += static_cast<char>(0x80 | static_cast<int>(payload.size()));
    } else {
        head += static_cast<char>(0x80 | 126);
        head += static_cast<char>(payload.size() >> 8);
        head += static_cast<char>(payload.size() & 0xff);
    }
    return head + QByteArray(4, '\0') + payload;
}

/// Goes through the handshake and waits for its answer.
RawSocket joinedRaw(const Cowrited &server, const QByteArray &room, const QByteArray &more = {})
{
    RawSocket socket(server.port());
    const QByteArray request =
        getRequest("/r/" + room, server.port(),
                   "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                       more);
    QByteArray answer;
    bool isSent = false;
    const bool isJoined = QTest::qWaitFor([&] {
        isSent = isSent || socket.send(request) == request.size();
        answer += socket.read();
        return answer.contains("\r\n\r\n");
    });
    if (!isJoined) {
        qFatal("no handshake");
    }
    return socket;
}

QByteArray message(std::uint64_t kind, ByteView payload)
{
    lib0::Encoder encoder;
    encoder.writeVarUint(0);
    encoder.writeVarUint(kind);
    encoder.writeVarBytes(payload);
    const Bytes bytes = std::move(encoder).take();
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

/// Keeps `flood` going until the server cuts the connection; false if it does not within `limit`.
bool isCutWhile(RawSocket &socket, const QByteArray &flood, int limit = 30'000)
{
    QElapsedTimer timer;
    timer.start();
    QByteArray rest = flood;
    while (timer.elapsed() < limit) {
        const ssize_t sent = socket.send(rest);
        if (sent < 0) {
            return true;
        }
        rest = sent == rest.size() ? flood : rest.mid(sent);
        if (sent == 0) {
            QTest::qWait(1);
        }
    }
    return false;
}

/// Two guests of one room, one of whom hears what the other says.
class Neighbours {
public:
    explicit Neighbours(const Cowrited &server)
    {
        for (QWebSocket *socket : {&m_speaker, &m_listener}) {
            socket->open(server.url(QStringLiteral("neighbours")));
        }
        QObject::connect(&m_listener, &QWebSocket::binaryMessageReceived, &m_listener,
                         [this] { ++m_heard; });
        const bool isOpen = QTest::qWaitFor(
            [&] { return m_speaker.state() == QAbstractSocket::ConnectedState && m_heard > 0; });
        if (!isOpen) {
            qFatal("the neighbours do not come in");
        }
    }

    /// Milliseconds until something that is said has arrived.
    qint64 roundTrip()
    {
        QElapsedTimer timer;
        timer.start();
        const int before = m_heard;
        const Bytes update = load::insertionAtEnd(7, m_clock++, "x");
        m_speaker.sendBinaryMessage(message(2, update));
        const bool isHeard = QTest::qWaitFor([&] { return m_heard > before; }, 10'000);
        return isHeard ? timer.elapsed() : 10'000;
    }

private:
    QWebSocket m_speaker;
    QWebSocket m_listener;
    int m_heard = 0;
    std::uint64_t m_clock = 0;
};

} // namespace

class FrontDoorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void addressesThatAreNoRoomsAreRefused_data();
    void addressesThatAreNoRoomsAreRefused();
    void tenThousandHalfOpenHandshakesKeepNobodyOut();
    void aFrameThatDeclaresAGigabyteIsTooBig();
    void aFloodOfPingsIsCut();
    void aReaderThatStopsReadingIsCut();
    void aFloodOfMessagesIsCut();
    void aFrameThatComesByteByByteIsCut();
};

void FrontDoorTest::initTestCase()
{
    rlimit limit = {};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
}

void FrontDoorTest::addressesThatAreNoRoomsAreRefused_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("upwards") << QByteArray("/room/..%2F..%2Fetc");
    QTest::newRow("upwards, plainly") << QByteArray("/r/../../etc/passwd");
    QTest::newRow("NUL") << QByteArray("/r/a\0b", 6);
    QTest::newRow("NUL, encoded") << QByteArray("/r/a%00b");
    QTest::newRow("newline") << QByteArray("/r/a\nb");
    QTest::newRow("newline, encoded") << QByteArray("/r/a%0Ab");
    QTest::newRow("4 KiB") << "/r/" + QByteArray(4096, 'a');
    QTest::newRow("dots") << QByteArray("/r/..");
    QTest::newRow("nothing") << QByteArray("/r/");
}

void FrontDoorTest::addressesThatAreNoRoomsAreRefused()
{
    static const Cowrited server;
    QFETCH(QByteArray, path);
    const QByteArray answer =
        answerTo(getRequest(path, server.port(),
                            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\n"
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
                 server.port());
    QCOMPARE(answer.left(12), QByteArray("HTTP/1.1 400"));
}

void FrontDoorTest::tenThousandHalfOpenHandshakesKeepNobodyOut()
{
    const Cowrited server;
    rlimit limit = {};
    (void)::getrlimit(RLIMIT_NOFILE, &limit);
    const auto count = static_cast<int>(std::min<rlim_t>(10'000, limit.rlim_cur - 200));
    std::vector<RawSocket> halfOpen;
    halfOpen.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        halfOpen.emplace_back(server.port());
        halfOpen.back().send("GET /r/plans HT");
        // In between, somebody who means it.
        if (i % (count / 4) == count / 4 - 1) {
            QWebSocket honest;
            QSignalSpy connected(&honest, &QWebSocket::connected);
            QElapsedTimer timer;
            timer.start();
            honest.open(server.url(QStringLiteral("plans")));
            QVERIFY(connected.wait(10'000));
            QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        }
    }
    qInfo("%d half-open handshakes: the server takes %zu MiB", count,
          server.residentBytes() / kMiB);
}

void FrontDoorTest::aFrameThatDeclaresAGigabyteIsTooBig()
{
    const Cowrited server;
    RawSocket socket = joinedRaw(server, "plans");
    // A binary frame whose length takes 8 bytes, and its mask.
    socket.send(QByteArray::fromHex("82ff000000004000000000000000"));
    QByteArray answer;
    QTRY_VERIFY((answer += socket.read()).contains(QByteArray::fromHex("03f1"))); // 1009
    server.forgetPeak();
    const std::size_t base = server.residentBytes();
    QVERIFY(isCutWhile(socket, QByteArray(65'536, 'x')));
    QVERIFY(server.peakBytes() < base + kMostForOne);
}

void FrontDoorTest::aFloodOfPingsIsCut()
{
    const Cowrited server;
    Neighbours neighbours(server);
    RawSocket socket = joinedRaw(server, "plans");
    QByteArray pings;
    for (int i = 0; i < 500; ++i) {
        pings += frame(9, QByteArray(125, 'p'));
    }
    server.forgetPeak();
    const std::size_t base = server.residentBytes();
    QVERIFY(isCutWhile(socket, pings));
    const std::size_t peak = server.peakBytes();
    qInfo("a flood of pings took %zu KiB", (peak - base) / 1024);
    QVERIFY2(peak < base + kMostForOne, qPrintable(QString::number(peak - base)));
    QVERIFY(neighbours.roundTrip() < 1000);
}

void FrontDoorTest::aReaderThatStopsReadingIsCut()
{
    const Cowrited server;
    Neighbours neighbours(server);
    QWebSocket writer;
    QSignalSpy connected(&writer, &QWebSocket::connected);
    writer.open(server.url(QStringLiteral("plans")));
    QVERIFY(connected.wait());
    const Bytes update = load::insertionAtEnd(1, 0, std::string(1 << 20, 'x'));
    writer.sendBinaryMessage(message(2, update));
    QTRY_COMPARE(writer.bytesToWrite(), 0);
    QVERIFY(neighbours.roundTrip() < 1000);

    RawSocket socket = joinedRaw(server, "plans");
    server.forgetPeak();
    const std::size_t base = server.residentBytes();
    // Asks for the whole document over and over, and never reads it.
    QVERIFY(isCutWhile(socket, frame(2, message(0, Bytes{0}))));
    const std::size_t peak = server.peakBytes();
    qInfo("a reader that does not read took %zu KiB", (peak - base) / 1024);
    QVERIFY2(peak < base + kMostForOne, qPrintable(QString::number(peak - base)));
    QVERIFY(neighbours.roundTrip() < 1000);
}

void FrontDoorTest::aFloodOfMessagesIsCut()
{
    // Through a proxy, so that the flooder is somebody else than the neighbours.
    const Cowrited server({QStringLiteral("--trusted-proxies=127.0.0.1")});
    Neighbours neighbours(server);
    RawSocket socket = joinedRaw(server, "plans", "X-Forwarded-For: 192.0.2.1\r\n");
    QByteArray messages;
    for (int i = 0; i < 500; ++i) {
        messages += frame(2, message(2, Bytes{0, 0}));
    }
    server.forgetPeak();
    const std::size_t base = server.residentBytes();
    QVERIFY(isCutWhile(socket, messages));
    const std::size_t peak = server.peakBytes();
    qInfo("a flood of messages took %zu KiB", (peak - base) / 1024);
    QVERIFY2(peak < base + kMostForOne, qPrintable(QString::number(peak - base)));
    QVERIFY(neighbours.roundTrip() < 1000);
}

void FrontDoorTest::aFrameThatComesByteByByteIsCut()
{
    const Cowrited server({QStringLiteral("--message-deadline=500ms")});
    Neighbours neighbours(server);
    const RawSocket socket = joinedRaw(server, "plans");
    const QByteArray whole = frame(2, QByteArray(60'000, 'x'));
    qsizetype sent = 0;
    const bool isCut = QTest::qWaitFor(
        [&] { return sent == whole.size() || socket.send(whole.mid(sent++, 1)) < 0; }, 20'000);
    QVERIFY(isCut && sent < whole.size());
    QVERIFY(neighbours.roundTrip() < 1000);
}

QTEST_GUILESS_MAIN(FrontDoorTest)
#include "front_door_test.moc"
