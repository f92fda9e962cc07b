#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QSignalSpy>
#include <QTcpSocket>

namespace cowrite {

/// Sends `request` to a server on loopback and returns all that comes back until the server closes;
/// what there is after 5 s if it does not.
inline QByteArray answerTo(const QByteArray &request, quint16 port)
{
    QTcpSocket socket;
    QByteArray answer;
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [&] { answer += socket.readAll(); });
    QSignalSpy gone(&socket, &QTcpSocket::disconnected);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write(request);
    if (gone.isEmpty()) {
        gone.wait(5000);
    }
    return answer + socket.readAll();
}

/// `GET path` to that server, with more header lines (each with its line end) if there are any.
inline QByteArray getRequest(const QByteArray &path, quint16 port, const QByteArray &more = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n" +
           more + "\r\n";
}

/// `POST path` with a body.
inline QByteArray postRequest(const QByteArray &path, quint16 port, const QByteArray &body,
                              const QByteArray &more = {})
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
           "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + more + "\r\n" + body;
}

} // namespace cowrite
