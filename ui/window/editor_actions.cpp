#include "ui/window/editor_actions.h"

#include "ui/document/document_view.h"
#include "ui/editor/bracket_layer.h"
#include "ui/editor/editor.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/go_to_bar.h"
#include "ui/editor/line_commands.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace cowrite::ui {

namespace {

QKeySequence keys(const char *sequence)
{
    return QKeySequence(QLatin1String(sequence));
}

} // namespace

EditorActions::EditorActions(Settings &settings, std::function<DocumentView *()> current,
                             QWidget *window)
    : QObject(window), m_settings(settings), m_current(std::move(current)), m_window(window)
{}

template <class Run>
QAction *EditorActions::add(QMenu *menu, const char *name, const QString &label,
                            const QList<QKeySequence> &shortcuts, Run run)
{
    QAction *action = menu->addAction(label);
    action->setObjectName(QLatin1String(name));
    action->setShortcuts(shortcuts);
    connect(action, &QAction::triggered, this, [this, run] {
        if (DocumentView *view = m_current()) {
            run(*view);
        }
    });
    return action;
}

template <class T>
void EditorActions::addToggle(QMenu *menu, const char *name, const QString &label,
                              const QKeySequence &shortcut, const Setting<T> &setting, T on, T off)
{
    QAction *action = menu->addAction(label);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    action->setCheckable(true);
    const auto show = [this, action, &setting, on] {
        action->setChecked(m_settings.get(setting) == on);
    };
    connect(action, &QAction::toggled, this, [this, &setting, on, off](bool checked) {
        m_settings.set(setting, checked ? on : off);
    });
    connect(&m_settings, &Settings::changed, action, show);
    show();
}

void EditorActions::fillEditMenu(QMenu *menu)
{
    QList<QKeySequence> replaceKeys{keys("Ctrl+R")};
    if (const QKeySequence usual(QKeySequence::Replace); !replaceKeys.contains(usual)) {
        replaceKeys.append(usual);
    }
    m_reading << add(menu, "actionFindText", tr("&Find…"),
                     QKeySequence::keyBindings(QKeySequence::Find),
                     [](DocumentView &view) { view.findBar().open(FindBar::Mode::Find); });
    m_reading << add(menu, "actionFindNext", tr("Find &next"), {keys("F3")},
                     [](DocumentView &view) { view.findBar().findNext(); });
    m_reading << add(menu, "actionFindPrevious", tr("Find pre&vious"), {keys("Shift+F3")},
                     [](DocumentView &view) { view.findBar().findPrevious(); });
    m_writing << add(menu, "actionReplace", tr("R&eplace…"), replaceKeys,
                     [](DocumentView &view) { view.findBar().open(FindBar::Mode::Replace); });
    menu->addSeparator();
    m_reading << add(menu, "actionGoToLine", tr("&Go to line…"), {keys("Ctrl+G")},
                     [](DocumentView &view) { view.goToBar().open(); });
    m_reading << add(menu, "actionGoToBracket", tr("Go to matching &bracket"), {keys("Ctrl+6")},
                     [](DocumentView &view) { view.shownEditor().brackets().jump(); });
}

void EditorActions::addZoom(QMenu *menu)
{
    const auto zoom = [](int steps) {
        return [steps](DocumentView &view) {
            steps == 0 ? view.shownEditor().resetZoom() : view.shownEditor().zoomBy(steps);
        };
    };
    QList<QKeySequence> inKeys = QKeySequence::keyBindings(QKeySequence::ZoomIn);
    // Where the plus needs Shift.
    inKeys.append(keys("Ctrl+="));
    m_reading << add(menu, "actionZoomIn", tr("Zoom &in"), inKeys, zoom(1));
    m_reading << add(menu, "actionZoomOut", tr("Zoom &out"),
                     QKeySequence::keyBindings(QKeySequence::ZoomOut), zoom(-1));
    m_reading << add(menu, "actionZoomReset", tr("&Actual size"), {keys("Ctrl+0")}, zoom(0));
}

void EditorActions::fillViewMenu(QMenu *menu)
{
    m_preview = add(menu, "actionPreview", tr("&Markdown preview"), {keys("Ctrl+Shift+M")},
                    [this](DocumentView &view) { view.setPreviewVisible(m_preview->isChecked()); });
    m_preview->setCheckable(true);
    addToggle(menu, "actionWrap", tr("&Wrap long lines"), keys("Alt+Z"), Settings::kWrap, true,
              false);
    addToggle(menu, "actionLineNumbers", tr("Line &numbers"), {}, Settings::kLineNumbers, true,
              false);
    addToggle(menu, "actionAuthors", tr("Wh&o wrote each line"), {}, Settings::kAuthors, true,
              false);
    addToggle(menu, "actionWhitespace", tr("S&paces and tabs"), {}, Settings::kWhitespace, true,
              false);
    addToggle(menu, "actionProportional", tr("P&roportional font"), {}, Settings::kFace,
              Settings::Face::Proportional, Settings::Face::Monospaced);
    menu->addSeparator();
    addZoom(menu);
}

void EditorActions::addCommand(QMenu *menu, const char *name, const QString &label,
                               const QKeySequence &shortcut, void (LineCommands::*run)())
{
    m_writing << add(menu, name, label, {shortcut},
                     [run](DocumentView &view) { (view.lineCommands().*run)(); });
}

void EditorActions::fillToolsMenu(QMenu *menu)
{
    addCommand(menu, "actionToggleComment", tr("&Comment or uncomment"), keys("Ctrl+/"),
               &LineCommands::toggleComment);
    addCommand(menu, "actionIndent", tr("&Indent"), keys("Ctrl+I"), &LineCommands::indent);
    addCommand(menu, "actionUnindent", tr("&Unindent"), keys("Ctrl+Shift+I"),
               &LineCommands::unindent);
    menu->addSeparator();
    addCommand(menu, "actionMoveLineUp", tr("Move line &up"), keys("Ctrl+Shift+Up"),
               &LineCommands::moveUp);
    addCommand(menu, "actionMoveLineDown", tr("Move line &down"), keys("Ctrl+Shift+Down"),
               &LineCommands::moveDown);
    addCommand(menu, "actionDuplicateLine", tr("Du&plicate line"), keys("Ctrl+Alt+Down"),
               &LineCommands::duplicate);
    addCommand(menu, "actionDeleteLine", tr("De&lete line"), keys("Ctrl+K"),
               &LineCommands::removeLines);
}

void EditorActions::update()
{
    const DocumentView *view = m_current();
    for (QAction *action : std::as_const(m_reading)) {
        action->setEnabled(view != nullptr);
    }
    m_preview->setEnabled(view != nullptr &&
                          view->editor().language().kind == Language::Kind::Markdown);
    m_preview->setChecked(view != nullptr && view->isPreviewVisible());
    const bool canWrite = view != nullptr && !view->shownEditor().isReadOnly();
    for (QAction *action : std::as_const(m_writing)) {
        action->setEnabled(canWrite);
    }
}

void EditorActions::applyLook(Editor &editor) const
{
    editor.setWrapping(m_settings.get(Settings::kWrap));
    editor.setLineNumbersVisible(m_settings.get(Settings::kLineNumbers));
    editor.setAuthorsVisible(m_settings.get(Settings::kAuthors));
    editor.setWhitespaceVisible(m_settings.get(Settings::kWhitespace));
    editor.setFace(m_settings.get(Settings::kFace));
    editor.setTextSize(std::clamp(m_settings.get(Settings::kTextSize), Settings::kSmallestText,
                                  Settings::kLargestText));
}

} // namespace cowrite::ui
