#include "tests/gui/inspection.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QLabel>
#include <QSet>
#include <QTextDocument>
#include <QWidget>

namespace cowrite::guitest {

namespace {

QString nameOf(const QWidget &widget)
{
    const QString name = widget.objectName();
    const auto *parent = widget.parentWidget();
    return QStringLiteral("%1 (%2) in %3")
        .arg(name.isEmpty() ? QStringLiteral("a widget") : name,
             QLatin1String(widget.metaObject()->className()),
             parent != nullptr ? parent->objectName() : QString());
}

/// The parts of Qt's own composite widgets stand for their whole.
bool isPartOfAWhole(const QWidget &widget)
{
    return widget.objectName().startsWith(QLatin1String("qt_")) || widget.focusProxy() != nullptr;
}

/// Whether something of this role is of no use to those who do not see it without a name.
bool wantsName(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::AlertMessage:
    case QAccessible::Button: // PushButton is another name of it
    case QAccessible::ButtonDropDown:
    case QAccessible::ButtonMenu:
    case QAccessible::Cell:
    case QAccessible::CheckBox:
    case QAccessible::ColorChooser:
    case QAccessible::ComboBox:
    case QAccessible::Dialog:
    case QAccessible::EditableText:
    case QAccessible::Graphic:
    case QAccessible::HotkeyField:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::ListItem:
    case QAccessible::MenuItem:
    case QAccessible::PageTab:
    case QAccessible::PageTabList:
    case QAccessible::RadioButton:
    case QAccessible::Slider:
    case QAccessible::SpinBox:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::TreeItem:
        return true;
    default:
        return false;
    }
}

/// Two rows of a list may say the same; two controls beside each other may not.
bool isRow(QAccessible::Role role)
{
    return role == QAccessible::Cell || role == QAccessible::ListItem ||
           role == QAccessible::TreeItem;
}

/// The first column of a row names it; the others may have nothing in them.
bool isFurtherColumn(QAccessibleInterface &object)
{
    const QAccessibleTableCellInterface *cell = object.tableCellInterface();
    return cell != nullptr && cell->columnIndex() > 0;
}

/// A role that does not say what one can do there.
bool saysNothing(QAccessible::Role role)
{
    return role == QAccessible::NoRole || role == QAccessible::Client ||
           role == QAccessible::Pane || role == QAccessible::Window;
}

QString describe(const QAccessibleInterface &object)
{
    const auto *widget = qobject_cast<const QWidget *>(object.object());
    return QStringLiteral("role %1 “%2” %3")
        .arg(QString::number(object.role(), 16), object.text(QAccessible::Name),
             widget != nullptr ? nameOf(*widget) : QString());
}

/// What a screen reader has of a widget. Nobody tells lists what has changed in them without one:
/// what is known of those from before is forgotten.
QAccessibleInterface *interfaceOf(QAccessibleInterface &known)
{
    QObject *object = known.object();
    if (qobject_cast<QAbstractItemView *>(object) != nullptr) {
        QAccessible::deleteAccessibleInterface(QAccessible::uniqueId(&known));
        return QAccessible::queryAccessibleInterface(object);
    }
    return &known;
}

/// What a screen reader finds below `parent`.
void inspectTree(const QAccessibleInterface &parent, QStringList &findings)
{
    QSet<QPair<int, QString>> siblings;
    for (int i = 0; i < parent.childCount(); ++i) {
        QAccessibleInterface *child = parent.child(i);
        if (child == nullptr || !child->isValid()) {
            findings.append(QStringLiteral("nothing at %1 in ").arg(i) + describe(parent));
            continue;
        }
        const auto *widget = qobject_cast<const QWidget *>(child->object());
        if (child->state().invisible || (widget != nullptr && isPartOfAWhole(*widget))) {
            continue;
        }
        const QAccessible::Role role = child->role();
        const QString name = child->text(QAccessible::Name).trimmed();
        if (child->state().focusable && saysNothing(role)) {
            findings.append(QStringLiteral("a role that says nothing: ") + describe(*child));
        }
        if (wantsName(role) && !isFurtherColumn(*child)) {
            if (name.isEmpty()) {
                findings.append(QStringLiteral("no name: ") + describe(*child));
            } else if (!isRow(role) && siblings.contains({role, name})) {
                findings.append(QStringLiteral("the same as its neighbour: ") + describe(*child));
            }
            siblings.insert({role, name});
        }
        inspectTree(*interfaceOf(*child), findings);
    }
}

void inspectWindow(QWidget &window, QStringList &findings)
{
    const QAccessibleInterface &object = *QAccessible::queryAccessibleInterface(&window);
    if (object.text(QAccessible::Name).trimmed().isEmpty()) {
        findings.append(QStringLiteral("no name: ") + describe(object));
    }
    inspectTree(object, findings);
}

bool isCut(const QLabel &label)
{
    if (label.text().isEmpty() || label.wordWrap() || Qt::mightBeRichText(label.text())) {
        return false;
    }
    return label.sizeHint().width() > label.width() + 1;
}

bool isCut(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return isCut(*label);
    }
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button != nullptr && !button->text().isEmpty() &&
           button->minimumSizeHint().width() > button->width() + 1;
}

} // namespace

QStringList inspect(QWidget &root)
{
    QStringList findings;
    inspectWindow(root, findings);
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || isPartOfAWhole(*widget)) {
            continue;
        }
        if (widget->isWindow()) {
            inspectWindow(*widget, findings);
        }
        if (isCut(*widget)) {
            findings.append(QStringLiteral("cut: ") + nameOf(*widget));
        }
    }
    return findings;
}

} // namespace cowrite::guitest
