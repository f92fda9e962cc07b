#include "app/desktop/instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace cowrite::desktop {

namespace {

using namespace std::chrono_literals;

/// Arguments are short; whoever sends more is no Cowrite.
constexpr qint64 kMaxStart = qint64{1} << 20;
constexpr auto kReadTime = 10s;
const QByteArray kTaken = QByteArrayLiteral("taken\n");
const QByteArray kEnding = QByteArrayLiteral("ending\n");

/// In the profile's folder, where that fits into the address of a socket. Qt makes the socket as
/// `/XXXXXX/s` beside its place and moves it there.
QString socketPath(const QString &directory)
{
    const QString folder = QDir(directory).absolutePath();
    constexpr qsizetype kLongest = sizeof(sockaddr_un::sun_path) - sizeof("/XXXXXX/s");
    if (QFile::encodeName(folder).size() <= kLongest) {
        return folder + QLatin1String("/socket");
    }
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    const QByteArray name = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256);
    return runtime.isEmpty() ? QString()
                             : runtime + QLatin1String("/cowrite-") +
                                   QLatin1String(name.toHex().left(16)) + QLatin1String(".socket");
}

/// Links carry secrets: nobody else is told, and nobody else tells us what to open.
bool isOfThisUser(const QLocalSocket &socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_PEERCRED, &peer,
                        &size) == 0 &&
           peer.uid == ::getuid();
}

QByteArray toLine(const Start &start)
{
    const QJsonObject object{
        {QStringLiteral("folder"), start.folder},
        {QStringLiteral("arguments"), QJsonArray::fromStringList(start.arguments)},
        {QStringLiteral("activationToken"), start.activationToken}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Start fromLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    Start start;
    start.folder = object.value(QLatin1String("folder")).toString();
    start.activationToken = object.value(QLatin1String("activationToken")).toString();
    const QJsonArray arguments = object.value(QLatin1String("arguments")).toArray();
    for (const QJsonValue &argument : arguments) {
        start.arguments.append(argument.toString());
    }
    return start;
}

} // namespace

Instance::Answer Instance::handOver(const QString &directory, const Start &start,
                                    std::chrono::milliseconds patience)
{
    const QString path = socketPath(directory);
    if (path.isEmpty()) {
        return Answer::Nobody;
    }
    const QDeadlineTimer deadline(patience);
    const auto left = [&] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(path);
    if (!socket.waitForConnected(left()) || !isOfThisUser(socket)) {
        return Answer::Nobody;
    }
    socket.write(toLine(start));
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(left())) {
            return Answer::Nobody;
        }
    }
    return socket.readLine() == kTaken ? Answer::Taken : Answer::Ending;
}

Instance::Instance(const QString &directory, std::function<bool(const Start &)> take)
    : m_take(std::move(take))
{
    connect(&m_server, &QLocalServer::newConnection, this, &Instance::onConnection);
    const QString path = socketPath(directory);
    if (!path.isEmpty()) {
        m_server.setSocketOptions(QLocalServer::UserAccessOption);
        QLocalServer::removeServer(path);
        m_server.listen(path);
    }
}

Instance::~Instance() = default;

void Instance::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (!isOfThisUser(*socket)) {
            socket->abort();
            continue;
        }
        socket->setReadBufferSize(kMaxStart);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadable(*socket); });
        QTimer::singleShot(kReadTime, socket, [socket] { socket->abort(); });
        onReadable(*socket);
    }
}

void Instance::onReadable(QLocalSocket &socket)
{
    if (!socket.canReadLine()) {
        if (socket.bytesAvailable() >= kMaxStart) {
            socket.abort();
        }
        return;
    }
    const Start start = fromLine(socket.readLine());
    if (start.arguments.isEmpty()) {
        socket.abort(); // that was no Cowrite
        return;
    }
    socket.write(m_take(start) ? kTaken : kEnding);
    socket.disconnectFromServer();
}

} // namespace cowrite::desktop
