#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>

#include <optional>

namespace cowrite::guitest {

/// What a screen reader does: asks programs over the accessibility bus (AT-SPI) what they show, and
/// hears what they tell by themselves.
class ScreenReader : public QObject {
    Q_OBJECT

public:
    /// One object of a program.
    struct Item {
        QString service;
        QString path;
    };

    /// Tells `session` that somebody uses a screen reader, as programs are to know before they
    /// start. Empty, or what is missing.
    QString start(const QDBusConnection &session);

    /// The first object of this role and name in any program, depth first.
    [[nodiscard]] std::optional<Item> find(const QString &role, const QString &name) const;
    [[nodiscard]] QString text(const Item &item) const;
    /// The caret's place in text(); -1 for none.
    [[nodiscard]] int caret(const Item &item) const;
    /// The names of what is in a list.
    [[nodiscard]] QStringList childNames(const Item &item) const;
    /// All that was told since start(): announcements, and descriptions that changed.
    [[nodiscard]] const QStringList &told() const { return m_told; }

private Q_SLOTS:
    void onPropertyChange(const QDBusMessage &message);
    void onAnnouncement(const QDBusMessage &message);

private:
    [[nodiscard]] QVariant ask(const Item &item, const char *interface, const char *method,
                               const QVariantList &arguments = {}) const;
    [[nodiscard]] QVariant property(const Item &item, const char *interface,
                                    const char *name) const;
    [[nodiscard]] QList<Item> children(const Item &item) const;
    [[nodiscard]] QString nameOf(const Item &item) const;
    [[nodiscard]] std::optional<Item> findIn(const Item &item, const QString &role,
                                             const QString &name) const;

    QDBusConnection m_bus{QString()};
    QStringList m_told;
};

} // namespace cowrite::guitest
