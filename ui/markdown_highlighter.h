#pragma once

#include "ui/theme.h"

#include <QSyntaxHighlighter>

namespace cowrite::ui {

/// Headings, emphasis, code and quotes of Markdown in the theme's colours. It also dims the
/// stand-ins for characters a view cannot show (view_text.h), for every language.
class MarkdownHighlighter : public QSyntaxHighlighter {
    Q_OBJECT

public:
    enum class Scope { StandInsOnly, Markdown };

    MarkdownHighlighter(QTextDocument *document, const Theme &theme);

    void setTheme(const Theme &theme);
    void setScope(Scope scope);

protected:
    void highlightBlock(const QString &text) override;

private:
    void highlightStandIns(const QString &text);
    void highlightSpans(const QString &text);

    Theme m_theme;
    Scope m_scope = Scope::StandInsOnly;
};

} // namespace cowrite::ui
