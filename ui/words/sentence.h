#pragma once

#include "libsync/base/error.h"

#include <QString>

namespace cowrite::ui {

/// What the engine says, in the language of the window. Below `ui` every sentence is English, as
/// logs, terminals and the people at the other end of a line need it; here it is looked up among
/// all that can come (the table in sentence.cpp). A sentence that is not there, such as one of a
/// foreign server, is returned as it is.
[[nodiscard]] QString sentenceOf(const QString &english);
[[nodiscard]] QString sentenceOf(const Error &error);

} // namespace cowrite::ui
