#include "libsync/net/event_reader.h"

#include "libsync/net/certificate.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>

#include <utility>

namespace cowrite::net {

namespace {

/// Of one event; honest ones are a fraction of it.
constexpr qsizetype kMaxEventBytes = qsizetype{64} << 10;
constexpr int kOk = 200;

} // namespace

EventReader::EventReader(QObject *parent)
    : QObject(parent), m_network(new QNetworkAccessManager(this))
{}

EventReader::~EventReader()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void EventReader::open(const RoomAddress &address, const QString &path, const Headers &headers)
{
    m_address = address;
    QNetworkRequest request(address.httpUrl(path));
    request.setRawHeader("Accept", "text/event-stream");
    for (const auto &[name, value] : headers) {
        request.setRawHeader(name, value);
    }
    // Whoever answers is not to send us elsewhere.
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    if (!address.fingerprint.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        // The pin replaces the authorities: none of them can vouch for another key.
        tls.setCaCertificates({});
        request.setSslConfiguration(tls);
    }
    m_reply = m_network->get(request);
    m_reply->setReadBufferSize(kMaxEventBytes);
    watchKey();
    connect(m_reply, &QNetworkReply::readyRead, this, &EventReader::read);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (m_hasOtherKey) {
            end(0, QStringLiteral("%1 has another key than it should have: somebody may be posing "
                                  "as it.")
                       .arg(m_address.server()));
        } else if (status == 0) {
            end(0, QStringLiteral("Nothing answers at %1. Is the session still running?")
                       .arg(m_address.server()));
        } else {
            end(status, {});
        }
    });
}

/// Nothing of the request leaves before the server has shown its key: both signals come before.
void EventReader::watchKey()
{
    if (m_address.fingerprint.isEmpty()) {
        return;
    }
    connect(m_reply, &QNetworkReply::sslErrors, this, [this] {
        if (isPinned()) {
            m_reply->ignoreSslErrors();
        } else {
            m_hasOtherKey = true;
        }
    });
    connect(m_reply, &QNetworkReply::encrypted, this, [this] {
        if (!isPinned()) {
            m_hasOtherKey = true;
            m_reply->abort();
        }
    });
}

bool EventReader::isPinned() const
{
    const auto shown = fingerprintOfDer(m_reply->sslConfiguration().peerCertificate().toDer());
    return shown && *shown == m_address.fingerprint;
}

void EventReader::read()
{
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != kOk) {
        return;
    }
    m_unread += m_reply->readAll();
    for (qsizetype end = m_unread.indexOf('\n'); end >= 0 && m_reply;
         end = m_unread.indexOf('\n')) {
        const QByteArray line = m_unread.left(end);
        m_unread.remove(0, end + 1);
        take(line);
    }
    if (m_reply && m_unread.size() + m_data.size() > kMaxEventBytes) {
        m_reply->abort();
    }
}

void EventReader::take(const QByteArray &line)
{
    if (line.isEmpty()) {
        const QByteArray type = std::exchange(m_type, {});
        const QByteArray data = std::exchange(m_data, {});
        if (!data.isEmpty()) {
            Q_EMIT received(type.isEmpty() ? QByteArrayLiteral("message") : type, data.chopped(1));
        }
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = line.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' ')) {
        value.remove(0, 1);
    }
    if (field == "event") {
        m_type = value;
    } else if (field == "data") {
        m_data += value + '\n';
    }
}

void EventReader::end(int status, const QString &sentence)
{
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
    Q_EMIT ended(status, sentence);
}

} // namespace cowrite::net
