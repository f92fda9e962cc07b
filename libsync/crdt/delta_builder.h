#pragma once

#include "libsync/crdt/attribute_map.h"
#include "libsync/crdt/store.h"

#include <string>
#include <utility>

namespace cowrite::crdt {

/// Collects what a reader of a text sees, in order, as a delta of inserts (yjs-compat 5.2.6).
class DeltaBuilder {
public:
    /// The whole item, whether it is deleted or not.
    void add(const Item *item)
    {
        switch (item->kind) {
        case ContentKind::String:
            m_run.append(item->payload.text, item->length);
            break;
        case ContentKind::Embed:
        case ContentKind::Type:
            flush();
            m_delta.push_back(DeltaOp::insertValues({valueAt(item, 0)}, m_active.entries()));
            break;
        case ContentKind::Format:
            flush();
            m_active.apply(item->format());
            break;
        default:
            break; // Counts, but no text editor can show it.
        }
    }

    /// An attribute of what is added from now on that no format item says; nullopt ends it.
    void mark(std::string_view key, std::optional<Any> value)
    {
        flush();
        if (value) {
            m_active.set(key, std::move(*value));
        } else {
            m_active.erase(key);
        }
    }
    const Any *attribute(std::string_view key) const { return m_active.find(key); }

    Delta take()
    {
        flush();
        return std::move(m_delta);
    }

private:
    void flush()
    {
        if (!m_run.empty()) {
            m_delta.push_back(DeltaOp::insertText(std::exchange(m_run, {}), m_active.entries()));
        }
    }

    Delta m_delta;
    AttributeMap m_active;
    std::u16string m_run;
};

} // namespace cowrite::crdt
