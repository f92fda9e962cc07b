#include "libsync/crdt/update.h"

namespace cowrite::crdt {

void eraseFront(Content &content, Clock units)
{
    const auto erase = [units](auto &values) {
        values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(units));
    };
    if (auto *any = std::get_if<AnyContent>(&content)) {
        erase(any->values);
    } else if (auto *json = std::get_if<JsonContent>(&content)) {
        erase(json->elements);
    }
}

void Update::clear()
{
    clients.clear();
    sections.clear();
    structs.clear();
    text.clear();
    contents.clear();
    names.clear();
    deletions.clear();
    freeStructs = 0;
}

} // namespace cowrite::crdt
