// Colours of code by GNU Source-highlight, where KSyntaxHighlighting is not to be had for Qt 6.
#include "ui/syntax/syntax_states.h"

#include <srchilite/formatter.h>
#include <srchilite/formattermanager.h>
#include <srchilite/formatterparams.h>
#include <srchilite/highlightstate.h>
#include <srchilite/langdefmanager.h>
#include <srchilite/regexrulefactory.h>
#include <srchilite/settings.h>
#include <srchilite/sourcehighlighter.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace cowrite::ui {

namespace {

const std::pair<const char *, TokenKind> kElements[] = {
    {"comment", TokenKind::Comment},
    {"string", TokenKind::String},
    {"specialchar", TokenKind::Escape},
    {"regexp", TokenKind::Escape},
    {"regex", TokenKind::Escape},
    {"keyword", TokenKind::Keyword},
    {"type", TokenKind::Type},
    {"usertype", TokenKind::Type},
    {"classname", TokenKind::Type},
    {"number", TokenKind::Number},
    {"math", TokenKind::Number},
    {"date", TokenKind::Number},
    {"time", TokenKind::Number},
    {"ip", TokenKind::Number},
    {"function", TokenKind::Function},
    {"predef_func", TokenKind::Function},
    {"special_fun", TokenKind::Function},
    {"variable", TokenKind::Variable},
    {"predef_var", TokenKind::Variable},
    {"argument", TokenKind::Variable},
    {"optionalargument", TokenKind::Variable},
    {"atom", TokenKind::Variable},
    {"name", TokenKind::Variable},
    {"value", TokenKind::String},
    {"path", TokenKind::String},
    {"file", TokenKind::String},
    {"url", TokenKind::Link},
    {"preproc", TokenKind::Preprocessor},
    {"meta", TokenKind::Preprocessor},
    {"label", TokenKind::Tag},
    {"section", TokenKind::Tag},
    {"selector", TokenKind::Tag},
    {"property", TokenKind::Type},
    {"attribute", TokenKind::Type},
    {"bibtex", TokenKind::Tag},
    {"markup", TokenKind::Tag},
    {"markup_command", TokenKind::Function},
    {"lyric_command", TokenKind::Function},
    {"cuketag", TokenKind::Tag},
    {"given", TokenKind::Keyword},
    {"when", TokenKind::Keyword},
    {"then", TokenKind::Keyword},
    {"and_but", TokenKind::Keyword},
    {"oldfile", TokenKind::Deleted},
    {"newfile", TokenKind::Inserted},
    {"difflines", TokenKind::Tag},
    {"todo", TokenKind::Alert},
    {"error", TokenKind::Alert},
    {"warning", TokenKind::Alert},
    {"bold", TokenKind::Strong},
    {"italics", TokenKind::Emphasis},
    {"fixed", TokenKind::Code},
    {"code", TokenKind::Code},
};

/// Writes down which stretch of the line is of its kind.
class Collector : public srchilite::Formatter {
public:
    Collector(TokenKind kind, std::vector<Token> *&tokens) : m_kind(kind), m_tokens(tokens) {}

    void format(const std::string &text, const srchilite::FormatterParams *params) override
    {
        if (m_tokens == nullptr || params == nullptr || params->start < 0 || text.empty()) {
            return;
        }
        const Token token{static_cast<std::uint32_t>(params->start),
                          static_cast<std::uint32_t>(text.size()), m_kind};
        if (!m_tokens->empty() && m_tokens->back().kind == m_kind &&
            m_tokens->back().start + m_tokens->back().length == token.start) {
            m_tokens->back().length += token.length;
        } else {
            m_tokens->push_back(token);
        }
    }

private:
    TokenKind m_kind;
    std::vector<Token> *&m_tokens;
};

/// What does nothing, for everything that has no colour.
class Ignorer : public srchilite::Formatter {
public:
    void format(const std::string &, const srchilite::FormatterParams *) override {}
};

/// One byte for one unit, as the library knows bytes only: letters beyond ASCII become one that may
/// be part of a name, the rest one that means nothing.
std::string toBytes(const QString &line)
{
    std::string bytes(static_cast<std::size_t>(line.size()), '\0');
    std::transform(line.begin(), line.end(), bytes.begin(), [](QChar unit) {
        return unit.unicode() < 0x80     ? static_cast<char>(unit.unicode())
               : unit.isLetterOrNumber() ? '_'
                                         : '\x01';
    });
    return bytes;
}

class SourceHighlightSyntax : public Syntax {
public:
    /// Throws what the library throws.
    explicit SourceHighlightSyntax(const std::string &langFile)
        : m_manager(&m_factory),
          m_formatters(srchilite::FormatterPtr(new Ignorer)),
          m_highlighter(
              m_manager.getHighlightState(srchilite::Settings::retrieveDataDir(), langFile)),
          m_states({m_highlighter.getCurrentState(), {}})
    {
        for (const auto &[element, kind] : kElements) {
            m_formatters.addFormatter(element,
                                      srchilite::FormatterPtr(new Collector(kind, m_tokens)));
        }
        m_highlighter.setFormatterManager(&m_formatters);
        m_highlighter.setFormatterParams(&m_params);
        m_highlighter.setOptimize(false);
    }

protected:
    [[nodiscard]] int tokenize(const QString &line, int before, std::vector<Token> *tokens) override
    {
        const State &state = m_states.at(before);
        m_highlighter.setCurrentState(state.current);
        m_highlighter.setStateStack(
            srchilite::HighlightStateStackPtr(new srchilite::HighlightStateStack(state.outer)));
        m_tokens = tokens;
        m_params.start = 0;
        try {
            m_highlighter.highlightParagraph(toBytes(line));
        } catch (const std::exception &) {
            // An expression of the language that is too complicated for this line.
            m_tokens = nullptr;
            return before;
        }
        m_tokens = nullptr;
        return m_states.idOf({m_highlighter.getCurrentState(), *m_highlighter.getStateStack()});
    }

private:
    struct State {
        srchilite::HighlightStatePtr current;
        srchilite::HighlightStateStack outer;

        friend bool operator==(const State &, const State &) = default;
    };

    srchilite::RegexRuleFactory m_factory;
    srchilite::LangDefManager m_manager;
    std::vector<Token> *m_tokens = nullptr;
    srchilite::FormatterManager m_formatters;
    srchilite::FormatterParams m_params;
    srchilite::SourceHighlighter m_highlighter;
    SyntaxStates<State> m_states;
};

} // namespace

std::unique_ptr<Syntax> makeLibrarySyntax(const Language &language)
{
    if (language.langFile.isEmpty()) {
        return nullptr;
    }
    try {
        return std::make_unique<SourceHighlightSyntax>(language.langFile.toStdString());
    } catch (const std::exception &) {
        // Its data is not installed, or cannot be read.
        return nullptr;
    }
}

} // namespace cowrite::ui
