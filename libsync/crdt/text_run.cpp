#include "libsync/crdt/text_run.h"

#include "libsync/crdt/store.h"

#include <algorithm>

namespace cowrite::crdt {

namespace {

TextRun runOf(const Store &store, const Item *item, Clock from, Clock length)
{
    TextRun run{store.toId(item->id.at(from)), length, item->deleted(), {}};
    if (item->kind == ContentKind::String) {
        run.text = {item->payload.text + from, length};
    }
    return run;
}

} // namespace

void forEachRun(const Text &text, const std::function<void(const TextRun &)> &visit)
{
    const Branch *branch = text.branch();
    for (const Item *item = branch->sequence.first(); item != nullptr; item = item->right) {
        if (item->countable()) {
            visit(runOf(*branch->store, item, 0, item->length));
        }
    }
}

std::vector<TextRun> runsIn(const Text &text, std::uint32_t offset, std::uint32_t length)
{
    std::vector<TextRun> runs;
    Branch *branch = text.branch();
    if (offset >= text.length() || length == 0) {
        return runs;
    }
    length = std::min(length, text.length() - offset);
    const Sequence::Place place = branch->sequence.find(offset);
    Clock skip = offset - place.start;
    for (const Item *item = place.item; item != nullptr && length > 0; item = item->right) {
        const std::uint32_t visible = item->visibleLength();
        if (visible == 0) {
            continue;
        }
        const Clock taken = std::min(visible - skip, length);
        runs.push_back(runOf(*branch->store, item, skip, taken));
        length -= taken;
        skip = 0;
    }
    return runs;
}

std::u16string unitsIn(const Text &text, std::uint32_t offset, std::uint32_t length)
{
    std::u16string units;
    for (const TextRun &run : runsIn(text, offset, length)) {
        if (run.text.empty()) {
            units.append(run.length, kObjectUnit);
        } else {
            units += run.text;
        }
    }
    return units;
}

} // namespace cowrite::crdt
