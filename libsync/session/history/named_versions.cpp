#include "libsync/session/history/named_versions.h"

#include "libsync/base/limits.h"
#include "libsync/session/document/identity.h"
#include "libsync/session/document/map_fields.h"

#include <algorithm>

namespace cowrite::session {

namespace {

using crdt::Any;

constexpr std::string_view kRoot = "versions";
constexpr std::string_view kInsert = "insert";
constexpr std::string_view kDelete = "delete";
/// More are not shown, as each is a row of a list: the newest count. Longer names are cut, which
/// nobody would read.
constexpr std::size_t kMaxShown = 1'000;
constexpr int kMaxNameCharacters = 200;

std::optional<VersionRecord> read(const std::string &id, const crdt::Map &map)
{
    const auto name = textField(map, "name");
    const auto change = textField(map, "change");
    const auto time = timeField(map, "time");
    const auto client = numberField(map, "client", limits::kMaxSafeInteger);
    const auto clock = numberField(map, "clock", limits::kMaxClock);
    if (!name || !time || !client || !clock || (change != kInsert && change != kDelete)) {
        return std::nullopt;
    }
    return VersionRecord{id,
                         QString::fromStdString(*name).left(kMaxNameCharacters),
                         textField(map, "author").value_or(std::string()),
                         *time,
                         {{*client, static_cast<crdt::Clock>(*clock)}, change == kDelete}};
}

} // namespace

NamedVersions::NamedVersions(crdt::Doc &doc, crdt::Origin origin) : m_doc(doc), m_origin(origin)
{
    if (const Result<crdt::Map> root = m_doc.map(kRoot)) {
        m_subscription =
            root->observeDeep([this](const std::vector<crdt::Event> &) { changed.emit(); });
    }
}

std::vector<VersionRecord> NamedVersions::all() const
{
    std::vector<VersionRecord> versions;
    const Result<crdt::Map> root = m_doc.map(kRoot);
    if (!root) {
        return versions;
    }
    for (const auto &[id, value] : root->entries()) {
        if (!value.isType() || value.type().kind() != crdt::TypeKind::Map) {
            continue;
        }
        if (std::optional<VersionRecord> version = read(id, crdt::Map(value.type()))) {
            versions.push_back(std::move(*version));
        }
    }
    if (versions.size() > kMaxShown) {
        std::nth_element(
            versions.begin(), versions.begin() + kMaxShown, versions.end(),
            [](const VersionRecord &a, const VersionRecord &b) { return a.time > b.time; });
        versions.resize(kMaxShown);
    }
    return versions;
}

Result<void> NamedVersions::add(const QString &name, const EditName &edit, const std::string &user,
                                const Clock &clock, Rng &rng)
{
    Result<crdt::Map> root = m_doc.map(kRoot);
    if (!root) {
        return tl::unexpected(root.error());
    }
    return m_doc.transact(
        [&] {
            return root->set(
                randomKey(rng).toStdString(),
                crdt::NewMap{{{"name", Any(name.toStdString())},
                              {"author", Any(user)},
                              {"time", timeValue(clock.wallNow())},
                              {"client", Any(static_cast<double>(edit.unit.client))},
                              {"clock", Any(static_cast<double>(edit.unit.clock))},
                              {"change", Any(std::string(edit.isDeletion ? kDelete : kInsert))}}});
        },
        m_origin);
}

void NamedVersions::remove(const std::string &id)
{
    if (Result<crdt::Map> root = m_doc.map(kRoot); root && root->has(id)) {
        m_doc.transact([&] { (void)root->remove(id); }, m_origin);
    }
}

} // namespace cowrite::session
