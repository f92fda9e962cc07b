#pragma once

#include "ui/editor/text_search.h"
#include "ui/syntax/syntax.h"

#include <QString>

#include <vector>

namespace cowrite::ui {

/// The words of a line that a dictionary may be asked about, by their place in the line: none with
/// digits or underscores, of capitals only, or written likeThis, and none of addresses.
[[nodiscard]] std::vector<TextMatch> spellingWords(const QString &line);

/// The same of a line of this language whose tokens are known: in code only what is in comments and
/// strings, in prose everything but code and the targets of links. `tokens` may be null for prose.
[[nodiscard]] std::vector<TextMatch> spellingWords(const QString &line, const Language &language,
                                                   const std::vector<Token> *tokens);

} // namespace cowrite::ui
