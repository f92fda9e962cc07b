#include "libsync/crdt/update.h"

namespace cowrite::crdt {

void Update::clear()
{
    clients.clear();
    sections.clear();
    structs.clear();
    text.clear();
    contents.clear();
    names.clear();
    deletions.clear();
}

} // namespace cowrite::crdt
