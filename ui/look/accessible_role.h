#pragma once

#include <QAccessible>

class QWidget;

namespace cowrite::ui {

/// Says to screen readers what a widget of our own is; Qt knows it of its own only.
void setAccessibleRole(QWidget &widget, QAccessible::Role role);

} // namespace cowrite::ui
