#include "libsync/session/room/figures.h"

#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace cowrite::session {

namespace {

class PrometheusText {
public:
    void add(const char *name, const char *kind, const char *help, double value)
    {
        begin(name, kind, help);
        line(name, {}, value);
    }

    void add(const char *name, const char *help, const Histogram &histogram)
    {
        begin(name, "histogram", help);
        const QByteArray bucket = QByteArray(name) + "_bucket";
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < Histogram::kBounds.size(); ++i) {
            below += histogram.countIn(i);
            line(bucket, "{le=\"" + QByteArray::number(Histogram::kBounds[i]) + "\"}",
                 static_cast<double>(below));
        }
        line(bucket, "{le=\"+Inf\"}", static_cast<double>(histogram.count()));
        line(QByteArray(name) + "_sum", {}, histogram.seconds());
        line(QByteArray(name) + "_count", {}, static_cast<double>(histogram.count()));
    }

    [[nodiscard]] QByteArray text() const { return m_text; }

private:
    void begin(const char *name, const char *kind, const char *help)
    {
        m_text +=
            QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + kind + '\n';
    }
    void line(const QByteArray &name, const QByteArray &labels, double value)
    {
        m_text += name + labels + ' ' + QByteArray::number(value, 'g', 15) + '\n';
    }

    QByteArray m_text;
};

QJsonObject toJson(const Histogram &histogram)
{
    return {{QStringLiteral("count"), static_cast<qint64>(histogram.count())},
            {QStringLiteral("seconds"), histogram.seconds()},
            {QStringLiteral("p50"), histogram.quantile(0.5)},
            {QStringLiteral("p99"), histogram.quantile(0.99)}};
}

} // namespace

Traffic &Traffic::operator+=(const Traffic &other)
{
    guests += other.guests;
    messagesReceived += other.messagesReceived;
    bytesReceived += other.bytesReceived;
    messagesSent += other.messagesSent;
    bytesSent += other.bytesSent;
    commits += other.commits;
    return *this;
}

QByteArray toPrometheus(const Figures &figures)
{
    const auto number = [](auto value) { return static_cast<double>(value); };
    const Traffic &traffic = figures.traffic;
    const ProcessUsage usage = processUsage();
    PrometheusText text;
    text.add("cowrite_rooms", "gauge", "Rooms in memory.", number(figures.rooms));
    text.add("cowrite_connections", "gauge", "Guests in all rooms.", number(figures.guests));
    text.add("cowrite_event_streams", "gauge", "Readers of event streams.",
             number(figures.eventReaders));
    text.add("cowrite_connections_total", "counter", "Guests who came in.", number(traffic.guests));
    text.add("cowrite_messages_received_total", "counter", "Messages of guests.",
             number(traffic.messagesReceived));
    text.add("cowrite_bytes_received_total", "counter", "Bytes of these messages.",
             number(traffic.bytesReceived));
    text.add("cowrite_messages_sent_total", "counter", "Messages to guests.",
             number(traffic.messagesSent));
    text.add("cowrite_bytes_sent_total", "counter", "Bytes of these messages.",
             number(traffic.bytesSent));
    text.add("cowrite_log_queue_bytes", "gauge", "Changes that wait for the disk.",
             number(figures.bytesWaitingForDisk));
    text.add("cowrite_commit_seconds", "From a change to its place on the disk.", traffic.commits);
    text.add("cowrite_event_loop_lag_seconds", "How late the server came to what it had to do.",
             figures.lag);
    text.add("process_cpu_seconds_total", "counter", "Processor time of the server.",
             usage.cpuSeconds);
    text.add("process_resident_memory_bytes", "gauge", "Memory of the server.",
             number(usage.residentBytes));
    return text.text();
}

QJsonObject toJson(const Figures &figures)
{
    const auto number = [](auto value) { return static_cast<qint64>(value); };
    const Traffic &traffic = figures.traffic;
    const ProcessUsage usage = processUsage();
    return {{QStringLiteral("rooms"), figures.rooms},
            {QStringLiteral("guests"), figures.guests},
            {QStringLiteral("eventReaders"), figures.eventReaders},
            {QStringLiteral("bytesWaitingForDisk"), number(figures.bytesWaitingForDisk)},
            {QStringLiteral("guestsTotal"), number(traffic.guests)},
            {QStringLiteral("messagesReceived"), number(traffic.messagesReceived)},
            {QStringLiteral("bytesReceived"), number(traffic.bytesReceived)},
            {QStringLiteral("messagesSent"), number(traffic.messagesSent)},
            {QStringLiteral("bytesSent"), number(traffic.bytesSent)},
            {QStringLiteral("commits"), toJson(traffic.commits)},
            {QStringLiteral("lag"), toJson(figures.lag)},
            {QStringLiteral("cpuSeconds"), usage.cpuSeconds},
            {QStringLiteral("residentBytes"), number(usage.residentBytes)}};
}

ProcessUsage processUsage()
{
    ProcessUsage usage;
    rusage used = {};
    if (::getrusage(RUSAGE_SELF, &used) == 0) {
        const auto seconds = [](const timeval &time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        usage.cpuSeconds = seconds(used.ru_utime) + seconds(used.ru_stime);
    }
    QFile file(QStringLiteral("/proc/self/statm"));
    if (file.open(QIODevice::ReadOnly)) {
        usage.residentBytes = file.readAll().split(' ').value(1).toULongLong() *
                              static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    }
    return usage;
}

} // namespace cowrite::session
