#include "ui/syntax/markdown_syntax.h"

#include <QRegularExpression>

#include <algorithm>

namespace cowrite::ui {

namespace {

/// States: outside or inside a fence of backticks or tildes.
enum State { kOutside = Syntax::kInitialState, kInBackticks, kInTildes };

struct Rule {
    QRegularExpression pattern;
    TokenKind kind;
};

QRegularExpression expression(const char *pattern)
{
    return QRegularExpression(QLatin1String(pattern));
}

/// Those of whole lines, of which the first that fits counts.
const std::vector<Rule> &lineRules()
{
    static const std::vector<Rule> rules{
        {expression("^ {0,3}#{1,6}(\\s|$)"), TokenKind::Heading},
        {expression("^ {0,3}>"), TokenKind::Muted},
        {expression("^ {0,3}([-*_])( *\\1){2,} *$"), TokenKind::Muted},
    };
    return rules;
}

/// Those of parts of a line: the first one that takes a unit keeps it.
const std::vector<Rule> &spanRules()
{
    static const std::vector<Rule> rules{
        {expression("^\\s*([-*+]|\\d{1,9}[.)])(?=\\s)"), TokenKind::Muted},
        {expression("(`+)(?!`).*?(?<!`)\\1(?!`)"), TokenKind::Code},
        {expression("(?<=\\])\\([^()\\s]*(?:\\s+\"[^\"]*\")?\\)"), TokenKind::Muted},
        {expression("!?\\[[^\\[\\]]+\\](?=[\\(\\[])"), TokenKind::Link},
        {expression("<?\\bhttps?://[^\\s<>)]+>?"), TokenKind::Link},
        {expression("(\\*\\*|__)(?=\\S).+?(?<=\\S)\\1"), TokenKind::Strong},
        {expression("(?<![\\*\\w])\\*(?![\\*\\s])[^\\*]+(?<!\\s)\\*(?!\\*)"), TokenKind::Emphasis},
        {expression("(?<![_\\w])_(?![_\\s])[^_]+(?<!\\s)_(?![_\\w])"), TokenKind::Emphasis},
        {expression("\\([^()]*\\)"), TokenKind::Muted},
    };
    return rules;
}

void addSpans(const QString &line, std::vector<Token> &tokens)
{
    for (const Rule &rule : spanRules()) {
        QRegularExpressionMatchIterator it = rule.pattern.globalMatch(line);
        while (it.hasNext()) {
            const QRegularExpressionMatch match = it.next();
            const Token token{static_cast<std::uint32_t>(match.capturedStart()),
                              static_cast<std::uint32_t>(match.capturedLength()), rule.kind};
            const bool isTaken = std::any_of(tokens.begin(), tokens.end(), [&](const Token &other) {
                return token.start < other.start + other.length &&
                       other.start < token.start + token.length;
            });
            if (token.length > 0 && !isTaken) {
                tokens.push_back(token);
            }
        }
    }
    std::sort(tokens.begin(), tokens.end(),
              [](const Token &a, const Token &b) { return a.start < b.start; });
}

} // namespace

int MarkdownSyntax::tokenize(const QString &line, int before, std::vector<Token> *tokens)
{
    static const QRegularExpression fence = expression("^ {0,3}(```|~~~)");
    const auto wholeLine = [&](TokenKind kind) {
        if (tokens != nullptr && !line.isEmpty()) {
            tokens->push_back({0, static_cast<std::uint32_t>(line.size()), kind});
        }
    };
    const QRegularExpressionMatch fenced = fence.match(line);
    if (before != kOutside || fenced.hasMatch()) {
        wholeLine(TokenKind::Code);
        if (!fenced.hasMatch()) {
            return before;
        }
        const int own = fenced.capturedView(1) == QLatin1String("```") ? kInBackticks : kInTildes;
        return before == kOutside ? own : before == own ? kOutside : before;
    }
    if (tokens == nullptr) {
        return kOutside;
    }
    for (const Rule &rule : lineRules()) {
        if (rule.pattern.match(line).hasMatch()) {
            wholeLine(rule.kind);
            return kOutside;
        }
    }
    addSpans(line, *tokens);
    return kOutside;
}

} // namespace cowrite::ui
