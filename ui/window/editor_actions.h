#pragma once

#include "ui/settings/settings.h"

#include <QObject>

#include <functional>

class QAction;
class QKeySequence;
class QMenu;
class QWidget;

namespace cowrite::ui {

class DocumentView;
class Editor;
class LineCommands;

/// The menu entries that are about the text in front: looking in it, going through it, lines, and
/// how it looks. They belong to the window.
class EditorActions : public QObject {
    Q_OBJECT

public:
    /// `settings` outlives it; `current` tells the document in front, or null.
    EditorActions(Settings &settings, std::function<DocumentView *()> current, QWidget *window);

    void fillEditMenu(QMenu *menu);
    void fillViewMenu(QMenu *menu);
    void fillToolsMenu(QMenu *menu);

    /// Enables what makes sense for the document in front.
    void update();

    /// The look of the text as it is set.
    void applyLook(Editor &editor) const;

private:
    template <class Run>
    QAction *add(QMenu *menu, const char *name, const QString &label,
                 const QList<QKeySequence> &shortcuts, Run run);
    /// An entry that is checked while the setting has this value.
    template <class T>
    void addToggle(QMenu *menu, const char *name, const QString &label,
                   const QKeySequence &shortcut, const Setting<T> &setting, T on, T off);
    /// What changes the text.
    void addCommand(QMenu *menu, const char *name, const QString &label,
                    const QKeySequence &shortcut, void (LineCommands::*run)());
    void addZoom(QMenu *menu);

    Settings &m_settings;
    std::function<DocumentView *()> m_current;
    QWidget *m_window;
    QList<QAction *> m_reading;   ///< for every document
    QList<QAction *> m_writing;   ///< for one that may be written to
    QAction *m_preview = nullptr; ///< checked if that of the document in front is shown
};

} // namespace cowrite::ui
