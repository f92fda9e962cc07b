#include "libsync/session/server/status_entrance.h"

#include "libsync/net/event_stream.h"

#include <QFile>
#include <QJsonDocument>

#include <chrono>
#include <utility>

// At file level: Q_INIT_RESOURCE cannot be used inside a namespace. A static library's resources
// are not registered by themselves.
static void initDashboardResources()
{
    Q_INIT_RESOURCE(dashboard);
}

namespace cowrite::session {

namespace {

constexpr std::chrono::milliseconds kInterval{1'000};
/// Whoever else administrates this machine looks from few windows at a time.
constexpr int kMaxReaders = 20;
constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A proxy passes on what comes from anywhere.
bool isFromThisMachine(const net::Request &request)
{
    for (const char *header :
         {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"}) {
        if (request.head.count(header) > 0) {
            return false;
        }
    }
    return request.peer.isLoopback();
}

net::HttpReply file(const QString &name, const QByteArray &type)
{
    initDashboardResources();
    QFile resource(QStringLiteral(":/dashboard/") + name);
    if (!resource.open(QIODevice::ReadOnly)) {
        return {404, "There is nothing at this address.\n"};
    }
    return {200,
            resource.readAll(),
            type,
            {{"Content-Security-Policy", kContentSecurityPolicy},
             {"Referrer-Policy", "no-referrer"},
             {"Cache-Control", "no-cache"}}};
}

} // namespace

StatusEntrance::StatusEntrance(FiguresOf figures, IsAdministrator isAdministrator, QObject *parent)
    : QObject(parent), m_figures(std::move(figures)), m_isAdministrator(std::move(isAdministrator))
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &StatusEntrance::tell);
}

std::optional<net::Verdict> StatusEntrance::route(const net::Request &request)
{
    const QByteArray &path = request.head.path;
    const bool isDashboard = path == "/dashboard" || path.startsWith("/dashboard/");
    // Whoever wants a WebSocket means a room of this name.
    if ((path != "/metrics" && !isDashboard) || request.head.wantsWebSocket()) {
        return std::nullopt;
    }
    if (!isFromThisMachine(request) && !(m_isAdministrator && m_isAdministrator(request))) {
        return net::HttpReply{404, "There is nothing at this address.\n"};
    }
    if (path == "/metrics") {
        return net::HttpReply{200, toPrometheus(m_figures()), kPrometheusType};
    }
    if (path == "/dashboard/events") {
        if (readerCount() >= kMaxReaders) {
            return net::HttpReply{503, "Enough windows look at this already.\n"};
        }
        return net::StreamEvents{[this](net::EventStream *stream) { follow(stream); }, {}};
    }
    if (path == "/dashboard") {
        return file(QStringLiteral("index.html"), "text/html; charset=utf-8");
    }
    if (path == "/dashboard/dashboard.js") {
        return file(QStringLiteral("dashboard.js"), "text/javascript; charset=utf-8");
    }
    if (path == "/dashboard/dashboard.css") {
        return file(QStringLiteral("dashboard.css"), "text/css; charset=utf-8");
    }
    return net::HttpReply{404, "There is nothing at this address.\n"};
}

void StatusEntrance::follow(net::EventStream *stream)
{
    stream->setParent(this);
    connect(stream, &net::EventStream::closed, this, [this, stream] {
        m_readers.removeOne(stream);
        stream->deleteLater();
        if (m_readers.isEmpty()) {
            m_timer.stop();
        }
    });
    m_readers.append(stream);
    if (!m_timer.isActive()) {
        m_timer.start();
    }
    tell();
}

void StatusEntrance::tell()
{
    const QByteArray data = QJsonDocument(toJson(m_figures())).toJson(QJsonDocument::Compact);
    const QList<net::EventStream *> readers = m_readers;
    for (net::EventStream *reader : readers) {
        reader->send({}, {}, data);
    }
}

} // namespace cowrite::session
