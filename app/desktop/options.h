#pragma once

#include "libsync/base/error.h"
#include "libsync/net/address.h"
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
    /// Empty: none. `--join`, or a `cowrite://` link as the argument.
    QString joinAddress;
    std::optional<net::ListenAddress> host;
    session::Exposure exposure = session::Exposure::Encrypted;
    bool isHeadless = false;
    /// Take commands on standard input; headless only.
    bool hasControl = false;
    /// Empty: none.
    QString file;
};

/// `--help` or `--version`: print this and end well.
struct PrintText {
    QString text;
};

/// Reads the command line, the program's name first; needs a QCoreApplication. Error Malformed with
/// a sentence.
[[nodiscard]] Result<std::variant<Options, PrintText>> parseOptions(const QStringList &arguments);

/// Whether the arguments ask for no window, before there is any application object.
[[nodiscard]] bool asksForHeadless(int argc, const char *const *argv);

} // namespace cowrite::desktop
