#include "libsync/net/address.h"

#include <QTest>

using namespace cowrite::net;

namespace {

constexpr QLatin1String kToken("AQFjYW5hcnktY2FuYXJ5_-8");

QString fingerprint()
{
    return QString::fromLatin1(
        QByteArray(32, '\x5a')
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

class AddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCowriteLinkIsReadAndWrittenBack();
    void aLinkCarriesFingerprintAndToken();
    void theAddressOfThePageIsTheLinkAsWell();
    void theTokenStandsInNothingButTheLink();
    void aDamagedEndOfALinkIsRefusedWithoutRepeatingIt_data();
    void aDamagedEndOfALinkIsRefusedWithoutRepeatingIt();
    void theSameRoomIsKnownByAnyLink();
    void aPlainAddressKeepsItsWholePathAsTheRoom();
    void whatLetsOneIntoAPlainServerStandsInNothingButTheLink();
    void aConnectionStringOfYSweetNamesServerTokenAndDocument();
    void aFileInJupyterLabIsAnAddress_data();
    void aFileInJupyterLabIsAnAddress();
    void anAddressWithoutSchemeIsAccepted();
    void whatIsNoAddressGivesASentence_data();
    void whatIsNoAddressGivesASentence();
    void aYWebSocketUrlIsBuiltAsYWebSocketBuildsIt();
    void roomNamesAreOpaqueKeys();
    void listenAddressesAreRead();
};

void AddressTest::aCowriteLinkIsReadAndWrittenBack()
{
    const auto address =
        parseRoomAddress(QStringLiteral(" cowrite://studio.local:7300/r/abc~1 \n"));
    QVERIFY(address.has_value());
    QCOMPARE(address->host, QStringLiteral("studio.local"));
    QCOMPARE(address->port, quint16(7300));
    QCOMPARE(address->room, QStringLiteral("abc~1"));
    QCOMPARE(address->webSocketUrl().toString(), QStringLiteral("ws://studio.local:7300/r/abc~1"));
    QCOMPARE(address->toString(), QStringLiteral("cowrite://studio.local:7300/r/abc~1"));
    QCOMPARE(parseRoomAddress(address->toString()).value(), *address);
    QCOMPARE(parseRoomAddress(QStringLiteral("cowrite://[::1]/r/x"))->server(),
             QStringLiteral("[::1]:7300"));
}

void AddressTest::aLinkCarriesFingerprintAndToken()
{
    const QString whole = QStringLiteral("cowrite://h:7300/r/x#") + fingerprint() + u'.' + kToken;
    const auto address = parseRoomAddress(whole);
    QVERIFY(address.has_value());
    QCOMPARE(QString::fromLatin1(address->fingerprint), fingerprint());
    QCOMPARE(address->token, QString(kToken));
    QVERIFY(address->encrypted);
    QCOMPARE(address->toLink(), whole);
    QCOMPARE(parseRoomAddress(address->toLink()).value(), *address);
    QCOMPARE(address->webSocketUrl(), QUrl(QStringLiteral("wss://h:7300/r/x")));

    const auto pinned = parseRoomAddress(QStringLiteral("cowrite://h/r/x#") + fingerprint());
    QVERIFY(pinned.has_value() && pinned->token.isEmpty() && pinned->encrypted);
    QCOMPARE(pinned->toLink(), pinned->toString());

    const auto invited =
        parseRoomAddress(QStringLiteral("cowrite://127.0.0.1:7300/r/x#.") + kToken);
    QVERIFY(invited.has_value() && invited->fingerprint.isEmpty() && !invited->encrypted);
    QCOMPARE(invited->token, QString(kToken));
    QCOMPARE(invited->toLink(), QStringLiteral("cowrite://127.0.0.1:7300/r/x#.") + kToken);
    const auto proxied = parseRoomAddress(QStringLiteral("wss://h/r/x#.") + kToken);
    QCOMPARE(proxied->toLink(), QStringLiteral("wss://h:443/r/x#.") + kToken);

    QCOMPARE(address->toPageLink(),
             QStringLiteral("https://h:7300/r/x#") + fingerprint() + u'.' + kToken);
    QCOMPARE(pinned->toPageLink(), QStringLiteral("https://h:7300/r/x#") + fingerprint());
    QCOMPARE(invited->toPageLink(), QStringLiteral("http://127.0.0.1:7300/r/x#.") + kToken);
    QCOMPARE(proxied->toPageLink(), QStringLiteral("https://h:443/r/x#.") + kToken);
    QCOMPARE(parseRoomAddress(QStringLiteral("ws://h:1234/x"))->toPageLink(), QString());
}

void AddressTest::theAddressOfThePageIsTheLinkAsWell()
{
    const QString end = u'#' + fingerprint() + u'.' + kToken;
    const auto page = parseRoomAddress(QStringLiteral("https://h:7300/r/x") + end);
    QVERIFY(page.has_value());
    QCOMPARE(*page, parseRoomAddress(QStringLiteral("cowrite://h:7300/r/x") + end).value());
    const auto local = parseRoomAddress(QStringLiteral("http://127.0.0.1:7300/r/x#.") + kToken);
    QVERIFY(local.has_value() && !local->encrypted);
    QCOMPARE(parseRoomAddress(QStringLiteral("https://h/r/x"))->port, quint16(443));
    // As the page opens the app.
    const auto vouchedFor = parseRoomAddress(QStringLiteral("cowrite:https://h/r/x#.") + kToken);
    QVERIFY(vouchedFor.has_value() && vouchedFor->encrypted && vouchedFor->fingerprint.isEmpty());
    QCOMPARE(*vouchedFor, parseRoomAddress(QStringLiteral("https://h:443/r/x#.") + kToken).value());
    QVERIFY(!parseRoomAddress(QStringLiteral("cowrite:https://h/doc")).has_value());
    QVERIFY(!parseRoomAddress(QStringLiteral("cowrite:ws://h/r/x")).has_value());
}

void AddressTest::theTokenStandsInNothingButTheLink()
{
    const auto address =
        parseRoomAddress(QStringLiteral("cowrite://h:7300/r/x#") + fingerprint() + u'.' + kToken);
    QVERIFY(address.has_value());
    QVERIFY(!address->toString().contains(kToken));
    QVERIFY(!address->webSocketUrl().toString().contains(kToken));
    QVERIFY(!address->server().contains(kToken));
    QCOMPARE(address->toString(), QStringLiteral("cowrite://h:7300/r/x#") + fingerprint());
}

void AddressTest::aDamagedEndOfALinkIsRefusedWithoutRepeatingIt_data()
{
    QTest::addColumn<QString>("text");
    const QString link = QStringLiteral("cowrite://h:7300/r/x#");
    QTest::newRow("a short fingerprint") << link + fingerprint().chopped(2) + u'.' + kToken;
    QTest::newRow("no fingerprint at all") << link + QStringLiteral("!!!.") + kToken;
    QTest::newRow("two dots") << link + QStringLiteral(".a.") + kToken;
    QTest::newRow("a space in the token") << link + QStringLiteral(".a ") + kToken;
    QTest::newRow("a token without end") << link + u'.' + QString(1025, u'a') + kToken;
    QTest::newRow("no address before it") << QStringLiteral("cowrite:///r/x#.") + kToken;
    QTest::newRow("a page of something else") << QStringLiteral("https://h/x#.") + kToken;
}

void AddressTest::aDamagedEndOfALinkIsRefusedWithoutRepeatingIt()
{
    QFETCH(QString, text);
    const auto address = parseRoomAddress(text);
    QVERIFY(!address.has_value());
    QVERIFY(!QString::fromStdString(address.error().message).contains(kToken));
    QVERIFY(QString::fromStdString(address.error().message).endsWith(u'.'));
}

void AddressTest::theSameRoomIsKnownByAnyLink()
{
    const auto address = [](const QString &text) { return parseRoomAddress(text).value(); };
    const RoomAddress bare = address(QStringLiteral("cowrite://h:7300/r/x"));
    QVERIFY(isSameRoom(bare, address(QStringLiteral("cowrite://h:7300/r/x#") + fingerprint())));
    QVERIFY(isSameRoom(bare, address(QStringLiteral("ws://h:7300/r/x#.") + kToken)));
    QVERIFY(!isSameRoom(bare, address(QStringLiteral("cowrite://h:7300/r/y"))));
    QVERIFY(!isSameRoom(bare, address(QStringLiteral("cowrite://h:7301/r/x"))));
    QVERIFY(!isSameRoom(bare, address(QStringLiteral("ws://h:7300/x"))));
}

void AddressTest::aPlainAddressKeepsItsWholePathAsTheRoom()
{
    const auto address =
        parseRoomAddress(QStringLiteral("ws://host:1234/notes/room%20a/%C3%BC?token=x%20y%26z"));
    QVERIFY(address.has_value());
    QVERIFY(address->form == RoomAddress::Form::Plain);
    QCOMPARE(address->room, QStringLiteral("notes/room a/ü"));
    QCOMPARE(address->webSocketUrl().toEncoded(),
             QByteArray("ws://host:1234/notes/room%20a/%C3%BC?token=x%20y%26z"));
    QCOMPARE(parseRoomAddress(address->toLink()).value(), *address);
    QCOMPARE(parseRoomAddress(QStringLiteral("wss://host/doc"))->port, quint16(443));
}

void AddressTest::whatLetsOneIntoAPlainServerStandsInNothingButTheLink()
{
    const QString link =
        QStringLiteral("ws://host:1234/notes?Auth=%1&lang=de&token=%1%26").arg(kToken);
    const auto address = parseRoomAddress(link);
    QVERIFY(address.has_value());
    QCOMPARE(address->toString(), QStringLiteral("ws://host:1234/notes?lang=de"));
    QCOMPARE(address->toLink(), link);
    QVERIFY(!address->server().contains(kToken));
    QVERIFY(isSameRoom(*address, parseRoomAddress(address->toString()).value()));
    QVERIFY(
        !isSameRoom(*address, parseRoomAddress(QStringLiteral("ws://host:1234/notes")).value()));

    RoomAddress stored = parseRoomAddress(address->toString()).value();
    QCOMPARE(stored.secret(), QString());
    stored.setSecret(address->secret());
    QCOMPARE(stored.secret(), address->secret());
    QVERIFY(stored.webSocketUrl().toString().contains(kToken));
    stored.setSecret({});
    QCOMPARE(stored.toLink(), stored.toString());

    const auto damaged = parseRoomAddress(QStringLiteral("ws://host:1234/?token=") + kToken);
    QVERIFY(!damaged.has_value());
    QVERIFY(!QString::fromStdString(damaged.error().message).contains(kToken));
}

void AddressTest::aConnectionStringOfYSweetNamesServerTokenAndDocument()
{
    const auto address =
        parseRoomAddress(QStringLiteral("yss://key.c2VjcmV0@sweet.example/some/base/notes"));
    QVERIFY(address.has_value());
    QVERIFY(address->form == RoomAddress::Form::YSweet);
    QCOMPARE(address->server(), QStringLiteral("sweet.example:443"));
    QCOMPARE(address->base, QStringLiteral("some/base"));
    QCOMPARE(address->room, QStringLiteral("notes"));
    QCOMPARE(address->token, QStringLiteral("key.c2VjcmV0"));
    QVERIFY(address->encrypted);
    QCOMPARE(address->toString(), QStringLiteral("yss://sweet.example:443/some/base/notes"));
    QCOMPARE(parseRoomAddress(address->toLink()).value(), *address);
    QCOMPARE(address->httpUrl(QStringLiteral("doc/new")).toEncoded(),
             QByteArray("https://sweet.example:443/some/base/doc/new"));

    const auto bare = parseRoomAddress(QStringLiteral("ys://127.0.0.1:8080/notes"));
    QVERIFY(bare.has_value());
    QVERIFY(!bare->encrypted && bare->token.isEmpty() && bare->base.isEmpty());
    QCOMPARE(bare->toLink(), QStringLiteral("ys://127.0.0.1:8080/notes"));
}

void AddressTest::aFileInJupyterLabIsAnAddress_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("token");
    QTest::newRow("lab") << QStringLiteral("http://h:8888/lab/tree/notes.md?token=abc123")
                         << QString() << QStringLiteral("notes.md") << QStringLiteral("abc123");
    QTest::newRow("in a folder, of a hub")
        << QStringLiteral("http://h:8888/user/ann/lab/tree/my%20work/%C3%BC.md")
        << QStringLiteral("user/ann") << QStringLiteral("my work/ü.md") << QString();
    QTest::newRow("notebook") << QStringLiteral("http://h:8888/notebooks/lab/tree/x.ipynb")
                              << QString() << QStringLiteral("lab/tree/x.ipynb") << QString();
    QTest::newRow("a file called edit") << QStringLiteral("http://h:8888/edit/edit/edit")
                                        << QString() << QStringLiteral("edit/edit") << QString();
}

void AddressTest::aFileInJupyterLabIsAnAddress()
{
    QFETCH(QString, text);
    const auto address = parseRoomAddress(text);
    QVERIFY(address.has_value());
    QVERIFY(address->form == RoomAddress::Form::Jupyter);
    QTEST(address->base, "base");
    QTEST(address->room, "file");
    QTEST(address->token, "token");
    QVERIFY(address->token.isEmpty() || !address->toString().contains(address->token));
    QCOMPARE(parseRoomAddress(address->toLink()).value(), *address);
}

void AddressTest::anAddressWithoutSchemeIsAccepted()
{
    QCOMPARE(parseRoomAddress(QStringLiteral("127.0.0.1:1234/doc"))->toString(),
             QStringLiteral("ws://127.0.0.1:1234/doc"));
    QCOMPARE(parseRoomAddress(QStringLiteral("studio/r/doc"))->toString(),
             QStringLiteral("cowrite://studio:7300/r/doc"));
}

void AddressTest::whatIsNoAddressGivesASentence_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "hello",
                             "cowrite://",
                             "cowrite://host:1/",
                             "cowrite://host:1/doc",
                             "http://host/x",
                             "ws://host:99999/x",
                             "ws://user:secret@host/x",
                             "cowrite://host/r/a%2Fb",
                             "cowrite://host/r/..",
                             "ws://host/a%0D%0Ab",
                             "ws://host/a%00",
                             "ws://host/a%7Fb",
                             "ws://host/a%C2%85",
                             "ys://host",
                             "ys://host/",
                             "ys://host/a b",
                             "ys:///doc",
                             "ys://host/../x/..",
                             "http://host/lab/tree/",
                             "http://host/lab/tree/folder/",
                             "http://user:secret@host/lab/tree/x",
                             "http://host/lab/tree/a%0Ab"}) {
        QTest::newRow(text) << QString::fromUtf8(text);
    }
}

void AddressTest::whatIsNoAddressGivesASentence()
{
    QFETCH(QString, text);
    const auto address = parseRoomAddress(text);
    QVERIFY(!address.has_value());
    QVERIFY(QString::fromStdString(address.error().message).endsWith(u'.'));
}

void AddressTest::aYWebSocketUrlIsBuiltAsYWebSocketBuildsIt()
{
    // yjs-compat.md section 11, case 73.
    const QUrl url = yWebSocketUrl(QStringLiteral("ws://h:1//"), QStringLiteral("room a/ü"),
                                   {{QStringLiteral("token"), QStringLiteral("x y&z")},
                                    {QStringLiteral("b"), QStringLiteral("ü")}});
    QCOMPARE(url.toEncoded(), QByteArray("ws://h:1/room%20a/%C3%BC?token=x%20y%26z&b=%C3%BC"));
    QCOMPARE(yWebSocketUrl(QStringLiteral("ws://h:1/sub"), QStringLiteral("r"), {}).toEncoded(),
             QByteArray("ws://h:1/sub/r"));
}

void AddressTest::roomNamesAreOpaqueKeys()
{
    QVERIFY(isRoomName(u"A-z.0_9~"));
    QVERIFY(isRoomName(QString(128, u'a')));
    QVERIFY(!isRoomName(QString(129, u'a')));
    for (const QString &name :
         {QString(), QStringLiteral(".."), QStringLiteral("a/b"), QStringLiteral("a b"),
          QStringLiteral("ä"), QStringLiteral("a\n"), QString(QChar(0))}) {
        QVERIFY2(!isRoomName(name), qPrintable(name));
    }
}

void AddressTest::listenAddressesAreRead()
{
    QCOMPARE(parseListenAddress(QStringLiteral("127.0.0.1:0"))->port, quint16(0));
    QCOMPARE(parseListenAddress(QStringLiteral("[::1]:7300"))->address, QStringLiteral("::1"));
    QCOMPARE(parseListenAddress(QStringLiteral("localhost:1"))->address,
             QStringLiteral("127.0.0.1"));
    QVERIFY(!parseListenAddress(QStringLiteral("7300")));
    QVERIFY(!parseListenAddress(QStringLiteral("127.0.0.1:99999")));
    QVERIFY(!parseListenAddress(QStringLiteral("somewhere:80")));
}

QTEST_GUILESS_MAIN(AddressTest)
#include "address_test.moc"
