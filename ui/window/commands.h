#pragma once

#include <QList>
#include <QString>

class QAction;
class QMenuBar;

namespace cowrite::ui {

/// An entry of the menus by itself: "Theme: Dark".
struct Command {
    QAction *action = nullptr;
    QString label;
};

/// All entries with a name, menu by menu; none of menus that are filled only when they show.
[[nodiscard]] QList<Command> commandsIn(const QMenuBar &menus);

} // namespace cowrite::ui
