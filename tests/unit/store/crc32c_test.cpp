#include <QTest>

#include <string_view>

#include "libsync/store/crc32c.h"

using namespace cowrite;

class Crc32cTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheCheckValueOfTheStandard()
    {
        QCOMPARE(store::crc32c(bytes("123456789")), 0xe3069283U);
        QCOMPARE(store::crc32c({}), 0U);
    }

    void goesOnFromAnEarlierPart()
    {
        QCOMPARE(store::crc32c(bytes("56789"), store::crc32c(bytes("1234"))), 0xe3069283U);
    }

private:
    static ByteView bytes(std::string_view text)
    {
        return ByteView(reinterpret_cast<const std::uint8_t *>(text.data()), text.size());
    }
};

QTEST_APPLESS_MAIN(Crc32cTest)
#include "crc32c_test.moc"
