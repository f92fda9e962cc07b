#pragma once

#include <QList>

class QWidget;

namespace cowrite::ui {

enum class PaneStep { Next, Previous };

/// Takes the focus to the next of `panes` that is in sight, in a circle: to where it was in that
/// pane the last time, else to the first control in it.
void focusPane(const QList<QWidget *> &panes, PaneStep step);

} // namespace cowrite::ui
