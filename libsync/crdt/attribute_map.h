#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/crdt/item.h"

#include <algorithm>
#include <string_view>

namespace cowrite::crdt {

/// Formatting attributes by key in order of insertion, as a JavaScript Map keeps them. Few at a
/// time.
class AttributeMap {
    template <class Entries>
    static auto place(Entries &entries, std::string_view key)
    {
        return std::find_if(entries.begin(), entries.end(),
                            [&](const auto &entry) { return entry.first == key; });
    }

public:
    const Any *find(std::string_view key) const
    {
        const auto it = place(m_entries, key);
        return it == m_entries.end() ? nullptr : &it->second;
    }
    /// The value, or null where there is none.
    Any get(std::string_view key) const
    {
        const Any *value = find(key);
        return value != nullptr ? *value : Any(nullptr);
    }
    void set(std::string_view key, Any value)
    {
        const auto it = place(m_entries, key);
        if (it == m_entries.end()) {
            m_entries.emplace_back(key, std::move(value));
        } else {
            it->second = std::move(value);
        }
    }
    void erase(std::string_view key)
    {
        const auto it = place(m_entries, key);
        if (it != m_entries.end()) {
            m_entries.erase(it);
        }
    }
    /// What a format item does to the attributes of the text behind it.
    void apply(const FormatContent &format)
    {
        if (format.value.isNull()) {
            erase(format.key);
        } else {
            set(format.key, format.value);
        }
    }

    bool empty() const { return m_entries.empty(); }
    const Attributes &entries() const { return m_entries; }

private:
    Attributes m_entries;
};

} // namespace cowrite::crdt
