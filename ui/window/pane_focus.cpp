#include "ui/window/pane_focus.h"

#include <QApplication>
#include <QWidget>

namespace cowrite::ui {

namespace {

bool takesFocus(const QWidget &widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) != 0;
}

QWidget *targetIn(QWidget &pane)
{
    if (QWidget *last = pane.focusWidget(); last != nullptr && takesFocus(*last)) {
        return last;
    }
    if (QWidget *proxy = pane.focusProxy(); proxy != nullptr && takesFocus(*proxy)) {
        return proxy;
    }
    for (QWidget *next = pane.nextInFocusChain(); next != &pane; next = next->nextInFocusChain()) {
        if (pane.isAncestorOf(next) && takesFocus(*next)) {
            return next;
        }
    }
    return nullptr;
}

} // namespace

void focusPane(const QList<QWidget *> &panes, PaneStep step)
{
    const QWidget *now = QApplication::focusWidget();
    const qsizetype count = panes.size();
    qsizetype place = step == PaneStep::Next ? -1 : count;
    for (qsizetype i = 0; i < count; ++i) {
        if (panes.at(i) == now || panes.at(i)->isAncestorOf(now)) {
            place = i;
        }
    }
    for (qsizetype i = 0; i < count; ++i) {
        place = (place + (step == PaneStep::Next ? 1 : count - 1)) % count;
        QWidget *target = panes.at(place)->isVisible() ? targetIn(*panes.at(place)) : nullptr;
        if (target != nullptr) {
            target->setFocus(step == PaneStep::Next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

} // namespace cowrite::ui
