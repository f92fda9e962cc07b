#pragma once

#include "libsync/base/error.h"
#include "libsync/base/limits.h"
#include "libsync/net/address.h"
#include "libsync/session/admission/users.h"
#include "libsync/session/room/room_rules.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <variant>

namespace cowrite::server {

/// What connections are encrypted with.
enum class Encryption {
    Off,
    SelfMade, ///< a certificate that is made when it is first needed, and kept beside the documents
    Files,
};

/// What `cowrited` was asked to do, as whoever runs it says it. Each member is one line of the
/// table in options.h, which also says what it means; these are the defaults.
struct ServerOptions {
    net::ListenAddress listen{QStringLiteral("127.0.0.1"), net::kDefaultPort};
    QString dataDirectory;
    bool isOpen = false;
    bool allowsOpenNetwork = false;
    QStringList trustedHosts;
    QStringList trustedOrigins;
    QStringList trustedProxies;

    bool hasSelfMadeCertificate = false;
    QString certificateFile;
    QString keyFile;

    bool limitsThisMachine = false;
    session::UserLimits users;
    int guestsPerRoom = session::kMaxGuests;
    std::size_t documentBytes = session::kMaxDocumentBytes;
    int rooms = 100'000;
    int newRoomsPerMinute = 60;
    int handshakesPerMinute = 10;
    int badTokensPerMinute = 5;
    std::chrono::milliseconds handshakeDeadline = limits::kHandshakeDeadline;
    std::chrono::milliseconds messageDeadline = limits::kPartialMessageDeadline;

    [[nodiscard]] Encryption encryption() const
    {
        return hasSelfMadeCertificate      ? Encryption::SelfMade
               : certificateFile.isEmpty() ? Encryption::Off
                                           : Encryption::Files;
    }
};

/// `--help`, `--version` or `--print-config`: print this and end well.
struct PrintText {
    QString text;
};

/// What is read if the command line names no file, and if it is there.
inline constexpr char kOptionFile[] = "/etc/cowrite/cowrited.toml";

/// Reads the command line, the program's name first, and the file of options that it names; what
/// the command line says counts. Errors, each a sentence: Malformed for what is not understood,
/// beginning with `FILE:LINE: ` if it is in the file; Io for a file that cannot be read.
[[nodiscard]] Result<std::variant<ServerOptions, PrintText>>
parseServerOptions(const QStringList &arguments,
                   const QString &usualFile = QLatin1String(kOptionFile));

} // namespace cowrite::server
