#pragma once

#include <QDateTime>
#include <QLocale>

namespace cowrite::ui {

/// The time of day as people of the language write it, without seconds: "9:15 AM", "09:15".
[[nodiscard]] inline QString clockTime(const QDateTime &local)
{
    const QLocale locale;
    // Programs read the C locale, and they want seconds.
    return locale.language() == QLocale::C ? local.toString(QStringLiteral("HH:mm"))
                                           : locale.toString(local.time(), QLocale::ShortFormat);
}

} // namespace cowrite::ui
