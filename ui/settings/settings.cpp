#include "ui/settings/settings.h"

namespace cowrite::ui {

Settings::Settings(const QString &path) : m_file(path, QSettings::IniFormat) {}

void Settings::store(const char *name, const QVariant &value)
{
    m_file.setValue(QLatin1String(name), value);
    Q_EMIT changed();
}

} // namespace cowrite::ui
