#include "app/desktop/headless.h"

#include "app/desktop/control.h"
#include "app/desktop/keyring.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "libsync/session/profile/quit_signals.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QSysInfo>

#include <cstdio>
#include <memory>

namespace cowrite::desktop {

namespace {

using session::Profile;
using session::Replica;

int complain(const Error &error)
{
    std::fprintf(stderr, "cowrite: %s\n", error.message.c_str());
    return 1;
}

QString fallbackName()
{
    const QString user = qEnvironmentVariable("USER");
    return user.isEmpty() ? QSysInfo::machineHostName() : user;
}

/// The document to work on: joined, imported, the last local one, or a new one.
Result<Replica *> openDocument(Profile &profile, const Options &options)
{
    if (!options.joinAddress.isEmpty()) {
        return profile.join(options.joinAddress);
    }
    if (!options.files.isEmpty()) {
        QEventLoop loop;
        Result<Replica *> imported;
        profile.importFile(options.files.first(), [&](const Result<Replica *> &done) {
            imported = done;
            loop.quit();
        });
        loop.exec();
        return imported;
    }
    for (const session::DocumentInfo &info : profile.documents()) {
        if (info.address.isEmpty()) {
            return profile.open(info.id);
        }
    }
    return profile.createDocument(QStringLiteral("Untitled"), session::DocumentKind::Markdown);
}

/// Shares the document from here, unless it is joined elsewhere.
Result<QString> shareIfHosting(Profile &profile, Replica &replica, const Options &options)
{
    if (!options.joinAddress.isEmpty()) {
        return replica.address();
    }
    const net::ListenAddress where =
        options.host.value_or(net::ListenAddress{QStringLiteral("127.0.0.1"), 0});
    const auto started = profile.host().start(QHostAddress(where.address), where.port,
                                              options.exposure, options.admission);
    if (!started) {
        return tl::unexpected(started.error());
    }
    // It is left to itself: nobody is there to send another link when this one has ended.
    return profile.host().share(replica, std::nullopt);
}

void announce(const Replica &replica, const QString &link, bool isJoined)
{
    if (isJoined) {
        std::printf("%s\nOpen on this computer and kept in sync. Ctrl+C ends it.\n",
                    qPrintable(link));
    } else {
        std::printf("%s\n“%s” is shared at this link. Open it with\n\n    cowrite %s\n\n",
                    qPrintable(link), qPrintable(replica.title()), qPrintable(link));
        // Other programs do not know what to do with a key and an invitation.
        if (!link.contains(u'#')) {
            std::printf("or in any Yjs editor as ws%s. ", qPrintable(link.mid(link.indexOf(u':'))));
        }
        std::printf("Ctrl+C ends it.\n");
    }
    std::fflush(stdout);
}

} // namespace

int runHeadless(const Options &options)
{
    SystemClock clock;
    SystemRng rng;
    session::QuitSignals quit;
    Keyring keyring;
    session::ProfileOptions profileOptions;
    profileOptions.secrets = &keyring;
    Result<std::unique_ptr<Profile>> opened =
        Profile::open(options.profileDirectory, clock, rng, profileOptions);
    if (!opened) {
        return complain(opened.error());
    }
    Profile &profile = **opened;
    const auto tellOfRepair = [&profile] {
        if (const QString message = profile.repairMessage(); !message.isEmpty()) {
            std::fprintf(stderr, "cowrite: %s\n", qPrintable(message));
        }
    };
    tellOfRepair();
    QObject::connect(&profile, &Profile::logRepaired, &profile, tellOfRepair);
    if (!options.name.isEmpty() || !profile.hasName()) {
        session::Identity identity = profile.identity();
        identity.name = options.name.isEmpty() ? fallbackName() : options.name;
        profile.setIdentity(identity);
    }
    const Result<Replica *> document = openDocument(profile, options);
    if (!document) {
        return complain(document.error());
    }
    Replica *const replica = *document;
    const Result<QString> link = shareIfHosting(profile, *replica, options);
    if (!link) {
        return complain(link.error());
    }

    std::unique_ptr<Control> control;
    const auto end = [&] {
        control.reset();
        profile.closeAll();
    };
    QObject::connect(&profile, &Profile::flushed, &profile, [](const QString &error) {
        if (!error.isEmpty()) {
            std::fprintf(stderr, "cowrite: The last edits are lost. %s\n", qPrintable(error));
        }
        QCoreApplication::exit(error.isEmpty() ? 0 : 1);
    });
    QObject::connect(replica, &Replica::diskStateChanged, &profile,
                     [replica, lastMessage = QString()]() mutable {
                         const QString message = replica->diskMessage();
                         if (!message.isEmpty() && message != lastMessage) {
                             std::fprintf(stderr, "cowrite: %s\n", qPrintable(message));
                         }
                         lastMessage = message;
                     });
    QObject::connect(replica, &Replica::invitationChanged, &profile, [replica] {
        if (const QString message = replica->invitationMessage(); !message.isEmpty()) {
            std::fprintf(stderr, "cowrite: %s\n", qPrintable(message));
        }
    });
    QObject::connect(&quit, &session::QuitSignals::requested, &profile, end);
    bool hasFailed = false;
    QObject::connect(
        replica, &Replica::loadFailed, &profile,
        [&](const QString &message) {
            hasFailed = true;
            std::fprintf(stderr, "cowrite: %s\n", qPrintable(message));
            end();
        },
        Qt::QueuedConnection);
    if (options.hasControl) {
        control = std::make_unique<Control>(*replica, *link);
        // Never destroyed from within its own signal.
        QObject::connect(control.get(), &Control::finished, &profile, end, Qt::QueuedConnection);
    } else {
        QString lastMessage;
        announce(*replica, *link, !options.joinAddress.isEmpty());
        QObject::connect(replica, &Replica::linkChanged, &profile,
                         [replica, lastMessage]() mutable {
                             const QString message = replica->linkMessage();
                             if (!message.isEmpty() && message != lastMessage) {
                                 std::fprintf(stderr, "cowrite: %s\n", qPrintable(message));
                             }
                             lastMessage = message;
                         });
    }
    const int code = QCoreApplication::exec();
    return hasFailed ? 1 : code;
}

} // namespace cowrite::desktop
