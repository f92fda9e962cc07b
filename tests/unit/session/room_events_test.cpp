#include "libsync/session/document/chat.h"
#include "tests/support/http_request.h"
#include "tests/unit/session/fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;

namespace {

struct Event {
    QByteArray id;
    QByteArray type;
    QJsonObject data;
};

/// Somebody who reads the events of the room “plans”, or another stream.
class Reader {
public:
    explicit Reader(quint16 port, const QByteArray &lastId = {},
                    const QByteArray &path = "/rooms/plans/events")
    {
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
        m_socket.write(getRequest(
            path, port, lastId.isEmpty() ? QByteArray() : "Last-Event-ID: " + lastId + "\r\n"));
    }

    /// All so far; comments and delays are none.
    const QList<Event> &events()
    {
        m_text += m_socket.readAll();
        for (qsizetype end = 0; (end = m_text.indexOf("\n\n")) >= 0;) {
            read(m_text.left(end));
            m_text.remove(0, end + 2);
        }
        return m_events;
    }
    QList<Event> ofType(const QByteArray &type)
    {
        QList<Event> found;
        for (const Event &event : events()) {
            if (event.type == type) {
                found.append(event);
            }
        }
        return found;
    }
    [[nodiscard]] bool isOver() const
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }

private:
    void read(const QByteArray &block)
    {
        Event event;
        bool hasData = false;
        for (const QByteArray &line : block.split('\n')) {
            if (line.startsWith("id: ")) {
                event.id = line.mid(4);
            } else if (line.startsWith("event: ")) {
                event.type = line.mid(7);
            } else if (line.startsWith("data: ")) {
                event.data = QJsonDocument::fromJson(line.mid(6)).object();
                hasData = true;
            }
        }
        if (hasData) {
            m_events.append(event);
        }
    }

    QTcpSocket m_socket;
    QByteArray m_text;
    QList<Event> m_events;
};

QByteArray say(quint16 port, const QByteArray &body, const QByteArray &room = "plans")
{
    return answerTo(postRequest("/rooms/" + room + "/chat", port, body), port);
}

QString textIn(const Event &event)
{
    return event.data.value(QStringLiteral("text")).toString();
}

} // namespace

class RoomEventsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReaderHearsWhoIsThereAndWhatTheyDo();
    void aLongChangeIsToldWithoutItsText();
    void whoWasCutOffGoesOnWhereTheyWere();
    void whatIsNotKnownAnyMoreBeginsWithASnapshot();
    void aMessageThatIsSentArrivesAndIsOnTheDisk();
    void whatIsNoMessageIsRefused_data();
    void whatIsNoMessageIsRefused();
    void aRoomIsKeptWhileSomebodyReads();
    void readersAreToldToGoWhenTheServerEnds();
    void figuresAreForWhoeverRunsTheServer();
    void theDashboardIsFedAsLongAsItIsOpen();
};

void RoomEventsTest::aReaderHearsWhoIsThereAndWhatTheyDo()
{
    TestServer server;
    server.start();
    Reader reader(server.port());
    QTRY_COMPARE(reader.ofType("snapshot").size(), 1);

    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.join(server.address(QStringLiteral("plans")));
    QTRY_COMPARE(reader.ofType("presence").size(), 1);
    const QJsonObject here =
        reader.ofType("presence").first().data.value(QStringLiteral("here"))[0].toObject();
    QCOMPARE(here.value(QStringLiteral("name")).toString(), QStringLiteral("Ann"));
    QCOMPARE(here.value(QStringLiteral("id")).toString(), ann.profile().identity().userId);

    QTRY_COMPARE(plans.link(), LinkState::Online);
    type(plans, 0, u"héllo");
    const auto hasDelta = [&reader] {
        for (const Event &event : reader.ofType("document")) {
            if (event.data.value(QStringLiteral("delta"))[0].toObject().value(
                    QStringLiteral("insert")) == QStringLiteral("héllo")) {
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(hasDelta());

    QVERIFY(plans.chat().send(ann.profile().identity(), QStringLiteral("hi")).has_value());
    QTRY_COMPARE(reader.ofType("chat").size(), 1);
    QCOMPARE(textIn(reader.ofType("chat").first()), QStringLiteral("hi"));

    ann.close();
    const auto isGone = [&reader] {
        return !reader.ofType("presence")
                    .last()
                    .data.value(QStringLiteral("gone"))
                    .toArray()
                    .isEmpty();
    };
    QTRY_VERIFY(isGone());
    Reader late(server.port());
    QTRY_COMPARE(late.ofType("snapshot").size(), 1);
    const QJsonObject snapshot = late.ofType("snapshot").first().data;
    QVERIFY(snapshot.value(QStringLiteral("people")).toArray().isEmpty());
    QCOMPARE(snapshot.value(QStringLiteral("chat")).toArray().size(), 1);
}

void RoomEventsTest::aLongChangeIsToldWithoutItsText()
{
    TestServer server;
    server.start();
    Reader reader(server.port());
    QTRY_COMPARE(reader.ofType("snapshot").size(), 1);
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.join(server.address(QStringLiteral("plans")));
    QTRY_COMPARE(plans.link(), LinkState::Online);
    type(plans, 0, std::u16string(100'000, u'x'));
    const auto isTold = [&reader] {
        for (const Event &event : reader.ofType("document")) {
            if (event.data.value(QStringLiteral("bytes")).toInt() > 100'000) {
                return event.data.value(QStringLiteral("delta")).isNull();
            }
        }
        return false;
    };
    QTRY_VERIFY(isTold());
}

void RoomEventsTest::whoWasCutOffGoesOnWhereTheyWere()
{
    TestServer server;
    server.start();
    auto first = std::make_unique<Reader>(server.port());
    QTRY_COMPARE(first->ofType("snapshot").size(), 1);
    QVERIFY(say(server.port(), R"({"name":"Bot","text":"one"})").startsWith("HTTP/1.1 201"));
    QTRY_COMPARE(first->ofType("chat").size(), 1);
    // The change of the document is told right behind it.
    QTRY_COMPARE(first->events().last().type, QByteArray("document"));
    const QByteArray lastId = first->events().last().id;
    first.reset();
    QVERIFY(say(server.port(), R"({"name":"Bot","text":"two"})").startsWith("HTTP/1.1 201"));
    QVERIFY(say(server.port(), R"({"name":"Bot","text":"three"})").startsWith("HTTP/1.1 201"));
    Reader second(server.port(), lastId);
    QTRY_COMPARE(second.ofType("chat").size(), 2);
    QVERIFY(second.ofType("snapshot").isEmpty());
    QCOMPARE(textIn(second.ofType("chat").first()), QStringLiteral("two"));
    QCOMPARE(textIn(second.ofType("chat").last()), QStringLiteral("three"));
}

void RoomEventsTest::whatIsNotKnownAnyMoreBeginsWithASnapshot()
{
    TestServer server;
    server.start();
    Reader before(server.port());
    QTRY_COMPARE(before.ofType("snapshot").size(), 1);
    const QByteArray lastId = before.events().last().id;
    server.stop();
    server.start();
    Reader after(server.port(), lastId);
    QTRY_COMPARE(after.ofType("snapshot").size(), 1);
    QVERIFY(after.events().first().id != lastId);
}

void RoomEventsTest::aMessageThatIsSentArrivesAndIsOnTheDisk()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.join(server.address(QStringLiteral("plans")));
    QTRY_COMPARE(plans.link(), LinkState::Online);
    const QByteArray answer =
        say(server.port(), R"({"name":"Bot","author":"bot-1","text":"  the build is done  "})");
    QVERIFY2(answer.startsWith("HTTP/1.1 201"), answer.constData());
    QTRY_COMPARE(plans.chat().messages().size(), 1);
    const Message &message = plans.chat().messages().first();
    QCOMPARE(message.text, QStringLiteral("the build is done"));
    QCOMPARE(message.name, QStringLiteral("Bot"));
    QCOMPARE(message.author, QStringLiteral("bot-1"));
    QVERIFY(answer.contains(message.id.toLatin1()));

    server.stop();
    server.start();
    Reader reader(server.port());
    QTRY_COMPARE(reader.ofType("snapshot").size(), 1);
    QCOMPARE(reader.ofType("snapshot").first().data.value(QStringLiteral("chat")).toArray().size(),
             1);
}

void RoomEventsTest::whatIsNoMessageIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("nothing") << QByteArray() << QByteArray("400");
    QTest::newRow("no JSON") << QByteArray("hello") << QByteArray("400");
    QTest::newRow("a list") << QByteArray("[1]") << QByteArray("400");
    QTest::newRow("no name") << QByteArray(R"({"text":"hi"})") << QByteArray("400");
    QTest::newRow("a number") << QByteArray(R"({"name":"Bot","text":7})") << QByteArray("400");
    QTest::newRow("blanks") << QByteArray(R"({"name":"Bot","text":"   "})") << QByteArray("400");
    QTest::newRow("a long name") << R"({"text":"hi","name":")" + QByteArray(300, 'a') + "\"}"
                                 << QByteArray("400");
    QTest::newRow("too long") << R"({"name":"Bot","text":")" + QByteArray(5000, 'a') + "\"}"
                              << QByteArray("413");
    QTest::newRow("far too long") << QByteArray(100'000, 'a') << QByteArray("413");
}

void RoomEventsTest::whatIsNoMessageIsRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, status);
    TestServer server;
    server.start();
    QCOMPARE(say(server.port(), body).left(12), QByteArray("HTTP/1.1 " + status));
}

void RoomEventsTest::aRoomIsKeptWhileSomebodyReads()
{
    ServerRooms::Options options;
    options.idleDelay = 10ms;
    TestServer server(options);
    server.start();
    auto reader = std::make_unique<Reader>(server.port());
    QTRY_COMPARE(reader->ofType("snapshot").size(), 1);
    QCOMPARE(server.rooms().figures().eventReaders, 1);
    // Another one comes and goes meanwhile, and is put away.
    QVERIFY(
        say(server.port(), R"({"name":"Bot","text":"hi"})", "other").startsWith("HTTP/1.1 201"));
    QTRY_COMPARE(server.rooms().openRooms(), 1);
    QVERIFY(!reader->isOver());
    reader.reset();
    QTRY_COMPARE(server.rooms().openRooms(), 0);
}

void RoomEventsTest::readersAreToldToGoWhenTheServerEnds()
{
    TestServer server;
    server.start();
    Reader reader(server.port());
    QTRY_COMPARE(reader.ofType("snapshot").size(), 1);
    bool isDone = false;
    server.rooms().dismissEverybody([&isDone] { isDone = true; });
    QTRY_VERIFY(isDone);
    QTRY_VERIFY(reader.isOver());
}

void RoomEventsTest::figuresAreForWhoeverRunsTheServer()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.join(server.address(QStringLiteral("plans")));
    type(plans, 0, u"hello");
    QTRY_VERIFY(server.rooms().figures().traffic.commits.count() > 0);
    const QByteArray text = answerTo(getRequest("/metrics", server.port()), server.port());
    QVERIFY2(text.contains("\r\nContent-Type: text/plain; version=0.0.4"), text.constData());
    for (const char *line : {"\ncowrite_rooms 1\n", "\ncowrite_connections 1\n",
                             "\n# TYPE cowrite_commit_seconds histogram\n",
                             "\n# TYPE cowrite_event_loop_lag_seconds histogram\n",
                             "\nprocess_resident_memory_bytes "}) {
        QVERIFY2(text.contains(line), line);
    }
    QVERIFY(!text.contains("\ncowrite_messages_received_total 0\n"));

    // What a proxy passes on may come from anywhere.
    for (const QByteArray &path :
         {QByteArray("/metrics"), QByteArray("/dashboard"), QByteArray("/dashboard/events")}) {
        const QByteArray refused = answerTo(
            getRequest(path, server.port(), "X-Forwarded-For: 192.0.2.1\r\n"), server.port());
        QVERIFY2(refused.startsWith("HTTP/1.1 404"), path.constData());
    }
}

void RoomEventsTest::theDashboardIsFedAsLongAsItIsOpen()
{
    TestServer server;
    server.start();
    const QByteArray page = answerTo(getRequest("/dashboard", server.port()), server.port());
    QVERIFY(page.startsWith("HTTP/1.1 200"));
    QVERIFY(page.contains("\r\nContent-Security-Policy: default-src 'none'"));
    for (const QByteArray &path :
         {QByteArray("/dashboard/dashboard.js"), QByteArray("/dashboard/dashboard.css")}) {
        QVERIFY(page.contains(path));
        QVERIFY(
            answerTo(getRequest(path, server.port()), server.port()).startsWith("HTTP/1.1 200"));
    }
    Reader reader(server.port(), {}, "/dashboard/events");
    QTRY_VERIFY(reader.events().size() >= 2);
    QVERIFY(reader.events().last().data.contains(QStringLiteral("residentBytes")));
}

QTEST_GUILESS_MAIN(RoomEventsTest)
#include "room_events_test.moc"
