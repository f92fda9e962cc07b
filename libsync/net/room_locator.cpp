#include "libsync/net/room_locator.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <utility>

namespace cowrite::net {

namespace {

/// Honest answers are a few hundred bytes.
constexpr qint64 kMaxAnswerBytes = qint64{64} << 10;

constexpr int kOk = 200;
constexpr int kCreated = 201;
constexpr int kNotFound = 404;

bool isGood(int status)
{
    return status == kOk || status == kCreated;
}

/// As it is in the query of a URL.
QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace

RoomLocator::RoomLocator(QObject *parent) : QObject(parent) {}

RoomLocator::~RoomLocator() = default;

void RoomLocator::locate(const RoomAddress &address, Done done)
{
    m_address = address;
    m_done = std::move(done);
    switch (address.form) {
    case RoomAddress::Form::Cowrite:
    case RoomAddress::Form::Plain:
        give({address.webSocketUrl(), {}, false});
        return;
    case RoomAddress::Form::YSweet:
        authorizeYSweet(true);
        return;
    case RoomAddress::Form::Jupyter:
        openJupyterSession();
        return;
    }
}

void RoomLocator::authorizeYSweet(bool mayCreate)
{
    const QUrl url =
        m_address.httpUrl(QStringLiteral("doc/") + m_address.room + QStringLiteral("/auth"));
    ask("POST", url, {}, [this, mayCreate](int status, const QJsonObject &answer) {
        if (status == kNotFound && mayCreate) {
            createYSweet();
            return;
        }
        QUrl socket(answer.value(QStringLiteral("url")).toString(), QUrl::StrictMode);
        const bool isSocket =
            socket.scheme() == u"wss" || (socket.scheme() == u"ws" && !m_address.encrypted);
        const bool isOurs = answer.value(QStringLiteral("docId")).toString() == m_address.room;
        if (!isGood(status) || !socket.isValid() || !isSocket || !isOurs) {
            fail({}, status);
            return;
        }
        // The id is in it already, and comes once more.
        QString path = socket.path(QUrl::FullyDecoded);
        if (!path.endsWith(u'/')) {
            path += u'/';
        }
        socket.setPath(path + m_address.room, QUrl::DecodedMode);
        const QString token = answer.value(QStringLiteral("token")).toString();
        if (!token.isEmpty()) {
            socket.setQuery(QStringLiteral("token=") + encoded(token));
        }
        give(
            {socket, {}, answer.value(QStringLiteral("authorization")).toString() == u"read-only"});
    });
}

void RoomLocator::createYSweet()
{
    ask("POST", m_address.httpUrl(QStringLiteral("doc/new")),
        {{QStringLiteral("docId"), m_address.room}}, [this](int status, const QJsonObject &) {
            if (isGood(status)) {
                authorizeYSweet(false);
            } else {
                fail({}, status);
            }
        });
}

void RoomLocator::openJupyterSession()
{
    const bool isNotebook = m_address.room.endsWith(QLatin1String(".ipynb"));
    const QString format = isNotebook ? QStringLiteral("json") : QStringLiteral("text");
    const QString type = isNotebook ? QStringLiteral("notebook") : QStringLiteral("file");
    const QUrl url =
        m_address.httpUrl(QStringLiteral("api/collaboration/session/") + m_address.room);
    ask("PUT", url, {{QStringLiteral("format"), format}, {QStringLiteral("type"), type}},
        [this](int status, const QJsonObject &answer) {
            const auto text = [&](const char *name) {
                return answer.value(QLatin1String(name)).toString();
            };
            if (!isGood(status) || text("fileId").isEmpty() || text("sessionId").isEmpty()) {
                fail(status == kNotFound
                         ? QStringLiteral("%1 has no file “%2”, or does not share its files.")
                               .arg(m_address.server(), m_address.room)
                         : QString(),
                     status);
                return;
            }
            QUrl socket =
                m_address.httpUrl(QStringLiteral("api/collaboration/room/") + text("format") +
                                  u':' + text("type") + u':' + text("fileId"));
            socket.setScheme(m_address.encrypted ? QStringLiteral("wss") : QStringLiteral("ws"));
            socket.setQuery(QStringLiteral("sessionId=") + encoded(text("sessionId")));
            give({socket, authorization(), false});
        });
}

void RoomLocator::ask(const QByteArray &verb, const QUrl &url, const QJsonObject &body,
                      std::function<void(int status, const QJsonObject &answer)> onAnswer)
{
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
    }
    QNetworkRequest request(url);
    // It could lead the token away.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (const QByteArray value = authorization(); !value.isEmpty()) {
        request.setRawHeader("Authorization", value);
    }
    QNetworkReply *const reply = m_network->sendCustomRequest(
        request, verb, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received) {
        if (received > kMaxAnswerBytes) {
            reply->abort();
        }
    });
    connect(reply, &QNetworkReply::finished, this, [reply, onAnswer = std::move(onAnswer)] {
        reply->deleteLater();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const bool isWhole = reply->error() != QNetworkReply::OperationCanceledError;
        onAnswer(isWhole ? status : 0,
                 isWhole ? QJsonDocument::fromJson(reply->readAll()).object() : QJsonObject());
    });
}

QByteArray RoomLocator::authorization() const
{
    if (m_address.token.isEmpty()) {
        return {};
    }
    return (m_address.form == RoomAddress::Form::Jupyter ? "token " : "Bearer ") +
           m_address.token.toLatin1();
}

void RoomLocator::give(const RoomEndpoint &endpoint)
{
    const Done done = std::exchange(m_done, {});
    done(endpoint);
}

void RoomLocator::fail(const QString &message, int status)
{
    const Done done = std::exchange(m_done, {});
    done(tl::unexpected(Failure{message, status}));
}

} // namespace cowrite::net
