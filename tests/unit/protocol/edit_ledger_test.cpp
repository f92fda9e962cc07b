#include "libsync/protocol/edit_ledger.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;

class EditLedgerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditIsTypedThenSavedThenStored()
    {
        EditLedger ledger;
        QCOMPARE(ledger.recordEdit(), 1u);
        QCOMPARE(ledger.recordEdit(), 2u);
        QCOMPARE(ledger.unsaved(), 2u);
        ledger.savedUpTo(1);
        QCOMPARE(ledger.unsaved(), 1u);
        QCOMPARE(ledger.waiting(), 2u);
        ledger.sentUpTo(2);
        QCOMPARE(ledger.waiting(), 2u);
        ledger.storedUpTo(1);
        QCOMPARE(ledger.waiting(), 1u);
        QCOMPARE(ledger.notStored(), 1u);
    }

    void whatAPlainServerReceivedWaitsNoMoreButIsNotStored()
    {
        EditLedger ledger;
        ledger.recordEdit();
        ledger.receivedUpTo(1);
        QCOMPARE(ledger.waiting(), 0u);
        QCOMPARE(ledger.sent(), 1u);
        QCOMPARE(ledger.notStored(), 1u);
    }

    void editsOfEarlierRunsWait()
    {
        const EditLedger ledger(12);
        QCOMPARE(ledger.waiting(), 12u);
        QCOMPARE(ledger.unsaved(), 0u);
    }

    void aLostConnectionTakesBackWhatWasOnlySent()
    {
        EditLedger ledger(3);
        ledger.sentUpTo(3);
        ledger.storedUpTo(2);
        ledger.connectionLost();
        QCOMPARE(ledger.sent(), 2u);
    }

    void figuresNeverGoBackAndSilenceMeansNoChange()
    {
        EditLedger ledger(3);
        int changes = 0;
        const auto subscription = ledger.changed.connect([&] { ++changes; });
        ledger.storedUpTo(2);
        ledger.storedUpTo(1);
        ledger.receivedUpTo(2);
        ledger.savedUpTo(3);
        ledger.connectionLost();
        QCOMPARE(ledger.stored(), 2u);
        QCOMPARE(changes, 1);
    }
};

QTEST_APPLESS_MAIN(EditLedgerTest)
#include "edit_ledger_test.moc"
