#include "libsync/net/forwarded.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::net;

class ForwardedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void networksAreReadAsPeopleWriteThem();
    void onlyATrustedProxyIsBelieved_data();
    void onlyATrustedProxyIsBelieved();
};

void ForwardedTest::networksAreReadAsPeopleWriteThem()
{
    for (const char *text : {"127.0.0.1", "::1", "10.0.0.0/8", "2001:db8::/32"}) {
        QVERIFY2(networkFrom(QLatin1String(text)).has_value(), text);
    }
    for (const char *text : {"", "proxy", "10.0.0.0/99", "10.0.0.0/", "/8", "1.2.3.4.5"}) {
        QVERIFY2(!networkFrom(QLatin1String(text)).has_value(), text);
    }
}

void ForwardedTest::onlyATrustedProxyIsBelieved_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArrayList>("forwarded");
    QTest::addColumn<QString>("sender");
    const auto row = [](const char *name, const char *peer, const QByteArrayList &forwarded,
                        const char *sender) {
        QTest::newRow(name) << QString::fromLatin1(peer) << forwarded
                            << QString::fromLatin1(sender);
    };
    row("somebody else lies", "192.0.2.9", {"198.51.100.1"}, "192.0.2.9");
    row("a proxy tells", "127.0.0.1", {"192.0.2.1"}, "192.0.2.1");
    row("a proxy says nothing", "127.0.0.1", {}, "127.0.0.1");
    row("the guest lied to the proxy", "127.0.0.1", {"198.51.100.1, 192.0.2.1"}, "192.0.2.1");
    row("two proxies", "127.0.0.1", {"192.0.2.1, 10.1.2.3"}, "192.0.2.1");
    row("two lines", "127.0.0.1", {"198.51.100.1", "192.0.2.1"}, "192.0.2.1");
    row("nonsense", "127.0.0.1", {"192.0.2.1, unknown"}, "127.0.0.1");
    row("nonsense before a proxy", "127.0.0.1", {"unknown, 10.0.0.7"}, "10.0.0.7");
    row("with a port", "127.0.0.1", {"192.0.2.1:4711"}, "192.0.2.1");
    row("version 6", "127.0.0.1", {"2001:db8::1"}, "2001:db8::1");
    row("version 6 with a port", "127.0.0.1", {"[2001:db8::1]:4711"}, "2001:db8::1");
    row("a socket for both", "::ffff:127.0.0.1", {"192.0.2.1"}, "192.0.2.1");
}

void ForwardedTest::onlyATrustedProxyIsBelieved()
{
    QFETCH(QString, peer);
    QFETCH(QByteArrayList, forwarded);
    QFETCH(QString, sender);
    const QList<Network> trusted{*networkFrom(QStringLiteral("127.0.0.1")),
                                 *networkFrom(QStringLiteral("10.0.0.0/8"))};
    RequestHead head;
    for (const QByteArray &line : forwarded) {
        head.headers.append({"x-forwarded-for", line});
    }
    QCOMPARE(senderOf(head, QHostAddress(peer), trusted), QHostAddress(sender));
}

QTEST_GUILESS_MAIN(ForwardedTest)
#include "forwarded_test.moc"
