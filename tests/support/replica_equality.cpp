#include "tests/support/replica_equality.h"

#include "libsync/crdt/store.h"
#include "tests/support/document_json.h"

#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace cowrite::test {

using namespace crdt;

namespace {

std::string toText(const Id &id)
{
    return std::to_string(id.client) + "@" + std::to_string(id.clock);
}

std::string toText(const std::optional<Id> &id)
{
    return id ? toText(*id) : "none";
}

std::string toText(const StateVector &stateVector)
{
    std::ostringstream out;
    for (const auto &[client, clock] : stateVector)
        out << ' ' << client << ':' << clock;
    return out.str();
}

std::string toText(const DeleteSet &set)
{
    std::ostringstream out;
    for (const auto &[client, ranges] : set) {
        for (const ClockRange &range : ranges)
            out << ' ' << client << "@[" << range.clock << ',' << range.end() << ')';
    }
    return out.str();
}

/// One unit of a list as every replica must have it, however it is packed.
struct Unit {
    Id id;
    std::optional<Id> origin;
    std::optional<Id> rightOrigin;
    bool deleted = false;
    const Branch *type = nullptr; ///< The live nested type it holds; not compared.

    friend bool operator==(const Unit &a, const Unit &b)
    {
        return a.id == b.id && a.origin == b.origin && a.rightOrigin == b.rightOrigin &&
               a.deleted == b.deleted;
    }
};

std::string toText(const Unit &unit)
{
    return toText(unit.id) + (unit.deleted ? " deleted" : " live") + " (origin " +
           toText(unit.origin) + ", right origin " + toText(unit.rightOrigin) + ")";
}

std::vector<Unit> unitsFrom(const Store &store, const Item *item)
{
    const auto globalId = [&](LocalId id) {
        return id.exists() ? std::optional<Id>(store.toId(id)) : std::nullopt;
    };
    std::vector<Unit> units;
    for (; item != nullptr; item = item->right) {
        for (Clock i = 0; i < item->length; ++i) {
            units.push_back({store.toId(item->id.at(i)),
                             globalId(i == 0 ? item->origin : item->id.at(i - 1)),
                             globalId(item->rightOrigin), item->deleted(), nullptr});
        }
        if (item->kind == ContentKind::Type && !item->deleted())
            units.back().type = item->payload.branch;
    }
    return units;
}

class Comparison {
public:
    Comparison(Doc &a, Doc &b) : m_a(a), m_b(b) {}

    std::string run()
    {
        if (m_a.stateVector() != m_b.stateVector())
            return "state vectors:" + toText(m_a.stateVector()) + " against" +
                   toText(m_b.stateVector());
        if (m_a.deleteSet() != m_b.deleteSet())
            return "delete sets:" + toText(m_a.deleteSet()) + " against" + toText(m_b.deleteSet());
        if (m_a.hasPending() != m_b.hasPending())
            return "only one of the two has something pending";
        std::set<std::string> names;
        for (Doc *doc : {&m_a, &m_b}) {
            for (const SharedType &root : doc->roots())
                names.insert(root.name());
        }
        for (const std::string &name : names) {
            if (std::string found = compareRoots(name); !found.empty())
                return found;
        }
        return {};
    }

private:
    std::string compareRoots(const std::string &name)
    {
        // A root takes its kind from its first reader: read it as the other replica does.
        SharedType a = *m_a.root(name, TypeKind::Untyped);
        SharedType b = *m_b.root(name, TypeKind::Untyped);
        a = *m_a.root(name, b.kind() == TypeKind::Untyped ? a.kind() : b.kind());
        b = *m_b.root(name, a.kind());
        if (std::string found = compareTypes(name, a.branch(), b.branch()); !found.empty())
            return found;
        const std::string left = toJson(a);
        const std::string right = toJson(b);
        return left == right ? "" : name + ": content " + left + " against " + right;
    }

    std::string compareTypes(const std::string &path, const Branch *a, const Branch *b)
    {
        if (a->kind != b->kind)
            return path + ": kinds of type";
        if (std::string found = compareLists(path, a->sequence.first(), b->sequence.first());
            !found.empty())
            return found;
        std::map<std::string, std::pair<const Item *, const Item *>> chains;
        for (const auto &chain : a->chains())
            chains[*chain->key].first = chain->first;
        for (const auto &chain : b->chains())
            chains[*chain->key].second = chain->first;
        for (const auto &[key, firsts] : chains) {
            if (std::string found =
                    compareLists(path + "[\"" + key + "\"]", firsts.first, firsts.second);
                !found.empty())
                return found;
        }
        return {};
    }

    std::string compareLists(const std::string &path, const Item *firstOfA, const Item *firstOfB)
    {
        const std::vector<Unit> a = unitsFrom(m_a.store(), firstOfA);
        const std::vector<Unit> b = unitsFrom(m_b.store(), firstOfB);
        for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
            const std::string left = i < a.size() ? toText(a[i]) : "the end";
            const std::string right = i < b.size() ? toText(b[i]) : "the end";
            const std::string place = path + ", unit " + std::to_string(i);
            if (i >= a.size() || i >= b.size() || !(a[i] == b[i]))
                return place + ": " + left + " against " + right;
            if ((a[i].type == nullptr) != (b[i].type == nullptr))
                return place + ": only one of the two is a nested type";
            if (a[i].type == nullptr)
                continue;
            if (std::string found =
                    compareTypes(path + "/" + toText(a[i].id), a[i].type, b[i].type);
                !found.empty())
                return found;
        }
        return {};
    }

    Doc &m_a;
    Doc &m_b;
};

} // namespace

std::string firstDifference(Doc &a, Doc &b)
{
    return Comparison(a, b).run();
}

} // namespace cowrite::test
