#include "ui/editor/text_edits.h"

namespace cowrite::ui {

crdt::Delta deltaOf(const std::vector<TextEdit> &edits)
{
    crdt::Delta delta;
    std::uint32_t at = 0;
    for (const TextEdit &edit : edits) {
        if (edit.offset > at) {
            delta.push_back(crdt::DeltaOp::retain(edit.offset - at));
        }
        if (!edit.text.isEmpty()) {
            delta.push_back(crdt::DeltaOp::insertText(edit.text.toStdU16String()));
        }
        if (edit.length > 0) {
            delta.push_back(crdt::DeltaOp::remove(edit.length));
        }
        at = edit.offset + edit.length;
    }
    return delta;
}

} // namespace cowrite::ui
