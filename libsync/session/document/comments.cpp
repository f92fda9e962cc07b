#include "libsync/session/document/comments.h"

#include "libsync/crdt/doc.h"
#include "libsync/session/document/map_fields.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace cowrite::session {

namespace {

using crdt::Any;

constexpr std::string_view kRoot = "comments";

/// Beyond these a list on the screen helps nobody. More lie in the document, unread.
constexpr std::size_t kMaxThreads = 5'000;

std::optional<crdt::RelativePosition> positionIn(const Any &anchor, std::string_view key)
{
    const Any *const json = anchor.find(key);
    const auto position =
        json ? crdt::relativePositionFromJson(*json) : Result<crdt::RelativePosition>();
    return json && position ? std::optional(*position) : std::nullopt;
}

std::optional<CommentThread> readThread(const std::string &id, const crdt::Value &value)
{
    if (!value.isType() || value.type().kind() != crdt::TypeKind::Map) {
        return std::nullopt;
    }
    const crdt::Map map(value.type());
    CommentThread thread;
    thread.id = QString::fromStdString(id);
    thread.quote = QString::fromStdString(textField(map, "quote").value_or(std::string()))
                       .left(Comments::kMaxQuote);
    const std::optional<crdt::Value> resolved = map.get("resolved");
    thread.isResolved = resolved && !resolved->isType() && resolved->any() == Any(true);
    // Without a place it is about text that is not there, as it may have been removed.
    if (const auto anchor = map.get("anchor"); anchor && !anchor->isType()) {
        thread.anchor = {positionIn(anchor->any(), "from").value_or(crdt::RelativePosition()),
                         positionIn(anchor->any(), "to").value_or(crdt::RelativePosition())};
    }
    const std::optional<crdt::Value> messages = map.get("messages");
    if (messages && messages->isType() && messages->type().kind() == crdt::TypeKind::Array) {
        for (const crdt::Value &entry : crdt::Array(messages->type()).values()) {
            if (std::optional<Message> message = readMessage(entry)) {
                thread.messages.append(*std::move(message));
            }
        }
    }
    return thread.messages.isEmpty() ? std::nullopt : std::optional(std::move(thread));
}

} // namespace

Comments::Comments(crdt::Doc &doc, const Clock &clock, Rng &rng, QObject *parent)
    : QObject(parent), m_doc(doc), m_clock(clock), m_rng(rng)
{
    if (const Result<crdt::Map> root = m_doc.map(kRoot)) {
        m_subscription = root->observeDeep([this](const std::vector<crdt::Event> &) { refresh(); });
        refresh();
    }
}

Comments::~Comments() = default;

CommentAnchor Comments::anchorOf(const crdt::Text &content, Range range)
{
    return {crdt::makeRelativePosition(content, range.from, 0),
            crdt::makeRelativePosition(content, range.to, -1)};
}

std::optional<Comments::Range> Comments::placeOf(const CommentAnchor &anchor,
                                                 const crdt::Text &content) const
{
    if (!anchor.from.item || !anchor.to.item) {
        return std::nullopt;
    }
    const auto from = crdt::resolve(m_doc, anchor.from);
    const auto to = crdt::resolve(m_doc, anchor.to);
    if (!from || !to || from->type != content || to->type != content || from->index >= to->index) {
        return std::nullopt;
    }
    return Range{from->index, to->index};
}

Result<QString> Comments::begin(const Identity &author, const crdt::Text &content,
                                const CommentAnchor &anchor, const QString &text)
{
    const std::optional<Range> range = placeOf(anchor, content);
    if (!range) {
        return fail(ErrorCode::OutOfRange,
                    "The text that this is about was removed. Select another piece.");
    }
    Result<crdt::Map> root = m_doc.map(kRoot);
    if (!root) {
        return tl::unexpected(root.error());
    }
    Result<crdt::NewMap> message = newMessage(author, text, {}, m_clock, m_rng);
    if (!message) {
        return tl::unexpected(message.error());
    }
    const QString quote = QString::fromStdU16String(content.substring(
        range->from, std::min<std::uint32_t>(range->to - range->from, kMaxQuote)));
    const QString id = randomKey(m_rng);
    const Result<void> added = root->set(
        id.toStdString(),
        crdt::NewMap{{{"anchor", Any::object(lib0::AnyObject{{"from", crdt::toJson(anchor.from)},
                                                             {"to", crdt::toJson(anchor.to)}})},
                      {"quote", Any(quote.toStdString())},
                      {"messages", crdt::NewArray{{*std::move(message)}}},
                      {"resolved", Any(false)}}});
    return added ? Result<QString>(id) : tl::unexpected(added.error());
}

Result<crdt::Map> Comments::find(const QString &thread)
{
    const Result<crdt::Map> root = m_doc.map(kRoot);
    const auto value = root ? root->get(thread.toStdString()) : std::nullopt;
    if (!value || !value->isType() || value->type().kind() != crdt::TypeKind::Map) {
        return fail(ErrorCode::NotFound, "Somebody has removed this comment.");
    }
    return crdt::Map(value->type());
}

Result<void> Comments::reply(const Identity &author, const QString &thread, const QString &text)
{
    const Result<crdt::Map> map = find(thread);
    if (!map) {
        return tl::unexpected(map.error());
    }
    const auto messages = map->get("messages");
    if (!messages || !messages->isType() || messages->type().kind() != crdt::TypeKind::Array) {
        return fail(ErrorCode::NotFound, "Somebody has removed this comment.");
    }
    Result<crdt::NewMap> message = newMessage(author, text, {}, m_clock, m_rng);
    return message ? crdt::Array(messages->type()).push({*std::move(message)})
                   : tl::unexpected(message.error());
}

Result<void> Comments::setResolved(const QString &thread, bool isResolved)
{
    Result<crdt::Map> map = find(thread);
    return map ? map->set("resolved", Any(isResolved)) : tl::unexpected(map.error());
}

void Comments::refresh()
{
    const Result<crdt::Map> root = m_doc.map(kRoot);
    QSet<QString> known;
    for (const CommentThread &thread : m_threads) {
        for (const Message &message : thread.messages) {
            known.insert(message.id);
        }
    }
    QList<CommentThread> threads;
    for (const auto &[id, value] : root->entries()) {
        std::optional<CommentThread> thread = readThread(id, value);
        if (thread && threads.size() < static_cast<qsizetype>(kMaxThreads)) {
            threads.append(*std::move(thread));
        }
    }
    // Replicas differ in the order of a map.
    std::sort(threads.begin(), threads.end(), [](const CommentThread &a, const CommentThread &b) {
        return std::tie(a.messages.first().time, a.id) < std::tie(b.messages.first().time, b.id);
    });
    if (threads == m_threads) {
        return;
    }
    m_threads = std::move(threads);
    if (m_isAnnouncing) {
        for (const CommentThread &thread : std::as_const(m_threads)) {
            for (const Message &message : thread.messages) {
                if (!known.contains(message.id)) {
                    Q_EMIT messageAdded(thread, message);
                }
            }
        }
    }
    Q_EMIT changed();
}

} // namespace cowrite::session
