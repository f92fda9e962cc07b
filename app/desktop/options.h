#pragma once

#include "libsync/base/error.h"
#include "libsync/net/address.h"
#include "libsync/session/admission/entrance.h"
#include "libsync/session/admission/exposure.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace cowrite::desktop {

/// What `cowrite` was asked to do, with a window or without.
struct Options {
    QString profileDirectory;
    /// Empty: as it was, or ask.
    QString name;
    /// Empty: none. `--join`; without a window also a link that was given like a file.
    QString joinAddress;
    /// Links given like files. A browser may have started us with one, so the person is asked.
    QStringList links;
    std::optional<net::ListenAddress> host;
    session::Exposure exposure = session::Exposure::Encrypted;
    session::Admission admission = session::Admission::Invited;
    bool isHeadless = false;
    /// Take commands on standard input; headless only.
    bool hasControl = false;
    /// Absolute paths.
    QStringList files;
};

/// `--help` or `--version`: print this and end well.
struct PrintText {
    QString text;
};

/// Reads the command line, the program's name first; needs a QCoreApplication. Relative paths are
/// relative to `folder`. Error Malformed with a sentence.
[[nodiscard]] Result<std::variant<Options, PrintText>> parseOptions(const QStringList &arguments,
                                                                    const QString &folder);

/// Whether the arguments ask for no window, before there is any application object.
[[nodiscard]] bool asksForHeadless(int argc, const char *const *argv);

} // namespace cowrite::desktop
