#include <QtTest/QTest>

#include "libsync/codec/relative_position_codec.h"
#include "tests/unit/codec/codec_support.h"

#include <optional>
#include <string>

using namespace cowrite;
using namespace cowrite::test;

// The binary column of the table in yjs-compat 4.6, conformance case 46.
class RelativePositionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPositionInATextHasTheBytesOfYjs_data()
    {
        QTest::addColumn<quint32>("index");
        QTest::addColumn<int>("assoc");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("before a unit") << 1U << 0 << QByteArray("00 01 01 00");
        QTest::newRow("at the end") << 3U << 0 << QByteArray("01 01 74 00");
        QTest::newRow("at the start, to the left") << 0U << -1 << QByteArray("01 01 74 41");
        QTest::newRow("behind the last unit") << 3U << -1 << QByteArray("00 01 02 41");
    }

    void aPositionInATextHasTheBytesOfYjs()
    {
        QFETCH(quint32, index);
        QFETCH(int, assoc);
        QFETCH(QByteArray, bytes);
        Replica replica(1);
        crdt::Text text = *replica.doc.text("t");
        QVERIFY(text.insert(0, u"abc"));
        const Bytes written =
            codec::encodeRelativePosition(crdt::makeRelativePosition(text, index, assoc));
        QCOMPARE(hex(written), bytes);
        const auto read = codec::decodeRelativePosition(written);
        QVERIFY(read);
        QCOMPARE(hex(codec::encodeRelativePosition(*read)), bytes);
        const auto place = crdt::resolve(replica.doc, *read);
        QVERIFY(place);
        QCOMPARE(quint32{place->index}, index);
        QCOMPARE(place->assoc, assoc);
    }

    void theEndOfANestedTypeIsNamedByItsItem()
    {
        crdt::RelativePosition position;
        position.type = crdt::Id{1, 3};
        QCOMPARE(hex(codec::encodeRelativePosition(position)), QByteArray("02 01 03 00"));
        QVERIFY(codec::decodeRelativePosition(hex("02 01 03 00")) == position);
    }

    void aMissingAssocReadsAsZero()
    {
        crdt::RelativePosition position;
        position.item = crdt::Id{1, 1};
        QVERIFY(codec::decodeRelativePosition(hex("00 01 01")) == position);
    }

    void theRootWithoutANameIsARoot()
    {
        crdt::RelativePosition position;
        position.rootName = std::string();
        position.assoc = -1;
        QCOMPARE(hex(codec::encodeRelativePosition(position)), QByteArray("01 00 41"));
        QVERIFY(codec::decodeRelativePosition(hex("01 00 41")) == position);
    }

    void badBytesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray("");
        QTest::newRow("an unknown anchor") << QByteArray("03 01 01 00");
        QTest::newRow("no clock") << QByteArray("00 01");
        QTest::newRow("a clock of 33 bits") << QByteArray("00 01 80 80 80 80 10 00");
        QTest::newRow("a name beyond the end") << QByteArray("01 05 74");
        QTest::newRow("trailing bytes") << QByteArray("00 01 01 00 00");
    }

    void badBytesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        const auto position = codec::decodeRelativePosition(hex(bytes.toStdString()));
        QVERIFY(!position);
        QVERIFY(position.error().byteOffset.has_value());
    }
};

QTEST_APPLESS_MAIN(RelativePositionTest)
#include "relative_position_test.moc"
