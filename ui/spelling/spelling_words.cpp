#include "ui/spelling/spelling_words.h"

#include <QRegularExpression>

#include <algorithm>

namespace cowrite::ui {

namespace {

bool isAddress(QStringView chunk)
{
    return chunk.contains(QLatin1String("://")) || chunk.contains(QLatin1Char('@')) ||
           chunk.contains(QLatin1Char('\\')) || chunk.startsWith(QLatin1String("www."));
}

bool isOrdinary(QStringView word)
{
    bool hasLower = false;
    for (qsizetype i = 0; i < word.size(); ++i) {
        if (i > 0 && word[i].isUpper() && hasLower) {
            return false;
        }
        hasLower = hasLower || word[i].isLower();
    }
    // Scripts without capitals have no lower case either.
    const bool isCapitals =
        !hasLower && std::any_of(word.begin(), word.end(), [](QChar c) { return c.isUpper(); });
    return word.size() > 1 && !isCapitals;
}

bool isProse(TokenKind kind, Language::Kind language)
{
    if (language == Language::Kind::Code) {
        return kind == TokenKind::Comment || kind == TokenKind::String;
    }
    return kind != TokenKind::Code;
}

} // namespace

std::vector<TextMatch> spellingWords(const QString &line)
{
    static const QRegularExpression chunks(QStringLiteral("[^\\s()<>\\[\\]{}\"“”„,;|]+"));
    static const QRegularExpression words(
        QStringLiteral("(?<![\\w])[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*(?![\\w])"),
        QRegularExpression::UseUnicodePropertiesOption);
    std::vector<TextMatch> found;
    QRegularExpressionMatchIterator chunk = chunks.globalMatch(line);
    while (chunk.hasNext()) {
        const QRegularExpressionMatch part = chunk.next();
        if (isAddress(part.capturedView())) {
            continue;
        }
        const QString text = part.captured();
        QRegularExpressionMatchIterator word = words.globalMatch(text);
        while (word.hasNext()) {
            const QRegularExpressionMatch match = word.next();
            if (isOrdinary(match.capturedView())) {
                found.push_back(
                    {static_cast<std::uint32_t>(part.capturedStart() + match.capturedStart()),
                     static_cast<std::uint32_t>(match.capturedLength())});
            }
        }
    }
    return found;
}

std::vector<TextMatch> spellingWords(const QString &line, const Language &language,
                                     const std::vector<Token> *tokens)
{
    if (line.size() > Syntax::kLongestLine ||
        (tokens == nullptr && language.kind == Language::Kind::Code)) {
        return {};
    }
    std::vector<TextMatch> words = spellingWords(line);
    if (tokens == nullptr) {
        return words;
    }
    const auto isElsewhere = [&](const TextMatch &word) {
        const auto token = std::find_if(tokens->begin(), tokens->end(), [&](const Token &one) {
            return one.start <= word.offset && word.offset < one.start + one.length;
        });
        const TokenKind kind = token != tokens->end() ? token->kind : TokenKind::Plain;
        return !isProse(kind, language.kind);
    };
    words.erase(std::remove_if(words.begin(), words.end(), isElsewhere), words.end());
    return words;
}

} // namespace cowrite::ui
