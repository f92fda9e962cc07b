#pragma once

#include "ui/settings/settings.h"

#include <QDialog>
#include <QList>
#include <QPair>

class QComboBox;
class QFormLayout;
class QListWidget;
class QStackedWidget;

namespace cowrite::session {
class Profile;
}

namespace cowrite::ui {

/// Everything that can be set, on a few pages. What is changed holds at once, also what is changed
/// elsewhere while it is open.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    /// `profile` and `settings` outlive it. `dictionaries` are the codes to choose a language of
    /// spelling from.
    SettingsDialog(session::Profile &profile, Settings &settings, const QStringList &dictionaries,
                   QWidget *parent);

private:
    QFormLayout *addPage(const QString &title);
    void addIdentity();
    void addEditor(const QStringList &dictionaries);
    void addAppearance();
    void addNetwork();
    void addPrivacy();
    void addNotifications();

    void addToggle(QFormLayout *page, const char *name, const QString &label,
                   const Setting<bool> &setting);
    template <class T>
    QComboBox *addChoice(QFormLayout *page, const char *name, const QString &label,
                         const Setting<T> &setting, const QList<QPair<T, QString>> &choices);
    void addNumber(QFormLayout *page, const char *name, const QString &label,
                   const Setting<int> &setting, int smallest, int largest);
    void addHint(QFormLayout *page, const QString &text);

    session::Profile &m_profile;
    Settings &m_settings;
    QListWidget *m_titles;
    QStackedWidget *m_pages;
};

} // namespace cowrite::ui
