#pragma once

#include "app/desktop/options.h"

#include <QStringList>

namespace cowrite::desktop {

/// Runs the app with a window until it is closed or the process is asked to end. Where a window of
/// this profile is open already, that one gets the `arguments` which the options were read from,
/// and comes to the front. Needs a QApplication. Returns the exit code; says what went wrong in the
/// window, or on standard error and in a message where there is no window yet.
int runWindow(const Options &options, const QStringList &arguments);

} // namespace cowrite::desktop
