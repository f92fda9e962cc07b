#include <QtTest/QTest>

#include "tests/unit/codec/codec_support.h"

#include <string_view>

using namespace cowrite;
using namespace cowrite::test;

// yjs-compat 4.1, conformance case 48.
class StateVectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clientsAreWrittenFromTheHighestDown()
    {
        crdt::StateVector vector;
        vector.set(1, 1);
        vector.set(200, 2);
        vector.set(3, 1);
        QCOMPARE(hex(codec::encodeStateVector(vector)), QByteArray("03 c8 01 02 03 01 01 01"));
        QCOMPARE(hex(codec::encodeStateVector({})), QByteArray("00"));
    }

    void anyOrderIsRead()
    {
        const auto vector = codec::decodeStateVector(hex("03 01 01 c8 01 02 03 01"));
        QVERIFY(vector);
        QCOMPARE(hex(codec::encodeStateVector(*vector)), QByteArray("03 c8 01 02 03 01 01 01"));
    }

    void clockZeroMeansNothing()
    {
        const auto vector = codec::decodeStateVector(hex("02 01 00 02 05"));
        QVERIFY(vector);
        QCOMPARE(vector->size(), std::size_t{1});
        QCOMPARE(vector->get(1), crdt::Clock{0});
        QCOMPARE(vector->get(2), crdt::Clock{5});
    }

    void clientsTheDocumentDoesNotKnowAreNoMatter()
    {
        Replica replica;
        QVERIFY(replica.apply("01 01 01 00 04 01 01 74 05 68 65 6c 6c 6f 00"));
        const auto target = codec::decodeStateVector(hex("03 09 07 01 02 02 00"));
        QVERIFY(target);
        QCOMPARE(replica.state(*target), QByteArray("01 01 01 02 84 01 01 03 6c 6c 6f 00"));
    }

    void badBytesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("nothing") << QByteArray("") << int(ErrorCode::Malformed);
        QTest::newRow("truncated") << QByteArray("02 01 01 02") << int(ErrorCode::Malformed);
        QTest::newRow("trailing byte") << QByteArray("00 00") << int(ErrorCode::Malformed);
        QTest::newRow("a count that cannot be")
            << QByteArray("ff ff ff ff 0f 01 01") << int(ErrorCode::Malformed);
        QTest::newRow("a clock of 33 bits")
            << QByteArray("01 01 80 80 80 80 10") << int(ErrorCode::LimitExceeded);
        QTest::newRow("a client of 54 bits")
            << QByteArray("01 ff ff ff ff ff ff ff 1f 01") << int(ErrorCode::Malformed);
    }

    void badBytesAreRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto vector = codec::decodeStateVector(hex(bytes.toStdString()));
        QVERIFY(!vector);
        QCOMPARE(int(vector.error().code), code);
        QVERIFY(vector.error().byteOffset.has_value());
    }
};

QTEST_APPLESS_MAIN(StateVectorTest)
#include "state_vector_test.moc"
