#include "tests/property/event_mirror.h"

#include "libsync/crdt/surrogates.h"
#include "tests/support/document_json.h"

#include <cstdint>

namespace cowrite::test {

using namespace crdt;

namespace {

/// What a nested type holds has a copy of its own, so here it is only the same or another.
std::string nameOf(const Value &value)
{
    if (!value.isType())
        return toJson(value);
    return "type " + std::to_string(reinterpret_cast<std::uintptr_t>(value.type().branch()));
}

bool isText(const SharedType &type)
{
    return type.kind() == TypeKind::Text || type.kind() == TypeKind::XmlText;
}

std::string toText(const Path &path)
{
    std::string text;
    for (const PathStep &step : path) {
        const auto *index = std::get_if<std::uint32_t>(&step);
        text += '/' + (index != nullptr ? std::to_string(*index) : std::get<std::string>(step));
    }
    return text;
}

/// Whether `path` leads from `from` to `to`. Every type can be read as a list and as a map.
bool leads(SharedType from, const Path &path, const SharedType &to)
{
    for (const PathStep &step : path) {
        const auto *index = std::get_if<std::uint32_t>(&step);
        const std::optional<Value> value =
            index != nullptr ? Array(from).get(*index) : Map(from).get(std::get<std::string>(step));
        if (!value || !value->isType())
            return false;
        from = value->type();
    }
    return from == to;
}

} // namespace

EventMirror::EventMirror(const std::vector<SharedType> &roots) : m_roots(roots)
{
    for (const SharedType &root : roots) {
        copy(root);
        m_subscriptions.push_back(root.observe([this](const Event &event) { onEvent(event); }));
        m_subscriptions.push_back(root.observeDeep([this, root](const std::vector<Event> &events) {
            for (const Event &event : events)
                onNestedEvent(root, event);
        }));
    }
}

void EventMirror::copy(const SharedType &type)
{
    Copy &copy = m_copies[type.branch()];
    std::vector<Value> nested;
    if (isText(type)) {
        const Delta delta = Text(type).toDelta();
        copy.units = unitsOf(delta);
        for (const DeltaOp &op : delta)
            nested.insert(nested.end(), op.values.begin(), op.values.end());
    } else {
        copy.values = Array(type).values();
        nested = copy.values;
    }
    for (auto &[key, value] : Map(type).entries()) {
        nested.push_back(value);
        copy.entries.emplace(key, value);
    }
    copyNested(nested);
}

void EventMirror::copyNested(const std::vector<Value> &values)
{
    for (const Value &value : values) {
        if (value.isType())
            copy(value.type());
    }
}

std::vector<EventMirror::Unit> EventMirror::unitsOf(const DeltaOp &insert)
{
    std::map<std::string, std::string> attributes;
    for (const auto &[key, value] : insert.attributes)
        attributes[key] = toJson(value);
    std::vector<Unit> units;
    for (const char16_t character : insert.text)
        units.push_back({character, {}, attributes});
    for (const Value &value : insert.values)
        units.push_back({0, nameOf(value), attributes});
    return units;
}

std::vector<EventMirror::Unit> EventMirror::unitsOf(const Delta &document)
{
    std::vector<Unit> units;
    for (const DeltaOp &op : document) {
        const std::vector<Unit> more = unitsOf(op);
        units.insert(units.end(), more.begin(), more.end());
    }
    return units;
}

void EventMirror::onEvent(const Event &event)
{
    const SharedType type = event.target();
    const auto known = m_copies.find(type.branch());
    if (known == m_copies.end()) {
        m_failure = "no event told of the type of this one: " + toText(type.path());
        return;
    }
    Copy &copy = known->second;
    if (isText(type))
        onText(copy.units, event.delta());
    else
        onList(copy.values, event.delta());
    onKeys(copy.entries, event);
    for (const DeltaOp &op : event.delta())
        copyNested(op.values);
}

void EventMirror::onNestedEvent(const SharedType &root, const Event &event)
{
    if (!leads(root, event.path(), event.target()))
        m_failure = "the path of an event leads elsewhere: " + toText(event.path());
    if (!(event.target() == root))
        onEvent(event);
}

void EventMirror::onText(std::vector<Unit> &known, const Delta &delta)
{
    std::size_t at = 0;
    for (const DeltaOp &op : delta) {
        if (op.kind == DeltaOp::Kind::Insert) {
            const std::vector<Unit> units = unitsOf(op);
            if (units.size() != op.length)
                m_failure = "an insert is not as long as it says: " + toJson(delta);
            known.insert(known.begin() + static_cast<std::ptrdiff_t>(at), units.begin(),
                         units.end());
            at += units.size();
            continue;
        }
        if (op.length > known.size() - at) {
            m_failure = "the delta of the text passes its end: " + toJson(delta);
            return;
        }
        const auto from = known.begin() + static_cast<std::ptrdiff_t>(at);
        const auto to = from + static_cast<std::ptrdiff_t>(op.length);
        if (op.kind == DeltaOp::Kind::Delete) {
            known.erase(from, to);
            continue;
        }
        for (auto unit = from; unit != to; ++unit) {
            for (const auto &[key, value] : op.attributes) {
                if (value.isNull())
                    unit->attributes.erase(key);
                else
                    unit->attributes[key] = toJson(value);
            }
        }
        at += op.length;
    }
}

void EventMirror::onList(std::vector<Value> &known, const Delta &delta)
{
    std::size_t at = 0;
    for (const DeltaOp &op : delta) {
        const auto from = known.begin() + static_cast<std::ptrdiff_t>(at);
        if (op.kind == DeltaOp::Kind::Insert) {
            known.insert(from, op.values.begin(), op.values.end());
            at += op.values.size();
        } else if (op.length > known.size() - at) {
            m_failure = "the delta of the list passes its end: " + toJson(delta);
            return;
        } else if (op.kind == DeltaOp::Kind::Delete) {
            known.erase(from, from + static_cast<std::ptrdiff_t>(op.length));
        } else {
            at += op.length;
        }
    }
}

void EventMirror::onKeys(std::map<std::string, Value> &entries, const Event &event)
{
    for (const auto &[key, change] : event.keys()) {
        const auto known = entries.find(key);
        const bool isAdd = change.action == KeyChange::Action::Add;
        if (isAdd != (known == entries.end()))
            m_failure = "key " + key + " was " + (isAdd ? "added again" : "changed unseen");
        else if (!isAdd && !(change.oldValue == known->second))
            m_failure = "key " + key + " had another value before";
        if (change.action == KeyChange::Action::Delete) {
            entries.erase(key);
        } else if (const auto value = Map(event.target()).get(key)) {
            entries.insert_or_assign(key, *value);
            copyNested({*value});
        } else {
            m_failure = "key " + key + " is said to have a value";
        }
    }
}

std::string EventMirror::check()
{
    for (const SharedType &root : m_roots) {
        if (!m_failure.empty())
            return m_failure;
        m_failure = check(root);
    }
    return m_failure;
}

std::string EventMirror::check(const SharedType &type)
{
    const std::string place = " of " + toText(type.path());
    const auto known = m_copies.find(type.branch());
    if (known == m_copies.end())
        return "no event told" + place;
    Copy &copy = known->second;
    std::vector<Value> nested;
    if (isText(type)) {
        const Delta delta = Text(type).toDelta();
        const std::vector<Unit> now = unitsOf(delta);
        // A pair that somebody cuts turns into replacement characters without an event, as in Yjs.
        for (std::size_t i = 0; i < copy.units.size() && i < now.size(); ++i) {
            char16_t &character = copy.units[i].character;
            if (now[i].character == kReplacement &&
                (isHighSurrogate(character) || isLowSurrogate(character)))
                character = kReplacement;
        }
        if (copy.units != now)
            return "the events of the text do not add up to it: " + toJson(type) + place;
        for (const DeltaOp &op : delta)
            nested.insert(nested.end(), op.values.begin(), op.values.end());
    } else {
        nested = Array(type).values();
        if (!(copy.values == nested))
            return "the events of the list do not add up to it" + place;
    }
    const auto entries = Map(type).entries();
    if (!(copy.entries == std::map<std::string, Value>(entries.begin(), entries.end())))
        return "the events of the keys do not add up to them" + place;
    for (const auto &[key, value] : entries)
        nested.push_back(value);
    for (const Value &value : nested) {
        if (!value.isType())
            continue;
        if (std::string failure = check(value.type()); !failure.empty())
            return failure;
    }
    return {};
}

} // namespace cowrite::test
