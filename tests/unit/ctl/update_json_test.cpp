#include <QTemporaryDir>
#include <QTest>

#include "app/ctl/command_line.h"

using namespace cowrite;

class UpdateJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        QVERIFY(m_directory->isValid());
    }

    void rootsArePrintedAsOneObject()
    {
        // "ab" bold in the text t; the array a with a value of every kind (yjs-compat.md 4.2).
        const std::string text = file("0103010006010174 04626f6c64 0474727565 840100026162"
                                      "86010204626f6c64046e756c6c 00");
        const std::string array = file("010302000801016104 7d01 770161 7e 78 8302030109"
                                       "88020402 75017d01 760101627d02 00");
        const ctl::Outcome outcome = ctl::run({"update", "json", "--root", "t:text", "--root",
                                               "a:array", "--root", "m:map", text, array});
        QCOMPARE(outcome.exitStatus, 0);
        QCOMPARE(QString::fromStdString(outcome.output),
                 QStringLiteral("{\"t\":[{\"insert\":\"ab\",\"attributes\":{\"bold\":true}}],"
                                "\"a\":[1,\"a\",null,true,{\"$bytes\":\"CQ==\"},[1],{\"b\":2}],"
                                "\"m\":{}}\n"));
        QCOMPARE(outcome.messages, std::string());
    }

    void anXmlRootIsPrintedAsItsStringForm()
    {
        const std::string xml = file("0104010007010170030364697607000100060400010101 7a"
                                     "28000100026964017701 37 00");
        const ctl::Outcome outcome = ctl::run({"update", "json", "--root", "p:xml", xml});
        QCOMPARE(QString::fromStdString(outcome.output),
                 QStringLiteral("{\"p\":\"<div id=\\\"7\\\">z</div>\"}\n"));
    }

    void aSubdocumentIsPrintedWithItsOptions()
    {
        const std::string map = file("01010100 2901016d0173 026731 76 02 "
                                     "08 6175746f4c6f6164 78 04 6d657461 7d 01 00");
        const ctl::Outcome outcome = ctl::run({"update", "json", "--root", "m:map", map});
        QCOMPARE(outcome.output, std::string(R"({"m":{"s":{"$doc":{"guid":"g1","options":)"
                                             R"({"autoLoad":true,"meta":1}}}}})"
                                             "\n"));
    }

    void filesAreAppliedInTheOrderGiven()
    {
        const std::string first = file("010101000401017401 6100");
        const std::string second = file("01010101840100016200");
        for (const auto &files : {std::pair(first, second), std::pair(second, first)}) {
            const ctl::Outcome outcome =
                ctl::run({"update", "json", "--root", "t:text", files.first, files.second});
            QCOMPARE(outcome.output, std::string("{\"t\":[{\"insert\":\"ab\"}]}\n"));
            QCOMPARE(outcome.messages, std::string());
        }
    }

    void updatesThatLackOthersAreMentioned()
    {
        const ctl::Outcome outcome =
            ctl::run({"update", "json", "--root", "t:text", file("01010101840100016200")});
        QCOMPARE(outcome.exitStatus, 0);
        QCOMPARE(outcome.output, std::string("{\"t\":[]}\n"));
        QVERIFY(outcome.messages.find("refer to others") != std::string::npos);
    }

    void aMalformedFileIsNamedWithTheByteOffset()
    {
        // "hi" whose content says that it is three bytes long.
        const std::string name = file("01010100040101740368 6900");
        const ctl::Outcome outcome = ctl::run({"update", "json", "--root", "t:text", name});
        QCOMPARE(outcome.exitStatus, 2);
        QCOMPARE(outcome.output, std::string());
        QVERIFY2(outcome.messages.find(name) != std::string::npos, outcome.messages.c_str());
        QVERIFY2(outcome.messages.find("(at byte ") != std::string::npos, outcome.messages.c_str());
    }

    void anEmptyFileIsMalformed()
    {
        const ctl::Outcome outcome = ctl::run({"update", "json", "--root", "t:text", file("")});
        QCOMPARE(outcome.exitStatus, 2);
        QVERIFY2(outcome.messages.find("(at byte 0)") != std::string::npos,
                 outcome.messages.c_str());
    }

    void wrongUseIsExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("unknown") << QStringList{QStringLiteral("update"), QStringLiteral("eat")};
        QTest::newRow("no root") << QStringList{QStringLiteral("update"), QStringLiteral("json"),
                                                QStringLiteral("file")};
        QTest::newRow("no file") << QStringList{QStringLiteral("update"), QStringLiteral("json"),
                                                QStringLiteral("--root"), QStringLiteral("t:text")};
        QTest::newRow("no kind") << QStringList{QStringLiteral("update"), QStringLiteral("json"),
                                                QStringLiteral("--root"), QStringLiteral("t"),
                                                QStringLiteral("/dev/null")};
        QTest::newRow("odd kind") << QStringList{QStringLiteral("update"), QStringLiteral("json"),
                                                 QStringLiteral("--root"), QStringLiteral("t:tree"),
                                                 QStringLiteral("/dev/null")};
    }

    void wrongUseIsExplained()
    {
        QFETCH(QStringList, arguments);
        std::vector<std::string> given;
        for (const QString &argument : arguments) {
            given.push_back(argument.toStdString());
        }
        const ctl::Outcome outcome = ctl::run(given);
        QCOMPARE(outcome.exitStatus, 1);
        QVERIFY(outcome.messages.find("Usage: cowritectl") != std::string::npos);
    }

    void aMissingFileIsASentence()
    {
        const ctl::Outcome outcome =
            ctl::run({"update", "json", "--root", "t:text", "/nonexistent/update"});
        QCOMPARE(outcome.exitStatus, 1);
        QCOMPARE(outcome.messages, std::string("cowritectl: /nonexistent/update cannot be read: "
                                               "No such file or directory.\n"));
    }

private:
    std::string file(const char *digits)
    {
        const QString name = m_directory->filePath(QString::number(m_files++));
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("cannot write %s", qPrintable(name));
        }
        file.write(QByteArray::fromHex(digits));
        return name.toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    int m_files = 0;
};

QTEST_APPLESS_MAIN(UpdateJsonTest)
#include "update_json_test.moc"
