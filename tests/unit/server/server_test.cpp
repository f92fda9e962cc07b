#include "app/server/server.h"
#include "libsync/net/certificate.h"
#include "libsync/net/client_connector.h"
#include "libsync/session/profile/quit_signals.h"
#include "tests/support/http_request.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <csignal>

using namespace cowrite;
using namespace cowrite::server;

namespace {

void write(const QString &name, const QByteArray &text)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("cannot write");
    }
    file.write(text);
}

bool neverFinal(int)
{
    return false;
}

} // namespace

class ServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSelfMadeCertificateIsPinnedAndKept();
    void renewedFilesAreReadWithoutARestart();
    void optionsThatCanChangeDoAtOnce();
    void beyondThisMachineNobodyComesWithoutInvitation();
    void aHangupAsksForReloadingAndTheEndIsStillTheEnd();

private:
    [[nodiscard]] ServerOptions options() const
    {
        ServerOptions options;
        options.dataDirectory = m_folder.filePath(QStringLiteral("data"));
        // Who comes with the right key of the server is let in.
        options.isOpen = true;
        options.listen.port = 0;
        return options;
    }
    /// The state in which a guest with this fingerprint ends up.
    net::ClientConnector::State stateWith(const Server &server, const QByteArray &fingerprint)
    {
        net::RoomAddress address;
        address.host = QStringLiteral("127.0.0.1");
        address.port = static_cast<quint16>(QUrl(server.url()).port());
        address.room = QStringLiteral("plans");
        address.encrypted = true;
        address.fingerprint = fingerprint;
        net::ClientConnector client(m_clock, m_rng, neverFinal);
        client.start(address);
        using State = net::ClientConnector::State;
        const bool isDecided = QTest::qWaitFor(
            [&] { return client.state() == State::Open || client.state() == State::Refused; });
        return isDecided ? client.state() : State::Connecting;
    }

    SystemClock m_clock;
    SystemRng m_rng;
    QTemporaryDir m_folder;
};

void ServerTest::aSelfMadeCertificateIsPinnedAndKept()
{
    ServerOptions wanted = options();
    wanted.hasSelfMadeCertificate = true;
    QByteArray fingerprint;
    for (int run = 0; run < 2; ++run) {
        auto server = Server::start(wanted);
        QVERIFY(server.has_value());
        QVERIFY((*server)->url().startsWith(QStringLiteral("wss://127.0.0.1:")));
        QVERIFY(run == 0 || (*server)->fingerprint() == fingerprint);
        fingerprint = (*server)->fingerprint();
        QCOMPARE(stateWith(**server, fingerprint), net::ClientConnector::State::Open);
        QCOMPARE(stateWith(**server, net::makeCertificate()->pin()),
                 net::ClientConnector::State::Refused);
        QVERIFY((*server)->close().has_value());
    }
}

void ServerTest::renewedFilesAreReadWithoutARestart()
{
    ServerOptions wanted = options();
    wanted.certificateFile = m_folder.filePath(QStringLiteral("chain.pem"));
    wanted.keyFile = m_folder.filePath(QStringLiteral("key.pem"));
    const net::Certificate first = net::makeCertificate().value();
    const net::Certificate second = net::makeCertificate().value();
    write(wanted.certificateFile, first.chain);
    write(wanted.keyFile, first.key);
    auto server = Server::start(wanted);
    QVERIFY(server.has_value());
    QCOMPARE(stateWith(**server, first.pin()), net::ClientConnector::State::Open);

    // In the middle of a renewal the files do not fit: the old ones stay in use.
    write(wanted.certificateFile, second.chain);
    const auto halfway = (*server)->reload(wanted);
    QVERIFY(!halfway.has_value());
    QCOMPARE(stateWith(**server, first.pin()), net::ClientConnector::State::Open);

    write(wanted.keyFile, second.key);
    QVERIFY((*server)->reload(wanted).has_value());
    QCOMPARE(stateWith(**server, second.pin()), net::ClientConnector::State::Open);
    QCOMPARE(stateWith(**server, first.pin()), net::ClientConnector::State::Refused);
    QVERIFY((*server)->close().has_value());
}

void ServerTest::optionsThatCanChangeDoAtOnce()
{
    ServerOptions wanted = options();
    auto server = Server::start(wanted);
    QVERIFY(server.has_value());
    const auto port = static_cast<quint16>(QUrl((*server)->url()).port());
    const auto statusFor = [&] {
        const QByteArray answer = answerTo(
            "GET /healthz HTTP/1.1\r\nHost: notes.example.org\r\nConnection: close\r\n\r\n", port);
        return answer.mid(9, 3);
    };
    QCOMPARE(statusFor(), QByteArray("403"));
    wanted.trustedHosts = QStringList{QStringLiteral("notes.example.org")};
    wanted.dataDirectory += QStringLiteral("-elsewhere");
    QTest::ignoreMessage(QtWarningMsg, "data has changed, which takes a restart");
    QVERIFY((*server)->reload(wanted).has_value());
    QCOMPARE(statusFor(), QByteArray("200"));
    QVERIFY((*server)->close().has_value());
}

void ServerTest::beyondThisMachineNobodyComesWithoutInvitation()
{
    ServerOptions wanted = options();
    wanted.listen.address = QStringLiteral("0.0.0.0");
    wanted.isOpen = false;
    const auto server = Server::start(wanted);
    QVERIFY(!server.has_value());
    QVERIFY(server.error().code == ErrorCode::Denied);
}

void ServerTest::aHangupAsksForReloadingAndTheEndIsStillTheEnd()
{
    session::QuitSignals quit(session::QuitSignals::Hangup::Reloads);
    QSignalSpy reloads(&quit, &session::QuitSignals::reloadRequested);
    QSignalSpy ends(&quit, &session::QuitSignals::requested);
    for (int i = 1; i <= 2; ++i) {
        ::raise(SIGHUP);
        QTRY_COMPARE(reloads.size(), i);
    }
    QVERIFY(ends.isEmpty());
    ::raise(SIGTERM);
    QTRY_COMPARE(ends.size(), 1);
}

QTEST_GUILESS_MAIN(ServerTest)
#include "server_test.moc"
