#pragma once

#include "libsync/crdt/doc_options.h"
#include "libsync/lib0/any.h"

#include <memory>
#include <string>
#include <vector>

namespace cowrite::crdt {

class Doc;
struct SubdocRecord;

/// A handle to a document that stands in a list or map of another one, its parent
/// (yjs-compat 5.6): one word, copied freely, valid as long as the parent. The parent knows which
/// document it is, and its options. What is in it is a Doc of its own, with updates of its own.
class Subdoc {
public:
    [[nodiscard]] Doc &parent() const;
    [[nodiscard]] const std::string &guid() const;
    /// As they came: an object with `gc`, `autoLoad`, `meta`, and whatever else a peer put there.
    [[nodiscard]] const lib0::Any &options() const;
    [[nodiscard]] GarbageCollection gc() const;
    /// Whether all peers shall load it as soon as they hear of it.
    [[nodiscard]] bool autoLoad() const;
    /// What its author said of it; null if nothing.
    [[nodiscard]] lib0::Any meta() const;
    /// Whether it was deleted from its parent, which drops its content.
    [[nodiscard]] bool isDeleted() const;

    /// Whether its content is wanted here. Of no consequence for the engine: a program fetches
    /// the content when Doc::subdocsChanged says that a subdocument is loaded.
    [[nodiscard]] bool shouldLoad() const;
    /// Asks for the content, in (a part of) a transaction of the parent. Does nothing if
    /// that was done before, or after it was deleted.
    void load();
    /// Lets go of the content, in (a part of) a transaction of the parent: at its end the
    /// subdocument counts as removed and as added again, not loaded. Peers do not hear of it. Does
    /// nothing after it was deleted.
    void destroy();
    /// The document itself, made when it is first asked for, under the parent's client id and with
    /// the parent's random numbers, which must outlive it. It lives as long as somebody holds it,
    /// so hold it while you use what is in it. Handlers of Doc::subdocsChanged that hear of
    /// a removal still get it, if it was ever made. After that there is none if the subdocument was
    /// deleted, and a new one if it was destroyed.
    [[nodiscard]] std::shared_ptr<Doc> content() const;

    friend bool operator==(const Subdoc &, const Subdoc &) = default;

    explicit Subdoc(SubdocRecord *record) : m_record(record) {}
    /// For the engine's own files; a SubdocRecord has no public definition.
    [[nodiscard]] SubdocRecord *record() const { return m_record; }

private:
    SubdocRecord *m_record;
};

/// What a transaction did to the subdocuments of its document. One that came and went in the same
/// transaction is not named.
struct SubdocChanges {
    std::vector<Subdoc> added;
    std::vector<Subdoc> removed;
    std::vector<Subdoc> loaded;

    [[nodiscard]] bool empty() const { return added.empty() && removed.empty() && loaded.empty(); }
};

/// Who loads a new subdocument.
enum class SubdocLoad {
    Here,       ///< Who inserts it, at once; peers when they ask for it.
    OnDemand,   ///< Everybody when they ask for it.
    Everywhere, ///< Everybody at once (`autoLoad`).
};

/// A subdocument that does not exist yet; made by the edit that inserts it. Peers recognise the
/// document by its `guid`, so two with the same one show the same content.
struct NewSubdoc {
    std::string guid;
    SubdocLoad load = SubdocLoad::Here;
    GarbageCollection gc = GarbageCollection::On;
    /// What peers shall know of it without loading it; null for nothing.
    lib0::Any meta = nullptr;
};

/// The options of a new subdocument as the wire has them (yjs-compat 2.3).
[[nodiscard]] lib0::Any optionsOf(const NewSubdoc &subdoc);

} // namespace cowrite::crdt
