#include "ui/look/accessible_role.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace cowrite::ui {

namespace {

constexpr char kProperty[] = "cowriteAccessibleRole";

QAccessibleInterface *withRole(const QString &, QObject *object)
{
    const QVariant role = object->property(kProperty);
    auto *widget = qobject_cast<QWidget *>(object);
    return role.isValid() && widget != nullptr
               ? new QAccessibleWidget(widget, static_cast<QAccessible::Role>(role.toInt()))
               : nullptr;
}

} // namespace

void setAccessibleRole(QWidget &widget, QAccessible::Role role)
{
    // Once; after that it is known.
    QAccessible::installFactory(withRole);
    widget.setProperty(kProperty, static_cast<int>(role));
    // A name that was given before has made Qt's own interface, which would stay.
    QAccessible::deleteAccessibleInterface(
        QAccessible::uniqueId(QAccessible::queryAccessibleInterface(&widget)));
}

} // namespace cowrite::ui
