#include "tests/unit/session/fixture.h"

#include "libsync/net/address.h"

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// The link as a guest on this machine can use it: nothing here leaves loopback.
net::RoomAddress onLoopback(const QString &link)
{
    net::RoomAddress address = net::parseRoomAddress(link).value();
    address.host = QStringLiteral("127.0.0.1");
    return address;
}

} // namespace

class HostingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beyondThisMachineGuestsComeEncrypted();
    void theKeyOutlivesTheProgram();
    void onThisMachineNothingIsEncrypted();
    void aKeyThatCannotBeReadKeepsTheHostFromStarting();
};

void HostingTest::beyondThisMachineGuestsComeEncrypted()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"), u"hello");
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::AnyIPv4), 0).has_value());
    const QString link = ann.profile().host().share(plans).value();
    net::RoomAddress address = onLoopback(link);
    QVERIFY(address.encrypted);
    QCOMPARE(address.fingerprint.size(), 43);

    TestPerson bob(QStringLiteral("Bob"));
    Replica &copy = bob.join(address.toLink());
    QTRY_COMPARE(textOf(copy), QStringLiteral("hello"));
    type(copy, 5, u" there");
    QTRY_COMPARE(textOf(plans), QStringLiteral("hello there"));

    TestPerson eve(QStringLiteral("Eve"));
    address.fingerprint = QByteArray(43, 'A');
    Replica &other = eve.join(address.toLink());
    QTRY_COMPARE(other.link(), LinkState::Refused);
    QVERIFY2(other.linkMessage().contains(QStringLiteral("another key")),
             qPrintable(other.linkMessage()));
    QVERIFY(textOf(other).isEmpty());
}

void HostingTest::theKeyOutlivesTheProgram()
{
    TestPerson ann(QStringLiteral("Ann"));
    QByteArray fingerprint;
    for (int run = 0; run < 2; ++run) {
        Replica &plans = ann.create(QStringLiteral("Plans"));
        QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::AnyIPv4), 0).has_value());
        const QString link = ann.profile().host().share(plans).value();
        QVERIFY(run == 0 || net::parseRoomAddress(link)->fingerprint == fingerprint);
        fingerprint = net::parseRoomAddress(link)->fingerprint;
        ann.restart();
    }
}

void HostingTest::onThisMachineNothingIsEncrypted()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &plans = ann.create(QStringLiteral("Plans"));
    QVERIFY(ann.profile().host().start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
    QVERIFY(!net::parseRoomAddress(ann.profile().host().share(plans).value())->encrypted);
    QVERIFY(!QFile::exists(ann.folder() + QStringLiteral("/certificate.pem")));
}

void HostingTest::aKeyThatCannotBeReadKeepsTheHostFromStarting()
{
    TestPerson ann(QStringLiteral("Ann"));
    QFile file(ann.folder() + QStringLiteral("/certificate.pem"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("broken");
    file.close();
    Host &host = ann.profile().host();
    const auto started = host.start(QHostAddress(QHostAddress::AnyIPv4), 0);
    QVERIFY(!started.has_value());
    QVERIFY(QString::fromStdString(started.error().message).contains(QStringLiteral("damaged")));
    QVERIFY(!host.isRunning());
    QVERIFY(host.start(QHostAddress(QHostAddress::LocalHost), 0).has_value());
}

QTEST_GUILESS_MAIN(HostingTest)
#include "hosting_test.moc"
