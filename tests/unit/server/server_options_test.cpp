#include "app/server/option_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::server;

namespace {

Result<std::variant<ServerOptions, PrintText>> parse(QStringList arguments,
                                                     const QString &usualFile = {})
{
    arguments.prepend(QStringLiteral("cowrited"));
    return parseServerOptions(arguments, usualFile);
}

void write(const QString &name, const QByteArray &text)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        qFatal("cannot write");
    }
    file.write(text);
}

QString textOfAll(const ServerOptions &options)
{
    QString text;
    for (const Option &option : server::options()) {
        text += optionLine(option, options) + u'\n';
    }
    return text;
}

} // namespace

class ServerOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void flagsAreRead();
    void encryptionIsWithFilesOrWithout();
    void withoutOptionsOnlyTheInvitedAreLetIn();
    void nonsenseGivesASentence_data();
    void nonsenseGivesASentence();
    void helpNamesEveryOption();
    void everyOptionIsReadFromAFile();
    void theCommandLineCountsBeforeTheFile();
    void theUsualFileIsReadWhereItIs();
    void mistakesInAFileAreToldWithTheirLine_data();
    void mistakesInAFileAreToldWithTheirLine();
    void thePackagedFileHoldsEveryOptionAndItsDefault();

private:
    QTemporaryDir m_folder;
};

void ServerOptionsTest::flagsAreRead()
{
    const auto parsed =
        parse({QStringLiteral("--open"), QStringLiteral("--allow-open-network"),
               QStringLiteral("--listen"), QStringLiteral("[::]:0"), QStringLiteral("--data"),
               QStringLiteral("/srv/cowrite"), QStringLiteral("--handshake-deadline=500ms"),
               QStringLiteral("--trusted-hosts=a.example, b.example")});
    QVERIFY(parsed.has_value());
    const auto &options = std::get<ServerOptions>(*parsed);
    QCOMPARE(options.listen.address, QStringLiteral("::"));
    QCOMPARE(options.listen.port, quint16(0));
    QCOMPARE(options.dataDirectory, QStringLiteral("/srv/cowrite"));
    QVERIFY(options.isOpen);
    QVERIFY(options.allowsOpenNetwork);
    QVERIFY(options.encryption() == Encryption::Off);
    QVERIFY(options.handshakeDeadline == std::chrono::milliseconds(500));
    QCOMPARE(options.trustedHosts,
             (QStringList{QStringLiteral("a.example"), QStringLiteral("b.example")}));
}

void ServerOptionsTest::encryptionIsWithFilesOrWithout()
{
    const QString tls = QStringLiteral("--tls");
    const QString certificate = QStringLiteral("--tls-cert=a.pem");
    const QString key = QStringLiteral("--tls-key=a.key");
    const auto options = [](const QStringList &arguments) {
        return std::get<ServerOptions>(*parse(QStringList{QStringLiteral("--open")} + arguments));
    };
    QVERIFY(options({tls}).encryption() == Encryption::SelfMade);
    QVERIFY(options({certificate}).encryption() == Encryption::Files);
    QCOMPARE(options({certificate}).keyFile, QStringLiteral("a.pem"));
    QCOMPARE(options({certificate, key}).certificateFile, QStringLiteral("a.pem"));
    QCOMPARE(options({certificate, key}).keyFile, QStringLiteral("a.key"));
}

void ServerOptionsTest::withoutOptionsOnlyTheInvitedAreLetIn()
{
    const auto closed = parse({});
    const auto &options = std::get<ServerOptions>(*closed);
    QVERIFY(!options.isOpen);
    QVERIFY(!options.allowsOpenNetwork);
    QCOMPARE(options.listen.address, QStringLiteral("127.0.0.1"));
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
    QTest::newRow("no number") << QStringList{QStringLiteral("--handshakes-per-minute=many")};
    QTest::newRow("too small") << QStringList{QStringLiteral("--handshakes-per-minute=0")};
    QTest::newRow("no size") << QStringList{QStringLiteral("--bytes=5MB")};
    // 2^64 bytes more than the most that may be.
    QTest::newRow("too large") << QStringList{QStringLiteral("--bytes=17179869248GiB")};
    QTest::newRow("no network") << QStringList{QStringLiteral("--trusted-proxies=proxy.example")};
    QTest::newRow("no time") << QStringList{QStringLiteral("--message-deadline=10")};
    QTest::newRow("too long") << QStringList{QStringLiteral("--message-deadline=99999999m")};
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
    QVERIFY(text.contains(QLatin1String("--config")));
    for (const Option &option : server::options()) {
        QVERIFY2(text.contains(QLatin1String("--") + QLatin1String(option.name)), option.name);
    }
}

void ServerOptionsTest::everyOptionIsReadFromAFile()
{
    // Other than the default, each.
    ServerOptions wanted;
    for (const Option &option : server::options()) {
        const QString usual = valueOf(option, {});
        for (const char *value : {"true", "12", "7s", "12KiB", "[::1]:9", "10.0.0.0/8", "x"}) {
            if (setOption(option, QLatin1String(value), wanted) &&
                valueOf(option, wanted) != usual) {
                break;
            }
        }
        QVERIFY2(valueOf(option, wanted) != usual, option.name);
    }
    ServerOptions read;
    const QByteArray text = textOfAll(wanted).toUtf8();
    const auto done = readOptionText(text, QStringLiteral("a.toml"), read);
    QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    QCOMPARE(textOfAll(read).toUtf8(), text);
}

void ServerOptionsTest::theCommandLineCountsBeforeTheFile()
{
    const QString file = m_folder.filePath(QStringLiteral("before.toml"));
    write(file, "open = true\ntls = true\nlisten = \"127.0.0.1:1\"\nbad-tokens-per-minute = 9\n");
    const auto parsed = parse({QStringLiteral("--config"), file, QStringLiteral("--no-tls"),
                               QStringLiteral("--listen=127.0.0.1:2")});
    QVERIFY(parsed.has_value());
    const auto &options = std::get<ServerOptions>(*parsed);
    QVERIFY(options.isOpen);
    QVERIFY(options.encryption() == Encryption::Off);
    QCOMPARE(options.listen.port, quint16(2));
    QCOMPARE(options.badTokensPerMinute, 9);
}

void ServerOptionsTest::theUsualFileIsReadWhereItIs()
{
    const QString file = m_folder.filePath(QStringLiteral("usual.toml"));
    QCOMPARE(std::get<ServerOptions>(*parse({}, file)).badTokensPerMinute, 5);
    write(file, "bad-tokens-per-minute = 6\n");
    QCOMPARE(std::get<ServerOptions>(*parse({}, file)).badTokensPerMinute, 6);
    // One that is asked for must be there.
    const auto missing = parse({QStringLiteral("--config=/nowhere.toml")});
    QVERIFY(!missing.has_value());
    QVERIFY(missing.error().code == ErrorCode::Io);
}

void ServerOptionsTest::mistakesInAFileAreToldWithTheirLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no TOML") << QByteArray("open = true\n\nlisten = \n") << 3;
    QTest::newRow("unknown") << QByteArray("# comment\nopened = true\n") << 2;
    QTest::newRow("a table") << QByteArray("open = true\n[limits]\nn = 1\n") << 2;
    QTest::newRow("twice") << QByteArray("open = true\nopen = true\n") << 2;
    QTest::newRow("a text for a switch") << QByteArray("open = \"yes\"\n") << 1;
    QTest::newRow("a text for a number") << QByteArray("\nhandshakes-per-minute = \"10\"\n") << 2;
    QTest::newRow("a fraction") << QByteArray("handshakes-per-minute = 1.5\n") << 1;
    QTest::newRow("too many") << QByteArray("handshakes-per-minute = 99999999999\n") << 1;
    QTest::newRow("a number for a time") << QByteArray("message-deadline = 10\n") << 1;
    QTest::newRow("a list of numbers") << QByteArray("trusted-hosts = [1]\n") << 1;
    QTest::newRow("the first of two") << QByteArray("x = 1\na = 2\n") << 1;
}

void ServerOptionsTest::mistakesInAFileAreToldWithTheirLine()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    ServerOptions options;
    options.badTokensPerMinute = 77;
    const auto read = readOptionText(text, QStringLiteral("cowrited.toml"), options);
    QVERIFY(!read.has_value());
    const QString message = QString::fromStdString(read.error().message);
    QVERIFY2(message.startsWith(QStringLiteral("cowrited.toml:%1: ").arg(line)),
             qPrintable(message));
    QVERIFY(message.endsWith(u'.'));
    QVERIFY(!options.isOpen);
    QCOMPARE(options.badTokensPerMinute, 77);
}

void ServerOptionsTest::thePackagedFileHoldsEveryOptionAndItsDefault()
{
    const QString name = QStringLiteral(COWRITE_PACKAGING "/cowrited.toml");
    QFile file(name);
    QVERIFY(file.open(QFile::ReadOnly));
    const QByteArray text = file.readAll();
    // Made anew by: cowrited --print-config >packaging/cowrited.toml
    QCOMPARE(QString::fromUtf8(text), exampleOptionFile());
    ServerOptions read;
    QVERIFY(readOptionFile(name, read).has_value());
    QCOMPARE(textOfAll(read), textOfAll({}));

    // The defaults as it shows them.
    ServerOptions other;
    other.badTokensPerMinute = 1;
    other.trustedHosts = QStringList{QStringLiteral("x")};
    QByteArray shown;
    int count = 0;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith('#') && line.size() > 1 && line[1] != ' ') {
            shown += line.mid(1) + '\n';
            ++count;
        }
    }
    QCOMPARE(count, static_cast<int>(server::options().size()));
    QVERIFY(readOptionText(shown, name, other).has_value());
    QCOMPARE(textOfAll(other), textOfAll({}));
}

QTEST_GUILESS_MAIN(ServerOptionsTest)
#include "server_options_test.moc"
