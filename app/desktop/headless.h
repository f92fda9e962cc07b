#pragma once

#include "app/desktop/options.h"

namespace cowrite::desktop {

/// Runs Cowrite without a window: opens or joins as the options say, and stays until SIGTERM,
/// SIGINT or the control's end. Needs a QCoreApplication. Returns the exit code; complaints are
/// sentences on standard error.
int runHeadless(const Options &options);

} // namespace cowrite::desktop
