#pragma once

#include "libsync/base/error.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/id.h"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace cowrite::crdt {

class Doc;
class Event;
struct Branch;

/// The kinds of shared type with their numbers on the wire (yjs-compat 2.3).
enum class TypeKind : std::uint8_t {
    Array = 0,
    Map = 1,
    Text = 2,
    XmlElement = 3,
    XmlFragment = 4,
    XmlHook = 5,
    XmlText = 6,
    Untyped = 255, ///< A root that an update named and nobody has read yet.
};

/// One step from a type down to a nested one: a map key, or the index in a list.
using PathStep = std::variant<std::string, std::uint32_t>;
using Path = std::vector<PathStep>;

/// A handle to a shared type of a document: a pointer, copied freely, valid as long as its Doc.
/// A handle to a type that was deleted reads as empty, and edits through it give the error
/// NotFound. An edit that gives an error has changed nothing.
class SharedType {
public:
    [[nodiscard]] Doc &doc() const;
    [[nodiscard]] TypeKind kind() const;
    /// Node name of an XML element or hook; root name of a root; otherwise empty.
    [[nodiscard]] const std::string &name() const;
    [[nodiscard]] bool isRoot() const;
    [[nodiscard]] bool isDeleted() const;
    /// From the root to this type; the first step is the root's name.
    [[nodiscard]] Path path() const;

    /// Calls `callback` after each transaction that changed this type itself.
    /// The event is valid during the call only. Edits made inside run as a following transaction.
    [[nodiscard]] Subscription observe(std::function<void(const Event &)> callback) const;
    /// As observe, for this type and everything below: one call a transaction with all events,
    /// shallow ones first (yjs-compat 3.6 step 4).
    [[nodiscard]] Subscription
    observeDeep(std::function<void(const std::vector<Event> &)> callback) const;

    friend bool operator==(const SharedType &, const SharedType &) = default;

    explicit SharedType(Branch *branch) : m_branch(branch) {}
    /// For the engine's own files; a Branch has no public definition.
    [[nodiscard]] Branch *branch() const { return m_branch; }

protected:
    [[nodiscard]] Result<void> checkEditable() const;

    Branch *m_branch;
};

} // namespace cowrite::crdt
