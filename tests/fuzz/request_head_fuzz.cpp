// The door: a request head is read, refused or still incomplete, and more bytes never turn what was
// refused into something good.

#include "libsync/base/check.h"
#include "libsync/net/request_head.h"
#include "tests/fuzz/fuzz_target.h"

#include <string_view>

namespace cowrite::fuzz {

void runOne(ByteView input)
{
    const QByteArray bytes(reinterpret_cast<const char *>(input.data()),
                           static_cast<qsizetype>(input.size()));
    const auto head = net::parseRequestHead(bytes);
    if (!head) {
        COWRITE_CHECK(input.size() <= net::kMaxRequestHeadBytes);
        return;
    }
    if (!*head) {
        const auto longer = net::parseRequestHead(bytes + "\r\n\r\n");
        COWRITE_CHECK(longer && !*longer);
        return;
    }
    const net::RequestHead &read = **head;
    COWRITE_CHECK(read.path.startsWith('/'));
    COWRITE_CHECK(read.count("Host") <= 1);
    COWRITE_CHECK(read.byteCount <= bytes.size());
    COWRITE_CHECK(!read.offeredToken().contains(','));
    COWRITE_CHECK(!read.cookie("cowrite").contains(';'));
    for (const auto &[name, value] : read.headers) {
        COWRITE_CHECK(!name.contains('\n') && !value.contains('\n') && !value.contains('\0'));
    }
}

std::vector<Bytes> seeds()
{
    std::vector<Bytes> seeds;
    for (const std::string_view text : {
             "GET /r/plans HTTP/1.1\r\nHost: localhost:7300\r\nUpgrade: websocket\r\n"
             "Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
             "Sec-WebSocket-Protocol: cowrite.v1, cowrite.token.AA\r\nCookie: a=b; "
             "cowrite=c\r\nOrigin: http://localhost\r\n\r\n",
             "GET /healthz HTTP/1.1\r\nhost:a\r\n\r\n",
             "POST /a%20b?token=x&y= HTTP/1.0\r\n\r\n",
             "GET http://a/b HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
             "GET /x HTTP/1.1\nHost: a\n\n",
         }) {
        seeds.emplace_back(text.begin(), text.end());
    }
    return seeds;
}

} // namespace cowrite::fuzz
