#include "libsync/session/admission/invitations.h"

#include "tests/support/manual_clock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;
using namespace std::chrono_literals;
using protocol::Access;

namespace {

constexpr std::chrono::sys_seconds kNow{1'750'000'000s};

InvitationBook::Request forRoom(const char *room, Access access = Access::Edit)
{
    return {room, access, kNow, kNow + 1h, QStringLiteral("For Ann")};
}

} // namespace

class InvitationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTokenSaysWhoMayDoWhatWhereAndUntilWhen();
    void noChangeToATokenLetsAnybodyIn();
    void whatIsNoTokenIsRefused_data();
    void whatIsNoTokenIsRefused();
    void aTokenOfAnotherServerIsForged();
    void eachReasonToRefuseHasItsSentence();
    void aTokenWithoutARoomIsForEveryRoom();
    void aWithdrawnKeyTakesAllItsInvitationsAlong();
    void anUnknownIdCanBeWithdrawn();
    void theAccessOfAnInvitationCanChange();
    void whatWouldNeverBeValidIsNotMade();
    void endedInvitationsAreForgottenAfterADay();
    void aBookIsWrittenAndReadBack();
    void aBookIsOnDiskForThisUserAlone();
    void aDamagedBookIsNotReplaced();
    void anInvitationThatCannotBeStoredIsNotMade();
    void aJumpOfTheWallClockEndsNothing();
    void sleepCounts();

private:
    SystemRng m_rng;
};

void InvitationTest::aTokenSaysWhoMayDoWhatWhereAndUntilWhen()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("plans", Access::Comment), kNow, m_rng);
    QVERIFY(minted.has_value());
    QVERIFY(minted->token.size() < 120);
    const auto pass = book.verify(minted->token, "plans", kNow);
    QVERIFY(pass.has_value());
    QVERIFY(pass->access == Access::Comment);
    QVERIFY(pass->expires == kNow + 1h);
    const auto read = readInvitation(minted->token);
    QVERIFY(read.has_value());
    QVERIFY(read->invitation == minted->record.invitation);
}

void InvitationTest::noChangeToATokenLetsAnybodyIn()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("plans", Access::View), kNow, m_rng);
    const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(minted->token),
                                                    QByteArray::Base64UrlEncoding);
    for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
        QByteArray changed = bytes;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        const std::string token =
            changed.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                .toStdString();
        QVERIFY2(!book.verify(token, "plans", kNow).has_value(), token.c_str());
    }
}

void InvitationTest::whatIsNoTokenIsRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("problem");
    const auto unreadable = static_cast<int>(InvitationProblem::Unreadable);
    QTest::newRow("nothing") << QByteArray() << static_cast<int>(InvitationProblem::Missing);
    QTest::newRow("a word") << QByteArray("secret") << unreadable;
    QTest::newRow("a newline") << QByteArray("AQ\nAQ") << unreadable;
    QTest::newRow("without end") << QByteArray(5000, 'A') << unreadable;
    QTest::newRow("zeros") << QByteArray(100, 'A') << unreadable;
}

void InvitationTest::whatIsNoTokenIsRefused()
{
    QFETCH(QByteArray, token);
    QFETCH(int, problem);
    InvitationBook book;
    const auto pass = book.verify(token.toStdString(), "plans", kNow);
    QVERIFY(!pass.has_value());
    QCOMPARE(static_cast<int>(pass.error()), problem);
}

void InvitationTest::aTokenOfAnotherServerIsForged()
{
    InvitationBook ours;
    InvitationBook theirs;
    (void)ours.mint(forRoom("plans"), kNow, m_rng);
    const auto minted = theirs.mint(forRoom("plans"), kNow, m_rng);
    const auto pass = ours.verify(minted->token, "plans", kNow);
    QVERIFY(!pass && pass.error() == InvitationProblem::Forged);

    // One that names our key, but was sealed with another secret.
    Invitation invitation = minted->record.invitation;
    invitation.key = ours.keys().front();
    const auto guess = ours.verify(sealInvitation(invitation, InvitationSecret{}), "plans", kNow);
    QVERIFY(!guess && guess.error() == InvitationProblem::Forged);
}

void InvitationTest::eachReasonToRefuseHasItsSentence()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("plans"), kNow, m_rng);
    const auto problem = [&](std::string_view room, std::chrono::sys_seconds now) {
        const auto pass = book.verify(minted->token, room, now);
        return pass ? InvitationProblem::Missing : pass.error();
    };
    QVERIFY(problem("other", kNow) == InvitationProblem::OtherRoom);
    QVERIFY(problem("plans", kNow - 61s) == InvitationProblem::NotYet);
    QVERIFY(book.verify(minted->token, "plans", kNow - 60s).has_value());
    QVERIFY(book.verify(minted->token, "plans", kNow + 1h - 1s).has_value());
    QVERIFY(problem("plans", kNow + 1h) == InvitationProblem::Expired);
    book.withdraw(minted->record.invitation.id);
    QVERIFY(problem("plans", kNow) == InvitationProblem::Withdrawn);

    QStringList sentences;
    for (int i = 0; i <= static_cast<int>(InvitationProblem::OtherRoom); ++i) {
        const QString sentence = sentenceFor(static_cast<InvitationProblem>(i));
        QVERIFY(sentence.endsWith(u'.'));
        // It must fit into a close frame as it is.
        QVERIFY2(sentence.toUtf8().size() <= 123, qPrintable(sentence));
        QVERIFY(!sentences.contains(sentence));
        sentences.append(sentence);
    }
}

void InvitationTest::aTokenWithoutARoomIsForEveryRoom()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("", Access::Admin), kNow, m_rng);
    for (const char *room : {"plans", "other"}) {
        const auto pass = book.verify(minted->token, room, kNow);
        QVERIFY(pass && pass->access == Access::Admin);
    }
}

void InvitationTest::aWithdrawnKeyTakesAllItsInvitationsAlong()
{
    InvitationBook book;
    const auto first = book.mint(forRoom("plans"), kNow, m_rng);
    const auto second = book.mint(forRoom("notes"), kNow, m_rng);
    QCOMPARE(book.keys().size(), std::size_t{1});
    QVERIFY(book.withdrawKey(book.keys().front()).has_value());
    QVERIFY(!book.verify(first->token, "plans", kNow).has_value());
    QVERIFY(!book.verify(second->token, "notes", kNow).has_value());
    QVERIFY(!book.withdrawKey(1).has_value());
    // The next one is sealed with a new key.
    const auto third = book.mint(forRoom("plans"), kNow, m_rng);
    QVERIFY(third->record.invitation.key != first->record.invitation.key);
    QVERIFY(book.verify(third->token, "plans", kNow).has_value());
    QVERIFY(!book.verify(first->token, "plans", kNow).has_value());
}

void InvitationTest::anUnknownIdCanBeWithdrawn()
{
    InvitationBook book;
    const auto first = book.mint(forRoom("plans"), kNow, m_rng);
    // The book is brought back from a copy that is older than the second invitation.
    const QByteArray copy = book.toJson();
    const auto second = book.mint(forRoom("plans"), kNow, m_rng);
    InvitationBook restored = InvitationBook::fromJson(copy).value();
    QVERIFY(restored.verify(second->token, "plans", kNow).has_value());
    restored.withdraw(second->record.invitation.id);
    restored = InvitationBook::fromJson(restored.toJson()).value();
    QVERIFY(!restored.verify(second->token, "plans", kNow).has_value());
    QVERIFY(restored.verify(first->token, "plans", kNow).has_value());
}

void InvitationTest::theAccessOfAnInvitationCanChange()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("plans", Access::Edit), kNow, m_rng);
    const auto pass = book.verify(minted->token, "plans", kNow);
    QVERIFY(book.setAccess(minted->record.invitation.id, Access::View).has_value());
    QVERIFY(book.renew(*pass, kNow)->access == Access::View);
    QVERIFY(book.verify(minted->token, "plans", kNow)->access == Access::View);
    QVERIFY(!book.setAccess(1, Access::View).has_value());
    QVERIFY(!book.renew(*pass, kNow + 1h).has_value());
}

void InvitationTest::whatWouldNeverBeValidIsNotMade()
{
    InvitationBook book;
    InvitationBook::Request request = forRoom("plans");
    request.expires = kNow;
    QVERIFY(!book.mint(request, kNow, m_rng).has_value());
    request.expires = kNow + 10s;
    request.notBefore = kNow + 10s;
    QVERIFY(!book.mint(request, kNow, m_rng).has_value());
    QVERIFY(book.records().empty());
}

void InvitationTest::endedInvitationsAreForgottenAfterADay()
{
    InvitationBook book;
    const auto minted = book.mint(forRoom("plans"), kNow, m_rng);
    InvitationBook::Request endless = forRoom("plans");
    endless.expires.reset();
    (void)book.mint(endless, kNow, m_rng);
    book.prune(kNow + 24h);
    QCOMPARE(book.records().size(), std::size_t{2});
    book.prune(kNow + 25h);
    QCOMPARE(book.records().size(), std::size_t{1});
    QVERIFY(!book.verify(minted->token, "plans", kNow + 25h).has_value());
}

void InvitationTest::aBookIsWrittenAndReadBack()
{
    InvitationBook book;
    const auto first = book.mint(forRoom("plans"), kNow, m_rng);
    (void)book.mint(forRoom("", Access::Admin), kNow + 1s, m_rng);
    (void)book.setAccess(first->record.invitation.id, Access::View);
    book.withdraw(77);
    const auto read = InvitationBook::fromJson(book.toJson());
    QVERIFY(read.has_value());
    QVERIFY(read->records() == book.records());
    QVERIFY(read->keys() == book.keys());
    QCOMPARE(read->toJson(), book.toJson());
    QVERIFY(read->verify(first->token, "plans", kNow).has_value());
    QVERIFY(!book.toJson().contains(first->token.c_str()));
    for (const char *json : {"", "[]", "{}", "{\"version\":2}",
                             "{\"version\":1,\"keys\":[{\"id\":\"x\",\"secret\":\"AA\"}]}",
                             "{\"version\":1,\"invitations\":[{}]}"}) {
        QVERIFY(!InvitationBook::fromJson(json).has_value());
    }
}

void InvitationTest::aBookIsOnDiskForThisUserAlone()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("invitations.json"));
    SystemClock clock;
    std::string token;
    InvitationId id = 0;
    {
        const auto invitations = Invitations::open(name, clock, m_rng);
        QVERIFY(invitations.has_value());
        QVERIFY(!QFile::exists(name));
        const auto minted = (*invitations)->mint({"plans", Access::Edit, 0s, 1h, {}});
        QVERIFY(minted.has_value());
        token = minted->token;
        id = minted->record.invitation.id;
    }
    QCOMPARE(QFile::permissions(name) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    {
        const auto invitations = Invitations::open(name, clock, m_rng);
        QVERIFY((*invitations)->verify(token, "plans").has_value());
        QSignalSpy changed(invitations->get(), &Invitations::changed);
        QVERIFY((*invitations)->withdraw(id).has_value());
        QCOMPARE(changed.size(), 1);
    }
    const auto invitations = Invitations::open(name, clock, m_rng);
    QVERIFY(!(*invitations)->verify(token, "plans").has_value());
}

void InvitationTest::aDamagedBookIsNotReplaced()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("invitations.json"));
    QFile file(name);
    QVERIFY(file.open(QFile::WriteOnly));
    const QByteArray damaged = "{\"version\":1,\"keys\":[{}]}";
    file.write(damaged);
    file.close();
    SystemClock clock;
    const auto invitations = Invitations::open(name, clock, m_rng);
    QVERIFY(!invitations.has_value());
    QVERIFY(QString::fromStdString(invitations.error().message).contains(name));
    QCOMPARE(QFile(name).size(), damaged.size());
}

void InvitationTest::anInvitationThatCannotBeStoredIsNotMade()
{
    SystemClock clock;
    Invitations invitations(
        {}, [](const QByteArray &) { return fail(ErrorCode::DiskFull, "The disk is full."); },
        clock, m_rng, [] { return 0ns; });
    QVERIFY(!invitations.mint({"plans", Access::Edit, 0s, 1h, {}}).has_value());
    QVERIFY(invitations.records().empty());
}

void InvitationTest::aJumpOfTheWallClockEndsNothing()
{
    ManualClock clock;
    Invitations invitations(
        {}, [](const QByteArray &) { return Result<void>(); }, clock, m_rng, [] { return 0ns; });
    const auto minted = invitations.mint({"plans", Access::Edit, 0s, 1h, {}});
    clock.jumpWall(24h);
    QVERIFY(invitations.verify(minted->token, "plans").has_value());
    clock.jumpWall(-48h);
    QVERIFY(invitations.verify(minted->token, "plans").has_value());
    clock.advance(1h);
    const auto late = invitations.verify(minted->token, "plans");
    QVERIFY(!late && late.error() == InvitationProblem::Expired);
}

void InvitationTest::sleepCounts()
{
    ManualClock clock;
    std::chrono::nanoseconds asleep{0};
    Invitations invitations(
        {}, [](const QByteArray &) { return Result<void>(); }, clock, m_rng,
        [&] { return asleep; });
    const auto minted = invitations.mint({"plans", Access::Edit, 0s, 1h, {}});
    asleep = 61min;
    QVERIFY(!invitations.verify(minted->token, "plans").has_value());
}

QTEST_GUILESS_MAIN(InvitationTest)
#include "invitation_test.moc"
