#pragma once

#include "ui/syntax/language.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace cowrite::ui {

/// What a stretch of a line is, as far as its colour is concerned.
enum class TokenKind : std::uint8_t {
    Plain,
    Comment,
    String,
    Escape, ///< within a string, or a regular expression
    Keyword,
    Type,
    Number,
    Function,
    Variable,
    Preprocessor,
    Tag, ///< of markup, and what is like one: sections, selectors, commands
    Inserted,
    Deleted,
    Alert, ///< TODO, and what the language does not allow
    Heading,
    Strong,
    Emphasis,
    Link,
    Code,    ///< within prose
    Muted,   ///< marks of prose: bullets, quotes
    StandIn, ///< for a character that a view cannot show (view_text.h)
};

struct Token {
    std::uint32_t start = 0; ///< in its line
    std::uint32_t length = 0;
    TokenKind kind = TokenKind::Plain;

    friend bool operator==(const Token &, const Token &) = default;
};

/// Finds the tokens of one language, line after line. What a line leaves open (a comment, say) is
/// the state that the next one begins with.
class Syntax {
public:
    /// The state of the first line.
    static constexpr int kInitialState = 0;
    /// A line longer than this has no colours, and leaves the state as it was.
    static constexpr qsizetype kLongestLine = 5'000;

    virtual ~Syntax() = default;

    /// The state after `line`, which has no end, where `before` is one that this object gave. Its
    /// tokens go to `tokens`, ascending, unless that is null; those of Kind::Plain are left out.
    /// One call at a time, from any thread.
    [[nodiscard]] int highlight(const QString &line, int before, std::vector<Token> *tokens);

protected:
    [[nodiscard]] virtual int tokenize(const QString &line, int before,
                                       std::vector<Token> *tokens) = 0;
};

/// Never null: a language that the library of this build does not know has no tokens. For code it
/// takes its time, and neither this nor what it makes may be used by two threads at once.
[[nodiscard]] std::unique_ptr<Syntax> makeSyntax(const Language &language);

/// That of the library of this build; null if it does not know the language.
[[nodiscard]] std::unique_ptr<Syntax> makeLibrarySyntax(const Language &language);

} // namespace cowrite::ui
