// The tokens of invitations, and the book that keeps them: whatever comes is refused or understood,
// only what was sealed here is let in, and a book that was read is written as it was.

#include "libsync/base/check.h"
#include "libsync/session/admission/invitation_book.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <string>

namespace cowrite::fuzz {

namespace {

using session::InvitationBook;

constexpr std::chrono::sys_seconds kNow{std::chrono::seconds(1'750'000'000)};

struct World {
    InvitationBook book;
    std::vector<std::string> tokens;
};

const World &world()
{
    static const World made = [] {
        World world;
        SeededRng rng(7);
        const auto add = [&](const std::string &room, protocol::Access access, bool ends) {
            InvitationBook::Request request{room, access, kNow, {}, QStringLiteral("For Ann")};
            if (ends) {
                request.expires = kNow + std::chrono::hours(1);
            }
            const auto minted = world.book.mint(request, kNow, rng);
            COWRITE_CHECK(minted.has_value());
            world.tokens.push_back(minted->token);
        };
        add("plans", protocol::Access::View, true);
        add("plans", protocol::Access::Edit, false);
        add("", protocol::Access::Admin, true);
        add(std::string(128, 'x'), protocol::Access::Comment, true);
        world.book.withdraw(12'345);
        return world;
    }();
    return made;
}

/// Base64 has spare bits at its end, so one token has several spellings.
bool isOneOfOurs(std::string_view token)
{
    const auto read = session::readInvitation(token);
    COWRITE_CHECK(read.has_value());
    return std::any_of(world().tokens.begin(), world().tokens.end(), [&](const std::string &own) {
        const auto ours = session::readInvitation(own);
        return ours->sealedPart == read->sealedPart && ours->seal == read->seal;
    });
}

} // namespace

void runOne(ByteView input)
{
    const std::string text(input.begin(), input.end());
    if (const auto pass = world().book.verify(text, "plans", kNow)) {
        COWRITE_CHECK(isOneOfOurs(text));
    }
    const auto book = InvitationBook::fromJson(QByteArray::fromStdString(text));
    if (book) {
        const QByteArray json = book->toJson();
        const auto again = InvitationBook::fromJson(json);
        COWRITE_CHECK(again.has_value());
        COWRITE_CHECK(again->toJson() == json);
    }
}

std::vector<Bytes> seeds()
{
    std::vector<Bytes> seeds;
    for (const std::string &token : world().tokens) {
        seeds.emplace_back(token.begin(), token.end());
    }
    const QByteArray json = world().book.toJson();
    seeds.emplace_back(json.begin(), json.end());
    return seeds;
}

} // namespace cowrite::fuzz
