#pragma once

#include "ui/look/theme.h"
#include "ui/syntax/syntax.h"

#include <QTextLayout>

namespace cowrite::ui {

/// The look of a token; the default one for Kind::Plain.
[[nodiscard]] QTextCharFormat formatOf(TokenKind kind, const Theme &theme);

[[nodiscard]] QList<QTextLayout::FormatRange> formatRanges(const std::vector<Token> &tokens,
                                                           const Theme &theme);

/// `ranges`, which are of the text alone, for a layout in which an input method composes: with the
/// ranges of the composition, and moved by it.
[[nodiscard]] QList<QTextLayout::FormatRange>
formatsWithPreedit(const QTextLayout &layout, QList<QTextLayout::FormatRange> ranges);

} // namespace cowrite::ui
