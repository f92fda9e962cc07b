#include "app/desktop/keyring.h"

#include "tests/unit/session/fixture.h"

using namespace cowrite;
using namespace cowrite::session;

class NoKeyringTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoHasNoKeyringIsToldThatTheInvitationEndsWithTheProgram();
};

void NoKeyringTest::whoHasNoKeyringIsToldThatTheInvitationEndsWithTheProgram()
{
    TestServer server;
    server.requireInvitations();
    server.start();
    Invitations::Request request;
    request.room = "plans";
    request.access = protocol::Access::Edit;
    const QString address = server.address(QStringLiteral("plans"));
    const QString link = address + QLatin1String("#.") +
                         QString::fromStdString(server.invitations().mint(request)->token);

    desktop::Keyring keyring;
    ProfileOptions options = quickOptions();
    options.secrets = &keyring;
    TestPerson ann(QStringLiteral("Ann"), {}, options);
    Replica &replica = ann.join(link);
    QTRY_COMPARE(replica.link(), LinkState::Online);
    QTRY_VERIFY2(
        replica.invitationMessage().startsWith(QStringLiteral("This computer has no keyring: ")),
        qPrintable(replica.invitationMessage()));
    const DocumentId id = replica.id();

    ann.restart();
    Replica *const again = ann.profile().open(id).value();
    QTRY_COMPARE(again->link(), LinkState::Refused);
    QVERIFY2(again->invitationMessage().contains(QStringLiteral("open the link")),
             qPrintable(again->invitationMessage()));
    ann.join(link);
    QTRY_COMPARE(again->link(), LinkState::Online);
}

QTEST_GUILESS_MAIN(NoKeyringTest)
#include "no_keyring_test.moc"
