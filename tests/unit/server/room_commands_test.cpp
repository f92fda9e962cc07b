#include "app/ctl/command_line.h"
#include "app/ctl/room_commands.h"
#include "app/server/server.h"
#include "libsync/lib0/encoder.h"
#include "tests/load/update_bytes.h"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QUrl>
#include <QWebSocket>

#include <future>

using namespace cowrite;
using namespace cowrite::server;

namespace {

std::string contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QFile::ReadOnly) ? file.readAll().toStdString() : "cannot be read";
}

} // namespace

class RoomCommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aTextBecomesARoomAndComesOutAgain();
    void everyFormatIsWritten();
    void anotherDocumentIsNotMixedIn();
    void deletingTakesAWordAndClosesWhoIsThere();
    void whatHappensIsToldUntilTheRoomEnds();
    void nonsenseIsAnsweredWithASentence_data();
    void nonsenseIsAnsweredWithASentence();

private:
    using Done = std::future<ctl::Outcome>;

    Done start(const std::vector<std::string> &words, const ctl::TakeLine &take = {})
    {
        std::vector<std::string> all = words;
        all.push_back(m_folder->path().toStdString());
        auto promise = std::make_shared<std::promise<ctl::Outcome>>();
        Done done = promise->get_future();
        QThreadPool::globalInstance()->start([all, promise, take] {
            promise->set_value(take ? ctl::roomCommand({all.begin() + 1, all.end()}, take)
                                    : ctl::run(all));
        });
        return done;
    }
    static ctl::Outcome wait(Done done)
    {
        const bool isDone = QTest::qWaitFor(
            [&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
            20'000);
        if (!isDone) {
            qFatal("cowritectl hangs");
        }
        return done.get();
    }
    /// As a program of its own would run it, while the server answers.
    ctl::Outcome run(const std::vector<std::string> &words) { return wait(start(words)); }
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    std::string written(const char *name, const QByteArray &text) const
    {
        QFile file(path(name));
        if (!file.open(QFile::WriteOnly) || file.write(text) != text.size()) {
            qFatal("cannot write");
        }
        return path(name).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Server> m_server;
};

void RoomCommandsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    ServerOptions options;
    options.dataDirectory = m_folder->path();
    options.listen.port = 0;
    options.isOpen = true;
    auto server = Server::start(options);
    if (!server) {
        qFatal("%s", server.error().message.c_str());
    }
    m_server = std::move(*server);
}

void RoomCommandsTest::cleanup()
{
    QVERIFY(m_server->close().has_value());
    m_server.reset();
}

void RoomCommandsTest::aTextBecomesARoomAndComesOutAgain()
{
    QCOMPARE(run({"room", "list"}).output, std::string());
    const ctl::Outcome imported = run(
        {"room", "import", "--room", "plans", "--from", written("plans.md", "# Plans\n\nMany.\n")});
    QVERIFY2(imported.exitStatus == 0, imported.messages.c_str());

    const QString listed = QString::fromStdString(run({"room", "list"}).output);
    const QStringList columns = listed.chopped(1).split(u'\t');
    QCOMPARE(columns.size(), 5);
    QCOMPARE(columns[0], QStringLiteral("plans"));
    QCOMPARE(columns[1], QStringLiteral("0"));
    QVERIFY(columns[2].toInt() > 20);
    QVERIFY(columns[3].startsWith(QStringLiteral("20")));
    const std::string json = run({"room", "list", "--json"}).output;
    const QJsonObject room = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    QVERIFY(room[u"edited"].toInteger() > 0);

    QCOMPARE(run({"room", "export", "--room", "plans", "-o", "-"}).output,
             std::string("# Plans\n\nMany.\n"));
}

void RoomCommandsTest::everyFormatIsWritten()
{
    (void)run({"room", "import", "--room", "plans", "--from", written("a.txt", "One & two")});
    const auto exported = [&](const std::string &format) {
        const QString out = path("out");
        const ctl::Outcome outcome =
            run({"room", "export", "--room", "plans", "--format", format, "-o", out.toStdString()});
        return outcome.exitStatus == 0 ? contentOf(out) : outcome.messages;
    };
    QCOMPARE(exported("text"), std::string("One & two"));
    QVERIFY(exported("html").find("One &amp; two") != std::string::npos);
    QVERIFY(exported("json").find("\"One & two\"") != std::string::npos);
    for (const char *format : {"update", "update-v2"}) {
        // It is one that becomes the same room again.
        const std::string update = exported(format);
        const std::string file = written("again.yjs", QByteArray::fromStdString(update));
        const std::string room = std::string("again-") + format;
        const ctl::Outcome back = run({"room", "import", "--room", room, "--from", file});
        QVERIFY2(back.exitStatus == 0, back.messages.c_str());
        QCOMPARE(run({"room", "export", "--room", room, "-o", "-"}).output,
                 std::string("One & two"));
    }
    QVERIFY(exported("docx").find("--format is") != std::string::npos);
}

void RoomCommandsTest::anotherDocumentIsNotMixedIn()
{
    (void)run({"room", "import", "--room", "plans", "--from", written("a.txt", "one")});
    const ctl::Outcome other =
        run({"room", "import", "--room", "plans", "--from", written("b.txt", "two")});
    QCOMPARE(other.exitStatus, 1);
    QVERIFY(other.messages.find("Nothing was mixed") != std::string::npos);
    QCOMPARE(run({"room", "export", "--room", "plans", "-o", "-"}).output, std::string("one"));
}

void RoomCommandsTest::deletingTakesAWordAndClosesWhoIsThere()
{
    (void)run({"room", "import", "--room", "plans", "--from", written("a.txt", "one")});
    QWebSocket guest;
    bool hasHeard = false;
    QObject::connect(&guest, &QWebSocket::binaryMessageReceived, &guest,
                     [&hasHeard] { hasHeard = true; });
    guest.open(QUrl(m_server->url() + QStringLiteral("/r/plans")));
    QTRY_VERIFY(hasHeard);
    QVERIFY(run({"room", "list"}).output.find("plans\t1\t") != std::string::npos);

    QVERIFY(run({"room", "delete", "--room", "plans"}).messages.find("--yes") != std::string::npos);
    QCOMPARE(guest.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(run({"room", "delete", "--room", "plans", "--yes"}).exitStatus, 0);
    QTRY_COMPARE(guest.state(), QAbstractSocket::UnconnectedState);
    QCOMPARE(static_cast<int>(guest.closeCode()), 4410);
    QVERIFY(guest.closeReason().endsWith(u'.'));
    QCOMPARE(run({"room", "list"}).output, std::string());
    QVERIFY(run({"room", "delete", "--room", "plans", "--yes"}).messages.find("no room") !=
            std::string::npos);
    QVERIFY(contentOf(path("audit.log")).find("\"deleted\"") != std::string::npos);
}

void RoomCommandsTest::whatHappensIsToldUntilTheRoomEnds()
{
    (void)run({"room", "import", "--room", "plans", "--from", written("a.txt", "one")});
    std::mutex mutex;
    std::vector<std::string> lines;
    Done watching = start({"room", "watch", "--room", "plans"}, [&](const std::string &line) {
        const std::lock_guard lock(mutex);
        lines.push_back(line);
        return true;
    });
    const auto hasSeen = [&](const char *what) {
        const std::lock_guard lock(mutex);
        return std::any_of(lines.begin(), lines.end(), [what](const std::string &line) {
            return line.find(what) != std::string::npos;
        });
    };
    QTRY_VERIFY(hasSeen("\"event\":\"snapshot\""));
    QWebSocket guest;
    guest.open(QUrl(m_server->url() + QStringLiteral("/r/plans")));
    QTRY_COMPARE(guest.state(), QAbstractSocket::ConnectedState);
    const Bytes update = load::insertionAtEnd(7, 0, "x");
    lib0::Encoder encoder;
    encoder.writeVarUint(0);
    encoder.writeVarUint(2);
    encoder.writeVarBytes(update);
    const Bytes message = std::move(encoder).take();
    guest.sendBinaryMessage(QByteArray(reinterpret_cast<const char *>(message.data()),
                                       static_cast<qsizetype>(message.size())));
    QTRY_VERIFY(hasSeen("\"event\":\"document\""));
    (void)run({"room", "delete", "--room", "plans", "--yes"});
    QCOMPARE(wait(std::move(watching)).exitStatus, 0);
    QVERIFY(hasSeen("\"event\":\"ended\""));
    QVERIFY(run({"room", "watch", "--room", "plans"}).messages.find("no room") !=
            std::string::npos);
}

void RoomCommandsTest::nonsenseIsAnsweredWithASentence_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {R"({"command":"room.export"})", R"({"command":"room.burn"})",
                             R"({"command":"room.export","room":"../x"})",
                             R"({"command":"room.export","room":"nowhere"})",
                             R"({"command":"room.import","room":"x","update":"???"})",
                             R"({"command":"room.import","room":"x","update":"/////w=="})",
                             R"({"command":"room.delete","room":"x"})"}) {
        QTest::newRow(line) << QByteArray(line);
    }
}

void RoomCommandsTest::nonsenseIsAnsweredWithASentence()
{
    QFETCH(QByteArray, line);
    QLocalSocket socket;
    socket.connectToServer(controlSocketIn(m_folder->path()));
    socket.write(line + '\n');
    QTRY_VERIFY(socket.canReadLine());
    const QString error =
        QJsonDocument::fromJson(socket.readLine()).object().value(u"error").toString();
    QVERIFY2(error.endsWith(u'.'), qPrintable(error));
    QTRY_COMPARE(run({"room", "list"}).output, std::string());
}

QTEST_GUILESS_MAIN(RoomCommandsTest)
#include "room_commands_test.moc"
