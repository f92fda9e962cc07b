#include "libsync/session/replica/link.h"

#include "libsync/base/limits.h"
#include "libsync/base/overloaded.h"
#include "libsync/codec/state_vector_codec.h"
#include "libsync/session/document/room_identity.h"

#include <QLoggingCategory>

#include <algorithm>
#include <numeric>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcLink, "cowrite.session.link", QtWarningMsg)

/// How often deadlines are looked at; they are many seconds long.
constexpr std::chrono::milliseconds kTick{500};
/// Frames a server may send before it has answered the question which room it is.
constexpr qsizetype kMaxHeldFrames = 64;
/// And their bytes: the answer itself may be as large as a message, the rest is small.
constexpr qsizetype kMaxHeldBytes = 2 * static_cast<qsizetype>(limits::kMaxMessageBytes);

} // namespace

Link::Link(const Context &context, net::ConnectorOptions options, QObject *parent)
    : QObject(parent),
      m_context(context),
      m_connector(
          context.clock, context.rng, [this](int code) { return isFinal(code); }, options),
      m_line(context.clock),
      m_machine({protocol::Role::Client, context.logged.doc(), context.awareness, context.clock,
                 &context.ledger, nullptr})
{
    m_docSubscription = m_context.logged.changed.connect(
        [this](ByteView update, store::Seq, const crdt::Transaction &transaction) {
            m_machine.localUpdate(update, transaction.origin());
            drain();
        });
    m_awarenessSubscription = m_context.awareness.updated.connect(
        [this](const protocol::AwarenessChange &change, crdt::Origin origin) {
            m_machine.awarenessChanged(change, origin);
            drain();
        });
    connect(&m_connector, &net::ClientConnector::opened, this, &Link::onOpened);
    connect(&m_connector, &net::ClientConnector::received, this, &Link::onReceived);
    connect(&m_connector, &net::ClientConnector::closed, this, &Link::onClosed);
    connect(&m_connector, &net::ClientConnector::stateChanged, this, &Link::update);
    m_ticker.setInterval(kTick);
    connect(&m_ticker, &QTimer::timeout, this, &Link::onTick);
}

Link::~Link()
{
    m_connector.disconnect(this);
    m_machine.leaving();
    drain();
}

void Link::start(const net::RoomAddress &address, std::optional<protocol::Dialect> dialect)
{
    if (m_machine.isOpen()) {
        stop();
    }
    m_address = address;
    setServer(address, dialect);
    m_foreignAccess.reset();
    m_hasFailed = false;
    m_isReplaced = false;
    m_connector.start(address);
}

void Link::connectNow()
{
    m_isReplaced = false;
    m_connector.connectNow();
}

void Link::stop()
{
    m_machine.leaving();
    drain();
    m_connector.stop();
}

QString Link::message() const
{
    if (m_state == LinkState::Offline && m_connector.state() == net::ClientConnector::State::Idle) {
        return QStringLiteral("You have left the session.");
    }
    return m_connector.message();
}

std::optional<std::chrono::milliseconds> Link::roundTrip() const
{
    return m_connector.roundTrip();
}

std::optional<std::chrono::milliseconds> Link::nextAttempt() const
{
    return m_connector.nextAttempt();
}

bool Link::serverConfirms() const
{
    return m_machine.isOpen() &&
           m_machine.acknowledgements() == protocol::Acknowledgements::Negotiated;
}

void Link::beginAsking()
{
    m_isAsking = true;
    m_askedAt = m_context.clock.steadyNow();
    m_held.clear();
}

/// The room shows what it has that we lack; if a document of another identity is among it, the
/// room was replaced. Our own content is not told before that is known.
void Link::askForIdentity()
{
    beginAsking();
    m_question = protocol::encodeSyncStep1(m_context.logged.doc().stateVector());
    say(m_question);
}

void Link::onMessage(const QByteArray &message)
{
    // Also later: a room that was empty may be filled by two at once.
    if (isOfAnother(net::viewOf(message)) || isUnrelated(net::viewOf(message))) {
        m_isAsking = false;
        m_held.clear();
        m_isReplaced = true;
        m_connector.refuse(
            static_cast<int>(protocol::CloseCode::Normal),
            QStringLiteral(
                "There is another document at this address now. Nothing was mixed; your copy is "
                "safe here."));
        return;
    }
    if (m_isAsking) {
        m_held.append(message);
        onAnswer(net::viewOf(message));
        return;
    }
    m_machine.receive(net::viewOf(message));
    drain();
}

bool Link::isOfAnother(ByteView frame) const
{
    const QString own = m_context.identity();
    const auto identity = own.isEmpty() ? std::nullopt : identityInMessage(frame);
    return identity && QString::fromStdString(*identity) != own;
}

bool Link::isUnrelated(ByteView message) const
{
    if (m_machine.isSynced() || !m_context.identity().isEmpty() || !m_context.hasJoined()) {
        return false;
    }
    protocol::MessageReader reader(message, protocol::Acknowledgements::Negotiated);
    const auto first = reader.next();
    const auto *step1 = first && *first ? std::get_if<protocol::SyncStep1>(&**first) : nullptr;
    const auto theirs = step1 ? codec::decodeStateVector(step1->stateVector)
                              : Result<crdt::StateVector>(crdt::StateVector());
    if (!theirs || theirs->empty()) {
        return false;
    }
    const crdt::StateVector ours = m_context.logged.doc().stateVector();
    return std::none_of(theirs->begin(), theirs->end(),
                        [&](const auto &entry) { return ours.get(entry.first) > 0; });
}

void Link::onAnswer(ByteView frame)
{
    protocol::MessageReader reader(frame, protocol::Acknowledgements::Negotiated);
    for (;;) {
        const auto message = reader.next();
        if (!message || !*message) {
            break;
        }
        if (std::holds_alternative<protocol::SyncStep2>(**message)) {
            admit();
            return;
        }
    }
    const qsizetype bytes =
        std::accumulate(m_held.begin(), m_held.end(), qsizetype{0},
                        [](qsizetype sum, const QByteArray &held) { return sum + held.size(); });
    if (m_held.size() > kMaxHeldFrames || bytes > kMaxHeldBytes) {
        m_connector.dropAndRetry(QStringLiteral("The server does not answer."));
    }
}

void Link::admit()
{
    const bool wasAsking = std::exchange(m_isAsking, false);
    m_machine.opened(m_connector.speaksCowrite() ? protocol::Acknowledgements::Negotiated
                                                 : m_line.acknowledgements());
    if (m_foreignAccess) {
        m_machine.setAccess(*m_foreignAccess);
    }
    if (wasAsking) {
        // The machine begins with the question that was put already, unless something was written
        // since.
        protocol::Effects effects = m_machine.takeEffects();
        for (const protocol::Effect &effect : effects) {
            const auto *send = std::get_if<protocol::Send>(&effect);
            if (!send || send->frame != m_question) {
                carryOut(effect);
            }
        }
        const QList<QByteArray> held = std::exchange(m_held, {});
        for (const QByteArray &message : held) {
            m_machine.receive(net::viewOf(message));
        }
    }
    drain();
    update();
}

void Link::onClosed()
{
    m_ticker.stop();
    m_isAsking = false;
    m_held.clear();
    m_line.closed();
    m_machine.closed();
    drain();
    update();
}

void Link::drain()
{
    if (std::exchange(m_isDraining, true)) {
        return;
    }
    for (protocol::Effects effects = m_machine.takeEffects(); !effects.empty();
         effects = m_machine.takeEffects()) {
        for (const protocol::Effect &effect : effects) {
            carryOut(effect);
        }
    }
    m_isDraining = false;
}

void Link::carryOut(const protocol::Effect &effect)
{
    std::visit(Overloaded{
                   [this](const protocol::Send &send) { say(send.frame); },
                   [this](const protocol::Close &close) {
                       qCInfo(lcLink, "leaving the server: %s", close.reason.c_str());
                       m_connector.dropAndRetry(QStringLiteral("The server does not answer."));
                   },
                   [this](const protocol::Synced &) {
                       m_hasFailed = false;
                       // Whoever hears of it asks for the state.
                       m_state = currentState();
                       Q_EMIT synced();
                       update();
                   },
                   [this](const protocol::DocumentMessageReceived &received) {
                       if (received.pendingUpdate) {
                           m_context.logged.logPending(*received.pendingUpdate);
                       }
                   },
                   [](const protocol::Acknowledged &) {},
                   [this](const protocol::PeerDenied &denied) {
                       // What was written before the server said that this may only be read.
                       if (!protocol::mayEdit(m_machine.access())) {
                           qCInfo(lcLink, "an edit was refused: %s", denied.reason.c_str());
                           return;
                       }
                       onDenied(denied.reason);
                   },
                   [](const protocol::EditRefused &) {},
                   [this](const protocol::AccessChanged &) { update(); },
                   [](const protocol::Warning &warning) {
                       qCWarning(lcLink, "%s", warning.error.message.c_str());
                   },
               },
               effect);
}

LinkState Link::currentState() const
{
    using State = net::ClientConnector::State;
    switch (m_connector.state()) {
    case State::Idle:
        return m_address ? LinkState::Offline : LinkState::Local;
    case State::Connecting:
        return m_hasFailed ? LinkState::Offline : LinkState::Connecting;
    case State::Open:
        if (m_machine.isSynced()) {
            return LinkState::Online;
        }
        return m_hasFailed ? LinkState::Offline : LinkState::Connecting;
    case State::Waiting:
        return LinkState::Offline;
    case State::Refused:
        return LinkState::Refused;
    }
    return LinkState::Offline;
}

void Link::update()
{
    m_hasFailed = m_hasFailed || m_connector.state() == net::ClientConnector::State::Waiting;
    m_state = currentState();
    Q_EMIT changed();
}

} // namespace cowrite::session
