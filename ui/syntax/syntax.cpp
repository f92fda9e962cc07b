#include "ui/syntax/syntax.h"

#include "ui/syntax/markdown_syntax.h"
#include "ui/syntax/view_text.h"

#include <algorithm>

namespace cowrite::ui {

namespace {

/// Where nothing is coloured.
class NoSyntax : public Syntax {
protected:
    [[nodiscard]] int tokenize(const QString &, int before, std::vector<Token> *) override
    {
        return before;
    }
};

void addStandIns(const QString &line, std::vector<Token> &tokens)
{
    bool found = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const char16_t unit = line[i].unicode();
        if (unit == kCarriageReturnSign || unit == kObjectSign) {
            tokens.push_back({static_cast<std::uint32_t>(i), 1, TokenKind::StandIn});
            found = true;
        }
    }
    if (found) {
        std::stable_sort(tokens.begin(), tokens.end(),
                         [](const Token &a, const Token &b) { return a.start < b.start; });
    }
}

} // namespace

int Syntax::highlight(const QString &line, int before, std::vector<Token> *tokens)
{
    if (line.size() > kLongestLine) {
        return before;
    }
    const int after = tokenize(line, before, tokens);
    if (tokens != nullptr) {
        addStandIns(line, *tokens);
    }
    return after;
}

std::unique_ptr<Syntax> makeSyntax(const Language &language)
{
    switch (language.kind) {
    case Language::Kind::Prose:
        break;
    case Language::Kind::Markdown:
        return std::make_unique<MarkdownSyntax>();
    case Language::Kind::Code:
        if (auto syntax = makeLibrarySyntax(language)) {
            return syntax;
        }
        break;
    }
    return std::make_unique<NoSyntax>();
}

} // namespace cowrite::ui
