// Colours of code by KSyntaxHighlighting, where CMake finds it for Qt 6.
#include "ui/syntax/syntax_states.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>

namespace cowrite::ui {

namespace {

using KSyntaxHighlighting::Format;
using KSyntaxHighlighting::State;
using KSyntaxHighlighting::Theme;

TokenKind kindOf(const Format &format)
{
    switch (format.textStyle()) {
    case Theme::Comment:
    case Theme::Documentation:
    case Theme::Annotation:
    case Theme::CommentVar:
    case Theme::RegionMarker:
    case Theme::Information:
        return TokenKind::Comment;
    case Theme::String:
    case Theme::Char:
    case Theme::VerbatimString:
        return TokenKind::String;
    case Theme::SpecialChar:
    case Theme::SpecialString:
        return TokenKind::Escape;
    case Theme::Keyword:
    case Theme::ControlFlow:
        return TokenKind::Keyword;
    case Theme::DataType:
        return TokenKind::Type;
    case Theme::DecVal:
    case Theme::BaseN:
    case Theme::Float:
    case Theme::Constant:
        return TokenKind::Number;
    case Theme::Function:
    case Theme::BuiltIn:
    case Theme::Extension:
        return TokenKind::Function;
    case Theme::Variable:
        return TokenKind::Variable;
    case Theme::Preprocessor:
    case Theme::Import:
        return TokenKind::Preprocessor;
    case Theme::Attribute:
    case Theme::Others:
        return TokenKind::Tag;
    case Theme::Warning:
    case Theme::Alert:
    case Theme::Error:
        return TokenKind::Alert;
    case Theme::Normal:
    case Theme::Operator:
        break;
    }
    return TokenKind::Plain;
}

class KSyntaxSyntax : public Syntax, private KSyntaxHighlighting::AbstractHighlighter {
public:
    explicit KSyntaxSyntax(const KSyntaxHighlighting::Definition &definition)
    {
        setDefinition(definition);
    }

protected:
    [[nodiscard]] int tokenize(const QString &line, int before, std::vector<Token> *tokens) override
    {
        m_tokens = tokens;
        const State after = highlightLine(line, m_states.at(before));
        m_tokens = nullptr;
        return m_states.idOf(after);
    }

    void applyFormat(int offset, int length, const Format &format) override
    {
        const TokenKind kind = kindOf(format);
        if (m_tokens != nullptr && length > 0 && kind != TokenKind::Plain) {
            m_tokens->push_back(
                {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length), kind});
        }
    }

private:
    std::vector<Token> *m_tokens = nullptr;
    SyntaxStates<State> m_states{{}};
};

/// Reads the index of all definitions, which is worth doing once.
KSyntaxHighlighting::Repository &repository()
{
    static KSyntaxHighlighting::Repository repository;
    return repository;
}

} // namespace

std::unique_ptr<Syntax> makeLibrarySyntax(const Language &language)
{
    if (language.definition.isEmpty()) {
        return nullptr;
    }
    const KSyntaxHighlighting::Definition definition =
        repository().definitionForName(language.definition);
    return definition.isValid() ? std::make_unique<KSyntaxSyntax>(definition) : nullptr;
}

} // namespace cowrite::ui
