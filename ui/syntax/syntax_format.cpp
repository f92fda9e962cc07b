#include "ui/syntax/syntax_format.h"

namespace cowrite::ui {

QTextCharFormat formatOf(TokenKind kind, const Theme &theme)
{
    const SyntaxColors &colors = theme.syntax;
    QTextCharFormat format;
    const auto colored = [&format](const QColor &color, QFont::Weight weight = QFont::Normal) {
        format.setForeground(color);
        if (weight != QFont::Normal) {
            format.setFontWeight(weight);
        }
        return format;
    };
    switch (kind) {
    case TokenKind::Plain:
        break;
    case TokenKind::Comment:
        return colored(colors.comment);
    case TokenKind::String:
        return colored(colors.string);
    case TokenKind::Escape:
        return colored(colors.escape);
    case TokenKind::Keyword:
        return colored(colors.keyword);
    case TokenKind::Type:
        return colored(colors.type);
    case TokenKind::Number:
        return colored(colors.number);
    case TokenKind::Function:
        return colored(colors.function);
    case TokenKind::Variable:
        return colored(colors.variable);
    case TokenKind::Preprocessor:
        return colored(colors.preprocessor);
    case TokenKind::Tag:
        return colored(colors.tag);
    case TokenKind::Inserted:
        return colored(colors.inserted);
    case TokenKind::Deleted:
        return colored(colors.deleted);
    case TokenKind::Alert:
        return colored(colors.deleted, QFont::Bold);
    case TokenKind::Heading:
        return colored(colors.heading, QFont::Bold);
    case TokenKind::Strong:
        format.setFontWeight(QFont::Bold);
        break;
    case TokenKind::Emphasis:
        format.setFontItalic(true);
        break;
    case TokenKind::Link:
        return colored(colors.heading);
    case TokenKind::Code:
    case TokenKind::Muted:
    case TokenKind::StandIn:
        return colored(theme.mutedText);
    }
    return format;
}

QList<QTextLayout::FormatRange> formatRanges(const std::vector<Token> &tokens, const Theme &theme)
{
    QList<QTextLayout::FormatRange> ranges;
    ranges.reserve(static_cast<qsizetype>(tokens.size()));
    for (const Token &token : tokens) {
        if (token.length > 0) {
            ranges.append({static_cast<int>(token.start), static_cast<int>(token.length),
                           formatOf(token.kind, theme)});
        }
    }
    return ranges;
}

QList<QTextLayout::FormatRange> formatsWithPreedit(const QTextLayout &layout,
                                                   QList<QTextLayout::FormatRange> ranges)
{
    const auto length = static_cast<int>(layout.preeditAreaText().size());
    if (length == 0) {
        return ranges;
    }
    const int start = layout.preeditAreaPosition();
    for (QTextLayout::FormatRange &range : ranges) {
        if (range.start >= start) {
            range.start += length;
        } else if (range.start + range.length > start) {
            range.length += length;
        }
    }
    const QList<QTextLayout::FormatRange> present = layout.formats();
    for (const QTextLayout::FormatRange &range : present) {
        // Those of the composition itself; they are drawn over the others.
        if (range.start >= start && range.start + range.length <= start + length &&
            range.length > 0) {
            ranges.append(range);
        }
    }
    return ranges;
}

} // namespace cowrite::ui
