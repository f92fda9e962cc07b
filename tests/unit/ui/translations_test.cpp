// The words of the window in other languages: the files in resources/translations are complete, say
// the same as the sources, and are what the program shows.
#include "ui/words/translation.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace cowrite;

namespace {

struct Entry {
    /// Of the context and the words in the source.
    QString name;
    QString source;
    /// More than one for what depends on a number.
    QStringList translations;
    bool isFinished = true;
};

QString fileOf(const QString &language)
{
    return QStringLiteral(COWRITE_SOURCE_DIR "/resources/translations/cowrite_%1.ts").arg(language);
}

QList<Entry> entriesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QXmlStreamReader xml(&file);
    QList<Entry> entries;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            entries.append(Entry());
        } else if (xml.name() == u"source") {
            entries.last().source = xml.readElementText();
            entries.last().name = context + QLatin1String(": ") + entries.last().source;
        } else if (xml.name() == u"translation") {
            entries.last().isFinished = !xml.attributes().hasAttribute(QLatin1String("type"));
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            // The forms stand on lines of their own.
            static const QRegularExpression between(QStringLiteral("^\\s*\\n\\s+|\\s*\\n\\s{8,}"));
            entries.last().translations = text.split(between, Qt::SkipEmptyParts);
        }
    }
    return entries;
}

QStringList placesIn(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("%L?(?:n|[1-9])"));
    QStringList places;
    for (auto match = place.globalMatch(text); match.hasNext();) {
        places.append(match.next().captured());
    }
    places.sort();
    return places;
}

QStringList namesOf(const QList<Entry> &entries)
{
    QStringList names;
    for (const Entry &entry : entries) {
        names.append(entry.name);
    }
    names.sort();
    return names;
}

/// What is in `all` and not in `some`, one a line.
QString lackingIn(const QStringList &some, const QStringList &all)
{
    QStringList lacking;
    for (const QString &one : all) {
        if (!some.contains(one)) {
            lacking.append(one);
        }
    }
    return lacking.join(QLatin1Char('\n'));
}

/// The words of the sources as they are now.
QStringList namesInSources(const QStringList &options)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("now.ts"));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(COWRITE_SOURCE_DIR));
    lupdate.start(QStringLiteral(COWRITE_LUPDATE),
                  options + QStringList{QStringLiteral("-silent"), QStringLiteral("ui"),
                                        QStringLiteral("app/desktop"),
                                        QStringLiteral("libsync/session"), QStringLiteral("-I"),
                                        QStringLiteral("."), QStringLiteral("-ts"), path});
    return lupdate.waitForFinished(60'000) ? namesOf(entriesOf(path)) : QStringList();
}

} // namespace

class TranslationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingIsTranslated_data() { languages(); }
    void everythingIsTranslated()
    {
        QFETCH(QString, language);
        const QList<Entry> entries = entriesOf(fileOf(language));
        QVERIFY(!entries.isEmpty());
        for (const Entry &entry : entries) {
            QVERIFY2(entry.isFinished && !entry.translations.isEmpty(), qPrintable(entry.name));
        }
    }

    void numbersAndNamesStayInTheirPlaces_data() { languages(); }
    void numbersAndNamesStayInTheirPlaces()
    {
        QFETCH(QString, language);
        for (const Entry &entry : entriesOf(fileOf(language))) {
            for (const QString &text : entry.translations) {
                QVERIFY2(placesIn(text) == placesIn(entry.source),
                         qPrintable(entry.name + QLatin1String(" → ") + text));
            }
        }
    }

    void nothingIsLackingThatTheSourcesSay_data() { languages(); }
    void nothingIsLackingThatTheSourcesSay()
    {
        QFETCH(QString, language);
        const bool isEnglish = language == QLatin1String("en");
        const QStringList now =
            namesInSources(isEnglish ? QStringList{QStringLiteral("-pluralonly")} : QStringList());
        QVERIFY(!now.isEmpty());
        const QStringList known = namesOf(entriesOf(fileOf(language)));
        QVERIFY2(
            lackingIn(known, now).isEmpty(),
            qPrintable(QLatin1String("./dev translations takes in:\n") + lackingIn(known, now)));
        QVERIFY2(
            lackingIn(now, known).isEmpty(),
            qPrintable(QLatin1String("./dev translations takes out:\n") + lackingIn(now, known)));
    }

    void theProgramSpeaksTheLanguage_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("thousands");
        QTest::addColumn<QString>("cancel");
        const auto row = [](const char *name, const char *locale, const char *one,
                            const char *thousands, const char *cancel) {
            QTest::newRow(name) << QLocale(QLatin1String(locale)) << QString::fromUtf8(one)
                                << QString::fromUtf8(thousands) << QString::fromUtf8(cancel);
        };
        row("German", "de_AT", "1 Person", "2\u00a0000 Personen", "Abbrechen");
        row("Spanish", "es_MX", "1 persona", "2,000 personas", "Cancelar");
        row("English", "en_GB", "1 person", "2,000 people", "Cancel");
        row("none of ours", "fr_FR", "1 person", "2,000 people", "Cancel");
    }
    void theProgramSpeaksTheLanguage()
    {
        QFETCH(QLocale, locale);
        ui::useLanguageOf(locale);
        const auto people = [](int count) {
            return QCoreApplication::translate("Status", "%Ln person(s)", nullptr, count);
        };
        QTEST(people(1), "one");
        QTEST(people(2000), "thousands");
        QTEST(QCoreApplication::translate("cowrite::ui::JoinDialog", "Cancel"), "cancel");
    }

private:
    static void languages()
    {
        QTest::addColumn<QString>("language");
        for (const char *language : {"de", "en", "es"}) {
            QTest::newRow(language) << QString::fromLatin1(language);
        }
    }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
