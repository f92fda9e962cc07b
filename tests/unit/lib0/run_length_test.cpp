#include <QtTest/QTest>

#include "libsync/lib0/run_length_decoder.h"
#include "libsync/lib0/run_length_encoder.h"
#include "tests/unit/lib0/hex.h"

#include <utility>
#include <vector>

using namespace cowrite;
using namespace cowrite::lib0;
using cowrite::test::hex;

using Values = std::vector<quint64>;
Q_DECLARE_METATYPE(Values)

namespace {

template <class Column, class Value = quint64>
QByteArray encoded(const Values &values)
{
    Column column;
    // Twice, as what was written before must not matter.
    for (int round = 0; round < 2; ++round) {
        column.clear();
        for (const quint64 value : values)
            column.write(static_cast<Value>(value));
    }
    return hex(column.finish());
}

template <class Column>
Values decoded(const QByteArray &digits, std::size_t count)
{
    const Bytes bytes = hex(digits.toStdString());
    Decoder errors{ByteView(bytes)};
    Column column(Decoder{ByteView(bytes)}, errors);
    Values values;
    for (std::size_t i = 0; i < count; ++i)
        values.push_back(column.read());
    return errors.ok() && column.remaining() == 0 ? values : Values{};
}

} // namespace

// yjs-compat.md 1.4, conformance cases 7 and 8.
class RunLengthTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aColumnHasTheBytesOfLib0_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Values>("values");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *kind, const Values &values, const char *bytes) {
            QTest::addRow("%s %s", kind, bytes)
                << QString::fromLatin1(kind) << values << QByteArray(bytes);
        };
        row("rle", {}, "");
        row("rle", {5, 5, 5}, "05");
        row("rle", {5, 5, 7}, "05 01 07");
        row("rle", {7, 5, 5, 5}, "07 00 05");
        row("rle", {0}, "00");
        row("uint", {}, "");
        row("uint", {0}, "00");
        row("uint", {0, 0}, "40 00");
        row("uint", {0, 0, 0}, "40 01");
        row("uint", {5, 5}, "45 00");
        row("uint", {1, 2, 3, 3, 3}, "01 02 43 01");
        row("difference", {}, "");
        row("difference", {0}, "00");
        row("difference", {0, 0, 0}, "01 01");
        row("difference", {1, 2, 3, 2}, "03 01 42");
        row("difference", {10}, "14");
        row("difference", {5, 4, 3}, "0a 41 00");
        row("difference", {3, 1100, 1101, 1050, 0}, "06 92 22 02 e6 01 f4 20");
    }

    void aColumnHasTheBytesOfLib0()
    {
        QFETCH(QString, kind);
        QFETCH(Values, values);
        QFETCH(QByteArray, bytes);
        const std::size_t count = values.size();
        if (kind == QLatin1String("rle")) {
            QCOMPARE((encoded<RleEncoder, quint8>(values)), bytes);
            QCOMPARE(decoded<RleDecoder>(bytes, count), values);
        } else if (kind == QLatin1String("uint")) {
            QCOMPARE(encoded<UintOptRleEncoder>(values), bytes);
            QCOMPARE(decoded<UintOptRleDecoder>(bytes, count), values);
        } else {
            QCOMPARE(encoded<IntDiffOptRleEncoder>(values), bytes);
            QCOMPARE(decoded<IntDiffOptRleDecoder>(bytes, count), values);
        }
    }

    void theLastRunOfBytesNeverEnds()
    {
        QCOMPARE(decoded<RleDecoder>("05 01 07", 5), (Values{5, 5, 7, 7, 7}));
    }

    void aColumnThatRunsDryIsAnError()
    {
        QCOMPARE(decoded<RleDecoder>("", 1), Values{});
        QCOMPARE(decoded<UintOptRleDecoder>("05", 2), Values{});
        QCOMPARE(decoded<UintOptRleDecoder>("45", 1), Values{});
        QCOMPARE(decoded<IntDiffOptRleDecoder>("01 01", 4), Values{});
    }

    void differencesBelowZeroAreAnError()
    {
        QCOMPARE(decoded<IntDiffOptRleDecoder>("42", 1), Values{});
    }

    void stringsStandInOneBehindTheOther_data()
    {
        QTest::addColumn<QStringList>("strings");
        QTest::addColumn<QByteArray>("bytes");
        const auto text = [](const char16_t *units) { return QString::fromUtf16(units); };
        QTest::newRow("none") << QStringList() << QByteArray("00");
        QTest::newRow("one") << QStringList{text(u"a")} << QByteArray("01 61 01");
        QTest::newRow("three") << QStringList{text(u"ab"), text(u"c"), text(u"d")}
                               << QByteArray("04 61 62 63 64 02 41 00");
        QTest::newRow("astral") << QStringList{text(u"\U0001F600"), text(u"x")}
                                << QByteArray("05 f0 9f 98 80 78 02 01");
        QTest::newRow("halves of a pair")
            << QStringList{QString(QChar(0xd83d)), QString(), QString(QChar(0xde00))}
            << QByteArray("04 f0 9f 98 80 01 00 01");
        QTest::newRow("a half that stays alone") << QStringList{QString(QChar(0xd83d)), text(u"a")}
                                                 << QByteArray("04 ef bf bd 61 41 00");
    }

    void stringsStandInOneBehindTheOther()
    {
        QFETCH(QStringList, strings);
        QFETCH(QByteArray, bytes);
        StringColumnEncoder column;
        for (const QString &string : strings)
            column.write(std::u16string_view(reinterpret_cast<const char16_t *>(string.utf16()),
                                             static_cast<std::size_t>(string.size())));
        Encoder out;
        column.finish(out);
        QCOMPARE(hex(Decoder(out.bytes()).readVarBytes()), bytes);
    }
};

QTEST_APPLESS_MAIN(RunLengthTest)
#include "run_length_test.moc"
