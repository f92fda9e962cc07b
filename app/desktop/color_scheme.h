#pragma once

#include "ui/look/theme.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

#include <chrono>

namespace cowrite::desktop {

/// Whether the desktop is light or dark, and when it changes. Qt 6.4 does not tell: the desktop's
/// portal is asked over D-Bus (org.freedesktop.portal.Settings, `org.freedesktop.appearance
/// color-scheme`). Without one, or where it has no preference, the system's palette decides.
class ColorScheme : public QObject {
    Q_OBJECT

public:
    /// Asks at once, and does not wait for the answer. Needs a QApplication.
    explicit ColorScheme(const QDBusConnection &bus);

    [[nodiscard]] ui::Theme theme() const;
    /// Until the portal has answered, but no longer than this: so that the first thing a person
    /// sees is right already.
    void waitForAnswer(std::chrono::milliseconds longest);

Q_SIGNALS:
    /// theme() is another one.
    void changed();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private Q_SLOTS:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    /// As the portal numbers them.
    enum class Preference { None, Dark, Light };

    void ask(QDBusConnection bus);
    void setPreference(const QVariant &value);
    void update();

    Preference m_preference = Preference::None;
    bool m_isAnswered = false;
    ui::Theme::Kind m_shown;
};

} // namespace cowrite::desktop
