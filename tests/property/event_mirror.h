#pragma once

#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"

#include <map>
#include <string>
#include <vector>

namespace cowrite::test {

/// Copies of a text, a list and a map that learn of changes by their events alone, as a view does.
class EventMirror {
public:
    EventMirror(const crdt::Text &text, const crdt::Array &list, const crdt::Map &map);

    /// What differs between the copies and the document; nothing if all is well.
    std::string check();

private:
    /// One unit of the text: a character, or an embedded value.
    struct Unit {
        char16_t character = 0;
        std::string embed;
        std::map<std::string, std::string> attributes;

        friend bool operator==(const Unit &, const Unit &) = default;
    };

    static std::vector<Unit> unitsOf(const crdt::DeltaOp &insert);
    static std::vector<Unit> unitsOf(const crdt::Delta &document);
    void onText(const crdt::Delta &delta);
    void onList(const crdt::Delta &delta);
    void onKeys(const std::map<std::string, crdt::KeyChange> &changes);
    std::string checkText();
    std::string checkMap() const;

    crdt::Text m_text;
    crdt::Array m_list;
    crdt::Map m_map;
    std::vector<Unit> m_units;
    std::vector<crdt::Value> m_values;
    std::map<std::string, crdt::Value> m_entries;
    std::string m_failure;
    Subscription m_subscriptions[3];
};

} // namespace cowrite::test
