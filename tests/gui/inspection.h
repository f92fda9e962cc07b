#pragma once

#include <QStringList>

class QWidget;

namespace cowrite::guitest {

/// What is wrong with what is in sight of the window `root` and of the dialogs over it, one finding
/// a line: as a screen reader finds it (QAccessibleInterface), what has no name, what can have the
/// focus but does not say what it is, and controls beside each other of the same name; and words
/// that do not fit into their label or button.
[[nodiscard]] QStringList inspect(QWidget &root);

} // namespace cowrite::guitest
