#include "tests/gui/inspection.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QLabel>
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

bool hasName(QWidget &widget)
{
    if (!widget.accessibleName().isEmpty()) {
        return true;
    }
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&widget);
    return interface != nullptr && !interface->text(QAccessible::Name).trimmed().isEmpty();
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

QStringList inspect(const QWidget &root)
{
    QStringList findings;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || isPartOfAWhole(*widget)) {
            continue;
        }
        if (widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
            !hasName(*widget)) {
            findings.append(QStringLiteral("no name: ") + nameOf(*widget));
        }
        if (isCut(*widget)) {
            findings.append(QStringLiteral("cut: ") + nameOf(*widget));
        }
    }
    return findings;
}

} // namespace cowrite::guitest
