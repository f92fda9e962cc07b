#include "app/server/server_options.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::server;

namespace {

Result<std::variant<ServerOptions, PrintText>> parse(QStringList arguments)
{
    arguments.prepend(QStringLiteral("cowrited"));
    return parseServerOptions(arguments);
}

} // namespace

class ServerOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionIsRead();
    void encryptionIsWithFilesOrWithout();
    void withoutOptionsOnlyTheInvitedAreLetIn();
    void nonsenseGivesASentence_data();
    void nonsenseGivesASentence();
    void helpNamesEveryOption();
};

void ServerOptionsTest::everyOptionIsRead()
{
    const auto parsed = parse({QStringLiteral("--open"), QStringLiteral("--allow-open-network"),
                               QStringLiteral("--listen"), QStringLiteral("[::]:0"),
                               QStringLiteral("--data"), QStringLiteral("/srv/cowrite")});
    QVERIFY(parsed.has_value());
    const auto &options = std::get<ServerOptions>(*parsed);
    QCOMPARE(options.address, QHostAddress(QHostAddress::AnyIPv6));
    QCOMPARE(options.port, quint16(0));
    QCOMPARE(options.dataDirectory, QStringLiteral("/srv/cowrite"));
    QVERIFY(options.exposure == session::Exposure::OpenNetwork);
    QVERIFY(options.encryption == Encryption::Off);
}

void ServerOptionsTest::encryptionIsWithFilesOrWithout()
{
    const QString tls = QStringLiteral("--tls");
    const QString certificate = QStringLiteral("--tls-cert=a.pem");
    const QString key = QStringLiteral("--tls-key=a.key");
    const auto options = [](const QStringList &arguments) {
        return std::get<ServerOptions>(*parse(QStringList{QStringLiteral("--open")} + arguments));
    };
    QVERIFY(options({tls}).encryption == Encryption::SelfMade);
    QVERIFY(options({certificate}).encryption == Encryption::Files);
    QCOMPARE(options({certificate}).keyFile, QStringLiteral("a.pem"));
    QCOMPARE(options({certificate, key}).certificateFile, QStringLiteral("a.pem"));
    QCOMPARE(options({certificate, key}).keyFile, QStringLiteral("a.key"));
}

void ServerOptionsTest::withoutOptionsOnlyTheInvitedAreLetIn()
{
    const auto closed = parse({});
    QVERIFY(std::get<ServerOptions>(*closed).admission == session::Admission::Invited);
    const auto open = parse({QStringLiteral("--open")});
    const auto &options = std::get<ServerOptions>(*open);
    QVERIFY(options.admission == session::Admission::Everybody);
    QVERIFY(options.exposure == session::Exposure::Encrypted);
    QVERIFY(options.address.isLoopback());
    QVERIFY(!options.dataDirectory.isEmpty());
}

void ServerOptionsTest::nonsenseGivesASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("--nonsense")};
    QTest::newRow("argument") << QStringList{QStringLiteral("--open"), QStringLiteral("file")};
    QTest::newRow("no port") << QStringList{QStringLiteral("--open"), QStringLiteral("--listen"),
                                            QStringLiteral("127.0.0.1")};
    QTest::newRow("two certificates") << QStringList{
        QStringLiteral("--open"), QStringLiteral("--tls"), QStringLiteral("--tls-cert=a.pem")};
    QTest::newRow("a key alone") << QStringList{QStringLiteral("--open"),
                                                QStringLiteral("--tls-key=a.key")};
    QTest::newRow("a name") << QStringList{QStringLiteral("--open"), QStringLiteral("--listen"),
                                           QStringLiteral("studio:7300")};
}

void ServerOptionsTest::nonsenseGivesASentence()
{
    QFETCH(QStringList, arguments);
    const auto parsed = parse(arguments);
    QVERIFY(!parsed.has_value());
    QVERIFY(parsed.error().code == ErrorCode::Malformed);
    QVERIFY(QString::fromStdString(parsed.error().message).endsWith(u'.'));
}

void ServerOptionsTest::helpNamesEveryOption()
{
    const auto parsed = parse({QStringLiteral("--help")});
    const QString text = std::get<PrintText>(*parsed).text;
    for (const char *option : {"--listen", "--data", "--open", "--allow-open-network", "--tls",
                               "--tls-cert", "--tls-key"}) {
        QVERIFY2(text.contains(QLatin1String(option)), option);
    }
}

QTEST_GUILESS_MAIN(ServerOptionsTest)
#include "server_options_test.moc"
