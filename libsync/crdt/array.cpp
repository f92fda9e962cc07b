#include "libsync/crdt/array.h"

#include "libsync/crdt/store.h"

namespace cowrite::crdt {

namespace {

Result<void> checkValues(const std::vector<NewValue> &values)
{
    for (const NewValue &value : values) {
        if (auto valid = checkListValue(value); !valid) {
            return valid;
        }
    }
    return {};
}

} // namespace

std::uint32_t Array::length() const
{
    return m_branch->sequence.length();
}

std::optional<Value> Array::get(std::uint32_t index) const
{
    if (index >= length()) {
        return std::nullopt;
    }
    const Sequence::Place place = m_branch->sequence.find(index);
    return valueAt(place.item, index - place.start);
}

std::vector<Value> Array::values() const
{
    std::vector<Value> values;
    values.reserve(length());
    for (const Item *item = m_branch->sequence.first(); item != nullptr; item = item->right) {
        for (std::uint32_t i = 0; i < item->visibleLength(); ++i) {
            values.push_back(valueAt(item, i));
        }
    }
    return values;
}

Result<void> Array::insert(std::uint32_t index, const std::vector<NewValue> &values)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (auto valid = checkValues(values); !valid) {
        return valid;
    }
    if (index > length()) {
        return fail(ErrorCode::OutOfRange, "The index is beyond the end of the list.");
    }
    Store &store = *m_branch->store;
    store.begin({});
    store.insertValues(m_branch, store.itemBefore(m_branch, index), values);
    store.commit();
    return {};
}

Result<void> Array::push(const std::vector<NewValue> &values)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (auto valid = checkValues(values); !valid) {
        return valid;
    }
    Store &store = *m_branch->store;
    store.begin({});
    store.insertValues(m_branch, m_branch->sequence.last(), values);
    store.commit();
    return {};
}

Result<void> Array::remove(std::uint32_t index, std::uint32_t length)
{
    if (auto editable = checkEditable(); !editable) {
        return editable;
    }
    if (index > this->length() || length > this->length() - index) {
        return fail(ErrorCode::OutOfRange, "The range is beyond the end of the list.");
    }
    if (length == 0) {
        return {};
    }
    Store &store = *m_branch->store;
    store.begin({});
    store.removeRange(m_branch, index, length);
    store.commit();
    return {};
}

} // namespace cowrite::crdt
