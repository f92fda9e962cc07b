#include "ui/window/statistics_dialog.h"

#include <QLabel>
#include <QTest>

using namespace cowrite;
using namespace cowrite::ui;
using namespace std::chrono_literals;

class StatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void countersAreToldPerSecond();
    void whatWasNotMeasuredIsNoNumber();

private:
    static QString textOf(const StatisticsDialog &dialog, const char *name)
    {
        const auto *label = dialog.findChild<QLabel *>(QLatin1String(name));
        return label ? label->text() : QStringLiteral("there is none");
    }
};

void StatisticsTest::countersAreToldPerSecond()
{
    session::Figures figures;
    figures.rooms = 2;
    figures.guests = 3;
    figures.traffic.guests = 7;
    figures.traffic.messagesReceived = 100;
    StatisticsDialog dialog([&figures] { return figures; }, nullptr);
    QCOMPARE(textOf(dialog, "statisticsRooms"), QStringLiteral("2"));
    QCOMPARE(textOf(dialog, "statisticsGuests"), QStringLiteral("3 now, 7 since the start"));
    // What came before the dialog was opened is no rate.
    QVERIFY(textOf(dialog, "statisticsReceived").startsWith(QStringLiteral("0.0 messages/s")));

    figures.traffic.messagesReceived += 30;
    figures.traffic.bytesReceived += 4000;
    dialog.refresh(2);
    QCOMPARE(textOf(dialog, "statisticsReceived"), QStringLiteral("15 messages/s, 2.0 kB/s"));
    dialog.refresh(2);
    QVERIFY(textOf(dialog, "statisticsReceived").startsWith(QStringLiteral("0.0 messages/s")));
}

void StatisticsTest::whatWasNotMeasuredIsNoNumber()
{
    session::Figures figures;
    StatisticsDialog dialog([&figures] { return figures; }, nullptr);
    QCOMPARE(textOf(dialog, "statisticsCommit"), QStringLiteral("not measured yet"));
    for (int i = 0; i < 9; ++i) {
        figures.traffic.commits.observe(8ms);
    }
    figures.traffic.commits.observe(80ms);
    dialog.refresh(1);
    QCOMPARE(textOf(dialog, "statisticsCommit"),
             QStringLiteral("mostly within 10 ms, nearly always within 100 ms"));
}

QTEST_MAIN(StatisticsTest)
#include "statistics_test.moc"
