#pragma once

#include <QStringList>

class QWidget;

namespace cowrite::guitest {

/// Walks through a window by Tab from the control that has the focus until it comes round, and then
/// back by Shift+Tab. A text that takes Tab is left by F6, and the way back ends there. Returns
/// what is wrong, one finding a line: a control below `root` that neither way comes to (or, where
/// no text takes Tab, one of them), that does not lead on, where the focus cannot be seen, or that
/// lies above or before the one Tab came from.
[[nodiscard]] QStringList walkThrough(const QWidget &root);

} // namespace cowrite::guitest
