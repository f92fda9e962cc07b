#include "app/desktop/control.h"

#include "app/desktop/control_json.h"
#include "libsync/session/document/chat.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace cowrite::desktop {

namespace {

/// What one turn of the event loop may take, so that network and disk are served between lines.
constexpr qint64 kSliceMilliseconds = 5;
/// Reading pauses when so much is not worked off yet.
constexpr qsizetype kMaxBuffered = qsizetype{1} << 20;

void say(const QJsonObject &answer)
{
    const QByteArray line = QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
}

std::uint32_t offsetOf(const QJsonValue &value)
{
    return static_cast<std::uint32_t>(std::clamp(value.toDouble(), 0.0, 4294967295.0));
}

/// `offset`, or the one before if it lies within a surrogate pair: no editor cuts one, and Yjs
/// peers may differ afterwards in what is left of it (yjs-compat.md 2.5).
std::uint32_t outsideOfPairs(const crdt::Text &text, std::uint32_t offset)
{
    if (offset == 0) {
        return 0;
    }
    const std::u16string around = text.substring(offset - 1, 2);
    const bool isWithin =
        around.size() == 2 && QChar::isHighSurrogate(around[0]) && QChar::isLowSurrogate(around[1]);
    return isWithin ? offset - 1 : offset;
}

QString nameOf(session::LinkState state)
{
    using session::LinkState;
    switch (state) {
    case LinkState::Local:
        return QStringLiteral("local");
    case LinkState::Connecting:
        return QStringLiteral("connecting");
    case LinkState::Online:
        return QStringLiteral("online");
    case LinkState::Offline:
        return QStringLiteral("offline");
    case LinkState::Refused:
        return QStringLiteral("refused");
    case LinkState::Hosting:
        return QStringLiteral("hosting");
    }
    return {};
}

} // namespace

Control::Control(session::Replica &replica, const QString &link, QObject *parent)
    : QObject(parent),
      m_replica(replica),
      m_link(link),
      m_notifier(STDIN_FILENO, QSocketNotifier::Read)
{
    m_notifier.setEnabled(false);
    ::fcntl(STDIN_FILENO, F_SETFL, ::fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
    connect(&m_notifier, &QSocketNotifier::activated, this, &Control::onReadable);
    connect(&m_replica, &session::Replica::linkChanged, this, &Control::checkWaiting);
    connect(&m_replica, &session::Replica::editsChanged, this, &Control::checkWaiting);
    if (m_replica.isLoaded()) {
        QMetaObject::invokeMethod(this, &Control::begin, Qt::QueuedConnection);
    } else {
        connect(&m_replica, &session::Replica::loaded, this, &Control::begin);
    }
}

Control::~Control() = default;

void Control::begin()
{
    say({{QStringLiteral("event"), QStringLiteral("ready")}, {QStringLiteral("link"), m_link}});
    m_notifier.setEnabled(true);
}

void Control::onReadable()
{
    char chunk[65536];
    const ssize_t size = ::read(STDIN_FILENO, chunk, sizeof chunk);
    if (size > 0) {
        m_buffer.append(chunk, static_cast<qsizetype>(size));
    } else if (size == 0) {
        m_isAtEnd = true;
        m_notifier.setEnabled(false);
    }
    workOff();
}

void Control::workOff()
{
    m_isScheduled = false;
    QElapsedTimer timer;
    timer.start();
    qsizetype end = m_buffer.indexOf('\n', m_next);
    while (end >= 0 && timer.elapsed() < kSliceMilliseconds) {
        handle(m_buffer.mid(m_next, end - m_next));
        m_next = end + 1;
        end = m_buffer.indexOf('\n', m_next);
    }
    if (end < 0) {
        m_buffer.remove(0, std::exchange(m_next, 0));
    } else if (!std::exchange(m_isScheduled, true)) {
        QMetaObject::invokeMethod(this, &Control::workOff, Qt::QueuedConnection);
    }
    m_notifier.setEnabled(!m_isAtEnd && m_buffer.size() < kMaxBuffered);
    if (m_isAtEnd && end < 0) {
        Q_EMIT finished();
    }
}

void Control::handle(const QByteArray &line)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject()) {
        say({{QStringLiteral("error"), error.errorString()}});
        return;
    }
    const QJsonObject command = document.object();
    const QString what = command.value(QLatin1String("do")).toString();
    QJsonObject answer;
    const bool hasId = command.contains(QLatin1String("id"));
    if (hasId) {
        answer.insert(QStringLiteral("id"), command.value(QLatin1String("id")));
    }
    const auto sayWith = [&](const QJsonObject &fields) {
        for (auto field = fields.begin(); field != fields.end(); ++field) {
            answer.insert(field.key(), field.value());
        }
        say(answer);
    };
    if (what == u"print") {
        sayWith(print());
    } else if (what == u"status") {
        sayWith(status());
    } else if (what == u"wait") {
        handleWait(command, answer);
    } else if (what == u"quit") {
        Q_EMIT finished();
    } else if (const Result<void> done = edit(what, command); !done) {
        sayWith({{QStringLiteral("error"), QString::fromStdString(done.error().message)}});
    } else if (hasId) {
        sayWith({{QStringLiteral("ok"), true}});
    }
}

Result<void> Control::edit(const QString &what, const QJsonObject &command)
{
    crdt::Text text = m_replica.content();
    const std::uint32_t wanted = offsetOf(command.value(QLatin1String("at")));
    const std::uint32_t at = outsideOfPairs(text, wanted);
    const std::uint32_t end =
        outsideOfPairs(text, wanted + offsetOf(command.value(QLatin1String("length"))));
    const std::uint32_t length = end > at ? end - at : 0;
    const QString inserted = command.value(QLatin1String("text")).toString();
    static const QStringList changes{QStringLiteral("insert"), QStringLiteral("delete"),
                                     QStringLiteral("format"), QStringLiteral("edit")};
    if (m_replica.isReadOnly() && changes.contains(what)) {
        return fail(ErrorCode::ReadOnly, "You can read this document, but not change it.");
    }
    if (what == u"insert") {
        return text.insert(at, inserted.toStdU16String());
    }
    if (what == u"delete") {
        return text.remove(at, length);
    }
    if (what == u"format") {
        return text.format(at, length,
                           attributesFromJson(command.value(QLatin1String("attributes"))));
    }
    if (what == u"edit") {
        Result<void> done;
        const QJsonArray patches = command.value(QLatin1String("patches")).toArray();
        m_replica.doc().transact([&] {
            for (const QJsonValue &value : patches) {
                const QJsonArray patch = value.toArray();
                if (done && offsetOf(patch.at(1)) > 0) {
                    done = text.remove(offsetOf(patch.at(0)), offsetOf(patch.at(1)));
                }
                if (const QString added = patch.at(2).toString(); done && !added.isEmpty()) {
                    done = text.insert(offsetOf(patch.at(0)), added.toStdU16String());
                }
            }
        });
        return done;
    }
    if (what == u"chat") {
        return m_replica.chat().send(m_replica.self(), inserted);
    }
    if (what == u"cursor") {
        m_replica.setCursor(offsetOf(command.value(QLatin1String("anchor"))),
                            offsetOf(command.value(QLatin1String("head"))));
        return {};
    }
    if (what == u"connect") {
        m_replica.connectNow();
        return {};
    }
    if (what == u"disconnect") {
        m_replica.disconnectLink();
        return {};
    }
    return fail(ErrorCode::Unsupported, "“" + what.toStdString() + "” is not understood.");
}

void Control::handleWait(const QJsonObject &command, QJsonObject answer)
{
    const QString until = command.value(QLatin1String("until")).toString();
    answer.insert(QStringLiteral("reached"), until);
    m_waiting.push_back({until, answer});
    checkWaiting();
}

void Control::checkWaiting()
{
    std::erase_if(m_waiting, [this](const Waiting &waiting) {
        if (!holds(waiting.until)) {
            return false;
        }
        say(waiting.answer);
        return true;
    });
}

bool Control::holds(const QString &condition) const
{
    using session::LinkState;
    const LinkState link = m_replica.link();
    const bool isOnline = link == LinkState::Online || link == LinkState::Hosting;
    const session::EditCounts edits = m_replica.edits();
    if (condition == u"online") {
        return isOnline;
    }
    if (condition == u"offline") {
        return !isOnline && link != LinkState::Connecting;
    }
    if (condition == u"saved") {
        return edits.unsaved == 0;
    }
    return condition == u"stored" && isOnline && edits.unsaved == 0 && edits.waiting == 0;
}

QJsonObject Control::print()
{
    return stateToJson(m_replica.doc(), m_replica.content());
}

QJsonObject Control::status()
{
    const session::EditCounts edits = m_replica.edits();
    QJsonArray people;
    for (const protocol::Presence &presence : m_replica.people()) {
        people.append(QString::fromStdString(presence.name));
    }
    QJsonArray chat;
    for (const session::Message &message : m_replica.chat().messages()) {
        chat.append(QJsonObject{{QStringLiteral("name"), message.name},
                                {QStringLiteral("text"), message.text}});
    }
    return {{QStringLiteral("typed"), static_cast<double>(edits.typed)},
            {QStringLiteral("unsaved"), static_cast<double>(edits.unsaved)},
            {QStringLiteral("waiting"), static_cast<double>(edits.waiting)},
            {QStringLiteral("link"), nameOf(m_replica.link())},
            {QStringLiteral("message"), m_replica.linkMessage()},
            {QStringLiteral("address"), m_replica.address()},
            {QStringLiteral("title"), m_replica.title()},
            {QStringLiteral("root"), m_replica.contentRoot()},
            {QStringLiteral("readOnly"), m_replica.isReadOnly()},
            {QStringLiteral("identity"), m_replica.identityKey()},
            {QStringLiteral("disk"), m_replica.diskMessage()},
            {QStringLiteral("damagedRows"), m_replica.damagedRows()},
            {QStringLiteral("people"), people},
            {QStringLiteral("chat"), chat}};
}

} // namespace cowrite::desktop
