#include "ui/window/statistics_dialog.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>

#include <chrono>

namespace cowrite::ui {

namespace {

constexpr std::chrono::milliseconds kInterval{1'000};
/// Half of all and nearly all, which are what tells a slow disk from a slow moment.
constexpr double kUsual = 0.5;
constexpr double kNearlyAll = 0.99;

QString perSecond(std::uint64_t now, std::uint64_t before, double seconds)
{
    const double rate = seconds > 0 ? static_cast<double>(now - before) / seconds : 0;
    return QLocale().toString(rate, 'f', rate < 10 ? 1 : 0);
}

QString bytesPerSecond(std::uint64_t now, std::uint64_t before, double seconds)
{
    const double rate = seconds > 0 ? static_cast<double>(now - before) / seconds : 0;
    return QLocale().formattedDataSize(static_cast<qint64>(rate), 1, QLocale::DataSizeSIFormat);
}

QString milliseconds(double seconds)
{
    return QLocale().toString(seconds * 1000, 'f', seconds < 0.01 ? 1 : 0);
}

} // namespace

StatisticsDialog::StatisticsDialog(std::function<session::Figures()> figures, QWidget *parent)
    : QDialog(parent), m_figures(std::move(figures))
{
    setObjectName(QStringLiteral("statisticsDialog"));
    setWindowTitle(tr("Statistics"));
    auto *hint = new QLabel(tr("The documents that are shared from this computer."), this);
    hint->setObjectName(QStringLiteral("dialogHint"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(18, 16, 18, 16);
    form->setHorizontalSpacing(24);
    form->addRow(hint);
    m_rooms = addRow(QStringLiteral("statisticsRooms"), tr("Shared documents"));
    m_guests = addRow(QStringLiteral("statisticsGuests"), tr("Guests"));
    m_received = addRow(QStringLiteral("statisticsReceived"), tr("Received"));
    m_sent = addRow(QStringLiteral("statisticsSent"), tr("Sent"));
    m_commit = addRow(QStringLiteral("statisticsCommit"), tr("Until an edit is on the disk"));
    m_lag = addRow(QStringLiteral("statisticsLag"), tr("Delay of this program"));
    connect(&m_timer, &QTimer::timeout, this,
            [this] { refresh(static_cast<double>(m_sinceLast.restart()) / 1000); });
    m_timer.start(kInterval);
    m_sinceLast.start();
    refresh(0);
}

QLabel *StatisticsDialog::addRow(const QString &name, const QString &title)
{
    auto *value = new QLabel(this);
    value->setObjectName(name);
    value->setAccessibleName(title);
    value->setAlignment(Qt::AlignRight);
    static_cast<QFormLayout *>(layout())->addRow(title, value);
    return value;
}

void StatisticsDialog::refresh(double seconds)
{
    const session::Figures figures = m_figures();
    const session::Traffic &now = figures.traffic;
    const session::Traffic before = m_before.value_or(now);
    const QString rate = tr("%1 messages/s, %2/s");
    m_rooms->setText(QLocale().toString(figures.rooms));
    m_guests->setText(tr("%1 now, %2 since the start")
                          .arg(QLocale().toString(figures.guests),
                               QLocale().toString(static_cast<qulonglong>(now.guests))));
    m_received->setText(rate.arg(perSecond(now.messagesReceived, before.messagesReceived, seconds),
                                 bytesPerSecond(now.bytesReceived, before.bytesReceived, seconds)));
    m_sent->setText(rate.arg(perSecond(now.messagesSent, before.messagesSent, seconds),
                             bytesPerSecond(now.bytesSent, before.bytesSent, seconds)));
    const QString times = tr("mostly within %1 ms, nearly always within %2 ms");
    const auto show = [&times](QLabel *label, const session::Histogram &histogram) {
        label->setText(histogram.count() == 0
                           ? tr("not measured yet")
                           : times.arg(milliseconds(histogram.quantile(kUsual)),
                                       milliseconds(histogram.quantile(kNearlyAll))));
    };
    show(m_commit, now.commits);
    show(m_lag, figures.lag);
    m_before = now;
}

} // namespace cowrite::ui
