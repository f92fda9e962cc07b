#pragma once

#include "libsync/base/rng.h"
#include "libsync/base/signal.h"
#include "libsync/crdt/array.h"
#include "libsync/crdt/doc_options.h"
#include "libsync/crdt/map.h"
#include "libsync/crdt/origin.h"
#include "libsync/crdt/state_vector.h"
#include "libsync/crdt/text.h"
#include "libsync/crdt/transaction.h"
#include "libsync/crdt/xml.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cowrite::crdt {

struct Store;
class Update;

/// A document: named root types, and all that was ever written into them.
/// Owned and used by one thread. Not copied, not moved: handles point into it.
class Doc {
public:
    /// Draws a random 32-bit client id, which every Yjs version can hold.
    explicit Doc(Rng &rng, DocOptions options = {});
    Doc(ClientId clientId, Rng &rng, DocOptions options = {});
    ~Doc();
    Doc(const Doc &) = delete;
    Doc &operator=(const Doc &) = delete;

    /// Changes by itself when an update carries new content under this id (yjs-compat 3.6 step 8).
    [[nodiscard]] ClientId clientId() const;
    /// Error OutOfRange beyond 2^53-1. Only for a client id nobody else writes with.
    [[nodiscard]] Result<void> setClientId(ClientId clientId);
    [[nodiscard]] GarbageCollection gc() const;

    /// The root of this name, made on first mention. Error WrongKind if it is of another kind,
    /// LimitExceeded for a name or a number of roots beyond limits.h.
    [[nodiscard]] Result<Text> text(std::string_view name);
    [[nodiscard]] Result<Array> array(std::string_view name);
    [[nodiscard]] Result<Map> map(std::string_view name);
    [[nodiscard]] Result<XmlFragment> xmlFragment(std::string_view name);
    [[nodiscard]] Result<XmlElement> xmlElement(std::string_view name);
    [[nodiscard]] Result<XmlText> xmlText(std::string_view name);
    [[nodiscard]] Result<SharedType> root(std::string_view name, TypeKind kind);
    /// Roots known so far, in order of appearance; Untyped ones came from updates.
    [[nodiscard]] std::vector<SharedType> roots() const;
    /// The documents that stand in this one and are not deleted, in order of appearance. Goes
    /// through all that ever were.
    [[nodiscard]] std::vector<Subdoc> subdocs() const;

    /// Runs `edit` as one transaction and returns what it returns; inside another it joins that
    /// one. If `edit` throws, what it has done until then is committed all the same, as in Yjs.
    /// Observers must not throw: they are called as the transaction closes.
    template <class Edit>
    [[nodiscard]] decltype(auto) transact(Edit &&edit, Origin origin = {})
    {
        const TransactionScope scope(*this, origin);
        return std::forward<Edit>(edit)();
    }
    [[nodiscard]] bool inTransaction() const;

    /// Integrates a decoded update as (part of) a transaction that is not local. Units already
    /// known are skipped, what lacks its dependencies waits as pending.
    /// The update was checked by its decoder; its contents move into the document. Error
    /// LimitExceeded if it names too many roots or has far more structs than bytes, and then the
    /// document is unchanged; or if more waits now than limits.h allows, and then what could be
    /// integrated stays and all that waited is dropped: a synchronisation by state vector brings it
    /// again.
    [[nodiscard]] Result<void> apply(Update &&update, Origin origin);

    [[nodiscard]] StateVector stateVector() const;
    /// All that is deleted, normalised (yjs-compat 3.5).
    [[nodiscard]] DeleteSet deleteSet() const;
    [[nodiscard]] bool hasPending() const;
    /// Another value after an update that brought something that waits and did not before. What
    /// waits already and comes again changes nothing.
    [[nodiscard]] std::uint64_t pendingRevision() const;

    /// After the observers of the types; edits made inside are a following transaction.
    Signal<const Transaction &> afterTransaction;
    /// When a transaction is closed, its garbage collected and merged: the moment to encode it.
    /// Fires for every transaction; see Transaction::changedDocument.
    Signal<const Transaction &> committed;
    /// After `committed`, if subdocuments were added, removed or loaded (yjs-compat 3.6 step 9).
    Signal<const SubdocChanges &, const Transaction &> subdocsChanged;

    /// For the engine's own files; Store has no public definition.
    [[nodiscard]] Store &store() const { return *m_store; }

private:
    /// A transaction from here to the end of the scope, however that is left.
    class TransactionScope {
    public:
        TransactionScope(Doc &doc, Origin origin) : m_doc(doc) { m_doc.begin(origin); }
        ~TransactionScope() { m_doc.commit(); }
        TransactionScope(const TransactionScope &) = delete;
        TransactionScope &operator=(const TransactionScope &) = delete;

    private:
        Doc &m_doc;
    };

    void begin(Origin origin);
    void commit();

    std::unique_ptr<Store> m_store;
};

} // namespace cowrite::crdt
