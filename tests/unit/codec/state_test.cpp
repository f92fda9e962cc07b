#include <QtTest/QTest>

#include "tests/unit/codec/codec_support.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace cowrite;
using namespace cowrite::test;

namespace {

Bytes bytesOf(const QJsonValue &digits)
{
    return hex(std::string_view(digits.toString().toStdString()));
}

} // namespace

/// States.json holds updates, and the states that Yjs makes of them (states.mjs).
class StateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStateHasTheBytesOfYjs_data()
    {
        QTest::addColumn<QJsonObject>("expected");
        QFile file(QFINDTESTDATA("states.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(!cases.isEmpty());
        for (const QJsonValue &value : cases)
            QTest::newRow(qPrintable(value[QLatin1String("name")].toString())) << value.toObject();
    }

    void aStateHasTheBytesOfYjs() { checkState(codec::UpdateFormat::V1, "updates", "state"); }

    void aStateV2HasTheBytesOfYjs_data() { aStateHasTheBytesOfYjs_data(); }
    void aStateV2HasTheBytesOfYjs() { checkState(codec::UpdateFormat::V2, "updatesV2", "stateV2"); }

    void aStateLoadsAsItself_data() { aStateHasTheBytesOfYjs_data(); }

    /// Whatever waited in the first document waits in the second.
    void aStateLoadsAsItself()
    {
        QFETCH(QJsonObject, expected);
        Replica first(4'000'000'000, {crdt::GarbageCollection::Off});
        const QJsonArray updates = expected[QLatin1String("updates")].toArray();
        for (const QJsonValue &update : updates)
            QVERIFY(first.apply(bytesOf(update)));
        Replica second(4'000'000'000, {crdt::GarbageCollection::Off});
        QVERIFY(second.apply(codec::encodeStateAsUpdate(first.doc)));
        QCOMPARE(second.state(), first.state());
        QCOMPARE(second.vector(), first.vector());
        QCOMPARE(second.doc.hasPending(), first.doc.hasPending());
    }

private:
    static void checkState(codec::UpdateFormat format, const char *updatesKey, const char *stateKey)
    {
        QFETCH(QJsonObject, expected);
        const bool gc = expected[QLatin1String("gc")].toBool();
        Replica replica(4'000'000'000,
                        {gc ? crdt::GarbageCollection::On : crdt::GarbageCollection::Off});
        const QJsonArray updates = expected[QLatin1String(updatesKey)].toArray();
        for (const QJsonValue &update : updates) {
            const auto applied = replica.apply(bytesOf(update), format);
            QVERIFY2(applied, applied ? "" : applied.error().message.c_str());
        }
        const auto target = codec::decodeStateVector(bytesOf(expected[QLatin1String("target")]));
        QVERIFY(target);
        QCOMPARE(replica.state(*target, format),
                 expected[QLatin1String(stateKey)].toString().toLatin1());
        QCOMPARE(replica.vector(), expected[QLatin1String("vector")].toString().toLatin1());
    }
};

QTEST_APPLESS_MAIN(StateTest)
#include "state_test.moc"
