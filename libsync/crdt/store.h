#pragma once

#include "libsync/base/check.h"
#include "libsync/crdt/branch.h"
#include "libsync/crdt/doc.h"
#include "libsync/crdt/event.h"
#include "libsync/crdt/integrator.h"
#include "libsync/crdt/pending.h"
#include "libsync/crdt/pool.h"
#include "libsync/crdt/scan_starts.h"
#include "libsync/crdt/stable_vector.h"
#include "libsync/crdt/struct_list.h"
#include "libsync/crdt/text_buffer.h"
#include "libsync/crdt/transaction.h"
#include "libsync/crdt/update.h"
#include "libsync/crdt/value.h"

#include <deque>
#include <map>
#include <memory>
#include <memory_resource>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cowrite::crdt {

/// Keeps a peer who chooses client ids from choosing collisions: the secret is drawn per document.
struct ClientIdHash {
    std::uint64_t secret;

    std::size_t operator()(ClientId client) const noexcept
    {
        std::uint64_t mixed = (client ^ secret) * 0x9E3779B97F4A7C15ULL;
        mixed = (mixed ^ (mixed >> 32)) * (secret | 1);
        return static_cast<std::size_t>(mixed ^ (mixed >> 29));
    }
};

/// One writer as the document knows it.
struct ClientRecord {
    ClientId id = 0;
    StructList structs;
    TextBuffer text;
    Clock nextClock = 0;
    /// The transaction that last moved nextClock, and its value before.
    std::uint64_t touchedBy = 0;
    Clock clockBefore = 0;
    /// The transaction that last deleted something of his, once it is closed.
    std::uint64_t deletedBy = 0;
};

/// A subdocument as its parent knows it. Lives as long as the parent.
struct SubdocRecord {
    /// What the open transaction did to it.
    struct Changes {
        bool added = false;
        bool removed = false;
        bool loaded = false;
        bool any() const { return added || removed || loaded; }
    };

    bool isDeleted() const;

    Store *store = nullptr;
    Item *item = nullptr; ///< Null once it was collected.
    DocContent content;
    bool shouldLoad = false;
    Changes changes;
    std::shared_ptr<Doc> doc; ///< What is in it, once somebody asked.
};

/// A transaction while edits run; at its end it becomes a Transaction.
struct OpenTransaction {
    struct Touched {
        std::uint32_t client;
        Clock before;
    };
    struct Deleted {
        LocalId id;
        Clock length;
        bool isCollected = false; ///< There is no content to release.
    };
    struct Changed {
        Branch *branch;
        const std::string *key; ///< Null for the list part.
        friend bool operator==(const Changed &, const Changed &) = default;
    };

    std::uint64_t serial = 0;
    Origin origin;
    bool local = true;
    bool structural = false; ///< Structs were added, split or deleted, not only resized in place.
    bool observed = false;   ///< Somebody wants to know what changed.
    std::vector<Touched> touched;
    std::vector<Deleted> deleted;
    /// Where a split or a deletion of older children may have made neighbours mergeable.
    std::vector<LocalId> mergeCandidates;
    std::vector<Changed> changed;
    std::vector<SubdocRecord *> subdocs; ///< Whose `changes` are set.

    void clear(); ///< Makes it new; keeps memory for the next one.
};

/// A transaction whose edits have ended, on its way to its observers. Events are computed at that
/// moment: what observers of earlier transactions do, and merging, must not show in them.
struct ClosedTransaction {
    OpenTransaction edits;
    Transaction transaction;
    std::vector<Event> events; ///< Of the observed types.
    SubdocChanges subdocs;

    void clear(); ///< As OpenTransaction::clear().
};

/// What the cell at `index` of a countable item holds.
Value valueAt(const Item *item, std::uint32_t index);

/// The inside of a Doc: every struct, by client and clock, and the branches they form.
/// The functions are grouped by the file that defines them.
struct Store {
    Store(Doc *doc, Rng &rng, DocOptions options);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    // --- store.cpp: lookup and the life of single structs
    std::uint32_t internClient(ClientId client);
    std::uint32_t findClient(ClientId client) const;        ///< LocalId::kNoClient if unknown.
    const std::string *internKey(std::string_view key);     ///< Names of types as well.
    const std::string *findKey(std::string_view key) const; ///< Null if it was never interned.
    Branch *findRoot(std::string_view name) const;          ///< Null if nobody named it yet.
    ClientId clientIdOf(std::uint32_t client) const { return clients[client].id; }
    Id toId(LocalId id) const { return {clientIdOf(id.client), id.clock}; }
    Clock stateOf(std::uint32_t client) const { return clients[client].nextClock; }
    bool knows(LocalId id) const { return id.clock < stateOf(id.client); }
    std::uint32_t ownClient(); ///< Index of the own client id.
    void changeClientId(ClientId client);
    void drawClientId(); ///< A new random one that the document has not seen.

    Branch *root(std::string_view name);
    Branch *makeBranch(TypeKind kind, std::string_view name);
    /// The struct that holds `id`, which must be known.
    Item *find(LocalId id) const;
    /// The same, split so that it begins (or ends) exactly at `id`.
    Item *findStart(LocalId id);
    Item *findEnd(LocalId id);
    /// Cuts `item` after `offset` units and returns the right part (yjs-compat 2.5).
    Item *split(Item *item, Clock offset);
    /// Puts a struct at the end of its client's list.
    void append(Item *item);
    /// The same for a collected range. It lengthens one before it, as merging would.
    void appendGc(std::uint32_t client, Clock length);
    Item *newestCopy(LocalId id, Clock *offset) const; ///< Follows `redone`.
    void releaseContent(Item *item);

    // --- place.cpp: placing items
    /// Places an item between its neighbours by the rules of yjs-compat 3.2 and links it.
    void place(Item *item, Item *left, Item *right, Branch *parent, KeyChain *chain);
    /// The item it goes directly behind (null: it comes first), where others may have written.
    Item *findLeft(const Item *item, Item *left, const Item *right, Branch *parent,
                   KeyChain *chain);
    /// The sibling to begin at instead of behind `anchor`; null if none is known.
    Item *findScanStart(ScanStarts::Siblings siblings, ClientId client, const Item *anchor,
                        const Item *right);
    /// Links an item whose place is known and does what follows from it.
    void link(Item *item, Item *left, Branch *parent, KeyChain *chain);

    // --- apply.cpp: updates
    Result<void> apply(Update &&update, Origin origin);
    void applyDeletions(const DeleteSet &deletions);
    std::size_t newRoots(const Update &update) const;
    /// Of the update's structs that its bytes do not pay for, those that are not known yet.
    std::size_t newFreeStructs(const Update &update) const;

    // --- in_place.cpp: edits that only move the border of an item
    bool extend(std::uint32_t writer, Item *left, const Item *right, std::u16string_view text);
    bool shrink(Item *item, Clock from, Clock length);

    // --- edit.cpp: local edits; neighbours are adjacent, so nothing conflicts
    Item *newItem(ContentKind kind, Clock length, Item *left, Item *right);
    void insertText(Branch *parent, Item *left, Item *right, std::u16string_view text);
    Item *insertContent(Branch *parent, Item *left, Item *right, Content content, Clock length);
    void removeRange(Branch *parent, std::uint32_t offset, std::uint32_t length);
    /// The item that ends with `offset` visible units before it, split off there; null at 0.
    Item *itemBefore(Branch *parent, std::uint32_t offset);

    // --- new_values.cpp: local edits that bring nested types
    /// Inserts values after `left`; plain ones that follow one another share an item.
    void insertValues(Branch *parent, Item *left, const std::vector<NewValue> &values);
    void setKey(Branch *parent, std::string_view key, const NewValue &value);
    /// `value` must be a nested type.
    void insertType(Branch *parent, Item *left, Item *right, const NewValue &value);

    // --- remove.cpp: deleting and collecting
    void remove(Item *item);
    void collectDeleted(const std::vector<OpenTransaction::Deleted> &deleted);
    void collectChildren(Branch *branch);
    void collectAsGc(Item *item);

    // --- merge.cpp: joining neighbours
    void mergeAfter(const OpenTransaction &done);
    void absorb(Item *left, Item *right);
    struct Merged {
        StructList::Position position; ///< Of what the struct is part of now.
        std::size_t count;             ///< How many structs vanished.
    };
    /// Merges the struct at `position` into its left neighbours as far as possible.
    Merged mergeLeft(ClientRecord &client, StructList::Position position);
    void mergeDown(ClientRecord &client, StructList::Position from, Clock downTo);

    // --- subdoc.cpp: documents within this one
    SubdocRecord *makeSubdoc(DocContent content);
    /// To be changed by the open transaction.
    SubdocRecord::Changes &noteSubdoc(SubdocRecord *record);
    void addSubdoc(Item *item);
    void removeSubdoc(const Item *item);
    static SubdocChanges takeSubdocChanges(const std::vector<SubdocRecord *> &records);

    // --- commit.cpp: the life of a transaction
    void begin(Origin origin)
    {
        if (depth++ == 0) {
            beginOutermost(origin);
        }
    }
    void commit()
    {
        COWRITE_CHECK(depth > 0);
        if (--depth == 0) {
            commitOutermost();
        }
    }
    void beginOutermost(Origin origin);
    void commitOutermost();
    void touch(std::uint32_t client);
    void noteChange(Branch *branch, const std::string *key)
    {
        if (open.observed) {
            addChange(branch, key);
        }
    }
    void addChange(Branch *branch, const std::string *key);
    void finish(ClosedTransaction &done);
    void settle(OpenTransaction &done);
    void close();
    Clock clockBefore(std::uint32_t client) const; ///< As the open transaction began.
    std::vector<Event> observedEvents(const Transaction &transaction) const;
    void callObservers(const std::vector<Event> &events);
    bool hasObservers() const { return observed || doc->afterTransaction.hasSubscribers(); }

    /// Small, so that a document with few clients stays small.
    static constexpr std::size_t kFirstIndexBytes = 64;

    Doc *doc;
    Rng &rng;
    DocOptions options;
    ClientId clientId = 0;
    std::uint32_t ownIndex = LocalId::kNoClient;

    StableVector<ClientRecord> clients;
    std::pmr::monotonic_buffer_resource indexMemory{kFirstIndexBytes};
    std::pmr::unordered_map<ClientId, std::uint32_t, ClientIdHash> clientIndex;
    mutable std::uint32_t lastClient = 0; ///< The one found last: mostly it is asked for again.
    /// Ordered, as peers choose the names: no hash to aim at.
    std::set<std::string, std::less<>> keys;
    const std::string noName; ///< Of types that have none.
    std::deque<Branch> branches;
    std::deque<SubdocRecord> subdocs;
    std::vector<Branch *> roots;
    std::map<std::string, Branch *, std::less<>> rootIndex;
    Branch *lastRoot = nullptr; ///< The one named last: mostly there is one.
    Pool<Item> items;
    /// First unit of an item flagged Redone -> the item that re-created it (yjs-compat 2.2).
    std::unordered_map<LocalId, LocalId> redone;
    PendingStore pending;
    std::size_t freeStructs = 0; ///< That updates have brought.
    ScanStarts scanStarts;
    Integrator integrator{*this};

    std::vector<Item *> mergeRun; ///< Scratch of mergeLeft.

    OpenTransaction open;
    int depth = 0;
    bool finishing = false;
    std::uint64_t lastSerial = 0;
    std::deque<std::unique_ptr<ClosedTransaction>> finished;
    std::unique_ptr<ClosedTransaction> spare; ///< For the next one: most hold little.
    bool observed = false;                    ///< Some type has had an observer.
};

} // namespace cowrite::crdt
