#include "app/desktop/keyring.h"

#include "tests/unit/session/fixture.h"

#include <QDirIterator>

using namespace cowrite;
using namespace cowrite::session;

class KeyringTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecretIsThereUntilItIsRemoved();
    void aRoomThatWasJoinedByAnInvitationIsJoinedAgainAfterARestart();
    void anInvitationIsForgottenWithItsDocument();
    void twoProfilesHaveTheirOwnInvitations();
};

namespace {

Result<QString> readNow(SecretStore &store, const QString &name)
{
    std::optional<Result<QString>> read;
    store.read(name, [&](const Result<QString> &done) { read = done; });
    if (!QTest::qWaitFor([&] { return read.has_value(); }, 20'000)) {
        qFatal("the keyring does not answer");
    }
    return *read;
}

Result<void> writeNow(SecretStore &store, const QString &name, const QString &secret)
{
    std::optional<Result<void>> written;
    store.write(name, secret, [&](const Result<void> &done) { written = done; });
    if (!QTest::qWaitFor([&] { return written.has_value(); }, 20'000)) {
        qFatal("the keyring does not answer");
    }
    return *written;
}

ProfileOptions withKeyring(SecretStore &store)
{
    ProfileOptions options = quickOptions();
    options.secrets = &store;
    return options;
}

QString invitationTo(TestServer &server, const std::string &room)
{
    Invitations::Request request;
    request.room = room;
    request.access = protocol::Access::Edit;
    return server.address(QString::fromStdString(room)) + QLatin1String("#.") +
           QString::fromStdString(server.invitations().mint(request)->token);
}

bool isAnywhereIn(const QString &folder, const QByteArray &canary)
{
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QFile::ReadOnly) && file.readAll().contains(canary)) {
            return true;
        }
    }
    return false;
}

} // namespace

void KeyringTest::aSecretIsThereUntilItIsRemoved()
{
    desktop::Keyring keyring;
    const QString name = QStringLiteral("ann host:1/r");
    QVERIFY(readNow(keyring, name).error().code == ErrorCode::NotFound);
    QVERIFY(writeNow(keyring, name, QStringLiteral("first ü")).has_value());
    QVERIFY(writeNow(keyring, name, QStringLiteral("second ü")).has_value());
    QCOMPARE(readNow(keyring, name).value(), QStringLiteral("second ü"));
    keyring.remove(name);
    QTRY_COMPARE(readNow(keyring, name).has_value(), false);
}

void KeyringTest::aRoomThatWasJoinedByAnInvitationIsJoinedAgainAfterARestart()
{
    TestServer server;
    server.requireInvitations();
    server.start();
    desktop::Keyring keyring;
    TestPerson ann(QStringLiteral("Ann"), {}, withKeyring(keyring));
    const QString link = invitationTo(server, "plans");
    Replica &first = ann.join(link);
    QTRY_COMPARE(first.link(), LinkState::Online);
    type(first, 0, u"hello");
    QTRY_COMPARE(first.edits().waiting, quint64(0));
    QCOMPARE(first.invitationMessage(), QString());
    const DocumentId id = first.id();

    ann.restart();
    QVERIFY(!isAnywhereIn(ann.folder(), link.section(u'.', -1).toUtf8()));
    Replica *const again = ann.profile().open(id).value();
    QTRY_COMPARE(again->link(), LinkState::Online);
    QCOMPARE(again->invitation(), link);
    QCOMPARE(textOf(*again), QStringLiteral("hello"));
}

void KeyringTest::anInvitationIsForgottenWithItsDocument()
{
    TestServer server;
    server.requireInvitations();
    server.start();
    desktop::Keyring keyring;
    TestPerson ann(QStringLiteral("Ann"), {}, withKeyring(keyring));
    Replica &replica = ann.join(invitationTo(server, "draft"));
    QTRY_COMPARE(replica.link(), LinkState::Online);
    const QString name = QStringLiteral("%1 127.0.0.1:%2/draft")
                             .arg(ann.profile().identity().userId)
                             .arg(server.port());
    QTRY_VERIFY(readNow(keyring, name).has_value());
    const DocumentId id = replica.id();
    ann.restart();
    QVERIFY(ann.profile().removeDocument(id).has_value());
    QTRY_VERIFY(!readNow(keyring, name).has_value());
}

void KeyringTest::twoProfilesHaveTheirOwnInvitations()
{
    TestServer server;
    server.requireInvitations();
    server.start();
    desktop::Keyring keyring;
    TestPerson ann(QStringLiteral("Ann"), {}, withKeyring(keyring));
    TestPerson bob(QStringLiteral("Bob"), {}, withKeyring(keyring));
    const Replica &hers = ann.join(invitationTo(server, "ours"));
    QTRY_COMPARE(hers.link(), LinkState::Online);
    const Replica &his = bob.join(server.address(QStringLiteral("ours")));
    QTRY_COMPARE(his.link(), LinkState::Refused);
}

QTEST_GUILESS_MAIN(KeyringTest)
#include "keyring_test.moc"
