#include "libsync/session/admission/web_entrance.h"

#include "libsync/net/address.h"
#include "reply_header.h"

#include <QTest>

using namespace cowrite;
using session::WebAccess;
using session::WebEntrance;
using session::WebRefusal;

namespace {

net::Request request(const QByteArray &method, const QByteArray &path,
                     const QList<QPair<QByteArray, QByteArray>> &headers = {})
{
    net::Request request;
    request.head.method = method;
    request.head.path = path;
    request.head.headers = headers;
    request.head.headers.append(QPair<QByteArray, QByteArray>{"Host", "studio.local:7300"});
    return request;
}

} // namespace

class WebEntranceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBrowserGetsThePageWhoeverItIs()
    {
        const auto verdict = m_entrance.route(request("GET", "/r/plan", {{"Accept", "text/html"}}));
        QVERIFY(verdict && std::holds_alternative<net::HttpReply>(*verdict));
    }

    void everythingElseIsLeftToTheRooms_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("a room") << QByteArray("GET") << QByteArray("/r/plan");
        QTest::newRow("a room without prefix") << QByteArray("GET") << QByteArray("/plan");
        QTest::newRow("health") << QByteArray("GET") << QByteArray("/healthz");
        QTest::newRow("no room name") << QByteArray("GET") << QByteArray("/r/..%2f/session");
        QTest::newRow("dots") << QByteArray("GET") << QByteArray("/r/../session");
        QTest::newRow("too deep") << QByteArray("GET") << QByteArray("/r/plan/session/x");
        QTest::newRow("another word") << QByteArray("POST") << QByteArray("/r/plan/other");
    }

    void everythingElseIsLeftToTheRooms()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QVERIFY(!m_entrance.route(request(method, path)));
    }

    void theEndOfALinkBecomesACookieThatNoScriptReads()
    {
        const net::HttpReply reply = post("FINGER.edit-token");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, QByteArray("{\"role\":\"edit\"}\n"));
        const QByteArray cookie = header(reply, "Set-Cookie");
        QVERIFY(cookie.startsWith("cowrite=FINGER.edit-token; Path=/r/plan; "));
        QVERIFY(cookie.contains("; HttpOnly; SameSite=Strict"));
        QVERIFY(!cookie.contains("Secure"));
    }

    void underTlsTheCookieStaysThere()
    {
        net::Request encrypted = request("POST", "/r/plan/session");
        encrypted.isEncrypted = true;
        QVERIFY(header(answer(encrypted, "F.edit-token"), "Set-Cookie").endsWith("; Secure"));
    }

    void aLinkThatDoesNotWorkLeavesNoCookie_data()
    {
        QTest::addColumn<QByteArray>("fragment");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const char *fragment, int status,
                            const char *reason) {
            QTest::newRow(name) << QByteArray(fragment) << status
                                << QByteArray("{\"reason\":\"") + reason + "\"}\n";
        };
        row("expired", "F.expired-token", 401, "expired");
        row("revoked", "F.revoked-token", 401, "revoked");
        row("unknown", "F.nonsense", 401, "invalid");
        row("only a fingerprint", "F", 401, "missing");
        row("what would end a header", "F.a\r\nSet-Cookie: b=c", 401, "invalid");
        row("what would end a cookie", "F.a;Path=/", 401, "invalid");
    }

    void aLinkThatDoesNotWorkLeavesNoCookie()
    {
        QFETCH(QByteArray, fragment);
        const net::HttpReply reply = post(fragment);
        QTEST(reply.status, "status");
        QTEST(reply.body, "body");
        QVERIFY(header(reply, "Set-Cookie").isEmpty());
    }

    void theBodyHasABound()
    {
        const auto verdict = m_entrance.route(request("POST", "/r/plan/session"));
        QVERIFY(std::get<net::AnswerLater>(*verdict).maxBodyBytes <= 4096);
        QCOMPARE(post(QByteArray(5000, 'a')).status, 401);
    }

    void theCookieSaysWhatIsAllowed()
    {
        QCOMPARE(look("cowrite=F.view-token").body, QByteArray("{\"role\":\"view\"}\n"));
        QCOMPARE(look("other=1; cowrite=.edit-token").body, QByteArray("{\"role\":\"edit\"}\n"));
        QCOMPARE(look("cowrite=F.expired-token").body, QByteArray("{\"reason\":\"expired\"}\n"));
        QCOMPARE(look({}).body, QByteArray("{\"reason\":\"missing\"}\n"));
    }

    void aRoomThatIsGoneIsNotFound()
    {
        const auto verdict = m_entrance.route(request("GET", "/r/gone/session"));
        const auto &reply = std::get<net::HttpReply>(*verdict);
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.body, QByteArray("{\"reason\":\"gone\"}\n"));
    }

    void theAppIsOpenedWithTheWholeLink_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<bool>("encrypted");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("link");
        const auto row = [](const char *name, const char *host, const char *cookie, bool encrypted,
                            const char *query, const char *link) {
            QTest::newRow(name) << QByteArray(host) << QByteArray(cookie) << encrypted
                                << QByteArray(query) << QByteArray(link);
        };
        row("pinned", "studio:7300", "cowrite=F.token", true, "https",
            "cowrite://studio:7300/r/plan#F.token");
        row("pinned, on the usual port", "studio", "cowrite=F.token", true, "https",
            "cowrite://studio:443/r/plan#F.token");
        row("plain", "127.0.0.1:7300", "cowrite=.token", false, "",
            "cowrite://127.0.0.1:7300/r/plan#.token");
        row("plain, on the usual port", "[::1]", "", false, "", "cowrite://[::1]:80/r/plan");
        row("nobody invited", "[::1]:7300", "", false, "", "cowrite://[::1]:7300/r/plan");
        row("a real certificate", "studio.example", "cowrite=.token", true, "https",
            "cowrite:https://studio.example/r/plan#.token");
        row("a real certificate, nobody invited", "studio.example:8443", "", true, "",
            "cowrite:https://studio.example:8443/r/plan");
        row("a proxy has the certificate", "studio.example", "cowrite=.token", false, "https",
            "cowrite:https://studio.example/r/plan#.token");
        row("no end of a link", "studio:7300", "cowrite=<x>", false, "",
            "cowrite://studio:7300/r/plan");
    }

    void theAppIsOpenedWithTheWholeLink()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, cookie);
        QFETCH(QByteArray, link);
        net::Request open;
        QFETCH(bool, encrypted);
        open.isEncrypted = encrypted;
        open.head.method = "GET";
        open.head.path = "/r/plan/open";
        QFETCH(QByteArray, query);
        open.head.query = query;
        open.head.headers = {{"Host", host}, {"Cookie", cookie}};
        const auto verdict = m_entrance.route(open);
        const auto &reply = std::get<net::HttpReply>(*verdict);
        QCOMPARE(reply.status, 303);
        QCOMPARE(header(reply, "Location"), link);
        QVERIFY(reply.body.isEmpty());
        // The app understands it; F stands for a fingerprint.
        QVERIFY(net::parseRoomAddress(
                    QString::fromLatin1(link).replace(QLatin1String("#F."), QLatin1String("#.")))
                    .has_value());
    }

    void aTokenBesideTheSubProtocolsComesBeforeTheCookie()
    {
        net::RequestHead head;
        head.headers = {{"Cookie", "cowrite=F.from-cookie"}};
        QCOMPARE(session::tokenOf(head), QByteArray("from-cookie"));
        head.headers = {{"Cookie", "cowrite=F.from-cookie"},
                        {"Sec-WebSocket-Protocol", "cowrite.v1, cowrite.token.offered"}};
        QCOMPARE(session::tokenOf(head), QByteArray("offered"));
        QCOMPARE(session::tokenOf({}), QByteArray());
    }

private:
    static tl::expected<WebAccess, WebRefusal> judge(const QString &room, const QByteArray &token,
                                                     const QHostAddress &)
    {
        if (room == u"gone") {
            return tl::unexpected(WebRefusal::Gone);
        }
        if (token == "edit-token" || token == "view-token") {
            return WebAccess{token.left(4)};
        }
        return tl::unexpected(token.isEmpty()            ? WebRefusal::Missing
                              : token == "expired-token" ? WebRefusal::Expired
                              : token == "revoked-token" ? WebRefusal::Revoked
                                                         : WebRefusal::Invalid);
    }

    net::HttpReply answer(const net::Request &asked, const QByteArray &body) const
    {
        net::HttpReply given;
        const auto verdict = m_entrance.route(asked);
        std::get<net::AnswerLater>(*verdict).work(
            body, [&](const net::HttpReply &reply) { given = reply; });
        return given;
    }

    net::HttpReply post(const QByteArray &body) const
    {
        return answer(request("POST", "/r/plan/session"), body);
    }

    net::HttpReply look(const QByteArray &cookie) const
    {
        const auto verdict =
            m_entrance.route(request("GET", "/r/plan/session", {{"Cookie", cookie}}));
        return std::get<net::HttpReply>(*verdict);
    }

    WebEntrance m_entrance{&judge};
};

QTEST_GUILESS_MAIN(WebEntranceTest)
#include "web_entrance_test.moc"
