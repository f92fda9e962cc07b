#include "libsync/session/profile/join_request.h"

#include "libsync/session/admission/knocks.h"

#include <QUrl>

#include <utility>

namespace cowrite::session {

namespace {

constexpr int kOk = 200;
constexpr int kTooMany = 429;

} // namespace

JoinRequest::JoinRequest(const QString &address, const Identity &self, QObject *parent)
    : QObject(parent)
{
    connect(&m_reader, &net::EventReader::received, this, &JoinRequest::onReceived);
    connect(&m_reader, &net::EventReader::ended, this, &JoinRequest::onEnded);
    const auto parsed = net::parseRoomAddress(address);
    if (!parsed) {
        QMetaObject::invokeMethod(
            this, [this, error = parsed.error()] { refuse(QString::fromStdString(error.message)); },
            Qt::QueuedConnection);
        return;
    }
    m_address = *parsed;
    m_reader.open(m_address, QStringLiteral("rooms/%1/knock").arg(m_address.room),
                  {{Knocks::kNameHeader, QUrl::toPercentEncoding(self.name)}});
}

void JoinRequest::onReceived(const QByteArray &type, const QByteArray &data)
{
    const QString token = QString::fromLatin1(data);
    if (type == Knocks::kNotNow) {
        refuse(QStringLiteral("You were not let in just now. Ask for the link to this document."));
    } else if (type == Knocks::kComeIn && (token.isEmpty() || net::isTokenText(token)) &&
               !std::exchange(m_isAnswered, true)) {
        m_address.token = token;
        Q_EMIT letIn(m_address.toLink());
    }
}

void JoinRequest::onEnded(int status, const QString &sentence)
{
    if (status == 0) {
        refuse(sentence);
    } else if (status == kOk) {
        refuse(QStringLiteral("This document is not shared any more."));
    } else if (status == kTooMany) {
        refuse(QStringLiteral("Too many people ask to be let in. Try again in a minute."));
    } else {
        refuse(QStringLiteral("Nobody can ask to be let in there any more."));
    }
}

void JoinRequest::refuse(const QString &sentence)
{
    if (!std::exchange(m_isAnswered, true)) {
        Q_EMIT refused(sentence);
    }
}

} // namespace cowrite::session
