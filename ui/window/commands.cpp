#include "ui/window/commands.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>

namespace cowrite::ui {

namespace {

/// Without the mark of the letter to press, and without dots.
QString plain(QString label)
{
    static const QRegularExpression mark(QStringLiteral("&(.)"));
    label.replace(mark, QStringLiteral("\\1"));
    while (label.endsWith(QChar(0x2026))) {
        label.chop(1);
    }
    return label;
}

void addCommands(const QMenu &menu, const QString &prefix, QList<Command> &commands)
{
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        if (const auto *inner = action->menu()) {
            addCommands(*inner, plain(action->text()) + QStringLiteral(": "), commands);
        } else if (!action->isSeparator() && !action->objectName().isEmpty()) {
            commands.append({action, prefix + plain(action->text())});
        }
    }
}

} // namespace

QList<Command> commandsIn(const QMenuBar &menus)
{
    QList<Command> commands;
    const QList<QAction *> actions = menus.actions();
    for (const QAction *action : actions) {
        if (const auto *menu = action->menu()) {
            addCommands(*menu, {}, commands);
        }
    }
    return commands;
}

} // namespace cowrite::ui
