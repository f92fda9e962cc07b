#include "libsync/session/files/text_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

class TextFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lineEndsAreNormalisedAndRemembered_data();
    void lineEndsAreNormalisedAndRemembered();
    void theEndingOfTheNameDecidesTheKind();
    void whatIsNotTextIsRefused_data();
    void whatIsNotTextIsRefused();
    void missingFilesAndFoldersGiveSentences();
    void whatNoPeerWouldTakeIsRefused();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return path;
    }

    QTemporaryDir m_folder;
};

void TextFileTest::lineEndsAreNormalisedAndRemembered_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("lineEnd");
    QTest::newRow("unix") << QByteArray("a\nb\n") << QStringLiteral("a\nb\n")
                          << QStringLiteral("\n");
    QTest::newRow("windows") << QByteArray("a\r\nb\r\n") << QStringLiteral("a\nb\n")
                             << QStringLiteral("\r\n");
    QTest::newRow("old mac") << QByteArray("a\rb") << QStringLiteral("a\nb")
                             << QStringLiteral("\n");
    QTest::newRow("mostly windows")
        << QByteArray("a\r\nb\r\nc\n") << QStringLiteral("a\nb\nc\n") << QStringLiteral("\r\n");
    QTest::newRow("byte order mark")
        << QByteArray("\xef\xbb\xbfgrün 😀") << QStringLiteral("grün 😀") << QStringLiteral("\n");
    QTest::newRow("empty") << QByteArray() << QString() << QStringLiteral("\n");
}

void TextFileTest::lineEndsAreNormalisedAndRemembered()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QFETCH(QString, lineEnd);
    const auto file = readTextFile(write(QStringLiteral("notes.txt"), bytes));
    QVERIFY(file.has_value());
    QCOMPARE(QString::fromStdU16String(file->text), text);
    QCOMPARE(file->form.lineEnd, lineEnd);
    QCOMPARE(file->form.hasByteOrderMark, bytes.startsWith("\xef\xbb\xbf"));
    QCOMPARE(file->title, QStringLiteral("notes.txt"));
}

void TextFileTest::theEndingOfTheNameDecidesTheKind()
{
    QVERIFY(readTextFile(write(QStringLiteral("a.MD"), "x"))->kind == DocumentKind::Markdown);
    QVERIFY(readTextFile(write(QStringLiteral("a.cpp"), "x"))->kind == DocumentKind::Code);
    QVERIFY(readTextFile(write(QStringLiteral("a"), "x"))->kind == DocumentKind::Text);
}

void TextFileTest::whatIsNotTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nul") << QByteArray("a") + '\0' + "b";
    QTest::newRow("latin 1") << QByteArray("gr\xfcn");
    QTest::newRow("cut off") << QByteArray("gr\xc3");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\xbd");
    QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\n");
}

void TextFileTest::whatIsNotTextIsRefused()
{
    QFETCH(QByteArray, bytes);
    const auto file = readTextFile(write(QStringLiteral("thing"), bytes));
    QVERIFY(!file.has_value());
    QVERIFY(file.error().code == ErrorCode::WrongKind);
    QCOMPARE(QString::fromStdString(file.error().message),
             QStringLiteral("“thing” is not a text file. Cowrite opens text in UTF-8."));
}

void TextFileTest::missingFilesAndFoldersGiveSentences()
{
    QVERIFY(readTextFile(m_folder.filePath(QStringLiteral("none"))).error().code ==
            ErrorCode::NotFound);
    QVERIFY(readTextFile(m_folder.path()).error().code == ErrorCode::WrongKind);
}

void TextFileTest::whatNoPeerWouldTakeIsRefused()
{
    const QString path = write(QStringLiteral("large"), QByteArray());
    QVERIFY(QFile::resize(path, (8 << 20) + 1));
    QVERIFY(readTextFile(path).error().code == ErrorCode::LimitExceeded);
}

QTEST_GUILESS_MAIN(TextFileTest)
#include "text_file_test.moc"
