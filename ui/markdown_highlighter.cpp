#include "ui/markdown_highlighter.h"

#include "ui/view_text.h"

#include <QRegularExpression>

namespace cowrite::ui {

namespace {

/// Block states: inside or outside a fenced code block.
enum State { kOutside = 0, kInFence = 1 };

const QRegularExpression &headingPattern()
{
    static const QRegularExpression pattern(QStringLiteral("^ {0,3}#{1,6}(\\s|$)"));
    return pattern;
}

const QRegularExpression &fencePattern()
{
    static const QRegularExpression pattern(QStringLiteral("^ {0,3}(```|~~~)"));
    return pattern;
}

const QRegularExpression &quotePattern()
{
    static const QRegularExpression pattern(QStringLiteral("^ {0,3}>"));
    return pattern;
}

const QRegularExpression &listMarkerPattern()
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*[-*+]\\s"));
    return pattern;
}

const QRegularExpression &boldPattern()
{
    static const QRegularExpression pattern(QStringLiteral("(\\*\\*|__)(?=\\S)(.+?)(?<=\\S)\\1"));
    return pattern;
}

const QRegularExpression &codePattern()
{
    static const QRegularExpression pattern(QStringLiteral("`[^`]+`"));
    return pattern;
}

const QRegularExpression &asidePattern()
{
    static const QRegularExpression pattern(QStringLiteral("(?<!\\])\\([^()]*\\)"));
    return pattern;
}

} // namespace

MarkdownHighlighter::MarkdownHighlighter(QTextDocument *document, const Theme &theme)
    : QSyntaxHighlighter(document), m_theme(theme)
{}

void MarkdownHighlighter::setTheme(const Theme &theme)
{
    m_theme = theme;
    rehighlight();
}

void MarkdownHighlighter::setScope(Scope scope)
{
    if (scope != m_scope) {
        m_scope = scope;
        rehighlight();
    }
}

void MarkdownHighlighter::highlightBlock(const QString &text)
{
    setCurrentBlockState(kOutside);
    if (m_scope == Scope::Markdown) {
        highlightSpans(text);
    }
    highlightStandIns(text);
}

void MarkdownHighlighter::highlightSpans(const QString &text)
{
    QTextCharFormat muted;
    muted.setForeground(m_theme.mutedText);
    const bool wasInFence = previousBlockState() == kInFence;
    const bool isFence = fencePattern().match(text).hasMatch();
    if (wasInFence || isFence) {
        setCurrentBlockState(wasInFence != isFence ? kInFence : kOutside);
        setFormat(0, static_cast<int>(text.size()), muted);
        return;
    }
    if (headingPattern().match(text).hasMatch()) {
        QTextCharFormat heading;
        heading.setForeground(m_theme.accent);
        heading.setFontWeight(QFont::Bold);
        setFormat(0, static_cast<int>(text.size()), heading);
        return;
    }
    if (quotePattern().match(text).hasMatch()) {
        setFormat(0, static_cast<int>(text.size()), muted);
    }
    const QRegularExpressionMatch marker = listMarkerPattern().match(text);
    if (marker.hasMatch()) {
        setFormat(0, static_cast<int>(marker.capturedLength()), muted);
    }
    const auto paintAll = [&](const QRegularExpression &pattern, const QTextCharFormat &format) {
        QRegularExpressionMatchIterator it = pattern.globalMatch(text);
        while (it.hasNext()) {
            const QRegularExpressionMatch match = it.next();
            setFormat(static_cast<int>(match.capturedStart()),
                      static_cast<int>(match.capturedLength()), format);
        }
    };
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    paintAll(asidePattern(), muted);
    paintAll(boldPattern(), bold);
    paintAll(codePattern(), muted);
}

void MarkdownHighlighter::highlightStandIns(const QString &text)
{
    QTextCharFormat muted;
    muted.setForeground(m_theme.mutedText);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (unit == kCarriageReturnSign || unit == kObjectSign) {
            setFormat(static_cast<int>(i), 1, muted);
        }
    }
}

} // namespace cowrite::ui
