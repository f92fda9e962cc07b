#include "ui/window/shortcuts_dialog.h"

#include "ui/look/accessible_role.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr QSize kSize(520, 520);

QString keyOf(const QAction *action)
{
    return QStringLiteral("shortcuts/") + action->objectName();
}

} // namespace

Shortcuts::Shortcuts(const QMenuBar &menus, QSettings &settings)
    : m_menus(menus), m_settings(settings)
{
    const QList<Command> all = commands();
    for (const Command &command : all) {
        m_defaults.insert(command.action, command.action->shortcuts());
        if (const QString key = keyOf(command.action); settings.contains(key)) {
            command.action->setShortcut(
                QKeySequence(settings.value(key).toString(), QKeySequence::PortableText));
        }
    }
}

std::optional<Command> Shortcuts::ownerOf(const QKeySequence &keys, const QAction *action) const
{
    const QList<Command> all = commands();
    const auto owner = std::find_if(all.begin(), all.end(), [&](const Command &command) {
        return command.action != action && command.action->shortcuts().contains(keys);
    });
    return owner != all.end() && !keys.isEmpty() ? std::optional(*owner) : std::nullopt;
}

void Shortcuts::choose(QAction *action, const QKeySequence &keys)
{
    action->setShortcut(keys);
    m_settings.setValue(keyOf(action), keys.toString(QKeySequence::PortableText));
}

void Shortcuts::reset(QAction *action)
{
    QList<QKeySequence> free = m_defaults.value(action);
    // Somebody else may have got one of them meanwhile.
    free.removeIf([&](const QKeySequence &keys) { return ownerOf(keys, action).has_value(); });
    action->setShortcuts(free);
    m_settings.remove(keyOf(action));
}

ShortcutsDialog::ShortcutsDialog(Shortcuts &shortcuts, QWidget *parent)
    : QDialog(parent),
      m_shortcuts(shortcuts),
      m_search(new QLineEdit(this)),
      m_list(new QTreeWidget(this)),
      m_keys(new QKeySequenceEdit(this)),
      m_set(new QPushButton(tr("Use"), this)),
      m_reset(new QPushButton(tr("As it was"), this)),
      m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard shortcuts"));
    resize(kSize);
    m_search->setObjectName(QStringLiteral("shortcutsSearch"));
    m_search->setPlaceholderText(tr("Search commands"));
    m_search->setAccessibleName(tr("Search commands"));
    m_list->setObjectName(QStringLiteral("shortcutsList"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Command"), tr("Shortcut")});
    m_list->setRootIsDecorated(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    const QList<Command> commands = shortcuts.commands();
    for (const Command &command : commands) {
        auto *item = new QTreeWidgetItem(m_list, {command.label});
        item->setData(0, Qt::UserRole, QVariant::fromValue(command.action));
        show(item, command.action);
    }
    m_keys->setObjectName(QStringLiteral("shortcutsKeys"));
    m_keys->setAccessibleName(tr("New shortcut"));
    setAccessibleRole(*m_keys, QAccessible::HotkeyField);
    m_set->setObjectName(QStringLiteral("shortcutsSet"));
    m_reset->setObjectName(QStringLiteral("shortcutsReset"));
    m_problem->setObjectName(QStringLiteral("dialogProblem"));
    m_problem->setWordWrap(true);
    auto *close = new QPushButton(tr("Close"), this);
    for (QPushButton *button : {m_set, m_reset, close}) {
        button->setAutoDefault(false);
    }
    auto *row = new QHBoxLayout;
    row->addWidget(m_keys, 1);
    row->addWidget(m_set);
    row->addWidget(m_reset);
    row->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsDialog::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutsDialog::onCurrentChanged);
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutsDialog::onKeysChanged);
    connect(m_set, &QPushButton::clicked, this, &ShortcutsDialog::choose);
    connect(m_reset, &QPushButton::clicked, this, &ShortcutsDialog::reset);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

QAction *ShortcutsDialog::currentAction() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    return item != nullptr ? item->data(0, Qt::UserRole).value<QAction *>() : nullptr;
}

void ShortcutsDialog::show(QTreeWidgetItem *item, const QAction *action) const
{
    item->setText(1, QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText));
}

void ShortcutsDialog::filter(const QString &words)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        const QString text = item->text(0) + QLatin1Char(' ') + item->text(1);
        item->setHidden(!text.contains(words.trimmed(), Qt::CaseInsensitive));
    }
}

void ShortcutsDialog::onCurrentChanged()
{
    const QAction *action = currentAction();
    m_keys->setKeySequence(action != nullptr ? action->shortcut() : QKeySequence());
    onKeysChanged();
}

void ShortcutsDialog::onKeysChanged()
{
    const QAction *action = currentAction();
    const std::optional<Command> owner = m_shortcuts.ownerOf(m_keys->keySequence(), action);
    m_problem->setText(owner ? tr("This one is taken by “%1”.").arg(owner->label) : QString());
    m_set->setEnabled(action != nullptr && !owner);
    m_reset->setEnabled(action != nullptr);
}

void ShortcutsDialog::choose()
{
    if (QAction *action = currentAction()) {
        m_shortcuts.choose(action, m_keys->keySequence());
        show(m_list->currentItem(), action);
    }
}

void ShortcutsDialog::reset()
{
    if (QAction *action = currentAction()) {
        m_shortcuts.reset(action);
        show(m_list->currentItem(), action);
        onCurrentChanged();
    }
}

} // namespace cowrite::ui
