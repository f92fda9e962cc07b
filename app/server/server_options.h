#pragma once

#include "libsync/base/error.h"
#include "libsync/session/admission/entrance.h"
#include "libsync/session/admission/exposure.h"

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <variant>

namespace cowrite::server {

/// What connections are encrypted with.
enum class Encryption {
    Off,
    SelfMade, ///< a certificate that is made when it is first needed, and kept beside the documents
    Files,
};

/// What `cowrited` was asked to do.
struct ServerOptions {
    QHostAddress address{QHostAddress::LocalHost};
    quint16 port = 0;
    QString dataDirectory;
    session::Exposure exposure = session::Exposure::Encrypted;
    session::Admission admission = session::Admission::Invited;
    Encryption encryption = Encryption::Off;
    /// With Encryption::Files.
    QString certificateFile;
    QString keyFile;
};

/// `--help` or `--version`: print this and end well.
struct PrintText {
    QString text;
};

/// Reads the command line, the program's name first. Errors, each a sentence: Malformed for what is
/// not understood, Denied for everybody on the open network without saying so.
[[nodiscard]] Result<std::variant<ServerOptions, PrintText>>
parseServerOptions(const QStringList &arguments);

} // namespace cowrite::server
