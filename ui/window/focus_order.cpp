#include "ui/window/focus_order.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace cowrite::ui {

namespace {

bool takesFocus(const QWidget &widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0 &&
           // What stands for another widget is a part of it.
           widget.focusProxy() == nullptr;
}

/// The children in sight, row by row: what lies beside the highest of those that are left is one.
QList<QWidget *> childrenInOrder(const QWidget &parent)
{
    QList<QWidget *> left;
    for (QObject *object : parent.children()) {
        auto *child = qobject_cast<QWidget *>(object);
        if (child != nullptr && child->isVisible() && !child->isWindow()) {
            left.append(child);
        }
    }
    const auto isAbove = [](const QWidget *a, const QWidget *b) { return a->y() < b->y(); };
    const auto leads = [&parent](const QWidget *a, const QWidget *b) {
        return parent.isRightToLeft() ? a->geometry().right() > b->geometry().right()
                                      : a->x() < b->x();
    };
    std::stable_sort(left.begin(), left.end(), isAbove);
    for (auto row = left.begin(); row != left.end();) {
        const int bottom = (*row)->geometry().bottom();
        const auto end = std::stable_partition(row, left.end(), [bottom](const QWidget *child) {
            return child->geometry().center().y() <= bottom;
        });
        std::stable_sort(row, end, leads);
        row = end;
    }
    return left;
}

void collect(const QWidget &root, QList<QWidget *> &controls)
{
    const QList<QWidget *> children = childrenInOrder(root);
    for (QWidget *child : children) {
        if (takesFocus(*child)) {
            controls.append(child);
        }
        collect(*child, controls);
    }
}

QWidget *targetIn(QWidget &pane)
{
    if (QWidget *last = pane.focusWidget(); last != nullptr && takesFocus(*last)) {
        return last;
    }
    if (QWidget *proxy = pane.focusProxy(); proxy != nullptr && takesFocus(*proxy)) {
        return proxy;
    }
    const QList<QWidget *> controls = controlsInOrder(pane);
    return controls.isEmpty() ? nullptr : controls.first();
}

void give(QWidget &target, FocusStep step)
{
    target.setFocus(step == FocusStep::Next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

} // namespace

QList<QWidget *> controlsInOrder(const QWidget &root)
{
    QList<QWidget *> controls;
    collect(root, controls);
    return controls;
}

bool moveFocus(const QWidget &root, FocusStep step)
{
    const QList<QWidget *> controls = controlsInOrder(root);
    if (controls.isEmpty()) {
        return false;
    }
    const qsizetype count = controls.size();
    const qsizetype now = controls.indexOf(QApplication::focusWidget());
    const qsizetype next = step == FocusStep::Next ? now + 1 : (now < 0 ? count : now) - 1 + count;
    give(*controls.at(next % count), step);
    return true;
}

void focusPane(const QList<QWidget *> &panes, FocusStep step)
{
    const QWidget *now = QApplication::focusWidget();
    const qsizetype count = panes.size();
    qsizetype place = step == FocusStep::Next ? -1 : count;
    for (qsizetype i = 0; i < count; ++i) {
        if (panes.at(i) == now || panes.at(i)->isAncestorOf(now)) {
            place = i;
        }
    }
    for (qsizetype i = 0; i < count; ++i) {
        place = (place + (step == FocusStep::Next ? 1 : count - 1)) % count;
        QWidget *target = panes.at(place)->isVisible() ? targetIn(*panes.at(place)) : nullptr;
        if (target != nullptr) {
            give(*target, step);
            return;
        }
    }
}

} // namespace cowrite::ui
