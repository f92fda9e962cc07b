// What the engine says, in the words of the window.
#include "ui/words/sentence.h"
#include "ui/words/translation.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace cowrite;
using ui::sentenceOf;

namespace {

QString readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The table of sentence.cpp, as the translators have it.
QStringList knownSentences()
{
    QXmlStreamReader xml(
        readFile(QStringLiteral(COWRITE_SOURCE_DIR "/resources/translations/cowrite_de.ts")));
    QStringList sentences;
    bool isInContext = false;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == u"name") {
            isInContext = xml.readElementText() == u"Sentence";
        } else if (xml.name() == u"source" && isInContext) {
            sentences.append(xml.readElementText());
        }
    }
    return sentences;
}

/// Whose words no window shows: they are answers to programs, or for logs and terminals.
bool isForTheWindow(const QString &file)
{
    static const QStringList others{
        // Answers over HTTP, and reasons of a close that another attempt follows.
        QStringLiteral("/net/door.cpp"), QStringLiteral("/net/origin_check.cpp"),
        QStringLiteral("/net/request_head.cpp"), QStringLiteral("/net/verdict.cpp"),
        QStringLiteral("/net/web_socket_channel.cpp"),
        QStringLiteral("/session/admission/knocks.cpp"),
        QStringLiteral("/session/profile/host_events.cpp"),
        QStringLiteral("/session/profile/host_nearby.cpp"),
        QStringLiteral("/session/room/room_entrance.cpp"),
        QStringLiteral("/session/room/room_events.cpp"),
        QStringLiteral("/session/server/status_entrance.cpp"),
        // What an operator reads.
        QStringLiteral("/session/room/figures.cpp"),
        QStringLiteral("/session/server/server_rooms.cpp"),
        QStringLiteral("/session/server/server_rooms_keeping.cpp"),
        QStringLiteral("/session/admission/audit_log.cpp"), QStringLiteral("/store/backup.cpp"),
        // The steps of undo are dropped with a line in the log.
        QStringLiteral("/session/log/text_undo.cpp"),
        QStringLiteral("/session/log/undo_codec.cpp")};
    return std::none_of(others.begin(), others.end(),
                        [&file](const QString &other) { return file.endsWith(other); });
}

/// The same for single pieces in files that have others.
bool isForTheWindowItself(const QString &literal)
{
    static const QStringList others{
        // Certificates of operators: net::certificateFrom.
        QStringLiteral(" is no certificate and no key."),
        QStringLiteral(" has no certificate in it."),
        QStringLiteral(" has no private key in it, or one with a password, which a server cannot "
                       "be asked for."),
        QStringLiteral("The key in "),
        QStringLiteral(" belongs to another certificate than the one in "),
        // Asked and answered within the session.
        QStringLiteral("There is no such base."), QStringLiteral("This base is damaged."),
        QStringLiteral("The log is being compacted already.")};
    return !others.contains(literal);
}

/// The literals of a C++ file, those beside each other as one, without what is translated there.
QStringList literalsOf(QString code)
{
    static const QRegularExpression comment(QStringLiteral("(?m)(?:^|\\s)//.*$"));
    static const QRegularExpression seam(QStringLiteral("\"\\s*\\n\\s*\""));
    static const QRegularExpression include(QStringLiteral("(?m)^#include.*$"));
    static const QRegularExpression logged(QStringLiteral("\\bqC\\w+\\(\\w+,\\s*\"[^\"]*\""));
    static const QRegularExpression translated(QStringLiteral("\\btr\\(\"[^\"]*\""));
    static const QRegularExpression literal(QStringLiteral("\"((?:[^\"\\\\\\n]|\\\\.)*)\""));
    code.remove(comment).remove(include).remove(seam).remove(logged).remove(translated);
    QStringList literals;
    for (auto match = literal.globalMatch(code); match.hasNext();) {
        literals.append(match.next().captured(1));
    }
    return literals;
}

/// At least two words, and nothing that is written for programs: SQL, HTTP answers (they end with a
/// line feed), policies, JSON, reasons in lower case.
bool isProse(const QString &literal)
{
    static const QRegularExpression words(QStringLiteral("[A-Za-z]{2,} +[A-Za-z]{2,}"));
    static const QRegularExpression program(
        QStringLiteral("^;?(?:[a-z]|SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|BEGIN|ALTER|DROP)"));
    return literal.contains(words) && !literal.contains(program) &&
           !literal.endsWith(QLatin1String("\\n"));
}

template <class Take>
void forEachLiteral(Take take)
{
    for (const char *folder : {"net", "store", "session", "protocol"}) {
        QDirIterator files(QStringLiteral(COWRITE_SOURCE_DIR "/libsync/") + QLatin1String(folder),
                           {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            for (const QString &literal : literalsOf(readFile(file))) {
                take(file, literal);
            }
        }
    }
}

} // namespace

class SentencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { ui::useLanguageOf(QLocale(QLocale::German)); }

    void aSentenceOfTheEngineIsTranslated()
    {
        QCOMPARE(sentenceOf(Error{ErrorCode::DiskFull, "The disk is full.", {}}),
                 QStringLiteral("Die Festplatte ist voll."));
    }

    void namesInItStayAsTheyAre()
    {
        QCOMPARE(sentenceOf(QStringLiteral("“50 %1.txt” is a folder. Choose a text file.")),
                 QStringLiteral("“50 %1.txt” ist ein Ordner. Wähle eine Textdatei."));
        QCOMPARE(sentenceOf(QStringLiteral("“a.md” is kept in step with the document “b”. Choose "
                                           "another file.")),
                 QStringLiteral("„a.md“ ist schon mit dem Dokument „b“ verbunden. Wähle eine "
                                "andere Datei."));
    }

    void aSentenceWithinASentenceIsTranslatedToo()
    {
        QCOMPARE(sentenceOf(QStringLiteral("3 changes could not be saved: The disk is full.")),
                 QStringLiteral("Nicht gespeicherte Änderungen: 3. Die Festplatte ist voll."));
    }

    void whatAForeignServerSaysStays()
    {
        const QString foreign = QStringLiteral("Come back tomorrow.");
        QCOMPARE(sentenceOf(foreign), foreign);
        QCOMPARE(sentenceOf(QString()), QString());
    }

    void everySentenceIsKnown()
    {
        const QStringList known = knownSentences();
        QVERIFY(!known.isEmpty());
        QStringList unknown;
        forEachLiteral([&](const QString &file, const QString &literal) {
            QString piece = literal;
            piece.replace(QLatin1String("\\\""), QLatin1String("\""));
            if (isForTheWindow(file) && isProse(piece) && isForTheWindowItself(piece) &&
                known.filter(piece).isEmpty()) {
                unknown.append(file.section(QLatin1Char('/'), -3) + QLatin1String(": ") + piece);
            }
        });
        QVERIFY2(unknown.isEmpty(),
                 qPrintable(QLatin1String("Put into the table of ui/words/sentence.cpp, or tell "
                                          "this test that no window shows it:\n") +
                            unknown.join(QLatin1Char('\n'))));
    }

    void everyKnownSentenceIsStillSaid()
    {
        QString said;
        forEachLiteral(
            [&](const QString &, const QString &literal) { said += literal + QLatin1Char('\n'); });
        static const QRegularExpression place(QStringLiteral("%[1-9]"));
        for (const QString &sentence : knownSentences()) {
            const QStringList pieces = sentence.split(place, Qt::SkipEmptyParts);
            const auto longest = std::max_element(
                pieces.begin(), pieces.end(),
                [](const QString &a, const QString &b) { return a.size() < b.size(); });
            // What stands between its words and the next may come from elsewhere.
            QString words = *longest;
            words.remove(QRegularExpression(QStringLiteral("[:. ]+$")));
            QVERIFY2(said.contains(words), qPrintable(sentence));
        }
    }
};

QTEST_MAIN(SentencesTest)
#include "sentences_test.moc"
