#pragma once

#include <QString>

namespace cowrite::session {

/// What a stranger calls somebody or something, as it can be shown in a line of our own: one line,
/// without characters that steer the writing direction or cannot be seen, with at most two marks on
/// a letter, and at most `longest` UTF-16 units. Empty if nothing is left.
[[nodiscard]] QString foreignName(const QString &text, qsizetype longest);

} // namespace cowrite::session
