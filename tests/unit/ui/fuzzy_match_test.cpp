#include "ui/window/fuzzy_match.h"

#include <QTest>

using cowrite::ui::fuzzyMatch;

class FuzzyMatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lettersInTheirOrderFit()
    {
        QVERIFY(fuzzyMatch(u"rvs", u"River survey"));
        QVERIFY(fuzzyMatch(u"survey river", u"River survey"));
        QVERIFY(fuzzyMatch(u"ÅNG", u"ångström"));
        QVERIFY(fuzzyMatch(u"", u"anything"));
        QVERIFY(!fuzzyMatch(u"srv", u"River s"));
        QVERIFY(!fuzzyMatch(u"riverr", u"River"));
        QVERIFY(!fuzzyMatch(u"a", u""));
    }

    void whatAPersonMeansComesFirst_data()
    {
        QTest::addColumn<QString>("letters");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        const auto row = [](const char *name, const char *letters, const char *better,
                            const char *worse) {
            QTest::newRow(name) << QString::fromUtf8(letters) << QString::fromUtf8(better)
                                << QString::fromUtf8(worse);
        };
        row("first letters", "rs", "River survey", "Versions");
        row("together", "plan", "Launch plan", "Palm lawn");
        row("at the beginning", "pl", "Plan", "The plan");
        row("of a word", "note", "My notes", "Banknotes");
        row("camel case", "mw", "mainWindow", "somewhere");
    }

    void whatAPersonMeansComesFirst()
    {
        QFETCH(QString, letters);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QVERIFY(fuzzyMatch(letters, better));
        QVERIFY(fuzzyMatch(letters, better).value() > fuzzyMatch(letters, worse).value_or(-1));
    }
};

QTEST_GUILESS_MAIN(FuzzyMatchTest)
#include "fuzzy_match_test.moc"
