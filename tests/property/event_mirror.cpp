#include "tests/property/event_mirror.h"

#include "libsync/crdt/surrogates.h"
#include "tests/support/document_json.h"

#include <cstdint>

namespace cowrite::test {

using namespace crdt;

namespace {

/// What a nested type holds has events of its own, so here it is only the same or another.
std::string nameOf(const Value &value)
{
    if (!value.isType())
        return toJson(value);
    return "type " + std::to_string(reinterpret_cast<std::uintptr_t>(value.type().branch()));
}

} // namespace

EventMirror::EventMirror(const Text &text, const Array &list, const Map &map)
    : m_text(text),
      m_list(list),
      m_map(map),
      m_units(unitsOf(text.toDelta())),
      m_values(list.values()),
      m_subscriptions{text.observe([this](const Event &event) { onText(event.delta()); }),
                      list.observe([this](const Event &event) { onList(event.delta()); }),
                      map.observe([this](const Event &event) { onKeys(event.keys()); })}
{
    for (const std::string &key : map.keys())
        m_entries.emplace(key, *map.get(key));
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

void EventMirror::onText(const Delta &delta)
{
    std::size_t at = 0;
    for (const DeltaOp &op : delta) {
        if (op.kind == DeltaOp::Kind::Insert) {
            const std::vector<Unit> units = unitsOf(op);
            if (units.size() != op.length)
                m_failure = "an insert is not as long as it says: " + toJson(delta);
            m_units.insert(m_units.begin() + static_cast<std::ptrdiff_t>(at), units.begin(),
                           units.end());
            at += units.size();
            continue;
        }
        if (op.length > m_units.size() - at) {
            m_failure = "the delta of the text passes its end: " + toJson(delta);
            return;
        }
        const auto from = m_units.begin() + static_cast<std::ptrdiff_t>(at);
        const auto to = from + static_cast<std::ptrdiff_t>(op.length);
        if (op.kind == DeltaOp::Kind::Delete) {
            m_units.erase(from, to);
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

void EventMirror::onList(const Delta &delta)
{
    std::size_t at = 0;
    for (const DeltaOp &op : delta) {
        const auto from = m_values.begin() + static_cast<std::ptrdiff_t>(at);
        if (op.kind == DeltaOp::Kind::Insert) {
            m_values.insert(from, op.values.begin(), op.values.end());
            at += op.values.size();
        } else if (op.length > m_values.size() - at) {
            m_failure = "the delta of the list passes its end: " + toJson(delta);
            return;
        } else if (op.kind == DeltaOp::Kind::Delete) {
            m_values.erase(from, from + static_cast<std::ptrdiff_t>(op.length));
        } else {
            at += op.length;
        }
    }
}

void EventMirror::onKeys(const std::map<std::string, KeyChange> &changes)
{
    for (const auto &[key, change] : changes) {
        const auto known = m_entries.find(key);
        const bool isAdd = change.action == KeyChange::Action::Add;
        if (isAdd != (known == m_entries.end()))
            m_failure = "key " + key + " was " + (isAdd ? "added again" : "changed unseen");
        else if (!isAdd && !(change.oldValue == known->second))
            m_failure = "key " + key + " had another value before";
        if (change.action == KeyChange::Action::Delete)
            m_entries.erase(key);
        else if (const auto value = m_map.get(key))
            m_entries.insert_or_assign(key, *value);
        else
            m_failure = "key " + key + " is said to have a value";
    }
}

std::string EventMirror::check()
{
    if (!m_failure.empty())
        return m_failure;
    if (std::string failure = checkText(); !failure.empty())
        return failure;
    if (!(m_values == m_list.values()))
        return "the events of the list do not add up to it";
    return checkMap();
}

std::string EventMirror::checkText()
{
    const std::vector<Unit> now = unitsOf(m_text.toDelta());
    // A pair that somebody cuts turns into replacement characters without an event, as in Yjs.
    for (std::size_t i = 0; i < m_units.size() && i < now.size(); ++i) {
        if (now[i].character == kReplacement &&
            (isHighSurrogate(m_units[i].character) || isLowSurrogate(m_units[i].character)))
            m_units[i].character = kReplacement;
    }
    if (m_units == now)
        return {};
    std::size_t at = 0;
    while (at < m_units.size() && at < now.size() && m_units[at] == now[at])
        ++at;
    return "the events of the text do not add up to it from unit " + std::to_string(at) +
           " on: " + toJson(m_text);
}

std::string EventMirror::checkMap() const
{
    if (m_map.keys().size() != m_entries.size())
        return "the events of the map do not add up to its keys";
    for (const auto &[key, value] : m_entries) {
        const auto now = m_map.get(key);
        if (!now || !(*now == value))
            return "the events of the map do not add up to its value of " + key;
    }
    return {};
}

} // namespace cowrite::test
