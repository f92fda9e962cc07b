#pragma once

#include "ui/window/commands.h"

#include <QDialog>
#include <QHash>
#include <QKeySequence>

#include <optional>

class QKeySequenceEdit;
class QLineEdit;
class QLabel;
class QPushButton;
class QSettings;
class QTreeWidget;
class QTreeWidgetItem;

namespace cowrite::ui {

/// The shortcuts that commands come with, and those that a person chose instead, which are kept in
/// the settings under the name of the action.
class Shortcuts {
public:
    /// Takes the present shortcuts for those they come with, and gives them the chosen ones.
    /// `menus` and `settings` must outlive it.
    Shortcuts(const QMenuBar &menus, QSettings &settings);

    /// Whose it is besides `action`; nothing if it is free.
    [[nodiscard]] std::optional<Command> ownerOf(const QKeySequence &keys,
                                                 const QAction *action) const;
    void choose(QAction *action, const QKeySequence &keys);
    void reset(QAction *action);
    /// As they are called now.
    [[nodiscard]] QList<Command> commands() const { return commandsIn(m_menus); }

private:
    const QMenuBar &m_menus;
    QSettings &m_settings;
    QHash<QAction *, QList<QKeySequence>> m_defaults;
};

/// Lists all commands with their shortcuts, and changes them.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    /// `shortcuts` must outlive it.
    ShortcutsDialog(Shortcuts &shortcuts, QWidget *parent = nullptr);

private:
    void filter(const QString &words);
    void onCurrentChanged();
    void onKeysChanged();
    void choose();
    void reset();
    void show(QTreeWidgetItem *item, const QAction *action) const;
    [[nodiscard]] QAction *currentAction() const;

    Shortcuts &m_shortcuts;
    QLineEdit *m_search;
    QTreeWidget *m_list;
    QKeySequenceEdit *m_keys;
    QPushButton *m_set;
    QPushButton *m_reset;
    QLabel *m_problem;
};

} // namespace cowrite::ui
