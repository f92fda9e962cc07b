#include "libsync/net/room_locator.h"

#include <QHash>
#include <QList>
#include <QPair>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace cowrite;
using namespace cowrite::net;

namespace {

/// Answers each path as it was told to, and keeps what it was asked.
class HttpServer {
public:
    HttpServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *const socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [this, socket] { onReadyRead(*socket); });
        });
    }

    /// The next answer to this path.
    void answer(const char *path, int status, const QByteArray &body = {})
    {
        m_answers[path].append({status, body});
    }

    QString host() const { return QStringLiteral("127.0.0.1:%1").arg(m_server.serverPort()); }

    /// `METHOD path authorization body`, one for each request.
    QByteArrayList requests;

private:
    void onReadyRead(QTcpSocket &socket)
    {
        QByteArray &bytes = m_bytes[&socket];
        bytes += socket.readAll();
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0 || bytes.size() < end + 4 + field(bytes, "content-length").toInt()) {
            return;
        }
        const QByteArrayList words = bytes.left(bytes.indexOf('\r')).split(' ');
        requests.append(words[0] + ' ' + words[1] + ' ' + field(bytes, "authorization") + ' ' +
                        bytes.mid(end + 4));
        auto &answers = m_answers[words[1]];
        const auto [status, body] =
            answers.isEmpty() ? QPair<int, QByteArray>(404, {}) : answers.takeFirst();
        socket.write("HTTP/1.1 " + QByteArray::number(status) +
                     " Word\r\nContent-Length: " + QByteArray::number(body.size()) +
                     "\r\nLocation: /elsewhere\r\n" + "Connection: close\r\n\r\n" + body);
        socket.disconnectFromHost();
    }

    static QByteArray field(const QByteArray &bytes, const char *name)
    {
        for (const QByteArray &line : bytes.split('\n')) {
            if (line.toLower().startsWith(QByteArray(name) + ':')) {
                return line.mid(line.indexOf(':') + 1).trimmed();
            }
        }
        return {};
    }

    QTcpServer m_server;
    QHash<QTcpSocket *, QByteArray> m_bytes;
    QHash<QByteArray, QList<QPair<int, QByteArray>>> m_answers;
};

/// JSON that is written with single quotes.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

using Located = std::optional<tl::expected<RoomEndpoint, RoomLocator::Failure>>;

Located locate(const QString &text)
{
    RoomLocator locator;
    Located located;
    locator.locate(parseRoomAddress(text).value(), [&](const auto &done) { located = done; });
    static_cast<void>(QTest::qWaitFor([&] { return located.has_value(); }));
    return located;
}

} // namespace

class RoomLocatorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainAddressesAreLocatedAtOnce()
    {
        const Located located = locate(QStringLiteral("ws://host:1234/x?a=b"));
        QVERIFY(located && located->has_value());
        QCOMPARE((*located)->url, QUrl(QStringLiteral("ws://host:1234/x?a=b")));
    }

    // Conformance case 78.
    void aDocumentOfYSweetHasItsIdTwiceInTheUrl()
    {
        HttpServer server;
        server.answer("/doc/notes/auth", 200,
                      json("{'url':'ws://h:1/d/notes/ws','docId':'notes','token':'a b&c'}"));
        const Located located = locate(QStringLiteral("ys://secret@%1/notes").arg(server.host()));
        QVERIFY(located && located->has_value());
        QCOMPARE((*located)->url.toEncoded(),
                 QByteArray("ws://h:1/d/notes/ws/notes?token=a%20b%26c"));
        QVERIFY(!(*located)->isReadOnly);
        QCOMPARE(server.requests, QByteArrayList{"POST /doc/notes/auth Bearer secret {}"});
    }

    void aDocumentThatYSweetDoesNotHaveIsMade()
    {
        HttpServer server;
        server.answer("/doc/notes/auth", 404);
        server.answer("/doc/new", 200, json("{'docId':'notes'}"));
        server.answer(
            "/doc/notes/auth", 200,
            json("{'url':'ws://h:1/d/notes/ws/','docId':'notes','authorization':'read-only'}"));
        const Located located = locate(QStringLiteral("ys://%1/notes").arg(server.host()));
        QVERIFY(located && located->has_value());
        QCOMPARE((*located)->url.toEncoded(), QByteArray("ws://h:1/d/notes/ws/notes"));
        QVERIFY((*located)->isReadOnly);
        QCOMPARE(server.requests.value(1), QByteArray("POST /doc/new  {\"docId\":\"notes\"}"));
    }

    void whatYSweetMustNotSayIsRefused_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("no right") << 401 << QByteArray();
        QTest::newRow("it does not exist, again") << 404 << QByteArray();
        QTest::newRow("elsewhere") << 302 << QByteArray();
        QTest::newRow("no JSON") << 200 << QByteArray("hello");
        QTest::newRow("another document")
            << 200 << json("{'url':'ws://h/d/other/ws','docId':'other'}");
        QTest::newRow("no socket") << 200 << json("{'url':'file:///x','docId':'notes'}");
        QTest::newRow("without end") << 200 << QByteArray(1 << 20, ' ');
    }

    void whatYSweetMustNotSayIsRefused()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        HttpServer server;
        server.answer("/doc/notes/auth", status, body);
        server.answer("/doc/new", 200, "{}");
        const Located located = locate(QStringLiteral("ys://%1/notes").arg(server.host()));
        QVERIFY(located && !located->has_value());
        QVERIFY(located->error().status == status || located->error().status == 0);
    }

    void jupyterTellsTheIdOfAFileAndOfItsRun()
    {
        HttpServer server;
        server.answer("/hub/api/collaboration/session/a%20b/x.md", 201,
                      json("{'format':'text','type':'file','fileId':'f-1','sessionId':'s 1'}"));
        const Located located = locate(
            QStringLiteral("http://%1/hub/lab/tree/a%20b/x.md?token=abc").arg(server.host()));
        QVERIFY(located && located->has_value());
        QCOMPARE((*located)->url.toEncoded(),
                 "ws://" + server.host().toLatin1() +
                     "/hub/api/collaboration/room/text:file:f-1?sessionId=s%201");
        QCOMPARE((*located)->authorization, QByteArray("token abc"));
        QCOMPARE(server.requests,
                 QByteArrayList{"PUT /hub/api/collaboration/session/a%20b/x.md token abc "
                                "{\"format\":\"text\",\"type\":\"file\"}"});
    }

    void aNotebookIsAskedForAsOne()
    {
        HttpServer server;
        const Located located =
            locate(QStringLiteral("http://%1/notebooks/x.ipynb").arg(server.host()));
        QVERIFY(located && !located->has_value());
        QVERIFY(server.requests.value(0).endsWith(json("{'format':'json','type':'notebook'}")));
    }

    void aFileThatJupyterDoesNotHaveGivesASentence()
    {
        HttpServer server;
        const Located located =
            locate(QStringLiteral("http://%1/lab/tree/x.md").arg(server.host()));
        QVERIFY(located && !located->has_value());
        QCOMPARE(located->error().status, 404);
        QVERIFY(located->error().message.contains(QStringLiteral("“x.md”")));
    }

    void aServerThatIsNotThereIsToldApart()
    {
        QString host;
        {
            const HttpServer server;
            host = server.host();
        }
        const Located located = locate(QStringLiteral("ys://%1/notes").arg(host));
        QVERIFY(located && !located->has_value());
        QCOMPARE(located->error().status, 0);
    }
};

QTEST_GUILESS_MAIN(RoomLocatorTest)
#include "room_locator_test.moc"
