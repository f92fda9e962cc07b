#include "libsync/session/document/references.h"

#include <QTest>

using namespace cowrite;
using session::Reference;
using session::referencesIn;

class ReferencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatATextPointsAt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *name, const char *text, const QStringList &found) {
            QTest::newRow(name) << QString::fromUtf8(text) << found;
        };
        const auto of = [](const char *one) { return QStringList{QString::fromUtf8(one)}; };
        row("nothing", "Bring the paper log.", {});
        row("a page", "See https://example.org/a?b=c#d.",
            of("link 4+27 https://example.org/a?b=c#d"));
        row("a page in brackets", "(http://example.org/a)", of("link 1+20 http://example.org/a"));
        row("a document", "cowrite://127.0.0.1:4/r/x now",
            of("link 0+25 cowrite://127.0.0.1:4/r/x"));
        row("no scheme of ours", "javascript://alert and file:///etc", {});
        row("a person", "@blue: yes", of("mention 0+5 Blue"));
        row("the longer name", "Thanks @Ada Lovelace", of("mention 7+13 Ada Lovelace"));
        row("the shorter name", "Thanks @Ada, Lovelace", of("mention 7+4 Ada"));
        row("part of a longer word", "@Bluebird", {});
        row("an address of mail", "write to me@Blue", {});
        row("nobody known", "@Red", {});
        row("a line", "See line 17", of("line 4+7 17"));
        row("lines in two languages", "Zeile 3, línea 4",
            {QStringLiteral("line 0+7 3"), QStringLiteral("line 9+7 4")});
        row("no line", "line 0, baseline 4, line 12345678", {});
        row("a person in an address", "https://example.org/@Blue",
            of("link 0+25 https://example.org/@Blue"));
        row("after two units", "\xF0\x9F\x98\x80 @Blue", of("mention 3+5 Blue"));
    }
    void whatATextPointsAt()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, found);
        const QStringList names = {QStringLiteral("Blue"), QStringLiteral("Ada"),
                                   QStringLiteral("Ada Lovelace")};
        QStringList actual;
        for (const Reference &reference : referencesIn(text, names)) {
            const char *kind = reference.kind == Reference::Kind::Link      ? "link"
                               : reference.kind == Reference::Kind::Mention ? "mention"
                                                                            : "line";
            actual.append(QStringLiteral("%1 %2+%3 %4")
                              .arg(QLatin1String(kind), QString::number(reference.from),
                                   QString::number(reference.length), reference.target));
        }
        QCOMPARE(actual, found);
    }

    void oneIsMentionedByOthersOnly()
    {
        const session::Identity blue{QStringLiteral("b"), QStringLiteral("Blue"), {}};
        session::Message message;
        message.author = QStringLiteral("g");
        message.text = QStringLiteral("Ask @blue.");
        QVERIFY(session::mentions(message, blue));
        message.author = blue.userId;
        QVERIFY(!session::mentions(message, blue));
        message.author = QStringLiteral("g");
        message.text = QStringLiteral("Ask Blue.");
        QVERIFY(!session::mentions(message, blue));
    }
};

QTEST_GUILESS_MAIN(ReferencesTest)
#include "references_test.moc"
