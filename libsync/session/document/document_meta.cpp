#include "libsync/session/document/document_meta.h"

#include <algorithm>

namespace cowrite::session {

namespace {

using crdt::Any;

Any toAny(const QString &text)
{
    return Any(text.toStdString());
}

/// A root of another kind is somebody else's data: it reads as empty and is not written to.
std::optional<crdt::Map> rootMap(crdt::Doc &doc, std::string_view name)
{
    Result<crdt::Map> map = doc.map(name);
    return map ? std::optional<crdt::Map>(*map) : std::nullopt;
}

std::optional<crdt::SharedType> nested(const crdt::Map &map, std::string_view key,
                                       crdt::TypeKind kind)
{
    const std::optional<crdt::Value> value = map.get(key);
    if (!value || !value->isType() || value->type().kind() != kind) {
        return std::nullopt;
    }
    return value->type();
}

bool holds(const crdt::Map &map, std::string_view key, const Any &wanted)
{
    const std::optional<crdt::Value> value = map.get(key);
    return value && !value->isType() && value->any() == wanted;
}

} // namespace

QString DocumentMeta::text(std::string_view key) const
{
    const auto meta = rootMap(m_doc, "meta");
    const std::optional<crdt::Value> value = meta ? meta->get(key) : std::nullopt;
    if (!value || value->isType() || !value->any().isString()) {
        return {};
    }
    return QString::fromUtf8(value->any().asString());
}

void DocumentMeta::create(const QString &title, DocumentKind kind, const Clock &clock, Rng &rng)
{
    auto meta = rootMap(m_doc, "meta");
    if (!meta || !id().isEmpty()) {
        return;
    }
    const auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(clock.wallNow().time_since_epoch());
    m_doc.transact(
        [&] {
            // Only a map that was deleted, which a root cannot be, would refuse these.
            (void)meta->set("id", toAny(randomKey(rng)));
            (void)meta->set("title", toAny(title));
            (void)meta->set("kind", toAny(toString(kind)));
            (void)meta->set("created", Any(static_cast<double>(now.count())));
        },
        m_origin);
}

void DocumentMeta::setText(std::string_view key, const QString &value)
{
    if (auto meta = rootMap(m_doc, "meta"); meta && !holds(*meta, key, toAny(value))) {
        m_doc.transact([&] { (void)meta->set(key, toAny(value)); }, m_origin);
    }
}

void DocumentMeta::noteAuthor(const Identity &author)
{
    auto users = rootMap(m_doc, "users");
    if (!users || author.userId.isEmpty()) {
        return;
    }
    const std::string key = author.userId.toStdString();
    const Any client(static_cast<double>(m_doc.clientId()));
    const auto entry = nested(*users, key, crdt::TypeKind::Map);
    if (!entry) {
        m_doc.transact(
            [&] {
                (void)users->set(key, crdt::NewMap{{{"name", toAny(author.name)},
                                                    {"color", toAny(author.color)},
                                                    {"clients", crdt::NewArray{{client}}}}});
            },
            m_origin);
        return;
    }
    crdt::Map user(*entry);
    const auto clients = nested(user, "clients", crdt::TypeKind::Array);
    m_doc.transact(
        [&] {
            for (const auto &[field, value] :
                 {std::pair{"name", toAny(author.name)}, {"color", toAny(author.color)}}) {
                if (!holds(user, field, value)) {
                    (void)user.set(field, value);
                }
            }
            if (!clients) {
                (void)user.set("clients", crdt::NewArray{{client}});
                return;
            }
            crdt::Array list(*clients);
            const std::vector<crdt::Value> values = list.values();
            const bool isKnown =
                std::any_of(values.begin(), values.end(), [&](const crdt::Value &value) {
                    return !value.isType() && value.any() == client;
                });
            if (!isKnown) {
                (void)list.push({client});
            }
        },
        m_origin);
}

} // namespace cowrite::session
