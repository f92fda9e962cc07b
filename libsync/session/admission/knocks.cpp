#include "libsync/session/admission/knocks.h"

#include "libsync/net/event_stream.h"
#include "libsync/session/document/foreign_name.h"

#include <algorithm>

namespace cowrite::session {

namespace {

constexpr int kKnocksPerMinute = 3;
constexpr std::size_t kMostAtADoor = 5;
constexpr qsizetype kLongestName = 60;

net::HttpReply tooMany()
{
    return {429,
            "Too many people ask to be let in. Try again in a minute.\n",
            "text/plain; charset=utf-8",
            {{"Retry-After", "60"}}};
}

} // namespace

Knocks::Knocks(const Clock &clock, QObject *parent)
    : QObject(parent), m_limit(clock, {kKnocksPerMinute, net::HandshakeLimits::Loopback::Counted})
{}

Knocks::~Knocks() = default;

net::Verdict Knocks::answer(const QString &room, const net::Request &request)
{
    if (!request.isEncrypted && !request.peer.isLoopback()) {
        return net::HttpReply{403, "An invitation is only given over an encrypted connection.\n"};
    }
    if (at(room).size() >= kMostAtADoor || m_limit.take(request.peer)) {
        return tooMany();
    }
    const QString said =
        QString::fromUtf8(QByteArray::fromPercentEncoding(request.head.header(kNameHeader)));
    const Knock knock{0, room, foreignName(said, kLongestName), request.peer.toString()};
    return net::StreamEvents{[this, knock](net::EventStream *stream) { take(knock, stream); }, {}};
}

void Knocks::take(Knock knock, net::EventStream *stream)
{
    knock.id = ++m_last;
    stream->setParent(this);
    connect(stream, &net::EventStream::closed, this, [this, stream, id = knock.id] {
        stream->deleteLater();
        if (std::erase_if(m_waiting, [id](const Waiting &it) { return it.knock.id == id; }) > 0) {
            Q_EMIT changed();
        }
    });
    m_waiting.push_back({std::move(knock), stream});
    Q_EMIT changed();
}

std::vector<Knock> Knocks::at(const QString &room) const
{
    std::vector<Knock> knocks;
    for (const Waiting &waiting : m_waiting) {
        if (waiting.knock.room == room) {
            knocks.push_back(waiting.knock);
        }
    }
    return knocks;
}

void Knocks::letIn(quint64 id, const QByteArray &token)
{
    give(id, kComeIn, token);
}

void Knocks::turnAway(quint64 id)
{
    give(id, kNotNow, {});
}

void Knocks::turnAwayAll(const QString &room)
{
    for (const Knock &knock : at(room)) {
        turnAway(knock.id);
    }
}

void Knocks::give(quint64 id, const QByteArray &type, const QByteArray &data)
{
    const auto waiting = std::find_if(m_waiting.begin(), m_waiting.end(),
                                      [id](const Waiting &it) { return it.knock.id == id; });
    if (waiting == m_waiting.end()) {
        return;
    }
    const QPointer<net::EventStream> stream = waiting->stream;
    m_waiting.erase(waiting);
    if (stream) {
        stream->send({}, type, data);
        stream->close();
    }
    Q_EMIT changed();
}

} // namespace cowrite::session
