#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/crdt/undo_manager.h"

namespace cowrite::script {

/// `text`, `array` or `map`; throws Refused for any other.
[[nodiscard]] crdt::TypeKind toKind(const std::string &name);

/// A document of a script with what hangs on it.
struct Replica {
    Replica(crdt::ClientId client, crdt::GarbageCollection gc, Rng &rng)
        : doc(client, rng, crdt::DocOptions{gc})
    {}

    /// The root `name`. Its kind is that of the first step that named it; `kind` is what this step
    /// makes of it. Throws Refused when neither is known.
    [[nodiscard]] crdt::SharedType root(const std::string &name,
                                        std::optional<crdt::TypeKind> kind);
    /// The type at `path`; `kind` is the root's when the path is just its name.
    [[nodiscard]] crdt::SharedType resolve(const crdt::Path &path,
                                           std::optional<crdt::TypeKind> kind);

    crdt::Doc doc;
    std::map<std::string, crdt::TypeKind> kinds;
    std::unique_ptr<crdt::UndoManager> undoManager;
    std::vector<Subscription> subscriptions;
};

} // namespace cowrite::script
