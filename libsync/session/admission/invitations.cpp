#include "libsync/session/admission/invitations.h"

#include "libsync/net/network_watch.h"

#include <QFile>
#include <QSaveFile>

namespace cowrite::session {

namespace {

/// Ten thousand invitations are a fifth of it.
constexpr qint64 kMaxFileBytes = qint64{16} << 20;

Result<void> write(const QString &name, const QByteArray &json)
{
    QSaveFile file(name);
    const bool isOpen = file.open(QIODevice::WriteOnly) &&
                        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (isOpen) {
        file.write(json);
    }
    if (!isOpen || !file.commit()) {
        return fail(ErrorCode::Io, "The invitations cannot be stored in " + name.toStdString() +
                                       ": " + file.errorString().toStdString() + ".");
    }
    return {};
}

Result<InvitationBook> read(const QString &name)
{
    QFile file(name);
    if (!file.exists()) {
        return InvitationBook();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorCode::Io, name.toStdString() + " cannot be read: " +
                                       file.errorString().toStdString() + ".");
    }
    // Whoever reads the keys can let anybody in.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    Result<InvitationBook> book = fail(ErrorCode::Malformed, {});
    if (file.size() <= kMaxFileBytes) {
        book = InvitationBook::fromJson(file.readAll());
    }
    if (!book) {
        return fail(ErrorCode::Malformed,
                    "The invitations in " + name.toStdString() +
                        " are damaged. Bring the file back from a copy, or delete it: then links "
                        "that were sent stop working, and have to be sent anew.");
    }
    return book;
}

} // namespace

Invitations::Invitations(InvitationBook book, Save save, const Clock &clock, Rng &rng,
                         FlowingTime::TimeAsleep timeAsleep)
    : m_book(std::move(book)),
      m_save(std::move(save)),
      m_rng(rng),
      m_time(clock, std::move(timeAsleep))
{}

Result<std::unique_ptr<Invitations>> Invitations::open(const QString &file, const Clock &clock,
                                                       Rng &rng)
{
    Result<InvitationBook> book = read(file);
    if (!book) {
        return tl::unexpected(book.error());
    }
    return std::make_unique<Invitations>(
        *std::move(book), [file](const QByteArray &json) { return write(file, json); }, clock, rng,
        net::timeAsleep);
}

Result<InvitationBook::Minted> Invitations::mint(const Request &request)
{
    const auto begin = m_time.now() + request.delay;
    InvitationBook::Request full{request.room, request.access, begin, {}, request.name};
    if (request.life) {
        full.expires = begin + *request.life;
    }
    const InvitationBook before = m_book;
    m_book.prune(m_time.now());
    Result<InvitationBook::Minted> minted = m_book.mint(full, m_time.now(), m_rng);
    if (!minted) {
        return minted;
    }
    // Its key must not be lost while somebody holds it.
    if (const Result<void> saved = save(); !saved) {
        m_book = before;
        return tl::unexpected(saved.error());
    }
    return minted;
}

tl::expected<Pass, InvitationProblem> Invitations::verify(std::string_view token,
                                                          std::string_view room) const
{
    return m_book.verify(token, room, m_time.now());
}

tl::expected<Pass, InvitationProblem> Invitations::renew(const Pass &pass) const
{
    return m_book.renew(pass, m_time.now());
}

Result<void> Invitations::withdraw(InvitationId id)
{
    m_book.withdraw(id);
    return saveAndTell();
}

Result<void> Invitations::withdrawKey(InvitationKeyId key)
{
    const Result<void> done = m_book.withdrawKey(key);
    return done ? saveAndTell() : done;
}

Result<void> Invitations::setAccess(InvitationId id, protocol::Access access)
{
    const Result<void> done = m_book.setAccess(id, access);
    return done ? saveAndTell() : done;
}

Result<void> Invitations::setLife(InvitationId id, std::optional<std::chrono::seconds> life)
{
    const Result<void> done =
        m_book.setExpires(id, life ? std::optional(m_time.now() + *life) : std::nullopt);
    return done ? saveAndTell() : done;
}

Result<void> Invitations::save()
{
    return m_save(m_book.toJson());
}

Result<void> Invitations::saveAndTell()
{
    const Result<void> saved = save();
    Q_EMIT changed();
    return saved;
}

} // namespace cowrite::session
