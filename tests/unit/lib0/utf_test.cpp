#include <QtTest/QTest>

#include "libsync/lib0/decoder.h"
#include "libsync/lib0/encoder.h"
#include "libsync/lib0/utf.h"
#include "tests/unit/lib0/hex.h"

#include <QtCore/QString>

using namespace cowrite;
using namespace cowrite::lib0;
using cowrite::test::hex;

namespace {

std::string text(const Bytes &bytes)
{
    return std::string(bytes.begin(), bytes.end());
}

QByteArray writtenFromUtf16(std::u16string_view utf16)
{
    Encoder encoder;
    encoder.writeVarString(utf16);
    return hex(encoder.bytes());
}

} // namespace

// yjs-compat.md 1.2, conformance cases 3 and 4.
class UtfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void varStringHasTheBytesOfLib0_data()
    {
        QTest::addColumn<QString>("string");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QString() << QByteArray("00");
        QTest::newRow("a") << QStringLiteral("a") << QByteArray("01 61");
        QTest::newRow("euro") << QStringLiteral(u"\u20ac") << QByteArray("03 e2 82 ac");
        QTest::newRow("emoji") << QStringLiteral(u"\U0001f600") << QByteArray("04 f0 9f 98 80");
        QTest::newRow("byte-order mark")
            << QStringLiteral(u"\ufeffa") << QByteArray("04 ef bb bf 61");
        QTest::newRow("NUL") << QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b"))
                             << QByteArray("03 61 00 62");
    }

    void varStringHasTheBytesOfLib0()
    {
        QFETCH(QString, string);
        QFETCH(QByteArray, bytes);
        const std::u16string utf16 = string.toStdU16String();
        QCOMPARE(writtenFromUtf16(utf16), bytes);

        Encoder fromUtf8;
        fromUtf8.writeVarString(std::string_view(utf16ToUtf8(utf16)));
        QCOMPARE(hex(fromUtf8.bytes()), bytes);

        std::u16string read = u"kept ";
        read.resize(Decoder(fromUtf8.bytes()).readVarStringUtf16(read, read.size()));
        QCOMPARE(QString::fromStdU16String(read), QStringLiteral("kept ") + string);
        QCOMPARE(Decoder(fromUtf8.bytes()).readVarStringUtf8(),
                 std::string_view(utf16ToUtf8(utf16)));
    }

    void aLoneSurrogateIsWrittenAsTheReplacementCharacter()
    {
        QCOMPARE(writtenFromUtf16(u"\xd83d"), QByteArray("03 ef bf bd"));
        QCOMPARE(writtenFromUtf16(u"\xde00"), QByteArray("03 ef bf bd"));
        QCOMPARE(writtenFromUtf16(u"\xde00\xd83d"), QByteArray("06 ef bf bd ef bf bd"));
        QCOMPARE(writtenFromUtf16(u"a\xd83d"
                                  u"b"),
                 QByteArray("05 61 ef bf bd 62"));
        QCOMPARE(writtenFromUtf16(u"\xd83d\xd83d\xde00"), QByteArray("07 ef bf bd f0 9f 98 80"));

        Encoder encoder;
        encoder.writeVarString(std::string_view(utf16ToWtf8(u"a\xd83d!")));
        QCOMPARE(hex(encoder.bytes()), QByteArray("05 61 ef bf bd 21"));
    }

    void textThatLeavesAsciiAnywhereIsKept()
    {
        for (std::size_t size = 1; size <= 20; ++size) {
            for (std::size_t at = 0; at < size; ++at) {
                std::u16string utf16(size, u'a');
                utf16[at] = u'\u00e9';
                Encoder encoder;
                encoder.writeVarString(std::u16string_view(utf16));
                QCOMPARE(encoder.size(), size + 2);
                std::u16string read;
                read.resize(Decoder(encoder.bytes()).readVarStringUtf16(read, 0));
                QVERIFY(read == utf16);
            }
        }
    }

    void hangulThatSharesItsFirstByteWithSurrogatesIsKept()
    {
        Encoder encoder;
        encoder.writeVarString(std::string_view("\xed\x95\x9c\xed\x9f\xbf"));
        QCOMPARE(hex(encoder.bytes()), QByteArray("06 ed 95 9c ed 9f bf"));
    }

    void malformedUtf8IsRejectedAtItsOffset_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("validBytes");
        QTest::newRow("overlong NUL") << QByteArray("c0 80") << 0;
        QTest::newRow("overlong in three bytes") << QByteArray("61 e0 9f bf") << 1;
        QTest::newRow("overlong in four bytes") << QByteArray("f0 8f bf bf") << 0;
        QTest::newRow("high surrogate") << QByteArray("61 62 ed a0 bd") << 2;
        QTest::newRow("low surrogate") << QByteArray("ed b8 80") << 0;
        QTest::newRow("above U+10FFFF") << QByteArray("f4 90 80 80") << 0;
        QTest::newRow("five-byte form") << QByteArray("f8 88 80 80 80") << 0;
        QTest::newRow("lone continuation") << QByteArray("61 80") << 1;
        QTest::newRow("byte ff") << QByteArray("ff") << 0;
        QTest::newRow("two of three bytes") << QByteArray("61 e2 82") << 1;
        QTest::newRow("three of four bytes") << QByteArray("f0 9f 98") << 0;
        QTest::newRow("continuation missing") << QByteArray("c3 61") << 0;
        QTest::newRow("behind eight ASCII bytes")
            << QByteArray("61 61 61 61 61 61 61 61 61 80") << 9;
    }

    void malformedUtf8IsRejectedAtItsOffset()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, validBytes);
        const Bytes content =
            hex(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        QCOMPARE(validUtf8Prefix(text(content)), static_cast<std::size_t>(validBytes));
        QVERIFY(!isValidUtf8(text(content)));

        Encoder encoder;
        encoder.writeVarBytes(content);
        Decoder decoder(encoder.bytes());
        QVERIFY(decoder.readVarStringUtf8().empty());
        QVERIFY(!decoder.ok());
        QCOMPARE(*decoder.error().byteOffset, static_cast<std::uint64_t>(1 + validBytes));

        std::u16string utf16 = u"x";
        Decoder again(encoder.bytes());
        QCOMPARE(again.readVarStringUtf16(utf16, 1), std::size_t{1});
        QVERIFY(utf16.front() == u'x');
        QVERIFY(again.error() == decoder.error());
    }

    void aLengthBeyondTheEndIsRejected()
    {
        for (const char *bytes : {"03 61 62", "ff ff ff ff ff ff ff 0f 61", "01"}) {
            const Bytes input = hex(std::string_view(bytes));
            Decoder string(input);
            QVERIFY(string.readVarStringUtf8().empty());
            QVERIFY(!string.ok());
            Decoder buffer(input);
            QVERIFY(buffer.readVarBytes().empty());
            QVERIFY(!buffer.ok());
            QCOMPARE(*buffer.error().byteOffset, std::uint64_t{0});
        }
    }

    void everyCodePointSurvivesBothWays()
    {
        std::u16string all;
        for (char32_t codePoint = 0; codePoint <= 0x10ffff; ++codePoint) {
            if (codePoint < 0xd800 || codePoint > 0xdfff) {
                const QString character = QString::fromUcs4(&codePoint, 1);
                all += character.toStdU16String();
            }
        }
        const std::string utf8 = utf16ToUtf8(all);
        QVERIFY(utf8 == QString::fromStdU16String(all).toUtf8().toStdString());
        QCOMPARE(utf8.size(), utf8Length(all));
        QCOMPARE(utf16Length(utf8), all.size());
        std::u16string back;
        QVERIFY(utf8ToUtf16(utf8, back));
        QVERIFY(back == all);
    }

    void everyAlignmentOfAsciiRunsConverts()
    {
        for (std::size_t before = 0; before < 20; ++before) {
            for (std::size_t after = 0; after < 20; ++after) {
                const std::u16string utf16 =
                    std::u16string(before, u'x') + u"\u00e9" + std::u16string(after, u'y');
                const std::string utf8 =
                    std::string(before, 'x') + "\xc3\xa9" + std::string(after, 'y');
                QVERIFY(utf16ToUtf8(utf16) == utf8);
                QCOMPARE(utf8Length(utf16), utf8.size());
                QCOMPARE(validUtf8Prefix(utf8), utf8.size());
                std::u16string back;
                QVERIFY(utf8ToUtf16(utf8, back));
                QVERIFY(back == utf16);
            }
        }
    }

    void loneSurrogatesSurviveInWtf8()
    {
        const std::u16string utf16 = u"a\xd83d!\xde00\xde00\xd83d\xde00\xd83d";
        const std::string wtf8 = utf16ToWtf8(utf16);
        QVERIFY(wtf8ToUtf16(wtf8) == utf16);
        QCOMPARE(utf16Length(wtf8), utf16.size());
        std::u16string strict;
        QVERIFY(!utf8ToUtf16(wtf8, strict));
    }

    void brokenBytesConvertToReplacementCharacters()
    {
        QVERIFY(wtf8ToUtf16("a\xff\xc3") == u"a\ufffd\ufffd");
    }
};

QTEST_GUILESS_MAIN(UtfTest)
#include "utf_test.moc"
