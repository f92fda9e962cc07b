#include "app/desktop/keyring.h"

#include <qt6keychain/keychain.h>

namespace cowrite::desktop {

namespace {

const QString kService = QStringLiteral("Cowrite");

/// Empty for a job that went well.
Result<void> resultOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::NoError:
        return {};
    case QKeychain::EntryNotFound:
        return fail(ErrorCode::NotFound, "The keyring has no such secret.");
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return fail(ErrorCode::Denied, "The keyring was not opened.");
    default:
        // A bus without a Secret Service on it is an error like any other to QtKeychain.
        return fail(ErrorCode::Unsupported,
                    "This computer has no keyring: " + job.errorString().toStdString());
    }
}

} // namespace

void Keyring::read(const QString &name, std::function<void(const Result<QString> &)> done)
{
    auto *job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [job, done = std::move(done)] {
        const Result<void> result = resultOf(*job);
        done(result ? Result<QString>(job->textData()) : tl::unexpected(result.error()));
    });
    job->start();
}

void Keyring::write(const QString &name, const QString &secret,
                    std::function<void(const Result<void> &)> done)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setKey(name);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, this,
            [job, done = std::move(done)] { done(resultOf(*job)); });
    job->start();
}

void Keyring::remove(const QString &name)
{
    auto *job = new QKeychain::DeletePasswordJob(kService);
    job->setKey(name);
    job->start();
}

} // namespace cowrite::desktop
