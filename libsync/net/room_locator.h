#pragma once

#include "libsync/base/error.h"
#include "libsync/net/address.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

class QJsonObject;
class QNetworkAccessManager;
class QNetworkReply;

namespace cowrite::net {

/// What the socket for a room opens.
struct RoomEndpoint {
    QUrl url;
    /// For the header `Authorization`; empty for none. A secret.
    QByteArray authorization;
    /// The server has said that it takes no edits.
    bool isReadOnly = false;
};

/// Asks a server where the socket of a room is, for the forms of address that need it: y-sweet
/// hands out a token for each document, JupyterLab an id for each file and one for its own run
/// (yjs-compat.md 7.8, 8.3). Both may change, so that it is asked for each connection.
class RoomLocator : public QObject {
    Q_OBJECT

public:
    struct Failure {
        /// A sentence.
        QString message;
        /// The HTTP status, or 0 if there was no answer.
        int status = 0;
    };
    using Done = std::function<void(const tl::expected<RoomEndpoint, Failure> &located)>;

    explicit RoomLocator(QObject *parent = nullptr);
    ~RoomLocator() override;

    /// Asks once; `done` comes once, and not after the locator is gone. There is no deadline here.
    void locate(const RoomAddress &address, Done done);

private:
    void authorizeYSweet(bool mayCreate);
    void createYSweet();
    void openJupyterSession();
    void ask(const QByteArray &verb, const QUrl &url, const QJsonObject &body,
             std::function<void(int status, const QJsonObject &answer)> onAnswer);
    void give(const RoomEndpoint &endpoint);
    void fail(const QString &message, int status);
    [[nodiscard]] QByteArray authorization() const;

    std::unique_ptr<QNetworkAccessManager> m_network;
    RoomAddress m_address;
    Done m_done;
};

} // namespace cowrite::net
