#pragma once

#include "libsync/session/replica/replica.h"

namespace cowrite::ui {

/// Says that I stopped typing at this place; does nothing if I am typing at another one by now.
void endTyping(session::Replica &replica, protocol::Typing where);

} // namespace cowrite::ui
