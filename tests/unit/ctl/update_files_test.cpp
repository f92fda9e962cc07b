#include <QTemporaryDir>
#include <QTest>

#include "app/ctl/command_line.h"

using namespace cowrite;

namespace {

// "a" and then "b" of client 1 in the text t, as two updates and as one (yjs-compat.md 4.2, 4.4).
constexpr const char *kFirst = "010101000401017401 6100";
constexpr const char *kSecond = "01010101840100016200";
constexpr const char *kBoth = "010201000401017401 61 84010001 6200";
/// Client 1 has written one unit.
constexpr const char *kFirstStateVector = "010101";
/// kFirst, saying that the text is two bytes long: the input ends at byte 11.
constexpr const char *kTruncated = "010101000401017402 6100";

} // namespace

class UpdateFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
    }

    void mergeWritesOneUpdate()
    {
        const std::string out = path("out");
        expectDone(ctl::run({"update", "merge", "-o", out, file(kSecond), file(kFirst)}));
        QCOMPARE(contentOf(out), QByteArray::fromHex(kBoth));
    }

    void diffLeavesOutWhatTheStateVectorCovers()
    {
        const std::string out = path("out");
        expectDone(ctl::run(
            {"update", "diff", "--state-vector", file(kFirstStateVector), "-o", out, file(kBoth)}));
        QCOMPARE(contentOf(out), QByteArray::fromHex(kSecond));
    }

    void convertGoesToTheOtherFormatAndBack()
    {
        const std::string v2 = path("v2");
        const std::string v1 = path("v1");
        expectDone(ctl::run({"update", "convert", "--to", "v2", "-o", v2, file(kBoth)}));
        QVERIFY(contentOf(v2) != QByteArray::fromHex(kBoth));
        expectDone(ctl::run({"update", "convert", "--to", "v1", "-o", v1, v2}));
        QCOMPARE(contentOf(v1), QByteArray::fromHex(kBoth));
        const ctl::Outcome json = ctl::run({"update", "json", "--v2", "--root", "t:text", v2});
        QCOMPARE(json.output, std::string("{\"t\":[{\"insert\":\"ab\"}]}\n"));
    }

    void stateVectorIsThatOfTheUpdate()
    {
        const std::string out = path("out");
        expectDone(ctl::run({"update", "state-vector", "-o", out, file(kFirst)}));
        QCOMPARE(contentOf(out), QByteArray::fromHex(kFirstStateVector));
    }

    void aDashAsOutputIsStandardOutput()
    {
        const ctl::Outcome outcome = ctl::run({"update", "merge", "-o", "-", file(kFirst)});
        QCOMPARE(outcome.exitStatus, 0);
        QVERIFY(outcome.outputIsBinary);
        QCOMPARE(QByteArray::fromStdString(outcome.output), QByteArray::fromHex(kFirst));
    }

    void infoCountsClocksStructsAndDeletions()
    {
        // Clients 2 and 1; of client 1 a Skip of 3 after "a", then a deleted run of 2; deleted are
        // the units 4 and 5 of client 1.
        const std::string update = file("02 0102000401017401 78"
                                        "0301000401017401 61 0a03 81010302 010101 0402");
        const ctl::Outcome text = ctl::run({"update", "info", update});
        QCOMPARE(QString::fromStdString(text.output),
                 QStringLiteral("30 bytes, update v1\n"
                                "client 2: clocks 0; structs: 1\n"
                                "client 1: clocks 0, 4-5; structs: 3\n"
                                "structs of kind Deleted: 1\n"
                                "structs of kind Skip: 1\n"
                                "structs of kind String: 2\n"
                                "deleted of client 1: clocks 4-5\n"));
        const ctl::Outcome json = ctl::run({"update", "info", "--json", update});
        QCOMPARE(QString::fromStdString(json.output),
                 QStringLiteral(
                     "{\"format\":\"v1\",\"bytes\":30,\"clients\":["
                     "{\"client\":2,\"ranges\":[{\"clock\":0,\"length\":1}],\"structs\":1},"
                     "{\"client\":1,\"ranges\":[{\"clock\":0,\"length\":1},"
                     "{\"clock\":4,\"length\":2}],\"structs\":3}],"
                     "\"structs\":{\"Deleted\":1,\"Skip\":1,\"String\":2},"
                     "\"deletions\":[{\"client\":1,\"ranges\":[{\"clock\":4,\"length\":2}]}]}\n"));
    }

    void aMalformedFileIsNamedAndTheOutputStaysAsItWas_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("merge") << QStringList{QStringLiteral("merge")};
        QTest::newRow("state-vector") << QStringList{QStringLiteral("state-vector")};
        QTest::newRow("convert") << QStringList{QStringLiteral("convert"), QStringLiteral("--to"),
                                                QStringLiteral("v2")};
        QTest::newRow("diff") << QStringList{
            QStringLiteral("diff"), QStringLiteral("--state-vector"), QStringLiteral("KNOWN")};
    }

    void aMalformedFileIsNamedAndTheOutputStaysAsItWas()
    {
        QFETCH(QStringList, command);
        std::vector<std::string> words{"update"};
        for (const QString &word : command) {
            words.push_back(word == QStringLiteral("KNOWN") ? file("00") : word.toStdString());
        }
        const std::string out = file("6f6c64");
        const std::string bad = file(kTruncated);
        words.insert(words.end(), {"-o", out, bad});
        const ctl::Outcome outcome = ctl::run(words);
        QCOMPARE(outcome.exitStatus, 2);
        QVERIFY2(outcome.messages.find(bad + ": ") != std::string::npos, outcome.messages.c_str());
        QVERIFY2(outcome.messages.find("(at byte ") != std::string::npos, outcome.messages.c_str());
        QCOMPARE(contentOf(out), QByteArray("old"));
    }

    void aMalformedStateVectorIsNamed()
    {
        const std::string bad = file("0201");
        const ctl::Outcome outcome =
            ctl::run({"update", "diff", "--state-vector", bad, "-o", path("out"), file(kFirst)});
        QCOMPARE(outcome.exitStatus, 2);
        QVERIFY2(outcome.messages.find(bad + ": ") != std::string::npos, outcome.messages.c_str());
        QVERIFY(!QFile::exists(QString::fromStdString(path("out"))));
    }

    void anOutputThatCannotBeWrittenIsASentence()
    {
        const ctl::Outcome outcome =
            ctl::run({"update", "merge", "-o", path("no/such/folder"), file(kFirst)});
        QCOMPARE(outcome.exitStatus, 1);
        QVERIFY2(outcome.messages.find("cannot be written") != std::string::npos,
                 outcome.messages.c_str());
    }

    void wrongUseIsExplained_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *words, const char *sentence) {
            QTest::newRow(words) << QString::fromUtf8(words) << QString::fromUtf8(sentence);
        };
        row("merge F", "-o is needed.");
        row("merge -o", "-o needs a value.");
        row("merge -o a -o b F", "-o is given twice.");
        row("merge -o a", "a FILE is needed.");
        row("info F G", "only one FILE can be given.");
        row("diff -o a F", "--state-vector is needed.");
        row("diff --state-vector - -o a -", "standard input can be read only once.");
        row("merge -o a - -", "standard input can be read only once.");
        row("convert -o a F", "--to is needed.");
        row("convert --v2 --to v1 -o a F", "unknown option --v2.");
        row("convert --to v3 -o a /dev/null", "--to is v1 or v2, not \"v3\".");
    }

    void wrongUseIsExplained()
    {
        QFETCH(QString, words);
        QFETCH(QString, sentence);
        std::vector<std::string> arguments{"update"};
        for (const QString &word : words.split(QLatin1Char(' '))) {
            arguments.push_back(word.toStdString());
        }
        const ctl::Outcome outcome = ctl::run(arguments);
        QCOMPARE(outcome.exitStatus, 1);
        const std::string expected = "cowritectl: " + sentence.toStdString() + "\n\nUsage:";
        QVERIFY2(outcome.messages.starts_with(expected), outcome.messages.c_str());
    }

private:
    static void expectDone(const ctl::Outcome &outcome)
    {
        QCOMPARE(outcome.messages, std::string());
        QCOMPARE(outcome.output, std::string());
        QCOMPARE(outcome.exitStatus, 0);
    }

    std::string path(const char *name) const
    {
        return m_directory->filePath(QString::fromUtf8(name)).toStdString();
    }

    std::string file(const char *digits)
    {
        const std::string name = path(std::to_string(m_files++).c_str());
        QFile file(QString::fromStdString(name));
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("cannot write %s", name.c_str());
        }
        file.write(QByteArray::fromHex(digits));
        return name;
    }

    static QByteArray contentOf(const std::string &name)
    {
        QFile file(QString::fromStdString(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(UpdateFilesTest)
#include "update_files_test.moc"
