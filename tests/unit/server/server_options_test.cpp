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
    void withoutOptionsNobodyIsLetIn();
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
}

void ServerOptionsTest::withoutOptionsNobodyIsLetIn()
{
    QVERIFY(parse({}).error().code == ErrorCode::Unsupported);
    const auto open = parse({QStringLiteral("--open")});
    const auto &options = std::get<ServerOptions>(*open);
    QVERIFY(options.exposure == session::Exposure::LoopbackOnly);
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
    for (const char *option : {"--listen", "--data", "--open", "--allow-open-network"}) {
        QVERIFY2(text.contains(QLatin1String(option)), option);
    }
}

QTEST_GUILESS_MAIN(ServerOptionsTest)
#include "server_options_test.moc"
