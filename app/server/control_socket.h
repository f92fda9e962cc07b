#pragma once

#include "libsync/base/error.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <string>

namespace cowrite::server {

/// To whom an answer goes. May be kept; nothing happens once the asker has gone.
class ControlReply {
public:
    explicit ControlReply(QLocalSocket *asker) : m_asker(asker) {}

    /// Sends a line. Who does not read is cut.
    void send(const QJsonObject &line) const;
    /// The same with `error`, a sentence.
    void fail(const std::string &sentence) const;
    /// Sends an empty object when something is done, or why it was not.
    [[nodiscard]] std::function<void(Result<void>)> whenDone() const;
    /// Nothing comes after this.
    void end() const;
    /// Lives as long as the connection; null once it is gone.
    [[nodiscard]] QObject *asker() const { return m_asker; }

private:
    QPointer<QLocalSocket> m_asker;
};

/// How whoever runs a server steers it: a socket in its data folder that only this user can open,
/// one JSON object a line in, one a line out. `cowritectl` speaks it.
class ControlSocket : public QObject {
    Q_OBJECT

public:
    /// Answers at once or later, with one line unless the command says otherwise.
    using Handler = std::function<void(const QJsonObject &request, const ControlReply &reply)>;

    explicit ControlSocket(Handler handler, QObject *parent = nullptr);

    /// Listens at this path; what an earlier run left there is removed. Error Io with a sentence.
    Result<void> listen(const QString &path);

private:
    void onConnection();
    void onReadable(QLocalSocket &socket);

    Handler m_handler;
    QLocalServer m_server;
};

/// The socket of a server with this data folder.
[[nodiscard]] QString controlSocketIn(const QString &dataDirectory);

} // namespace cowrite::server
