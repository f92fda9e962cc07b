#include "libsync/crdt/transaction.h"

#include <algorithm>

namespace cowrite::crdt {

Clock Transaction::clockBefore(ClientId client, Clock otherwise) const
{
    const auto it = std::find_if(m_advances.begin(), m_advances.end(),
                                 [&](const ClientAdvance &a) { return a.client == client; });
    return it == m_advances.end() ? otherwise : it->before;
}

bool Transaction::adds(Id id) const
{
    return std::any_of(m_advances.begin(), m_advances.end(), [&](const ClientAdvance &a) {
        return a.client == id.client && id.clock >= a.before && id.clock < a.after;
    });
}

} // namespace cowrite::crdt
