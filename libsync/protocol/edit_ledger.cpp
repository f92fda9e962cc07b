#include "libsync/protocol/edit_ledger.h"

#include "libsync/base/check.h"

#include <algorithm>

namespace cowrite::protocol {

EditLedger::EditLedger(std::uint64_t waiting) : m_typed(waiting), m_saved(waiting) {}

std::uint64_t EditLedger::recordEdit()
{
    ++m_typed;
    const std::uint64_t edit = m_typed;
    changed.emit();
    return edit;
}

void EditLedger::savedUpTo(std::uint64_t edit)
{
    COWRITE_CHECK(edit <= m_typed);
    if (edit <= m_saved) {
        return;
    }
    m_saved = edit;
    changed.emit();
}

void EditLedger::sentUpTo(std::uint64_t edit)
{
    COWRITE_CHECK(edit <= m_typed);
    if (edit <= m_sent) {
        return;
    }
    m_sent = edit;
    changed.emit();
}

void EditLedger::receivedUpTo(std::uint64_t edit)
{
    COWRITE_CHECK(edit <= m_typed);
    if (edit <= m_received) {
        return;
    }
    m_received = edit;
    m_sent = std::max(m_sent, edit);
    changed.emit();
}

void EditLedger::storedUpTo(std::uint64_t edit)
{
    COWRITE_CHECK(edit <= m_typed);
    if (edit <= m_stored) {
        return;
    }
    m_stored = edit;
    m_received = std::max(m_received, edit);
    m_sent = std::max(m_sent, edit);
    changed.emit();
}

void EditLedger::connectionLost()
{
    if (m_sent == m_received) {
        return;
    }
    m_sent = m_received;
    changed.emit();
}

} // namespace cowrite::protocol
