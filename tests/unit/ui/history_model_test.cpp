#include "ui/document/history_text.h"
#include "ui/panes/history_model.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace cowrite;
using session::Author;
using session::HistoryEntry;
using session::Moment;
using session::NamedVersion;
using ui::EntryIndex;
using ui::HistoryModel;
using ui::HistoryRow;

namespace {

const Author kBlue{QStringLiteral("b"), QStringLiteral("Blue"), QStringLiteral("#2f6fed")};
const Author kViolet{QStringLiteral("v"), QStringLiteral("Violet"), QStringLiteral("#9b4ddb")};
const QDate kToday(2026, 3, 12);

QDateTime at(int hour, int minute, const QDate &day = kToday)
{
    return QDateTime(day, QTime(hour, minute));
}

HistoryEntry entry(Moment before, Moment after, const Author &author, const QDateTime &ended)
{
    return {before, after, author, ended.addSecs(-300), ended, after - before, 0};
}

/// Blue 0..4, then both at once, then Violet alone.
QList<HistoryEntry> sample()
{
    return {entry(9, 12, kViolet, at(9, 15)), entry(5, 9, kBlue, at(9, 12)),
            entry(4, 8, kViolet, at(9, 11)), entry(0, 4, kBlue, at(8, 50))};
}

session::EditInfo editBefore(Moment moment)
{
    const bool violet = moment == 5 || moment == 7 || moment == 8 || moment > 9;
    return {violet ? kViolet : kBlue, at(9, 0)};
}

QList<HistoryRow> rowsOf(const QList<HistoryEntry> &entries,
                         const QList<NamedVersion> &versions = {})
{
    return historyRows(EntryIndex(entries), versions, editBefore);
}

} // namespace

class HistoryModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditBelongsToTheEntryOfItsAuthorEvenWhereTwoOverlap()
    {
        const EntryIndex entries(sample());
        QCOMPARE(entries.entryOf(6, kBlue)->before, 5U);
        QCOMPARE(entries.entryOf(5, kViolet)->before, 4U);
        QCOMPARE(entries.entryOf(8, kViolet)->before, 4U);
        QCOMPARE(entries.entryOf(12, kViolet)->before, 9U);
        QVERIFY(entries.entryOf(5, kBlue) == nullptr);
        QVERIFY(entries.entryOf(13, kViolet) == nullptr);
        QVERIFY(EntryIndex().entryOf(1, kBlue) == nullptr);
    }

    void theEndsOfEntriesAreWhatPageUpAndDownGoTo()
    {
        const EntryIndex entries(sample());
        QCOMPARE(entries.endAfter(0), 4U);
        QCOMPARE(entries.endAfter(4), 8U);
        QCOMPARE(entries.endAfter(10), 12U);
        QCOMPARE(entries.endAfter(12), 12U);
        QCOMPARE(entries.endBefore(12), 9U);
        QCOMPARE(entries.endBefore(6), 4U);
        QCOMPARE(entries.endBefore(3), 0U);
    }

    void theLatestIsOnTop()
    {
        HistoryModel model;
        model.setRows(rowsOf(sample()), QStringLiteral("b"), kToday);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.row(0).entry.after, 12U);
        QCOMPARE(model.row(3).entry.after, 4U);
        const QModelIndex last = model.index(3);
        QCOMPARE(last.data().toString(), QStringLiteral("Blue (you)"));
        QCOMPARE(last.data(HistoryModel::TimeRole).toString(), QStringLiteral("Today 08:50"));
        QCOMPARE(last.data(HistoryModel::CountsRole).toString(), QStringLiteral("+4"));
        QCOMPARE(last.data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Blue, Today 08:50: +4"));
    }

    void aNameOnTheEndOfAnEntryIsInItsRowAndOneWithinHasARowOfItsOwn()
    {
        const NamedVersion whole{QStringLiteral("1"), QStringLiteral("Sent to the crew"), 4, kBlue,
                                 at(9, 30)};
        const NamedVersion within{QStringLiteral("2"), QStringLiteral("Half way"), 7, kBlue,
                                  at(9, 40)};
        HistoryModel model;
        model.setRows(rowsOf(sample(), {within, whole}), QStringLiteral("b"), kToday);
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.row(4).version.name, QStringLiteral("Sent to the crew"));
        QCOMPARE(model.row(3).version.name, QStringLiteral("Half way"));
        QCOMPARE(model.row(3).entry.before, 4U);
        QCOMPARE(model.index(3).data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("Violet, Today 09:00: Half way"));
        // The moment that has a name of its own is shown by that row, the rest of the entry not.
        QCOMPARE(model.rowOf(7, kViolet), 3);
        QCOMPARE(model.rowOf(8, kViolet), 2);
    }

    void theRowOfAMomentIsThatOfItsEntry()
    {
        HistoryModel model;
        model.setRows(rowsOf(sample()), {}, kToday);
        QCOMPARE(model.rowOf(12, kViolet), 0);
        QCOMPARE(model.rowOf(10, kViolet), 0);
        QCOMPARE(model.rowOf(6, kBlue), 1);
        QCOMPARE(model.rowOf(5, kViolet), 2);
        QCOMPARE(model.rowOf(1, kBlue), 3);
        QCOMPARE(model.rowOf(20, kBlue), -1);
    }

    void whatIsAddedOnTopLeavesTheRestAlone()
    {
        HistoryModel model;
        QList<HistoryEntry> entries = sample();
        model.setRows(rowsOf(entries), {}, kToday);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const QPersistentModelIndex kept = model.index(1);
        entries.first().after = 13;
        entries.prepend(entry(13, 14, kBlue, at(9, 16)));
        model.setRows(rowsOf(entries), {}, kToday);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
        QCOMPARE(changed.first().at(1).toModelIndex().row(), 1);
        QCOMPARE(kept.row(), 2);
        QCOMPARE(model.row(1).entry.after, 13U);
        model.setRows(rowsOf(sample()), {}, kToday);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(kept.row(), 1);
    }

    void thousandsOfEntriesAreShownAtOnce()
    {
        QList<HistoryEntry> entries;
        for (Moment i = 0; i < 20'000; ++i) {
            entries.append(entry(i * 10, i * 10 + 10, i % 2 == 0 ? kBlue : kViolet, at(9, 0)));
        }
        QElapsedTimer timer;
        timer.start();
        HistoryModel model;
        model.setRows(rowsOf(entries), {}, kToday);
        entries.last().after += 1;
        model.setRows(rowsOf(entries), {}, kToday);
        QCOMPARE(model.rowOf(1005, kBlue), 20'000 - 1 - 100);
        qInfo("20,000 entries, shown and refreshed: %lld ms", timer.elapsed());
        QCOMPARE(model.rowCount(), 20'000);
    }

    void timesAreToldAsSeenFromToday_data()
    {
        QTest::addColumn<QDateTime>("time");
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("today") << at(9, 5) << "Today 09:05"
                               << "09:05";
        QTest::newRow("yesterday") << at(17, 31, kToday.addDays(-1)) << "Yesterday 17:31"
                                   << "yesterday 17:31";
        QTest::newRow("this year") << at(16, 2, QDate(2026, 2, 1)) << "1 February 16:02"
                                   << "1 February 16:02";
        QTest::newRow("another year") << at(16, 2, QDate(2025, 12, 31)) << "31 December 2025 16:02"
                                      << "31 December 2025 16:02";
        QTest::newRow("another time zone") << at(9, 5).toUTC() << "Today 09:05"
                                           << "09:05";
    }

    void timesAreToldAsSeenFromToday()
    {
        QFETCH(QDateTime, time);
        QTEST(ui::dayAndTime(time, kToday), "row");
        QTEST(ui::dayAndTimeInSentence(time, kToday), "sentence");
    }

    void whatIsNothingIsNotCounted()
    {
        QCOMPARE(ui::changeCounts(48, 3), QStringLiteral("+48 \u22123"));
        QCOMPARE(ui::changeCounts(120, 0), QStringLiteral("+120"));
        QCOMPARE(ui::changeCounts(0, 14), QStringLiteral("\u221214"));
        QCOMPARE(ui::changeCounts(0, 0), QString());
    }

    void somebodyNobodyKnowsHasANameAndAColour()
    {
        QCOMPARE(ui::nameOf({}), QStringLiteral("Somebody"));
        QVERIFY(ui::colorOf({}).isValid());
        QCOMPARE(ui::colorOf(kBlue), QColor(0x2F6FED));
    }
};

QTEST_MAIN(HistoryModelTest)
#include "history_model_test.moc"
