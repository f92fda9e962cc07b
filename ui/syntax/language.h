#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cowrite::ui {

/// What the editor knows about a language beside its colours.
struct Language {
    enum class Kind {
        Prose,    ///< plain text: nothing is coloured
        Markdown, ///< coloured by MarkdownSyntax
        Code,     ///< coloured by the library of the build
    };

    QString id;   ///< as in `meta.language`: "python"
    QString name; ///< as people write it: "Python"
    Kind kind = Kind::Code;
    /// Patterns of file names, in lower case: "*.py", "makefile".
    QStringList patterns;
    QString lineComment; ///< empty where there is none
    QString commentStart;
    QString commentEnd;
    /// What the libraries call it: the name of a definition of KSyntaxHighlighting, and a file of
    /// Source-highlight; each empty where that library does not know it.
    QString definition;
    QString langFile;

    [[nodiscard]] bool hasComments() const
    {
        return !lineComment.isEmpty() || !commentStart.isEmpty();
    }
};

/// Its name in the language of the person, where that differs.
[[nodiscard]] QString displayName(const Language &language);

/// All of them, plain text and Markdown first, the others by name.
[[nodiscard]] const std::vector<Language> &languages();
[[nodiscard]] const Language &plainText();
[[nodiscard]] const Language &markdown();
/// Null if there is none of this id.
[[nodiscard]] const Language *languageOf(const QString &id);
/// By the name of a file, with or without its folder; null if nothing is known about it.
[[nodiscard]] const Language *languageOfFile(const QString &fileName);

} // namespace cowrite::ui
