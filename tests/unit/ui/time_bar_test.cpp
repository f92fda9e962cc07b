#include "ui/document/time_bar.h"

#include <QApplication>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace cowrite;
using ui::TimeBar;

namespace {

struct Bench {
    TimeBar bar{ui::Theme::light()};
    QSlider *slider = bar.findChild<QSlider *>(QStringLiteral("timeSlider"));
    QPushButton *play = bar.findChild<QPushButton *>(QStringLiteral("timePlay"));
    QLabel *label = bar.findChild<QLabel *>(QStringLiteral("timeLabel"));
    QSignalSpy chosen{&bar, &TimeBar::momentChosen};
    QSignalSpy entries{&bar, &TimeBar::entryWanted};
    QSignalSpy toggled{&bar, &TimeBar::playToggled};

    Bench()
    {
        bar.setNow(1630);
        bar.setMoment(1204);
        bar.show();
    }
};

} // namespace

class TimeBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itSaysWhichEditOfHowMany()
    {
        Bench bench;
        QCOMPARE(bench.label->text(), QStringLiteral("edit 1,204 of 1,630"));
        bench.bar.setNow(1631);
        QCOMPARE(bench.label->text(), QStringLiteral("edit 1,204 of 1,631"));
    }

    void beingMovedIsNoChoice()
    {
        Bench bench;
        QCOMPARE(bench.chosen.size(), 0);
        bench.bar.setNow(10);
        bench.bar.setMoment(3);
        QCOMPARE(bench.chosen.size(), 0);
    }

    void arrowsStepByOneEditAndHomeAndEndGoAllTheWay()
    {
        Bench bench;
        QTest::keyClick(bench.slider, Qt::Key_Right);
        QTest::keyClick(bench.slider, Qt::Key_Left);
        QTest::keyClick(bench.slider, Qt::Key_Home);
        QTest::keyClick(bench.slider, Qt::Key_End);
        QList<session::Moment> moments;
        for (const QList<QVariant> &arguments : bench.chosen) {
            moments.append(arguments.first().value<session::Moment>());
        }
        QCOMPARE(moments, (QList<session::Moment>{1205, 1204, 0, 1630}));
    }

    void pageKeysAskForEntriesAndSpacePlays()
    {
        Bench bench;
        QTest::keyClick(bench.slider, Qt::Key_PageUp);
        QTest::keyClick(bench.slider, Qt::Key_PageDown);
        QCOMPARE(bench.entries.size(), 2);
        QCOMPARE(bench.entries.at(0).first().value<TimeBar::Direction>(),
                 TimeBar::Direction::Later);
        QCOMPARE(bench.entries.at(1).first().value<TimeBar::Direction>(),
                 TimeBar::Direction::Earlier);
        QTest::keyClick(bench.slider, Qt::Key_Space);
        QTest::mouseClick(bench.play, Qt::LeftButton);
        QCOMPARE(bench.toggled.size(), 2);
        QCOMPARE(bench.chosen.size(), 0);
    }

    void theButtonSaysWhatItDoes()
    {
        Bench bench;
        QCOMPARE(bench.play->accessibleName(), QStringLiteral("Play"));
        bench.bar.setPlaying(true);
        QCOMPARE(bench.play->accessibleName(), QStringLiteral("Pause"));
    }
};

int main(int argc, char **argv)
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QApplication application(argc, argv);
    TimeBarTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "time_bar_test.moc"
