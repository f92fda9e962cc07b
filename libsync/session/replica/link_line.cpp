// What a Link does with the words of its server: finding out the dialect, and carrying out what the
// line says.

#include "libsync/session/replica/link.h"

#include "libsync/base/overloaded.h"

#include <QLoggingCategory>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcLine, "cowrite.session.link", QtWarningMsg)

/// What lets us in, where it travels in a message.
std::string tokenIn(const net::RoomAddress &address)
{
    for (const auto &[name, value] : address.parameters) {
        if (name == u"token") {
            return value.toStdString();
        }
    }
    return {};
}

/// What the form of an address says about the server.
std::optional<protocol::Dialect> dialectOf(net::RoomAddress::Form form)
{
    using Form = net::RoomAddress::Form;
    switch (form) {
    case Form::Cowrite:
        return protocol::Dialect::YWebsocket;
    case Form::Plain:
        break;
    case Form::YSweet:
        return protocol::Dialect::YSweet;
    case Form::Jupyter:
        return protocol::Dialect::Jupyter;
    }
    return std::nullopt;
}

QByteArray toQt(ByteView bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

} // namespace

void Link::setServer(const net::RoomAddress &address, std::optional<protocol::Dialect> dialect)
{
    const bool isPlain = address.form == net::RoomAddress::Form::Plain;
    m_line.setServer({address.room.toStdString(), tokenIn(address),
                      isPlain ? dialect : dialectOf(address.form), !isPlain});
}

void Link::onOpened()
{
    m_ticker.start();
    m_askedAt = m_context.clock.steadyNow();
    m_question = protocol::encodeSyncStep1(m_context.logged.doc().stateVector());
    if (m_connector.speaksCowrite()) {
        m_line.setDialect(protocol::Dialect::YWebsocket);
    }
    if (m_address->form == net::RoomAddress::Form::YSweet) {
        onAccess(m_connector.isReadOnly() ? protocol::Access::View : protocol::Access::Edit);
    }
    carryOut(m_line.opened(m_question));
}

void Link::onTick()
{
    const auto now = m_context.clock.steadyNow();
    if ((m_isAsking || m_line.isProbing()) && now - m_askedAt >= protocol::kWatchdog) {
        onNoAnswer();
        return;
    }
    carryOut(m_line.tick());
    if (now >= m_machine.nextDeadline()) {
        m_machine.tick();
        drain();
    }
}

void Link::onNoAnswer()
{
    if (!m_line.triesOtherwise()) {
        m_line.forgetDialect();
    }
    m_connector.dropAndRetry(QStringLiteral("The server does not answer."));
}

bool Link::isFinal(int code)
{
    return !m_line.triesOtherwise() && protocol::isFinal(static_cast<std::uint16_t>(code));
}

void Link::carryOut(const protocol::ServerLine::Effects &effects)
{
    using protocol::ServerLine;
    using protocol::Translator;
    for (const ServerLine::Effect &effect : effects) {
        std::visit(Overloaded{
                       [this](const ServerLine::Ready &ready) {
                           update();
                           if (ready.hasAsked) {
                               beginAsking();
                           }
                           if (m_context.identity().isEmpty()) {
                               admit();
                           } else if (!ready.hasAsked) {
                               askForIdentity();
                           }
                       },
                       [this](const Translator::Send &send) { m_connector.send(send.frame); },
                       [this](const Translator::Hear &hear) { onMessage(toQt(hear.message)); },
                       [this](const Translator::Admitted &admitted) {
                           onAccess(admitted.scope == protocol::hocuspocus::Scope::ReadWrite
                                        ? protocol::Access::Edit
                                        : protocol::Access::View);
                       },
                       [this](const Translator::Denied &denied) { onDenied(denied.reason); },
                       [this](const Translator::Ended &ended) {
                           qCInfo(lcLine, "the server has ended it: %s", ended.reason.c_str());
                           if (ended.isOtherDialect) {
                               m_line.forgetDialect();
                           }
                           const QString lost = QStringLiteral("The connection to %1 was lost.");
                           m_connector.dropAndRetry(lost.arg(m_address->server()));
                       },
                   },
                   effect);
    }
}

/// A server of another make says what we may do.
void Link::onAccess(protocol::Access access)
{
    m_foreignAccess = access;
    if (m_machine.isOpen()) {
        m_machine.setAccess(access);
        drain();
    }
    update();
}

void Link::onDenied(const std::string &reason)
{
    // "permission-denied" and the like are meant for programs.
    const bool isSentence = reason.find(' ') != std::string::npos;
    m_connector.refuse(static_cast<int>(protocol::CloseCode::Normal),
                       isSentence ? QString::fromStdString(reason)
                                  : QStringLiteral("The server does not let you in."));
}

void Link::say(ByteView message)
{
    if (m_line.isTransparent()) {
        m_connector.send(message);
    } else {
        carryOut(m_line.say(message));
    }
}

void Link::onReceived(const QByteArray &frame)
{
    if (m_line.isTransparent()) {
        onMessage(frame);
    } else {
        carryOut(m_line.receive(net::viewOf(frame)));
    }
}

} // namespace cowrite::session
