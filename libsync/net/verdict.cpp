#include "libsync/net/verdict.h"

#include <QHash>

namespace cowrite::net {

namespace {

QByteArray reasonPhrase(int status)
{
    static const QHash<int, QByteArray> phrases{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {426, "Upgrade Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };
    return phrases.value(status, "Other");
}

} // namespace

QByteArray toBytes(const HttpReply &reply, ReplyBody body)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' +
                      reasonPhrase(reply.status) +
                      "\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n";
    const bool hasBody = reply.status != 204 && reply.status != 304;
    if (hasBody) {
        head += "Content-Type: " + reply.contentType + "\r\n";
    }
    if (hasBody && body != ReplyBody::Endless) {
        head += "Content-Length: " + QByteArray::number(reply.body.size()) + "\r\n";
    }
    bool saysHowToCache = false;
    for (const auto &[name, value] : reply.headers) {
        Q_ASSERT(!name.contains('\n') && !value.contains('\n') && !value.contains('\r'));
        saysHowToCache = saysHowToCache || name.compare("Cache-Control", Qt::CaseInsensitive) == 0;
        head += name + ": " + value + "\r\n";
    }
    if (!saysHowToCache) {
        head += "Cache-Control: no-store\r\n";
    }
    head += "\r\n";
    return hasBody && body == ReplyBody::Sent ? head + reply.body : head;
}

} // namespace cowrite::net
