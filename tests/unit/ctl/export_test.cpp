#include "app/ctl/command_line.h"
#include "app/ctl/export_documents.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using session::DocumentKind;
using session::Profile;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ExportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_profile.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_out = std::make_unique<QTemporaryDir>();
        m_profile = std::move(*Profile::open(m_folder->path(), m_clock, m_rng));
    }
    void cleanup() { m_profile.reset(); }

    void everyDocumentBecomesAFileBesideARunningProgram();
    void whatCannotBeWrittenIsLeftOut();
    void titlesBecomeSafeNames_data();
    void titlesBecomeSafeNames();
    void updatesHoldWholeDocuments();
    void pagesAreRendered();
    void aTextIsImportedAndExportedAgain();
    void wrongUseIsASentence();

private:
    session::Replica &create(const QString &title, DocumentKind kind, const std::u16string &text)
    {
        return **m_profile->createDocument(title, kind, text);
    }
    /// Exports while the profile is open.
    ctl::Outcome exportAll(const std::vector<std::string> &options = {})
    {
        bool isStored = false;
        const auto connection = connect(m_profile.get(), &Profile::flushed, this,
                                        [&](const QString &error) { isStored = error.isEmpty(); });
        m_profile->flush();
        if (!QTest::qWaitFor([&] { return isStored; }, 20'000)) {
            qFatal("not stored");
        }
        disconnect(connection);
        std::vector<std::string> words{"export"};
        words.insert(words.end(), options.begin(), options.end());
        words.insert(words.end(),
                     {"-o", m_out->path().toStdString(), m_folder->path().toStdString()});
        return ctl::run(words);
    }

    SystemClock m_clock;
    SystemRng m_rng;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_out;
    std::unique_ptr<Profile> m_profile;
};

void ExportTest::everyDocumentBecomesAFileBesideARunningProgram()
{
    create(QStringLiteral("Plan"), DocumentKind::Markdown, u"# Plan\n");
    create(QStringLiteral("Plan"), DocumentKind::Markdown, u"another\n");
    create(QStringLiteral("list.txt"), DocumentKind::Text, u"grün\n");
    create(QStringLiteral("main.cpp"), DocumentKind::Code, u"int main;\n");
    create(QStringLiteral("Costs"), DocumentKind::Table, {});
    const ctl::Outcome outcome = exportAll();
    QCOMPARE(QString::fromStdString(outcome.messages),
             QStringLiteral("cowritectl: “Costs” is left out: it is a table. Take the format "
                            "update.\n"));
    QCOMPARE(outcome.exitStatus, 0);
    QStringList written =
        QString::fromStdString(outcome.output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    written.sort();
    QCOMPARE(written, QStringList({QStringLiteral("Plan (2).md"), QStringLiteral("Plan.md"),
                                   QStringLiteral("list.txt"), QStringLiteral("main.cpp")}));
    QCOMPARE(contentOf(m_out->filePath(QStringLiteral("list.txt"))), QByteArray("grün\n"));
    QCOMPARE(contentOf(m_out->filePath(QStringLiteral("main.cpp"))), QByteArray("int main;\n"));
    // The program writes on, and the next export has that.
    create(QStringLiteral("More"), DocumentKind::Text, u"more");
    QCOMPARE(exportAll().exitStatus, 0);
    QCOMPARE(contentOf(m_out->filePath(QStringLiteral("More.txt"))), QByteArray("more"));
}

void ExportTest::whatCannotBeWrittenIsLeftOut()
{
    create(QStringLiteral("Plan"), DocumentKind::Markdown, u"# Plan\n");
    create(QStringLiteral("Notes"), DocumentKind::Text, u"notes\n");
    QVERIFY(QDir(m_out->path()).mkdir(QStringLiteral("Plan.md")));
    const ctl::Outcome outcome = exportAll();
    QCOMPARE(outcome.output, std::string("Notes.txt\n"));
    QVERIFY2(outcome.messages.starts_with("cowritectl: “Plan” is left out: "),
             outcome.messages.c_str());
    QCOMPARE(outcome.exitStatus, 2);
}

void ExportTest::titlesBecomeSafeNames_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("Plan") << QStringLiteral("Plan.md");
    QTest::newRow("with its ending") << QStringLiteral("Plan.MD") << QStringLiteral("Plan.md");
    QTest::newRow("out of the folder")
        << QStringLiteral("../../.bashrc") << QStringLiteral("-..-.bashrc.md");
    QTest::newRow("hidden") << QStringLiteral("..plan") << QStringLiteral("plan.md");
    QTest::newRow("of other systems")
        << QStringLiteral("a:b\\c*?\"<>|") << QStringLiteral("a-b-c------.md");
    QTest::newRow("control characters") << QStringLiteral("a\nb\tc") << QStringLiteral("a-b-c.md");
    QTest::newRow("nothing") << QStringLiteral(" . ") << QStringLiteral("Untitled.md");
    QTest::newRow("taken") << QStringLiteral("tAkEn") << QStringLiteral("tAkEn (2).md");
    QTest::newRow("long") << QString(150, QChar(u'ü'))
                          << QString(100, QChar(u'ü')) + QStringLiteral(".md");
}

void ExportTest::titlesBecomeSafeNames()
{
    QFETCH(QString, title);
    QFETCH(QString, name);
    QCOMPARE(ctl::safeFileName({title, DocumentKind::Markdown, {}}, ctl::ExportFormat::Text,
                               {QStringLiteral("Taken.md")}),
             name);
}

void ExportTest::updatesHoldWholeDocuments()
{
    session::Replica &plan = create(QStringLiteral("Plan"), DocumentKind::Markdown, u"# Plan\n");
    create(QStringLiteral("Costs"), DocumentKind::Table, {});
    for (const char *format : {"update", "update-v2"}) {
        const ctl::Outcome outcome = exportAll({"--format", format});
        QCOMPARE(outcome.messages, std::string());
        QCOMPARE(outcome.exitStatus, 0);
    }
    const std::string v1 = m_out->filePath(QStringLiteral("Plan.yjs")).toStdString();
    const ctl::Outcome text = ctl::run({"update", "json", "--root", "meta:map", v1});
    QVERIFY2(text.output.find(plan.identityKey().toStdString()) != std::string::npos,
             text.output.c_str());
    // One of them as text, in either format.
    const QString back = m_out->filePath(QStringLiteral("back.md"));
    for (const char *name : {"Plan.yjs", "Plan.yjs2"}) {
        const ctl::Outcome outcome = ctl::run({"export", "-o", back.toStdString(),
                                               m_out->filePath(QLatin1String(name)).toStdString()});
        QCOMPARE(outcome.messages, std::string());
        QCOMPARE(contentOf(back), QByteArray("# Plan\n"));
        QVERIFY(QFile::remove(back));
    }
    QVERIFY(QFile::exists(m_out->filePath(QStringLiteral("Costs.yjs"))));
}

void ExportTest::pagesAreRendered()
{
    create(QStringLiteral("Plan"), DocumentKind::Markdown, u"# Plan\n\n**bold** words\n");
    create(QStringLiteral("List"), DocumentKind::Text, u"**one** <two>\n");
    QCOMPARE(exportAll({"--format", "html"}).exitStatus, 0);
    const QByteArray plan = contentOf(m_out->filePath(QStringLiteral("Plan.html")));
    QVERIFY2(plan.contains("<h1") && plan.contains("bold") && !plan.contains("**"),
             plan.constData());
    const QByteArray list = contentOf(m_out->filePath(QStringLiteral("List.html")));
    QVERIFY2(list.contains("**one** &lt;two&gt;\n"), list.constData());
    QCOMPARE(exportAll({"--format", "pdf"}).exitStatus, 0);
    for (const char *name : {"Plan.pdf", "List.pdf"}) {
        QVERIFY(contentOf(m_out->filePath(QLatin1String(name))).startsWith("%PDF-"));
    }
}

void ExportTest::aTextIsImportedAndExportedAgain()
{
    const QString path = m_out->filePath(QStringLiteral("notes.md"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# Notes\n\ngrün 😀\n");
    file.close();
    const std::string update = m_out->filePath(QStringLiteral("notes.yjs")).toStdString();
    const std::string back = m_out->filePath(QStringLiteral("back.md")).toStdString();
    QCOMPARE(ctl::run({"import", "-o", update, path.toStdString()}).messages, std::string());
    QCOMPARE(ctl::run({"export", "-o", back, update}).messages, std::string());
    QCOMPARE(contentOf(QString::fromStdString(back)), contentOf(path));
}

void ExportTest::wrongUseIsASentence()
{
    const std::string folder = m_folder->path().toStdString();
    QCOMPARE(ctl::run({"export", folder}).exitStatus, 1);
    QVERIFY(ctl::run({"export", "--format", "doc", "-o", "x", folder})
                .messages.find("--format is text, html, pdf, update or update-v2, not \"doc\".") !=
            std::string::npos);
    const ctl::Outcome none = ctl::run({"export", "-o", folder, m_out->path().toStdString()});
    QCOMPARE(none.exitStatus, 1);
    QVERIFY(none.messages.find("There is no log in ") != std::string::npos);
}

QTEST_MAIN(ExportTest)
#include "export_test.moc"
