#include "libsync/crdt/store.h"
#include "libsync/lib0/json.h"
#include "libsync/lib0/utf.h"

namespace cowrite::crdt {

Value valueAt(const Item *item, std::uint32_t index)
{
    switch (item->kind) {
    case ContentKind::String: // A text read as a list: one cell a unit (yjs-compat 5.1).
        return Any(lib0::utf16ToWtf8({item->payload.text + index, 1}));
    case ContentKind::Type:
        return SharedType(item->payload.branch);
    case ContentKind::Any:
        return std::get<AnyContent>(*item->payload.content).values[index];
    case ContentKind::Binary:
        return Any::bytes(std::get<BinaryContent>(*item->payload.content).bytes);
    case ContentKind::Embed:
        return std::get<EmbedContent>(*item->payload.content).value;
    case ContentKind::Json: {
        const auto &element = std::get<JsonContent>(*item->payload.content).elements[index];
        auto parsed = lib0::parseJson(element);
        return parsed ? Value(std::move(*parsed)) : Value(); // The text `undefined`.
    }
    default:
        return Value();
    }
}

} // namespace cowrite::crdt
