#pragma once

#include <QLocale>

#include <algorithm>
#include <limits>

namespace cowrite::ui {

/// Shows the program in the first of the languages of `locale` that it has, else in English, and
/// dates and numbers as people who speak it write them. Qt's own words follow where Qt's
/// translations are installed. Needs the QCoreApplication, and comes before the first window:
/// what is in sight keeps its words. Calling it again takes the former language away.
void useLanguageOf(const QLocale &locale);

/// A count as the plural forms of tr() take it; the largest int for all that is larger.
[[nodiscard]] constexpr int pluralOf(quint64 count)
{
    return static_cast<int>(std::min(count, static_cast<quint64>(std::numeric_limits<int>::max())));
}

} // namespace cowrite::ui
