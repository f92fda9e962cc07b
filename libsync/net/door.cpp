#include "libsync/net/door.h"

#include <QPointer>
#include <QSslSocket>
#include <QTcpSocket>

#include <memory>
#include <utility>

namespace cowrite::net {

namespace {

/// What a connection may have sent before anybody reads it; the rest waits in the kernel.
constexpr qint64 kReadBufferBytes = static_cast<qint64>(kMaxRequestHeadBytes) * 2;

HttpReply refusal(int status, const std::string &sentence)
{
    return {status, QByteArray::fromStdString(sentence) + '\n'};
}

/// The length of the body that follows, or the refusal.
std::variant<qsizetype, HttpReply> bodyLength(const RequestHead &head, std::size_t most)
{
    const int lengths = head.count("Content-Length");
    if (head.count("Transfer-Encoding") > 0 || lengths > 1) {
        return refusal(411, "Send the length of the body, and send it in one piece.");
    }
    if (lengths == 0) {
        if (head.method == "POST") {
            return refusal(411, "Send the length of the body.");
        }
        return qsizetype{0};
    }
    bool isNumber = false;
    const QByteArray text = head.header("Content-Length");
    const qulonglong length = text.toULongLong(&isNumber);
    if (!isNumber || text.startsWith('+')) {
        return refusal(400, "The length of the body is no number.");
    }
    if (length > most) {
        return refusal(413, "The body is too long.");
    }
    return static_cast<qsizetype>(length);
}

} // namespace

Door::Door(const House &house, QTcpSocket *socket, QObject *parent)
    : QObject(parent), m_house(house), m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kReadBufferBytes);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_stage == Stage::Working) {
            answer(refusal(503, "This takes too long just now. Try again."));
        } else {
            drop();
        }
    });
    connect(m_socket, &QTcpSocket::readyRead, this, &Door::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &Door::drop);
    m_deadline.start(m_house.requestDeadline);
    if (m_socket->bytesAvailable() > 0) {
        QMetaObject::invokeMethod(this, &Door::onReadyRead, Qt::QueuedConnection);
    }
}

void Door::drop()
{
    if (QTcpSocket *const socket = std::exchange(m_socket, nullptr)) {
        socket->disconnect(this);
        socket->abort();
        leave();
    }
}

void Door::readNow()
{
    if (m_socket) {
        m_socket->waitForReadyRead(0);
    }
}

void Door::leave()
{
    m_deadline.stop();
    Q_EMIT gone();
    deleteLater();
}

void Door::onReadyRead()
{
    if (!m_socket) {
        return;
    }
    switch (m_stage) {
    case Stage::Greeting:
        greet();
        break;
    case Stage::Head:
        readHead();
        break;
    case Stage::Body:
        readBody();
        break;
    case Stage::Working:
    case Stage::Answering:
        m_socket->skip(m_socket->bytesAvailable());
        break;
    }
}

void Door::greet()
{
    m_stage = Stage::Head;
    // The first byte of a TLS record that begins a handshake; no request begins with it.
    if (m_socket->peek(1) != QByteArray(1, '\x16')) {
        readHead();
    } else if (auto *const socket = qobject_cast<QSslSocket *>(m_socket)) {
        socket->startServerEncryption();
    } else {
        // Whoever greets so takes this for the end at once, instead of waiting.
        answer(refusal(400, "There is no encryption here."));
    }
}

void Door::readHead()
{
    const auto head =
        parseRequestHead(m_socket->peek(static_cast<qint64>(kMaxRequestHeadBytes) + 4));
    if (!head) {
        return;
    }
    if (!head->has_value()) {
        const Error &error = head->error();
        answer(refusal(error.code == ErrorCode::LimitExceeded ? 431 : 400, error.message));
        return;
    }
    const auto *const encrypted = qobject_cast<const QSslSocket *>(m_socket);
    const Request request{**head, m_socket->peerAddress(), encrypted && encrypted->isEncrypted()};
    m_replyBody = request.head.method == "HEAD" ? ReplyBody::LeftOut : ReplyBody::Sent;
    const Verdict verdict = m_house.judge(request);
    std::visit([&](const auto &decided) { act(request.head, decided); }, verdict);
}

void Door::act(const RequestHead &, const HttpReply &reply)
{
    answer(reply);
}

void Door::act(const RequestHead &head, const Upgrade &upgrade)
{
    if (head.method == "POST") {
        answer(refusal(405, "Only GET is understood here."));
        return;
    }
    if (!head.wantsWebSocket() || head.method != "GET") {
        HttpReply reply =
            refusal(426, "This is the address of a shared document. Open it with Cowrite.");
        reply.headers.emplaceBack("Upgrade", "websocket");
        answer(reply);
        return;
    }
    m_house.upgrade(release(), upgrade);
}

void Door::act(const RequestHead &head, const AnswerLater &later)
{
    const auto length = bodyLength(head, later.maxBodyBytes);
    if (const auto *reply = std::get_if<HttpReply>(&length)) {
        answer(*reply);
        return;
    }
    m_later = later;
    m_bodyBytes = std::get<qsizetype>(length);
    m_socket->skip(head.byteCount);
    m_stage = Stage::Body;
    m_deadline.start(m_house.requestDeadline);
    readBody();
}

void Door::act(const RequestHead &head, const StreamEvents &stream)
{
    if (head.method == "POST") {
        answer(refusal(405, "Only GET is understood here."));
        return;
    }
    HttpReply reply{200, {}, "text/event-stream", stream.headers};
    // Some proxies would collect a stream before they pass it on.
    reply.headers.emplaceBack("X-Accel-Buffering", "no");
    if (head.method == "HEAD") {
        answer(reply);
        return;
    }
    QTcpSocket *const socket = release();
    socket->skip(socket->bytesAvailable());
    socket->write(toBytes(reply, ReplyBody::Endless));
    m_house.stream(socket, stream);
}

void Door::readBody()
{
    m_body += m_socket->read(m_bodyBytes - m_body.size());
    if (m_body.size() < m_bodyBytes) {
        return;
    }
    m_stage = Stage::Working;
    m_deadline.start(m_house.answerDeadline);
    m_socket->skip(m_socket->bytesAvailable());
    const AnswerLater later = std::exchange(m_later, {});
    later.work(std::exchange(m_body, {}), [door = QPointer<Door>(this)](const HttpReply &reply) {
        if (door && door->m_stage == Stage::Working) {
            door->answer(reply);
        }
    });
}

void Door::answer(const HttpReply &reply)
{
    if (!m_socket) {
        return;
    }
    m_stage = Stage::Answering;
    m_deadline.start(m_house.answerDeadline);
    connect(m_socket, &QTcpSocket::bytesWritten, this,
            [this] { m_deadline.start(m_house.answerDeadline); });
    m_socket->skip(m_socket->bytesAvailable());
    m_socket->write(toBytes(reply, m_replyBody));
    // Ends when the last byte has left, or with the deadline.
    m_socket->disconnectFromHost();
}

QTcpSocket *Door::release()
{
    QTcpSocket *const socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    socket->setParent(nullptr);
    socket->setReadBufferSize(0);
    leave();
    return socket;
}

} // namespace cowrite::net
