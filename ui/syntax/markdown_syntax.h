#pragma once

#include "ui/syntax/syntax.h"

namespace cowrite::ui {

/// Headings, emphasis, links, code and quotes of Markdown. The libraries either do not know it or
/// colour it as loudly as code.
class MarkdownSyntax : public Syntax {
protected:
    [[nodiscard]] int tokenize(const QString &line, int before,
                               std::vector<Token> *tokens) override;
};

} // namespace cowrite::ui
