#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libsync/base/rng.h"
#include "libsync/codec/permanent_user_data.h"
#include "libsync/crdt/doc.h"
#include "libsync/crdt/undo_manager.h"
#include "libsync/lib0/any.h"

namespace cowrite::script {

// What can be done with a type: XML types are lists, texts and maps as well.
[[nodiscard]] bool isText(const crdt::SharedType &type);
[[nodiscard]] bool isXmlList(const crdt::SharedType &type); ///< A fragment or an element.
[[nodiscard]] bool isList(const crdt::SharedType &type);
[[nodiscard]] bool isMap(const crdt::SharedType &type);
/// A map, or what has attributes: a text or an element.
[[nodiscard]] bool hasKeys(const crdt::SharedType &type);

/// `text`, `array`, `map` or `xml`; throws Refused for any other.
[[nodiscard]] crdt::TypeKind toKind(const std::string &name);
/// The kind that a step gives to a root which it is the first to name: its `kind`, or the usual
/// one.
[[nodiscard]] std::optional<crdt::TypeKind> kindFor(const lib0::Any &step,
                                                    std::optional<crdt::TypeKind> usual);

/// The client ids that a document of a script takes when the script gives it none: for a copy of a
/// snapshot, and where Yjs draws a random one. Of no use but to be the same on both sides.
class DrawnClientIds final : public Rng {
public:
    explicit DrawnClientIds(double document)
        : m_next(3'000'000'000 + static_cast<std::uint64_t>(document) * 1000)
    {}

    std::uint64_t next() override { return m_next++; }

private:
    std::uint64_t m_next;
};

/// A document of a script with what hangs on it.
struct Replica {
    /// Document number `number`; without a `client` it draws one.
    Replica(double number, std::optional<crdt::ClientId> client, crdt::GarbageCollection gc);

    /// The root `name`. Its kind is that of the first step that named it; `kind` is what this step
    /// makes of it. Throws Refused when neither is known.
    [[nodiscard]] crdt::SharedType root(const std::string &name,
                                        std::optional<crdt::TypeKind> kind);
    /// The type at the `path` of a step. `usual` is the kind of a root that it is the first to
    /// name.
    [[nodiscard]] crdt::SharedType resolve(const lib0::Any &step,
                                           std::optional<crdt::TypeKind> usual);
    /// The type at `path`; `kind` is the root's when the path is just its name.
    [[nodiscard]] crdt::SharedType resolve(const crdt::Path &path,
                                           std::optional<crdt::TypeKind> kind);
    /// The subdocument at the `path` of a step.
    [[nodiscard]] crdt::Subdoc subdoc(const lib0::Any &step);

    double number;
    DrawnClientIds drawnIds;
    crdt::Doc doc;
    std::map<std::string, crdt::TypeKind> kinds;
    /// The last one is driven; those before it go on keeping what they captured, as in Yjs.
    std::vector<std::unique_ptr<crdt::UndoManager>> undoManagers;
    std::vector<Subscription> subscriptions;
    std::unique_ptr<codec::PermanentUserData> userData;
};

} // namespace cowrite::script
