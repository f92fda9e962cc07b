#include "app/ctl/command_line.h"
#include "app/ctl/control_client.h"
#include "app/ctl/token_commands.h"
#include "app/server/server.h"
#include "libsync/net/address.h"

#include <QFile>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <future>

using namespace cowrite;
using namespace cowrite::server;

class ControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aLinkIsMadeListedAndTakenBack();
    void theSocketIsForThisUserAlone();
    void nonsenseIsAnsweredWithASentence_data();
    void nonsenseIsAnsweredWithASentence();
    void theLinkNamesTheHostThatOthersKnow();
    void aKeyTakesAllItsInvitationsAlong();
    void withoutAServerThereIsASentence();
    void timesAreReadAsPeopleWriteThem();

private:
    /// As a program of its own would run it, while the server answers.
    ctl::Outcome run(std::vector<std::string> words)
    {
        words.push_back(m_folder->path().toStdString());
        std::promise<ctl::Outcome> promise;
        std::future<ctl::Outcome> done = promise.get_future();
        QThreadPool::globalInstance()->start([&] { promise.set_value(ctl::run(words)); });
        const bool isDone = QTest::qWaitFor(
            [&] { return done.wait_for(std::chrono::seconds(0)) == std::future_status::ready; },
            20'000);
        if (!isDone) {
            qFatal("cowritectl hangs");
        }
        return done.get();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Server> m_server;
};

void ControlTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    ServerOptions options;
    options.dataDirectory = m_folder->path();
    options.listen.port = 0;
    auto server = Server::start(options);
    if (!server) {
        qFatal("%s", server.error().message.c_str());
    }
    m_server = std::move(*server);
}

void ControlTest::cleanup()
{
    QVERIFY(m_server->close().has_value());
    m_server.reset();
}

void ControlTest::aLinkIsMadeListedAndTakenBack()
{
    const ctl::Outcome minted =
        run({"token", "mint", "--room", "plans", "--role", "view", "--for", "2h", "--name", "Ann"});
    QCOMPARE(minted.exitStatus, 0);
    const auto address = net::parseRoomAddress(QString::fromStdString(minted.output));
    QVERIFY2(address.has_value(), minted.output.c_str());
    QCOMPARE(address->room, QStringLiteral("plans"));
    QVERIFY(m_server->url().endsWith(u':' + QString::number(address->port)));
    QVERIFY(!address->token.isEmpty());

    const ctl::Outcome listed = run({"token", "list"});
    const QStringList columns = QString::fromStdString(listed.output).trimmed().split(u'\t');
    QCOMPARE(columns.size(), 7);
    QCOMPARE(columns.mid(1, 3), (QStringList{QStringLiteral("valid"), QStringLiteral("view"),
                                             QStringLiteral("plans")}));
    QCOMPARE(columns.last(), QStringLiteral("Ann"));
    QVERIFY(listed.output.find(address->token.toStdString()) == std::string::npos);

    const std::string id = columns.first().toStdString();
    QCOMPARE(run({"token", "role", "--id", id, "--role", "edit"}).exitStatus, 0);
    QVERIFY(run({"token", "list", "--json"}).output.find("\"role\":\"edit\"") != std::string::npos);
    QCOMPARE(run({"token", "revoke", "--id", id}).exitStatus, 0);
    QVERIFY(run({"token", "list"}).output.find("revoked") != std::string::npos);

    QFile audit(m_folder->filePath(QStringLiteral("audit.log")));
    QVERIFY(audit.open(QFile::ReadOnly));
    const QByteArray noted = audit.readAll();
    for (const char *event : {"\"minted\"", "\"role\"", "\"revoked\""}) {
        QVERIFY2(noted.contains(event), noted.constData());
    }
    QVERIFY(!noted.contains(address->token.toLatin1()));
}

void ControlTest::theSocketIsForThisUserAlone()
{
    const QFile::Permissions permissions = QFile::permissions(controlSocketIn(m_folder->path()));
    QVERIFY(!(permissions &
              (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
}

void ControlTest::nonsenseIsAnsweredWithASentence_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
         {"", "hello", "[]", "{}", "{\"command\":7}", "{\"command\":\"token.mint\"}",
          "{\"command\":\"token.mint\",\"role\":\"owner\"}",
          "{\"command\":\"token.mint\",\"role\":\"view\",\"room\":\"a/b\"}",
          "{\"command\":\"token.mint\",\"role\":\"view\",\"life\":-1}",
          "{\"command\":\"token.mint\",\"role\":\"view\",\"life\":1e300}",
          "{\"command\":\"token.mint\",\"role\":\"view\",\"host\":\"a b/c\"}",
          "{\"command\":\"token.revoke\",\"id\":\"x\"}",
          "{\"command\":\"token.revoke\",\"key\":\"1\"}",
          "{\"command\":\"token.role\",\"id\":\"1\",\"role\":\"view\"}"}) {
        QTest::newRow(line) << QByteArray(line);
    }
}

void ControlTest::nonsenseIsAnsweredWithASentence()
{
    QFETCH(QByteArray, line);
    QLocalSocket socket;
    socket.connectToServer(controlSocketIn(m_folder->path()));
    socket.write(line + '\n');
    QTRY_VERIFY(socket.canReadLine());
    const QString error =
        QJsonDocument::fromJson(socket.readLine()).object().value(u"error").toString();
    QVERIFY2(error.endsWith(u'.'), qPrintable(error));
}

void ControlTest::theLinkNamesTheHostThatOthersKnow()
{
    const auto linkFor = [&](const std::string &host) {
        return net::parseRoomAddress(
                   QString::fromStdString(
                       run({"token", "mint", "--room", "x", "--host", host}).output))
            .value();
    };
    QCOMPARE(linkFor("studio.local").host, QStringLiteral("studio.local"));
    QCOMPARE(linkFor("studio.local").port, linkFor("127.0.0.1").port);
    QCOMPARE(linkFor("studio.local:443").port, quint16(443));
}

void ControlTest::aKeyTakesAllItsInvitationsAlong()
{
    (void)run({"token", "mint"});
    (void)run({"token", "mint", "--room", "x"});
    const std::string listed = run({"token", "list"}).output;
    const std::string key =
        QString::fromStdString(listed).split(u'\n').first().split(u'\t').value(5).toStdString();
    QCOMPARE(run({"token", "revoke", "--key", key}).exitStatus, 0);
    QVERIFY(run({"token", "list"}).output.find("valid") == std::string::npos);
}

void ControlTest::withoutAServerThereIsASentence()
{
    const QTemporaryDir empty;
    const ctl::Outcome outcome = ctl::run({"token", "list", empty.path().toStdString()});
    QCOMPARE(outcome.exitStatus, 1);
    QVERIFY(outcome.messages.find("No cowrited runs") != std::string::npos);
    QCOMPARE(ctl::run({"token", "burn", "x"}).exitStatus, 1);
}

void ControlTest::timesAreReadAsPeopleWriteThem()
{
    QCOMPARE(ctl::parseLife("90s").value(), std::int64_t{90});
    QCOMPARE(ctl::parseLife("7d").value(), std::int64_t{7 * 86'400});
    QCOMPARE(ctl::parseLife("never").value(), std::int64_t{0});
    for (const char *text : {"", "7", "d", "-1d", "1w", "0h", "1hh", "99999999999999999999d"}) {
        QVERIFY2(!ctl::parseLife(text).has_value(), text);
    }
}

QTEST_GUILESS_MAIN(ControlTest)
#include "control_test.moc"
