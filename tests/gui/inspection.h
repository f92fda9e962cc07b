#pragma once

#include <QStringList>

class QWidget;

namespace cowrite::guitest {

/// What is wrong with the controls in sight below `root`, one finding a line: those that the
/// keyboard reaches or that show words, but that have no name for a screen reader; and words that
/// do not fit into their label or button.
[[nodiscard]] QStringList inspect(const QWidget &root);

} // namespace cowrite::guitest
