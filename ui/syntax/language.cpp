#include "ui/syntax/language.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace cowrite::ui {

namespace {

struct Row {
    const char *id;
    const char *name;
    const char *patterns;
    const char *lineComment;
    const char *commentStart;
    const char *commentEnd;
    const char *definition;
    const char *langFile;
};

constexpr Row kCode[] = {
    {"ada", "Ada", "*.ada *.adb *.ads", "--", "", "", "Ada", "ada.lang"},
    {"assembler", "Assembler", "*.asm *.s", "#", "/*", "*/", "GNU Assembler", "asm.lang"},
    {"awk", "AWK", "*.awk", "#", "", "", "AWK", "awk.lang"},
    {"bat", "Batch", "*.bat *.cmd", "REM", "", "", "MS-DOS Batch", "bat.lang"},
    {"bibtex", "BibTeX", "*.bib", "", "", "", "BibTeX", "bib.lang"},
    {"bison", "Bison", "*.y *.yy", "//", "/*", "*/", "Yacc/Bison", "bison.lang"},
    {"c", "C", "*.c *.h", "//", "/*", "*/", "C", "c.lang"},
    {"csharp", "C#", "*.cs", "//", "/*", "*/", "C#", "csharp.lang"},
    {"cpp", "C++", "*.cpp *.cc *.cxx *.hpp *.hh *.hxx *.ipp *.inl", "//", "/*", "*/", "C++",
     "cpp.lang"},
    {"changelog", "Changelog", "changelog", "", "", "", "Debian Changelog", "changelog.lang"},
    {"cmake", "CMake", "cmakelists.txt *.cmake", "#", "#[[", "]]", "CMake", ""},
    {"cobol", "COBOL", "*.cob *.cbl", "*>", "", "", "", "cobol.lang"},
    {"coffeescript", "CoffeeScript", "*.coffee", "#", "###", "###", "CoffeeScript",
     "coffeescript.lang"},
    {"lisp", "Common Lisp", "*.lisp *.lsp *.el *.cl", ";", "#|", "|#", "Common Lisp", "lisp.lang"},
    {"css", "CSS", "*.css", "", "/*", "*/", "CSS", "css.lang"},
    {"d", "D", "*.d", "//", "/*", "*/", "D", "d.lang"},
    {"desktop", "Desktop entry", "*.desktop", "#", "", "", ".desktop", "desktop.lang"},
    {"diff", "Diff", "*.diff *.patch", "", "", "", "Diff", "diff.lang"},
    {"docker", "Dockerfile", "dockerfile *.dockerfile", "#", "", "", "Dockerfile", ""},
    {"erlang", "Erlang", "*.erl *.hrl", "%", "", "", "Erlang", "erlang.lang"},
    {"fortran", "Fortran", "*.f90 *.f95 *.f03 *.f08 *.f", "!", "", "", "Fortran (Free Format)",
     "fortran.lang"},
    {"po", "Gettext", "*.po *.pot", "#", "", "", "GNU Gettext", "po.lang"},
    {"gherkin", "Gherkin", "*.feature", "#", "", "", "", "feature.lang"},
    {"glsl", "GLSL", "*.glsl *.vert *.frag", "//", "/*", "*/", "GLSL", "glsl.lang"},
    {"go", "Go", "*.go", "//", "/*", "*/", "Go", "go.lang"},
    {"groovy", "Groovy", "*.groovy *.gradle", "//", "/*", "*/", "Groovy", "groovy.lang"},
    {"haskell", "Haskell", "*.hs", "--", "{-", "-}", "Haskell", "haskell.lang"},
    {"haxe", "Haxe", "*.hx", "//", "/*", "*/", "Haxe", "haxe.lang"},
    {"html", "HTML", "*.html *.htm *.xhtml", "", "<!--", "-->", "HTML", "html.lang"},
    {"ini", "INI", "*.ini *.cfg *.conf *.toml *.service .gitconfig .editorconfig", "#", "", "",
     "INI Files", "conf.lang"},
    {"java", "Java", "*.java", "//", "/*", "*/", "Java", "java.lang"},
    {"javascript", "JavaScript", "*.js *.mjs *.cjs *.jsx", "//", "/*", "*/", "JavaScript",
     "javascript.lang"},
    {"json", "JSON", "*.json *.webmanifest *.geojson", "", "", "", "JSON", "json.lang"},
    {"kotlin", "Kotlin", "*.kt *.kts", "//", "/*", "*/", "Kotlin", ""},
    {"latex", "LaTeX", "*.tex *.sty *.cls *.ltx", "%", "", "", "LaTeX", "latex.lang"},
    {"lex", "Lex", "*.l *.ll", "//", "/*", "*/", "Lex/Flex", "flex.lang"},
    {"lilypond", "LilyPond", "*.ly *.ily", "%", "%{", "%}", "LilyPond", "lilypond.lang"},
    {"log", "Log", "*.log", "", "", "", "", "log.lang"},
    {"lua", "Lua", "*.lua", "--", "--[[", "]]", "Lua", "lua.lang"},
    {"m4", "M4", "*.m4 *.ac", "dnl", "", "", "GNU M4", "m4.lang"},
    {"makefile", "Makefile", "makefile gnumakefile *.mk *.mak", "#", "", "", "Makefile",
     "makefile.lang"},
    {"ocaml", "OCaml", "*.ml *.mli", "", "(*", "*)", "Objective Caml", "caml.lang"},
    {"pascal", "Pascal", "*.pas *.pp *.dpr", "//", "{", "}", "Pascal", "pascal.lang"},
    {"perl", "Perl", "*.pl *.pm *.t", "#", "", "", "Perl", "perl.lang"},
    {"php", "PHP", "*.php *.phtml", "//", "/*", "*/", "PHP/PHP", "php.lang"},
    {"postscript", "PostScript", "*.ps *.eps", "%", "", "", "PostScript", "postscript.lang"},
    {"prolog", "Prolog", "*.pro *.prolog", "%", "/*", "*/", "Prolog", "prolog.lang"},
    {"properties", "Properties", "*.properties", "#", "", "", "Java Properties", "properties.lang"},
    {"protobuf", "Protocol Buffers", "*.proto", "//", "/*", "*/", "Protobuf", "proto.lang"},
    {"python", "Python", "*.py *.pyw *.pyi sconstruct", "#", "", "", "Python", "python.lang"},
    {"r", "R", "*.r", "#", "", "", "R Script", "r.lang"},
    {"rpmspec", "RPM Spec", "*.spec", "#", "", "", "RPM Spec", "spec.lang"},
    {"ruby", "Ruby", "*.rb *.rake gemfile rakefile", "#", "", "", "Ruby", "ruby.lang"},
    {"rust", "Rust", "*.rs", "//", "/*", "*/", "Rust", "rust.lang"},
    {"scala", "Scala", "*.scala *.sc", "//", "/*", "*/", "Scala", "scala.lang"},
    {"scheme", "Scheme", "*.scm *.ss *.rkt", ";", "#|", "|#", "Scheme", "scheme.lang"},
    {"shell", "Shell", "*.sh *.bash .bashrc .profile *.ebuild", "#", "", "", "Bash", "sh.lang"},
    {"sql", "SQL", "*.sql", "--", "/*", "*/", "SQL", "sql.lang"},
    {"sml", "Standard ML", "*.sml *.sig", "", "(*", "*)", "SML", "sml.lang"},
    {"swift", "Swift", "*.swift", "//", "/*", "*/", "Swift", ""},
    {"tcl", "Tcl", "*.tcl *.tk", "#", "", "", "Tcl/Tk", "tcl.lang"},
    {"texinfo", "Texinfo", "*.texi *.texinfo", "@c", "", "", "Texinfo", "texinfo.lang"},
    {"typescript", "TypeScript", "*.ts *.tsx *.mts", "//", "/*", "*/", "TypeScript",
     "javascript.lang"},
    {"vala", "Vala", "*.vala *.vapi", "//", "/*", "*/", "Vala", "vala.lang"},
    {"vbscript", "VBScript", "*.vbs *.bas", "'", "", "", "", "vbscript.lang"},
    {"vim", "Vim script", "*.vim .vimrc", "\"", "", "", "", "vim.lang"},
    {"xml", "XML", "*.xml *.xsd *.xsl *.xslt *.svg *.ui *.qrc *.rss *.kml", "", "<!--", "-->",
     "XML", "xml.lang"},
    {"yaml", "YAML", "*.yml *.yaml .clang-format .clang-tidy", "#", "", "", "YAML", ""},
    {"zsh", "Zsh", "*.zsh .zshrc .zshenv", "#", "", "", "Zsh", "zsh.lang"},
};

Language fromRow(const Row &row)
{
    const auto text = [](const char *latin) { return QString::fromLatin1(latin); };
    return {text(row.id),          text(row.name),
            Language::Kind::Code,  text(row.patterns).split(QLatin1Char(' ')),
            text(row.lineComment), text(row.commentStart),
            text(row.commentEnd),  text(row.definition),
            text(row.langFile)};
}

bool fits(const QString &name, const QString &pattern)
{
    return pattern.startsWith(QLatin1Char('*')) ? name.endsWith(QStringView(pattern).mid(1))
                                                : name == pattern;
}

} // namespace

const std::vector<Language> &languages()
{
    static const std::vector<Language> all = [] {
        std::vector<Language> list;
        Language plain;
        plain.id = QStringLiteral("text");
        plain.name = QStringLiteral("Plain text");
        plain.kind = Language::Kind::Prose;
        plain.patterns = QStringList{QStringLiteral("*.txt"), QStringLiteral("readme")};
        list.push_back(plain);
        Language markdown;
        markdown.id = QStringLiteral("markdown");
        markdown.name = QStringLiteral("Markdown");
        markdown.kind = Language::Kind::Markdown;
        markdown.patterns = QStringList{QStringLiteral("*.md"), QStringLiteral("*.markdown")};
        markdown.commentStart = QStringLiteral("<!--");
        markdown.commentEnd = QStringLiteral("-->");
        list.push_back(markdown);
        for (const Row &row : kCode) {
            list.push_back(fromRow(row));
        }
        return list;
    }();
    return all;
}

QString displayName(const Language &language)
{
    return &language == &plainText() ? QCoreApplication::translate("Language", "Plain text")
                                     : language.name;
}

const Language &plainText()
{
    return languages().at(0);
}

const Language &markdown()
{
    return languages().at(1);
}

const Language *languageOf(const QString &id)
{
    const auto &all = languages();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Language &language) { return language.id == id; });
    return found != all.end() ? &*found : nullptr;
}

const Language *languageOfFile(const QString &fileName)
{
    const QString name = QFileInfo(fileName).fileName().toLower();
    const Language *best = nullptr;
    qsizetype length = 0;
    for (const Language &language : languages()) {
        for (const QString &pattern : language.patterns) {
            // The longest says most: "cmakelists.txt" is no "*.txt".
            if (pattern.size() > length && fits(name, pattern)) {
                best = &language;
                length = pattern.size();
            }
        }
    }
    return best;
}

} // namespace cowrite::ui
