#pragma once

#include "libsync/base/error.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QObject>
#include <QString>

#include <functional>

class QLocalSocket;

namespace cowrite::server {

/// How whoever runs a server steers it: a socket in its data folder that only this user can open,
/// one JSON object a line in, one a line out, in order. `cowritectl` speaks it.
class ControlSocket : public QObject {
    Q_OBJECT

public:
    using Handler = std::function<QJsonObject(const QJsonObject &request)>;

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
