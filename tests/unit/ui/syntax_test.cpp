#include "ui/syntax/syntax.h"

#include "ui/look/theme.h"

#include <QSet>
#include <QTest>

using namespace cowrite::ui;

namespace {

struct Highlighted {
    QStringList lines;
    std::vector<std::vector<Token>> tokens;

    /// What this text is, where it first stands; the kind of the token around all of it.
    [[nodiscard]] TokenKind kindOf(const QString &what) const
    {
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const qsizetype at = lines[i].indexOf(what);
            if (at < 0) {
                continue;
            }
            for (const Token &token : tokens[static_cast<std::size_t>(i)]) {
                if (token.start <= at && at + what.size() <= token.start + token.length) {
                    return token.kind;
                }
            }
            return TokenKind::Plain;
        }
        return TokenKind::Plain;
    }
};

Highlighted highlighted(const char *language, const QString &text)
{
    const auto syntax = makeSyntax(*languageOf(QLatin1String(language)));
    Highlighted result{text.split(QLatin1Char('\n')), {}};
    int state = Syntax::kInitialState;
    for (const QString &line : result.lines) {
        std::vector<Token> tokens;
        state = syntax->highlight(line, state, &tokens);
        result.tokens.push_back(std::move(tokens));
    }
    return result;
}

} // namespace

class SyntaxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fortyLanguagesAndMarkdownHaveColours()
    {
        QSet<QString> ids;
        int coloured = 0;
        for (const Language &language : languages()) {
            QVERIFY2(!ids.contains(language.id), qPrintable(language.id));
            ids.insert(language.id);
            coloured +=
                language.kind == Language::Kind::Code && makeLibrarySyntax(language) ? 1 : 0;
        }
        QVERIFY2(coloured >= 40, qPrintable(QString::number(coloured)));
        QCOMPARE(languageOf(QStringLiteral("markdown")), &markdown());
        QCOMPARE(languageOf(QStringLiteral("no such language")), nullptr);
    }

    void filesTellTheirLanguage_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("id");
        QTest::newRow("suffix") << "/some/where/Main.CPP"
                                << "cpp";
        QTest::newRow("whole name") << "CMakeLists.txt"
                                    << "cmake";
        QTest::newRow("text") << "notes.txt"
                              << "text";
        QTest::newRow("hidden") << ".bashrc"
                                << "shell";
        QTest::newRow("markdown") << "plan.md"
                                  << "markdown";
        QTest::newRow("nothing known") << "Minutes 12 March"
                                       << "";
    }

    void filesTellTheirLanguage()
    {
        QFETCH(QString, file);
        QFETCH(QString, id);
        const Language *language = languageOfFile(file);
        QCOMPARE(language != nullptr ? language->id : QString(), id);
    }

    void codeIsColoured_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("keyword");
        QTest::addColumn<QString>("string");
        QTest::addColumn<QString>("comment");
        const auto row = [](const char *language, const char *text, const char *keyword,
                            const char *string, const char *comment) {
            QTest::newRow(language)
                << language << QString::fromUtf8(text) << keyword << string << comment;
        };
        row("cpp", "/* one\ntwo */ for (;;) f(\"words\"); // end", "for", "words", "two");
        row("python", "def f():  # end\n    return 'words'", "return", "words", "end");
        row("java", "class A { String b = \"words\"; } // end", "class", "words", "end");
        row("javascript", "function f() { return 'words'; } // end", "return", "words", "end");
        row("typescript", "function f() { return 'words'; } // end", "return", "words", "end");
        row("go", "func f() string { return \"words\" } // end", "func", "words", "end");
        row("rust", "fn f() { let a = \"words\"; } // end", "let", "words", "end");
        row("ruby", "def f\n  'words' # end\nend", "def", "words", "# end");
        row("perl", "if (1) { print \"words\"; } # done", "if", "words", "done");
        row("php", "<?php\nfunction f() { echo 'words'; } // done\n?>", "function", "words",
            "done");
        row("shell", "if true; then echo \"words\"; fi # done", "then", "words", "done");
        row("sql", "SELECT a FROM b WHERE c = 'words' -- done", "SELECT", "words", "done");
        row("lua", "local a = \"words\" -- done", "local", "words", "done");
        row("haskell", "import A\nf = \"words\" -- done", "import", "words", "done");
        row("pascal", "begin a := 'words'; end. { done }", "begin", "words", "done");
        row("scala", "def f = \"words\" // done", "def", "words", "done");
    }

    void codeIsColoured()
    {
        QFETCH(QString, language);
        QFETCH(QString, text);
        QFETCH(QString, keyword);
        QFETCH(QString, string);
        QFETCH(QString, comment);
        const Highlighted code = highlighted(qPrintable(language), text);
        const TokenKind kind = code.kindOf(keyword);
        QVERIFY2(kind == TokenKind::Keyword || kind == TokenKind::Preprocessor ||
                     kind == TokenKind::Type || kind == TokenKind::Function,
                 qPrintable(QString::number(static_cast<int>(kind))));
        QVERIFY(code.kindOf(string) == TokenKind::String);
        QVERIFY(code.kindOf(comment) == TokenKind::Comment);
    }

    void lettersBeyondAsciiMoveNothing()
    {
        const Highlighted code =
            highlighted("python", QString::fromUtf8("größe = '日本 😀 ü'  # Wört"));
        QVERIFY(code.kindOf(QString::fromUtf8("日本 😀 ü")) == TokenKind::String);
        QVERIFY(code.kindOf(QString::fromUtf8("# Wört")) == TokenKind::Comment);
        QVERIFY(code.kindOf(QString::fromUtf8("größe")) == TokenKind::Plain);
    }

    void markdownIsColoured()
    {
        const Highlighted text = highlighted(
            "markdown", QStringLiteral("# Plan\n"
                                       "some **loud** and *soft* words, `code` (aside)\n"
                                       "- item with [link](https://example.org/a_b_c)\n"
                                       "> quoted\n"
                                       "```\n**not loud**\n~~~\n```\n"
                                       "snake_case_name and 2 * 3 * 4"));
        QVERIFY(text.kindOf(QStringLiteral("# Plan")) == TokenKind::Heading);
        QVERIFY(text.kindOf(QStringLiteral("**loud**")) == TokenKind::Strong);
        QVERIFY(text.kindOf(QStringLiteral("*soft*")) == TokenKind::Emphasis);
        QVERIFY(text.kindOf(QStringLiteral("`code`")) == TokenKind::Code);
        QVERIFY(text.kindOf(QStringLiteral("(aside)")) == TokenKind::Muted);
        QVERIFY(text.kindOf(QStringLiteral("[link]")) == TokenKind::Link);
        QVERIFY(text.kindOf(QStringLiteral("(https://example.org/a_b_c)")) == TokenKind::Muted);
        QVERIFY(text.kindOf(QStringLiteral("> quoted")) == TokenKind::Muted);
        QVERIFY(text.kindOf(QStringLiteral("**not loud**")) == TokenKind::Code);
        QVERIFY(text.tokens.back().empty());
    }

    void aLineWithoutEndHasNoColoursAndChangesNothing()
    {
        const auto syntax = makeSyntax(*languageOf(QStringLiteral("cpp")));
        std::vector<Token> tokens;
        const int open =
            syntax->highlight(QStringLiteral("/* begin"), Syntax::kInitialState, nullptr);
        QVERIFY(open != Syntax::kInitialState);
        QCOMPARE(syntax->highlight(QString(100'000, u'*') + QLatin1String("*/"), open, &tokens),
                 open);
        QVERIFY(tokens.empty());
        QCOMPARE(syntax->highlight(QStringLiteral("end */"), open, &tokens), Syntax::kInitialState);
    }

    void everyColourCanBeReadOnItsPage_data()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    void everyColourCanBeReadOnItsPage()
    {
        QFETCH(bool, isDark);
        const Theme theme = isDark ? Theme::dark() : Theme::light();
        const SyntaxColors &syntax = theme.syntax;
        const std::pair<const char *, QColor> colors[] = {
            {"text", theme.text},
            {"muted", theme.mutedText},
            {"line number", theme.lineNumber},
            {"comment", syntax.comment},
            {"string", syntax.string},
            {"escape", syntax.escape},
            {"keyword", syntax.keyword},
            {"type", syntax.type},
            {"number", syntax.number},
            {"function", syntax.function},
            {"variable", syntax.variable},
            {"preprocessor", syntax.preprocessor},
            {"tag", syntax.tag},
            {"inserted", syntax.inserted},
            {"deleted", syntax.deleted},
            {"heading", syntax.heading},
        };
        for (const auto &[name, color] : colors) {
            for (const QColor &behind : {theme.page, theme.currentLine}) {
                const double ratio = contrast(color, behind);
                QVERIFY2(ratio >= 4.5,
                         qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(name)).arg(ratio)));
            }
        }
        for (const QColor &behind : {theme.selection, theme.found, theme.bracket}) {
            QVERIFY(contrast(theme.text, behind) >= 4.5);
        }
    }
};

QTEST_GUILESS_MAIN(SyntaxTest)
#include "syntax_test.moc"
