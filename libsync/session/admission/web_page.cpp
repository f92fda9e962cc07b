#include "libsync/session/admission/web_page.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <array>
#include <utility>

// At file level: Q_INIT_RESOURCE cannot be used inside a namespace. A static library's resources
// are not registered by themselves.
static void initWebResources()
{
    Q_INIT_RESOURCE(web);
}

namespace cowrite::session {

namespace {

using Headers = QList<QPair<QByteArray, QByteArray>>;

/// Nothing from elsewhere, nothing in line, and nobody may show this page inside another. The one
/// policy of trusted types names the service worker.
constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types cowrite";

/// The service worker, which keeps the page in the browser. Its address is always the same, and it
/// has pages in its care that lie outside of its folder.
constexpr QLatin1String kWorker("assets/worker.js");
constexpr char kWorkerPolicy[] = "default-src 'none'; connect-src 'self'";

QByteArray contentTypeOf(const QString &name)
{
    static constexpr std::array<std::pair<const char *, const char *>, 5> kTypes{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".woff2", "font/woff2"},
    }};
    for (const auto &[suffix, type] : kTypes) {
        if (name.endsWith(QLatin1String(suffix))) {
            return type;
        }
    }
    return "application/octet-stream";
}

bool takesGzip(const net::RequestHead &head)
{
    const QList<QByteArray> codings = head.header("Accept-Encoding").split(',');
    for (const QByteArray &coding : codings) {
        const QByteArray name = coding.split(';').first().trimmed();
        if (name.compare("gzip", Qt::CaseInsensitive) == 0) {
            return !coding.simplified().replace(' ', "").endsWith(";q=0");
        }
    }
    return false;
}

bool matches(const QByteArray &header, const QByteArray &tag)
{
    const QList<QByteArray> tags = header.split(',');
    for (const QByteArray &one : tags) {
        const QByteArray trimmed = one.trimmed();
        if (trimmed == "*" || trimmed == tag || trimmed == "W/" + tag) {
            return true;
        }
    }
    return false;
}

/// The first and last byte that a Range header asks for, of `size`; nothing if the whole is to be
/// sent: for other units, several ranges or nonsense (RFC 9110, 14.2).
std::optional<std::pair<qsizetype, qsizetype>> rangeOf(const QByteArray &header, qsizetype size)
{
    if (!header.startsWith("bytes=") || header.contains(',')) {
        return std::nullopt;
    }
    const QByteArray spec = header.mid(6).trimmed();
    const qsizetype dash = spec.indexOf('-');
    bool firstIsNumber = false;
    bool lastIsNumber = false;
    const qlonglong first = spec.left(dash).toLongLong(&firstIsNumber);
    const qlonglong last = spec.mid(dash + 1).toLongLong(&lastIsNumber);
    if (dash < 0 || (dash > 0 && (!firstIsNumber || first < 0)) || last < 0 ||
        (!lastIsNumber && dash + 1 < spec.size())) {
        return std::nullopt;
    }
    if (dash == 0) {
        return lastIsNumber
                   ? std::optional(std::pair(std::max<qsizetype>(0, size - last), size - 1))
                   : std::nullopt;
    }
    if (lastIsNumber && last < first) {
        return std::nullopt;
    }
    return std::pair(static_cast<qsizetype>(first),
                     lastIsNumber ? std::min<qsizetype>(last, size - 1) : size - 1);
}

void cutToRange(net::HttpReply &reply, const net::RequestHead &head, const QByteArray &tag)
{
    const QByteArray condition = head.header("If-Range");
    const auto range = rangeOf(head.header("Range"), reply.body.size());
    if (!range || (!condition.isEmpty() && condition != tag)) {
        return;
    }
    const auto [first, last] = *range;
    const QByteArray size = QByteArray::number(reply.body.size());
    if (first > last || first >= reply.body.size()) {
        reply.status = 416;
        reply.body.clear();
        reply.headers += Headers{{"Content-Range", "bytes */" + size}};
        return;
    }
    reply.status = 206;
    reply.body = reply.body.mid(first, last - first + 1);
    reply.headers += Headers{{"Content-Range", "bytes " + QByteArray::number(first) + '-' +
                                                   QByteArray::number(last) + '/' + size}};
}

} // namespace

WebPage::WebPage(QString root) : m_root(std::move(root)) {}

QString WebPage::builtIn()
{
    initWebResources();
    return QStringLiteral(":/web");
}

bool WebPage::isBuilt() const
{
    return QFile::exists(m_root + QLatin1String("/index.html"));
}

net::HttpReply WebPage::document(const net::RequestHead &head) const
{
    std::optional<net::HttpReply> reply = file(QStringLiteral("index.html"), head);
    if (!reply) {
        return {503, "This build has no page for browsers. Open the link with Cowrite.\n"};
    }
    reply->headers += Headers{{"Cache-Control", "no-cache"},
                              {"Content-Security-Policy", kContentSecurityPolicy},
                              {"Referrer-Policy", "no-referrer"},
                              {"Cross-Origin-Opener-Policy", "same-origin"}};
    return *std::move(reply);
}

net::HttpReply WebPage::asset(const net::RequestHead &head) const
{
    const QString name = QString::fromLatin1(head.path.mid(1));
    const bool isOneFile = name.startsWith(QLatin1String("assets/")) && name.count(u'/') == 1;
    std::optional<net::HttpReply> reply = isOneFile ? file(name, head) : std::nullopt;
    if (!reply) {
        return {404, "There is no such file.\n"};
    }
    reply->headers += Headers{{"Cross-Origin-Resource-Policy", "same-origin"},
                              {"Referrer-Policy", "no-referrer"}};
    if (name == kWorker) {
        reply->headers += Headers{{"Cache-Control", "no-cache"},
                                  {"Content-Security-Policy", kWorkerPolicy},
                                  {"Service-Worker-Allowed", "/r/"}};
    } else {
        reply->headers += Headers{{"Cache-Control", "public, max-age=31536000, immutable"}};
    }
    return *std::move(reply);
}

std::optional<net::HttpReply> WebPage::file(const QString &name, const net::RequestHead &head) const
{
    const QString path = m_root + u'/' + name;
    const bool isPacked = takesGzip(head) && QFile::exists(path + QLatin1String(".gz"));
    QFile file(isPacked ? path + QLatin1String(".gz") : path);
    if (name.endsWith(QLatin1String(".gz")) || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    net::HttpReply reply{200, file.readAll(), contentTypeOf(name)};
    const QByteArray tag =
        '"' + QCryptographicHash::hash(reply.body, QCryptographicHash::Sha256).left(12).toHex() +
        '"';
    reply.headers = {{"ETag", tag}, {"Vary", "Accept-Encoding"}, {"Accept-Ranges", "bytes"}};
    if (isPacked) {
        reply.headers += Headers{{"Content-Encoding", "gzip"}};
    }
    if (matches(head.header("If-None-Match"), tag)) {
        reply.status = 304;
        reply.body.clear();
    } else {
        cutToRange(reply, head, tag);
    }
    return reply;
}

bool wantsPage(const net::RequestHead &head)
{
    return (head.method == "GET" || head.method == "HEAD") && !head.wantsWebSocket() &&
           head.header("Accept").contains("text/html");
}

} // namespace cowrite::session
