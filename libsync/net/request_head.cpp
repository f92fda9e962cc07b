#include "libsync/net/request_head.h"

#include "libsync/net/subprotocol.h"

#include <cstring>

namespace cowrite::net {

namespace {

bool hasControlCharacter(const QByteArray &text)
{
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if ((u < 0x20 && u != '\t') || u == 0x7f) {
            return true;
        }
    }
    return false;
}

bool isToken(const QByteArray &text)
{
    static constexpr char kOthers[] = "!#$%&'*+-.^_`|~";
    for (const char c : text) {
        const bool alphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!alphanumeric && (c == 0 || std::strchr(kOthers, c) == nullptr)) {
            return false;
        }
    }
    return !text.isEmpty();
}

tl::unexpected<Error> malformed(const char *what)
{
    return fail(ErrorCode::Malformed, what);
}

} // namespace

QByteArray RequestHead::header(const char *name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

int RequestHead::count(const char *name) const
{
    int found = 0;
    for (const auto &[key, value] : headers) {
        found += key.compare(name, Qt::CaseInsensitive) == 0 ? 1 : 0;
    }
    return found;
}

bool RequestHead::wantsWebSocket() const
{
    return header("Upgrade").compare("websocket", Qt::CaseInsensitive) == 0 &&
           header("Connection").toLower().contains("upgrade");
}

QByteArray RequestHead::offeredToken() const
{
    QByteArray token;
    int found = 0;
    for (const auto &[key, value] : headers) {
        if (key.compare("Sec-WebSocket-Protocol", Qt::CaseInsensitive) != 0) {
            continue;
        }
        for (const QByteArray &entry : value.split(',')) {
            const QByteArray protocol = entry.trimmed();
            if (protocol.startsWith(kTokenProtocolPrefix)) {
                token = protocol.mid(static_cast<qsizetype>(sizeof kTokenProtocolPrefix) - 1);
                ++found;
            }
        }
    }
    return found == 1 ? token : QByteArray();
}

QByteArray RequestHead::cookie(const QByteArray &name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare("Cookie", Qt::CaseInsensitive) != 0) {
            continue;
        }
        for (const QByteArray &pair : value.split(';')) {
            const qsizetype equals = pair.indexOf('=');
            if (equals > 0 && pair.left(equals).trimmed() == name) {
                return pair.mid(equals + 1).trimmed();
            }
        }
    }
    return {};
}

std::optional<Result<RequestHead>> parseRequestHead(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end > static_cast<qsizetype>(kMaxRequestHeadBytes) ||
        (end < 0 && bytes.size() >= static_cast<qsizetype>(kMaxRequestHeadBytes))) {
        return fail(ErrorCode::LimitExceeded, "The request head is too long.");
    }
    if (end < 0) {
        return std::nullopt;
    }
    RequestHead head;
    head.byteCount = end + 4;
    bool isFirst = true;
    for (qsizetype begin = 0; begin <= end;) {
        qsizetype stop = bytes.indexOf("\r\n", begin);
        const QByteArray line = bytes.mid(begin, stop - begin);
        begin = stop + 2;
        if (hasControlCharacter(line)) {
            return malformed("The request has control characters in its head.");
        }
        if (isFirst) {
            isFirst = false;
            const QList<QByteArray> words = line.split(' ');
            if (words.size() != 3 || !isToken(words[0]) || !words[1].startsWith('/') ||
                !words[2].startsWith("HTTP/1.")) {
                return malformed("This is not an HTTP/1.1 request.");
            }
            const qsizetype question = words[1].indexOf('?');
            head.method = words[0];
            head.path = question < 0 ? words[1] : words[1].left(question);
            head.query = question < 0 ? QByteArray() : words[1].mid(question + 1);
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.left(colon))) {
            return malformed("The request has a header line without a name.");
        }
        head.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    if (head.count("Host") != 1) {
        return malformed("The request does not say which host it is for.");
    }
    return head;
}

} // namespace cowrite::net
