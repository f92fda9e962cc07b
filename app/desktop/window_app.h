#pragma once

#include "app/desktop/options.h"

namespace cowrite::desktop {

/// Runs the app with a window until it is closed or the process is asked to end. Needs a
/// QApplication. Returns the exit code; says what went wrong in the window, or on standard error
/// and in a message where there is no window yet.
int runWindow(const Options &options);

} // namespace cowrite::desktop
