#include <QTest>

#include <string_view>

#include "libsync/store/crc32c.h"

using namespace cowrite;

class Crc32cTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheCheckValueOfTheStandard()
    {
        QCOMPARE(store::crc32c(asBytes("123456789")), 0xe3069283U);
        QCOMPARE(store::crc32c({}), 0U);
    }

    void goesOnFromAnEarlierPart()
    {
        QCOMPARE(store::crc32c(asBytes("56789"), store::crc32c(asBytes("1234"))), 0xe3069283U);
    }
};

QTEST_APPLESS_MAIN(Crc32cTest)
#include "crc32c_test.moc"
