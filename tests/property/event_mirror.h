#pragma once

#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"

#include <map>
#include <string>
#include <vector>

namespace cowrite::test {

/// Copies of root types and of all that is nested in them, which learn of changes by their events
/// alone, as a view does: texts with their formats, lists, maps, and XML with its attributes.
class EventMirror {
public:
    explicit EventMirror(const std::vector<crdt::SharedType> &roots);

    /// What differs between the copies and the document; nothing if all is well.
    std::string check();

private:
    /// One unit of a text: a character, or a value that stands in it.
    struct Unit {
        char16_t character = 0;
        std::string embed;
        std::map<std::string, std::string> attributes;

        friend bool operator==(const Unit &, const Unit &) = default;
    };
    /// A copy of one type without what is nested in it.
    struct Copy {
        std::vector<Unit> units;                    ///< Of a text.
        std::vector<crdt::Value> values;            ///< Of anything else that is a list.
        std::map<std::string, crdt::Value> entries; ///< Of a map, or attributes.
    };

    static std::vector<Unit> unitsOf(const crdt::DeltaOp &insert);
    static std::vector<Unit> unitsOf(const crdt::Delta &document);
    /// A copy of what a type holds now, and of what is nested in it.
    void copy(const crdt::SharedType &type);
    void copyNested(const std::vector<crdt::Value> &values);
    void onEvent(const crdt::Event &event);
    void onNestedEvent(const crdt::SharedType &root, const crdt::Event &event);
    void onText(std::vector<Unit> &units, const crdt::Delta &delta);
    void onList(std::vector<crdt::Value> &values, const crdt::Delta &delta);
    void onKeys(std::map<std::string, crdt::Value> &entries, const crdt::Event &event);
    std::string check(const crdt::SharedType &type);

    std::vector<crdt::SharedType> m_roots;
    std::map<const crdt::Branch *, Copy> m_copies;
    std::string m_failure;
    std::vector<Subscription> m_subscriptions;
};

} // namespace cowrite::test
