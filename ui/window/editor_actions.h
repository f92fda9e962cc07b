#pragma once

#include <QObject>

#include <functional>

class QAction;
class QKeySequence;
class QMenu;
class QSettings;
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
    /// `current` tells the document in front, or null.
    EditorActions(std::function<DocumentView *()> current, QWidget *window);

    void fillEditMenu(QMenu *menu);
    void fillViewMenu(QMenu *menu);
    void fillToolsMenu(QMenu *menu);

    /// Enables what makes sense for the document in front.
    void update();

    /// The look of the text that is chosen in the menus.
    void applyLook(Editor &editor) const;
    void restoreLook(const QSettings &settings);
    void storeLook(QSettings &settings) const;

Q_SIGNALS:
    /// applyLook() would do something else now.
    void lookChanged();

private:
    template <class Run>
    QAction *add(QMenu *menu, const char *name, const QString &label,
                 const QList<QKeySequence> &shortcuts, Run run);
    QAction *addToggle(QMenu *menu, const char *name, const QString &label,
                       const QKeySequence &shortcut, bool checked);
    /// What changes the text.
    void addCommand(QMenu *menu, const char *name, const QString &label,
                    const QKeySequence &shortcut, void (LineCommands::*run)());
    void addZoom(QMenu *menu);

    std::function<DocumentView *()> m_current;
    QWidget *m_window;
    QList<QAction *> m_reading;   ///< for every document
    QList<QAction *> m_writing;   ///< for one that may be written to
    QAction *m_preview = nullptr; ///< checked if that of the document in front is shown
    QAction *m_wrap = nullptr;
    QAction *m_lineNumbers = nullptr;
    QAction *m_authors = nullptr;
    QAction *m_whitespace = nullptr;
    QAction *m_proportional = nullptr;
};

} // namespace cowrite::ui
