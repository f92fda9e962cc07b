#include "libsync/net/origin_check.h"
#include "libsync/net/request_head.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::net;

namespace {

RequestHead headWith(const QByteArray &host, const QByteArray &origin)
{
    RequestHead head{"GET", "/r/x", {}, {{"Host", host}}};
    if (!origin.isNull()) {
        head.headers.append({"Origin", origin});
    }
    return head;
}

} // namespace

class RequestHeadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHeadIsReadOnceItIsWhole();
    void brokenHeadsAreRefused_data();
    void brokenHeadsAreRefused();
    void anEndlessHeadIsRefused();
    void onlyOurOwnPagesMayConnect_data();
    void onlyOurOwnPagesMayConnect();
    void trustedNamesMayConnectToo();
    void aPortThatIsNotNamedIsThatOfTheScheme();
    void twoTokensAreNone();
};

void RequestHeadTest::aHeadIsReadOnceItIsWhole()
{
    const QByteArray text = "GET /r/x?a=1 HTTP/1.1\r\nHost: h:1\r\nupgrade: WebSocket\r\n"
                            "Connection: keep-alive, Upgrade\r\nX:  y \r\n\r\nmore";
    const qsizetype whole = text.indexOf("\r\n\r\n") + 4;
    for (qsizetype size = 0; size < whole; ++size) {
        QVERIFY(!parseRequestHead(text.left(size)).has_value());
    }
    const auto head = parseRequestHead(text);
    QVERIFY(head.has_value() && head->has_value());
    QCOMPARE((*head)->method, QByteArray("GET"));
    QCOMPARE((*head)->path, QByteArray("/r/x"));
    QCOMPARE((*head)->query, QByteArray("a=1"));
    QCOMPARE((*head)->header("x"), QByteArray("y"));
    QVERIFY((*head)->wantsWebSocket());
}

void RequestHeadTest::brokenHeadsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("not http") << QByteArray("hello\r\n\r\n");
    QTest::newRow("absolute target") << QByteArray("GET http://x/ HTTP/1.1\r\nHost: h\r\n\r\n");
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    QTest::newRow("nul in path") << QByteArray("GET /a") + '\0' + "b HTTP/1.1\r\nHost: h\r\n\r\n";
    QTest::newRow("bare newline") << QByteArray("GET / HTTP/1.1\r\nHost: h\nX: y\r\n\r\n");
    QTest::newRow("folded line") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n more\r\n\r\n");
    QTest::newRow("no colon") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\nabc\r\n\r\n");
}

void RequestHeadTest::brokenHeadsAreRefused()
{
    QFETCH(QByteArray, text);
    const auto head = parseRequestHead(text);
    QVERIFY(head.has_value());
    QVERIFY(!head->has_value());
    QVERIFY(head->error().code == ErrorCode::Malformed);
}

void RequestHeadTest::anEndlessHeadIsRefused()
{
    const QByteArray text = "GET / HTTP/1.1\r\nX: " + QByteArray(20'000, 'a');
    const auto head = parseRequestHead(text);
    QVERIFY(head.has_value() && !head->has_value());
    QVERIFY(head->error().code == ErrorCode::LimitExceeded);
}

void RequestHeadTest::onlyOurOwnPagesMayConnect_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("program") << QByteArray("127.0.0.1:7300") << QByteArray() << true;
    QTest::newRow("own page") << QByteArray("127.0.0.1:7300") << QByteArray("http://127.0.0.1:7300")
                              << true;
    QTest::newRow("page on loopback")
        << QByteArray("localhost:7300") << QByteArray("http://localhost:3000") << true;
    QTest::newRow("foreign page") << QByteArray("127.0.0.1:7300")
                                  << QByteArray("https://example.com") << false;
    QTest::newRow("opaque origin") << QByteArray("127.0.0.1:7300") << QByteArray("null") << false;
    QTest::newRow("rebound name") << QByteArray("example.com:7300")
                                  << QByteArray("http://example.com:7300") << false;
    QTest::newRow("rebound name, no origin")
        << QByteArray("example.com:7300") << QByteArray() << false;
    QTest::newRow("other address on loopback")
        << QByteArray("192.0.2.1:7300") << QByteArray() << false;
}

void RequestHeadTest::onlyOurOwnPagesMayConnect()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    const auto result = checkOrigin(headWith(host, origin.isEmpty() ? QByteArray() : origin),
                                    QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(result.has_value(), allowed);
    if (!allowed) {
        QVERIFY(result.error().code == ErrorCode::Denied);
    }
}

void RequestHeadTest::trustedNamesMayConnectToo()
{
    const QHostAddress loopback(QHostAddress::LocalHost);
    const TrustedNames trusted{{QStringLiteral("docs.example.org")},
                               {QStringLiteral("https://notes.example.org")}};
    const RequestHead own = headWith("docs.example.org", "https://docs.example.org");
    QVERIFY(!checkOrigin(own, loopback).has_value());
    QVERIFY(checkOrigin(own, loopback, trusted).has_value());
    const RequestHead page = headWith("docs.example.org", "https://notes.example.org");
    QVERIFY(checkOrigin(page, loopback, trusted).has_value());
    const RequestHead foreign = headWith("docs.example.org", "https://example.org");
    QVERIFY(!checkOrigin(foreign, loopback, trusted).has_value());
}

void RequestHeadTest::aPortThatIsNotNamedIsThatOfTheScheme()
{
    const QHostAddress any(QHostAddress::Any);
    QVERIFY(checkOrigin(headWith("192.0.2.1", "https://192.0.2.1"), any).has_value());
    QVERIFY(checkOrigin(headWith("192.0.2.1:443", "https://192.0.2.1"), any).has_value());
    QVERIFY(!checkOrigin(headWith("192.0.2.1:7300", "https://192.0.2.1"), any).has_value());
    QVERIFY(!checkOrigin(headWith("192.0.2.1", "http://192.0.2.1:8080"), any).has_value());
}

void RequestHeadTest::twoTokensAreNone()
{
    const auto offering = [](const QByteArray &protocols) {
        return parseRequestHead("GET / HTTP/1.1\r\nHost: a\r\n" + protocols + "\r\n")
            .value()
            .value()
            .offeredToken();
    };
    QCOMPARE(offering("Sec-WebSocket-Protocol: cowrite.v1, cowrite.token.ab\r\n"),
             QByteArray("ab"));
    QCOMPARE(offering("Sec-WebSocket-Protocol: cowrite.token.ab,cowrite.token.cd\r\n"),
             QByteArray());
    QCOMPARE(offering("Sec-WebSocket-Protocol: cowrite.token.ab\r\n"
                      "Sec-WebSocket-Protocol: cowrite.token.ab\r\n"),
             QByteArray());
    QCOMPARE(offering({}), QByteArray());
}

QTEST_GUILESS_MAIN(RequestHeadTest)
#include "request_head_test.moc"
