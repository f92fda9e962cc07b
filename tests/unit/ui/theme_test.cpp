// Whether everything can be read and seen, in light and in dark: the contrast that WCAG 2 AA asks
// for, over all colours of the theme and the grounds they stand on.
#include "libsync/session/document/identity.h"
#include "ui/look/face.h"
#include "ui/look/theme.h"

#include <QTest>

using namespace cowrite;
using ui::contrast;
using ui::Theme;

namespace {

struct Named {
    const char *name;
    QColor color;
};

/// Everything that row, bar or page words stand on.
QList<Named> grounds(const Theme &theme)
{
    return {{"page", theme.page},
            {"chrome", theme.chrome},
            {"current line", theme.currentLine},
            {"selected row", theme.selectedRow},
            {"hovered row", theme.hoveredRow},
            {"banner", theme.banner},
            {"problem banner", theme.problemBanner},
            {"good banner", theme.goodBanner}};
}

/// Everything that marks a piece of the text, and keeps the colours of its tokens.
QList<Named> markedGrounds(const Theme &theme)
{
    return {{"page", theme.page},
            {"current line", theme.currentLine},
            {"found", theme.found},
            {"bracket", theme.bracket}};
}

QList<Named> tokens(const ui::SyntaxColors &syntax)
{
    return {{"comment", syntax.comment},
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
            {"heading", syntax.heading}};
}

/// One line for each pair that has less contrast than `least`.
QStringList tooFaint(const QList<Named> &colors, const QList<Named> &grounds, double least)
{
    QStringList findings;
    for (const Named &color : colors) {
        for (const Named &ground : grounds) {
            const double ratio = contrast(color.color, ground.color);
            if (ratio < least) {
                findings.append(QStringLiteral("%1 on %2: %3")
                                    .arg(QLatin1String(color.name), QLatin1String(ground.name))
                                    .arg(ratio, 0, 'f', 2));
            }
        }
    }
    return findings;
}

#define VERIFY_NONE(findings)                                                                      \
    do {                                                                                           \
        const QStringList found = (findings);                                                      \
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));                      \
    } while (false)

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
        // Published examples: the lightest grey that white can stand on, and one step further.
        QVERIFY(contrast(QColor(0x767676), Qt::white) >= ui::kReadable);
        QVERIFY(contrast(QColor(0x777777), Qt::white) < ui::kReadable);
    }

    void wordsCanBeRead_data() { themes(); }
    void wordsCanBeRead()
    {
        const Theme theme = shownTheme();
        VERIFY_NONE(tooFaint({{"text", theme.text},
                              {"muted text", theme.mutedText},
                              {"link", theme.syntax.heading},
                              {"bad", theme.bad}},
                             grounds(theme), ui::kReadable));
        VERIFY_NONE(tooFaint(
            {{"text", theme.text}},
            {{"selection", theme.selection}, {"found", theme.found}, {"bracket", theme.bracket}},
            ui::kReadable));
        VERIFY_NONE(
            tooFaint({{"line number", theme.lineNumber}}, {{"page", theme.page}}, ui::kReadable));
        VERIFY_NONE(tooFaint({{"on accent", theme.onAccent}},
                             {{"accent", theme.accent}, {"hovered accent", theme.accentHover}},
                             ui::kReadable));
        VERIFY_NONE(
            tooFaint({{"page, of a tooltip", theme.page}}, {{"text", theme.text}}, ui::kReadable));
    }

    void codeCanBeRead_data() { themes(); }
    void codeCanBeRead()
    {
        const Theme theme = shownTheme();
        VERIFY_NONE(tooFaint(tokens(theme.syntax), markedGrounds(theme), ui::kReadable));
        VERIFY_NONE(
            tooFaint({{"muted text", theme.mutedText}}, markedGrounds(theme), ui::kReadable));
    }

    void dotsAndFocusCanBeSeen_data() { themes(); }
    void dotsAndFocusCanBeSeen()
    {
        const Theme theme = shownTheme();
        const QList<Named> rows = {{"page", theme.page},
                                   {"chrome", theme.chrome},
                                   {"selected row", theme.selectedRow},
                                   {"hovered row", theme.hoveredRow}};
        VERIFY_NONE(tooFaint({{"good", theme.good},
                              {"waiting", theme.waiting},
                              {"bad", theme.bad},
                              {"accent", theme.accent}},
                             rows, ui::kVisible));
        VERIFY_NONE(
            tooFaint({{"assistant", theme.assistant}, {"unknown person", ui::kUnknownPerson}},
                     {{"page", theme.page}}, ui::kVisible));
    }

    void initialsAreWhiteOnEveryColorOfPeople()
    {
        for (const QString &name : session::palette()) {
            QVERIFY2(contrast(Qt::white, QColor(name)) >= ui::kReadable, qPrintable(name));
            QCOMPARE(ui::readableOn(QColor(name)), QColor(Qt::white));
        }
    }

    void wordsCanBeReadOnEveryColor()
    {
        // Programs of others choose colours of their own.
        for (int red = 0; red < 256; red += 15) {
            for (int green = 0; green < 256; green += 15) {
                for (int blue = 0; blue < 256; blue += 15) {
                    const QColor color(red, green, blue);
                    QVERIFY2(contrast(ui::readableOn(color), color) >= ui::kReadable,
                             qPrintable(color.name()));
                }
            }
        }
    }

    void caretsOfOthersCanBeSeen_data() { themes(); }
    void caretsOfOthersCanBeSeen()
    {
        const Theme theme = shownTheme();
        QStringList colors = session::palette();
        colors << QStringLiteral("#ffffff") << QStringLiteral("#000000")
               << QStringLiteral("#ffff00") << QStringLiteral("#1b1e23");
        for (const QString &name : colors) {
            const QColor shown = ui::visibleOn(theme.page, QColor(name));
            QVERIFY2(contrast(shown, theme.page) >= ui::kVisible, qPrintable(name));
        }
        // What can be seen is left as it is.
        QCOMPARE(ui::visibleOn(theme.page, theme.accent), theme.accent);
    }

private:
    static void themes()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }

    static Theme shownTheme()
    {
        QFETCH(bool, dark);
        return dark ? Theme::dark() : Theme::light();
    }
};

QTEST_GUILESS_MAIN(ThemeTest)
#include "theme_test.moc"
