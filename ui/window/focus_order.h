#pragma once

#include <QList>

class QWidget;

namespace cowrite::ui {

enum class FocusStep { Next, Previous };

/// The controls below `root` that Tab comes to, as one reads them: row by row from the top, each
/// row from its leading side, and what lies within a widget right after it. Only those in sight.
[[nodiscard]] QList<QWidget *> controlsInOrder(const QWidget &root);

/// What Tab and Shift+Tab do within `root`: the focus goes to the neighbour of the control that has
/// it, and from the last one round to the first. False if there is no control.
bool moveFocus(const QWidget &root, FocusStep step);

/// Gives the focus to the next of `panes` in sight that has something to give it to, or to the one
/// before: to what had it there last, else to the first control there. From outside of all panes,
/// the first (or last) is next.
void focusPane(const QList<QWidget *> &panes, FocusStep step);

} // namespace cowrite::ui
