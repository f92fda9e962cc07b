#include "app/server/control_socket.h"

#include <QJsonDocument>
#include <QLocalSocket>

namespace cowrite::server {

namespace {

/// A request is a few words.
constexpr qint64 kMaxLineBytes = 64 * 1024;

} // namespace

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
        const QJsonObject answer =
            request.isObject()
                ? m_handler(request.object())
                : QJsonObject{{QStringLiteral("error"), QStringLiteral("This is no request.")}};
        socket.write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
    }
    if (socket.bytesAvailable() >= kMaxLineBytes) {
        socket.abort();
    }
}

} // namespace cowrite::server
