#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace cowrite::guitest {

/// The language of the pictures: a language of the program, or `pseudo`.
///
/// `pseudo` is nobody's: every word is longer than in English, in Hebrew letters, and the window is
/// laid out from right to left. It shows what does not mirror, what does not fit, and, as all that
/// is left in Latin letters, what cannot be translated.
void speak(const QString &language);

/// Words below `root` in Latin letters, one finding a line, but for what people wrote or what has
/// no translation. Nothing unless `pseudo` is spoken.
[[nodiscard]] QStringList latinWords(const QWidget &root);

} // namespace cowrite::guitest
