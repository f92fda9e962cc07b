#include "libsync/crdt/delta.h"

namespace cowrite::crdt {

DeltaOp DeltaOp::insertText(std::u16string text, Attributes attributes)
{
    DeltaOp op;
    op.kind = Kind::Insert;
    op.length = static_cast<std::uint32_t>(text.size());
    op.text = std::move(text);
    op.attributes = std::move(attributes);
    return op;
}

DeltaOp DeltaOp::insertValues(std::vector<Value> values, Attributes attributes)
{
    DeltaOp op;
    op.kind = Kind::Insert;
    op.length = static_cast<std::uint32_t>(values.size());
    op.values = std::move(values);
    op.attributes = std::move(attributes);
    return op;
}

DeltaOp DeltaOp::retain(std::uint32_t length, Attributes attributes)
{
    DeltaOp op;
    op.length = length;
    op.attributes = std::move(attributes);
    return op;
}

DeltaOp DeltaOp::remove(std::uint32_t length)
{
    DeltaOp op;
    op.kind = Kind::Delete;
    op.length = length;
    return op;
}

} // namespace cowrite::crdt
