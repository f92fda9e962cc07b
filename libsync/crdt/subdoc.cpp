#include "libsync/crdt/subdoc.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

bool isTrue(const Any *option)
{
    return option != nullptr && option->isBool() && option->asBool();
}

} // namespace

Doc &Subdoc::parent() const
{
    return *m_record->store->doc;
}

const std::string &Subdoc::guid() const
{
    return m_record->content.guid;
}

const Any &Subdoc::options() const
{
    return m_record->content.options;
}

GarbageCollection Subdoc::gc() const
{
    const Any *gc = options().find("gc");
    return gc != nullptr && *gc == Any(false) ? GarbageCollection::Off : GarbageCollection::On;
}

bool Subdoc::autoLoad() const
{
    return isTrue(options().find("autoLoad"));
}

Any Subdoc::meta() const
{
    const Any *meta = options().find("meta");
    return meta != nullptr ? *meta : Any(nullptr);
}

bool Subdoc::isDeleted() const
{
    return m_record->isDeleted();
}

bool Subdoc::shouldLoad() const
{
    return m_record->shouldLoad;
}

void Subdoc::load()
{
    if (isDeleted() || shouldLoad()) {
        return;
    }
    Store &store = *m_record->store;
    store.begin({});
    m_record->shouldLoad = true;
    store.noteSubdoc(m_record).loaded = true;
    store.commit();
}

void Subdoc::destroy()
{
    if (isDeleted()) {
        return;
    }
    Store &store = *m_record->store;
    store.begin({});
    m_record->shouldLoad = false;
    SubdocRecord::Changes &changes = store.noteSubdoc(m_record);
    changes.removed = changes.removed || !changes.added;
    changes.added = true;
    changes.loaded = false;
    store.commit();
}

std::shared_ptr<Doc> Subdoc::content() const
{
    if (!m_record->doc && !isDeleted()) {
        const Store &store = *m_record->store;
        m_record->doc = std::make_shared<Doc>(store.clientId, store.rng, DocOptions{gc()});
    }
    return m_record->doc;
}

Any optionsOf(const NewSubdoc &subdoc)
{
    lib0::AnyObject options;
    if (subdoc.gc == GarbageCollection::Off) {
        options.set("gc", Any(false));
    }
    if (subdoc.load == SubdocLoad::Everywhere) {
        options.set("autoLoad", Any(true));
    }
    if (!subdoc.meta.isNull() && !subdoc.meta.isUndefined()) {
        options.set("meta", subdoc.meta);
    }
    return Any::object(std::move(options));
}

bool SubdocRecord::isDeleted() const
{
    return item == nullptr || item->deleted();
}

SubdocRecord *Store::makeSubdoc(DocContent content)
{
    SubdocRecord &record = subdocs.emplace_back();
    record.store = this;
    // yrs writes `shouldLoad` as well, and Yjs takes it.
    record.shouldLoad =
        isTrue(content.options.find("autoLoad")) || isTrue(content.options.find("shouldLoad"));
    record.content = std::move(content);
    return &record;
}

SubdocRecord::Changes &Store::noteSubdoc(SubdocRecord *record)
{
    if (!record->changes.any()) {
        open.subdocs.push_back(record);
    }
    return record->changes;
}

void Store::addSubdoc(Item *item)
{
    SubdocRecord *record = item->payload.subdoc;
    record->item = item;
    SubdocRecord::Changes &changes = noteSubdoc(record);
    changes.added = true;
    changes.loaded = record->shouldLoad;
}

void Store::removeSubdoc(const Item *item)
{
    SubdocRecord::Changes &changes = noteSubdoc(item->payload.subdoc);
    changes.removed = changes.removed || !changes.added;
    changes.added = false;
    changes.loaded = false;
}

SubdocChanges Store::takeSubdocChanges(const std::vector<SubdocRecord *> &records)
{
    SubdocChanges taken;
    for (SubdocRecord *record : records) {
        const auto [added, removed, loaded] = std::exchange(record->changes, {});
        if (added) {
            taken.added.emplace_back(record);
        }
        if (removed) {
            taken.removed.emplace_back(record);
        }
        if (loaded) {
            taken.loaded.emplace_back(record);
        }
    }
    return taken;
}

} // namespace cowrite::crdt
