#include "libsync/session/admission/web_page.h"

#include "reply_header.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using session::WebPage;

namespace {

net::RequestHead get(const QByteArray &path,
                     const QList<QPair<QByteArray, QByteArray>> &headers = {})
{
    net::RequestHead head;
    head.method = "GET";
    head.path = path;
    head.headers = headers;
    return head;
}

} // namespace

class WebPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("assets")));
        write("index.html", "<!doctype html>");
        write("assets/code-12.js", "0123456789");
        write("assets/code-12.js.gz", "packed");
        write("assets/face.woff2", "font");
        write("assets/worker.js", "keep();");
        write("secret.txt", "secret");
    }

    void theDocumentIsLockedDownAndNeverKeptUnasked()
    {
        const net::HttpReply reply = page().document(get("/r/plan"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, QByteArray("<!doctype html>"));
        QCOMPARE(reply.contentType, QByteArray("text/html; charset=utf-8"));
        QCOMPARE(header(reply, "Cache-Control"), QByteArray("no-cache"));
        QCOMPARE(header(reply, "Referrer-Policy"), QByteArray("no-referrer"));
        const QByteArray policy = header(reply, "Content-Security-Policy");
        QVERIFY(policy.startsWith("default-src 'none';"));
        QVERIFY(!policy.contains("unsafe"));
        QVERIFY(!policy.contains("http"));
        QVERIFY(policy.contains("frame-ancestors 'none'"));
    }

    void assetsAreKeptForEver()
    {
        const net::HttpReply reply = page().asset(get("/assets/code-12.js"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, QByteArray("0123456789"));
        QCOMPARE(reply.contentType, QByteArray("text/javascript; charset=utf-8"));
        QCOMPARE(header(reply, "Cache-Control"), QByteArray("public, max-age=31536000, immutable"));
    }

    void theServiceWorkerIsAskedForWithEveryVisit()
    {
        const net::HttpReply reply = page().asset(get("/assets/worker.js"));
        QCOMPARE(reply.body, QByteArray("keep();"));
        QCOMPARE(header(reply, "Cache-Control"), QByteArray("no-cache"));
        QCOMPARE(header(reply, "Service-Worker-Allowed"), QByteArray("/r/"));
        QCOMPARE(header(reply, "Content-Security-Policy"),
                 QByteArray("default-src 'none'; connect-src 'self'"));
        QVERIFY(
            header(page().asset(get("/assets/code-12.js")), "Service-Worker-Allowed").isEmpty());
    }

    void gzipIsSentToThoseWhoTakeIt_data()
    {
        QTest::addColumn<QByteArray>("accepted");
        QTest::addColumn<bool>("isPacked");
        QTest::newRow("browsers") << QByteArray("gzip, deflate, br, zstd") << true;
        QTest::newRow("later and weighted") << QByteArray("br, GZIP;q=0.5") << true;
        QTest::newRow("nothing said") << QByteArray() << false;
        QTest::newRow("refused") << QByteArray("gzip; q=0, br") << false;
        QTest::newRow("another") << QByteArray("br") << false;
    }

    void gzipIsSentToThoseWhoTakeIt()
    {
        QFETCH(QByteArray, accepted);
        QFETCH(bool, isPacked);
        const net::HttpReply reply =
            page().asset(get("/assets/code-12.js", {{"Accept-Encoding", accepted}}));
        QCOMPARE(reply.body, QByteArray(isPacked ? "packed" : "0123456789"));
        QCOMPARE(header(reply, "Content-Encoding"), QByteArray(isPacked ? "gzip" : ""));
        QCOMPARE(header(reply, "Vary"), QByteArray("Accept-Encoding"));
        QCOMPARE(reply.contentType, QByteArray("text/javascript; charset=utf-8"));
    }

    void whatDoesNotShrinkIsSentAsItIs()
    {
        const net::HttpReply reply =
            page().asset(get("/assets/face.woff2", {{"Accept-Encoding", "gzip"}}));
        QCOMPARE(reply.body, QByteArray("font"));
        QVERIFY(header(reply, "Content-Encoding").isEmpty());
    }

    void whoHasItAlreadyGetsNothingAgain()
    {
        const net::HttpReply first = page().asset(get("/assets/code-12.js"));
        const QByteArray tag = header(first, "ETag");
        QVERIFY(tag.startsWith('"') && tag.endsWith('"'));
        const net::HttpReply second =
            page().asset(get("/assets/code-12.js", {{"If-None-Match", "\"other\", " + tag}}));
        QCOMPARE(second.status, 304);
        QVERIFY(second.body.isEmpty());
        QCOMPARE(header(second, "ETag"), tag);
        const net::HttpReply packed =
            page().asset(get("/assets/code-12.js", {{"Accept-Encoding", "gzip"}}));
        QVERIFY(header(packed, "ETag") != tag);
    }

    void aRangeIsSentAlone_data()
    {
        QTest::addColumn<QByteArray>("range");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("contentRange");
        const QByteArray all = "0123456789";
        QTest::newRow("inside") << QByteArray("bytes=2-4") << 206 << QByteArray("234")
                                << QByteArray("bytes 2-4/10");
        QTest::newRow("to the end")
            << QByteArray("bytes=7-") << 206 << QByteArray("789") << QByteArray("bytes 7-9/10");
        QTest::newRow("the last") << QByteArray("bytes=-3") << 206 << QByteArray("789")
                                  << QByteArray("bytes 7-9/10");
        QTest::newRow("more than there is")
            << QByteArray("bytes=8-99") << 206 << QByteArray("89") << QByteArray("bytes 8-9/10");
        QTest::newRow("behind the end")
            << QByteArray("bytes=10-12") << 416 << QByteArray() << QByteArray("bytes */10");
        QTest::newRow("no last bytes")
            << QByteArray("bytes=-0") << 416 << QByteArray() << QByteArray("bytes */10");
        QTest::newRow("backwards") << QByteArray("bytes=4-2") << 200 << all << QByteArray();
        QTest::newRow("several") << QByteArray("bytes=0-1,3-4") << 200 << all << QByteArray();
        QTest::newRow("nonsense") << QByteArray("bytes=a-b") << 200 << all << QByteArray();
        QTest::newRow("only a dash") << QByteArray("bytes=-") << 200 << all << QByteArray();
        QTest::newRow("negative") << QByteArray("bytes=--3") << 200 << all << QByteArray();
        QTest::newRow("far too large")
            << QByteArray("bytes=99999999999999999999-") << 200 << all << QByteArray();
        QTest::newRow("another unit") << QByteArray("lines=1-2") << 200 << all << QByteArray();
    }

    void aRangeIsSentAlone()
    {
        QFETCH(QByteArray, range);
        const net::HttpReply reply = page().asset(get("/assets/code-12.js", {{"Range", range}}));
        QTEST(reply.status, "status");
        QTEST(reply.body, "body");
        QTEST(header(reply, "Content-Range"), "contentRange");
    }

    void aRangeOfAnotherVersionIsSentWhole()
    {
        const net::HttpReply reply = page().asset(
            get("/assets/code-12.js", {{"Range", "bytes=0-1"}, {"If-Range", "\"x\""}}));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body.size(), qsizetype(10));
    }

    void onlyAssetsCanBeAskedFor_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("absent") << QByteArray("/assets/none.js");
        QTest::newRow("the folder") << QByteArray("/assets/");
        QTest::newRow("upwards") << QByteArray("/assets/../secret.txt");
        QTest::newRow("encoded") << QByteArray("/assets/..%2Fsecret.txt");
        QTest::newRow("the packed form") << QByteArray("/assets/code-12.js.gz");
    }

    void onlyAssetsCanBeAskedFor()
    {
        QFETCH(QByteArray, path);
        QCOMPARE(page().asset(get(path)).status, 404);
    }

    void aBuildWithoutThePageSaysSo()
    {
        const WebPage none(m_folder->filePath(QStringLiteral("assets")));
        QVERIFY(!none.isBuilt());
        const net::HttpReply reply = none.document(get("/r/plan"));
        QCOMPARE(reply.status, 503);
        QVERIFY(reply.body.startsWith("This build has no page for browsers."));
        QCOMPARE(none.asset(get("/assets/code-12.js")).status, 404);
    }

    void browsersAreKnownByWhatTheyWant()
    {
        QVERIFY(session::wantsPage(get("/r/a", {{"Accept", "text/html,*/*;q=0.8"}})));
        QVERIFY(!session::wantsPage(get("/r/a", {{"Accept", "*/*"}})));
        QVERIFY(!session::wantsPage(
            get("/r/a",
                {{"Accept", "text/html"}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"}})));
    }

    void theBuiltPageIsSmallEnough()
    {
        const WebPage built;
        if (!built.isBuilt()) {
            QSKIP("this build has no page for browsers");
        }
        qsizetype bytes = 0;
        QVERIFY(built.document(get("/r/a", {{"Accept-Encoding", "gzip"}})).body.size() > 0);
        const QStringList names =
            QDir(WebPage::builtIn() + QStringLiteral("/assets")).entryList(QDir::Files);
        for (const QString &name : names) {
            if (name.endsWith(QLatin1String(".gz"))) {
                continue;
            }
            bytes += built.asset(get("/assets/" + name.toLatin1(), {{"Accept-Encoding", "gzip"}}))
                         .body.size();
        }
        bytes += built.document(get("/r/a", {{"Accept-Encoding", "gzip"}})).body.size();
        QVERIFY2(bytes > 0 && bytes < 300 * 1024, qPrintable(QString::number(bytes)));
        qInfo("the page takes %lld bytes, gzipped", static_cast<long long>(bytes));
    }

private:
    WebPage page() const { return WebPage(m_folder->path()); }

    void write(const char *name, const QByteArray &bytes)
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(WebPageTest)
#include "web_page_test.moc"
