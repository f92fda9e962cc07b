#include "app/server/control_socket.h"

#include "libsync/base/limits.h"

#include <QJsonDocument>

namespace cowrite::server {

namespace {

/// A request is a few words, or a document in base64; only this user can send one.
constexpr qint64 kMaxLineBytes = qint64{256} << 20;
/// More than the largest answer.
constexpr qint64 kMaxUnreadBytes = kMaxLineBytes;

} // namespace

void ControlReply::send(const QJsonObject &line) const
{
    if (!m_asker) {
        return;
    }
    m_asker->write(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
    if (m_asker->bytesToWrite() > kMaxUnreadBytes) {
        m_asker->abort();
    }
}

void ControlReply::fail(const std::string &sentence) const
{
    send({{QStringLiteral("error"), QString::fromStdString(sentence)}});
}

std::function<void(Result<void>)> ControlReply::whenDone() const
{
    return [reply = *this](const Result<void> &done) {
        if (done) {
            reply.send({});
        } else {
            reply.fail(done.error().message);
        }
    };
}

void ControlReply::end() const
{
    if (m_asker) {
        m_asker->disconnectFromServer();
    }
}

QString controlSocketIn(const QString &dataDirectory)
{
    return dataDirectory + QLatin1String("/control.socket");
}

ControlSocket::ControlSocket(Handler handler, QObject *parent)
    : QObject(parent), m_handler(std::move(handler))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlSocket::onConnection);
}

Result<void> ControlSocket::listen(const QString &path)
{
    // The folder is this server's alone, so nobody else can be listening here.
    QLocalServer::removeServer(path);
    if (!m_server.listen(path)) {
        return fail(ErrorCode::Io, "The control socket " + path.toStdString() +
                                       " cannot be made: " + m_server.errorString().toStdString() +
                                       ".");
    }
    return {};
}

void ControlSocket::onConnection()
{
    while (QLocalSocket *const socket = m_server.nextPendingConnection()) {
        socket->setReadBufferSize(kMaxLineBytes);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(*socket); });
        onReadable(*socket);
    }
}

void ControlSocket::onReadable(QLocalSocket &socket)
{
    while (socket.canReadLine()) {
        const QJsonDocument request = QJsonDocument::fromJson(socket.readLine());
        const ControlReply reply(&socket);
        if (request.isObject()) {
            m_handler(request.object(), reply);
        } else {
            reply.fail("This is no request.");
        }
    }
    if (socket.bytesAvailable() >= kMaxLineBytes) {
        socket.abort();
    }
}

} // namespace cowrite::server
