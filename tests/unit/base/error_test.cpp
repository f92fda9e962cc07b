#include <QtTest/QTest>

#include "libsync/base/error.h"

using namespace cowrite;

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0) {
        return fail(ErrorCode::OutOfRange, "the number is odd", 3);
    }
    return number / 2;
}

} // namespace

class ErrorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aResultHoldsItsValue()
    {
        const Result<int> result = half(8);
        QVERIFY(result.has_value());
        QCOMPARE(*result, 4);
    }

    void aFailureKeepsCodeSentenceAndOffset()
    {
        const Result<int> result = half(7);
        QVERIFY(!result.has_value());
        QVERIFY(result.error() == (Error{ErrorCode::OutOfRange, "the number is odd", 3}));
    }

    void aFailureNeedsNoOffset()
    {
        const Result<> result = fail(ErrorCode::Busy, "in use");
        QVERIFY(!result.error().byteOffset.has_value());
    }

    void everyCodeHasAName()
    {
        QVERIFY(toString(ErrorCode::Malformed) == "Malformed");
        QVERIFY(toString(ErrorCode::Denied) == "Denied");
        QVERIFY(toString(ErrorCode::Internal) == "Internal");
    }
};

QTEST_APPLESS_MAIN(ErrorTest)
#include "error_test.moc"
