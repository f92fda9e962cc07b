#include "libsync/net/address.h"

#include <QTest>

using namespace cowrite::net;

class AddressTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCowriteLinkIsReadAndWrittenBack();
    void aPlainAddressKeepsItsWholePathAsTheRoom();
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

void AddressTest::aPlainAddressKeepsItsWholePathAsTheRoom()
{
    const auto address =
        parseRoomAddress(QStringLiteral("ws://host:1234/notes/room%20a/%C3%BC?token=x%20y%26z"));
    QVERIFY(address.has_value());
    QVERIFY(address->form == RoomAddress::Form::Plain);
    QCOMPARE(address->room, QStringLiteral("notes/room a/ü"));
    QCOMPARE(address->webSocketUrl().toEncoded(),
             QByteArray("ws://host:1234/notes/room%20a/%C3%BC?token=x%20y%26z"));
    QCOMPARE(parseRoomAddress(address->toString()).value(), *address);
    QCOMPARE(parseRoomAddress(QStringLiteral("wss://host/doc"))->port, quint16(443));
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
    for (const char *text : {"", "hello", "cowrite://", "cowrite://host:1/", "cowrite://host:1/doc",
                             "http://host/r/x", "ws://host:99999/x", "ws://user:secret@host/x",
                             "cowrite://host/r/a%2Fb", "cowrite://host/r/..", "ws://host/a%0D%0Ab",
                             "ws://host/a%00", "ws://host/a%7Fb", "ws://host/a%C2%85"}) {
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
