#include "libsync/session/files/text_merge.h"

#include "libsync/session/document/text_diff.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cowrite::session {

namespace {

using crdt::Delta;
using crdt::DeltaOp;

/// Walks along a delta in pieces of any length. Behind its end everything is retained.
class Walk {
public:
    explicit Walk(const Delta &delta) : m_delta(delta) {}

    [[nodiscard]] bool isAtEnd() const { return m_next == m_delta.size(); }
    [[nodiscard]] bool isAtInsertion() const
    {
        return !isAtEnd() && m_delta[m_next].kind == DeltaOp::Kind::Insert;
    }
    [[nodiscard]] DeltaOp::Kind kind() const
    {
        return isAtEnd() ? DeltaOp::Kind::Retain : m_delta[m_next].kind;
    }
    /// What is left of this step; as good as endless behind the end.
    [[nodiscard]] std::uint32_t length() const
    {
        return isAtEnd() ? static_cast<std::uint32_t>(-1) : m_delta[m_next].length - m_done;
    }
    [[nodiscard]] const DeltaOp &step() const { return m_delta[m_next]; }
    void advance(std::uint32_t length)
    {
        if (isAtEnd()) {
            return;
        }
        m_done += length;
        if (m_done >= m_delta[m_next].length) {
            ++m_next;
            m_done = 0;
        }
    }

private:
    const Delta &m_delta;
    std::size_t m_next = 0;
    std::uint32_t m_done = 0;
};

void append(Delta &delta, DeltaOp step)
{
    if (step.length == 0) {
        return;
    }
    if (!delta.empty() && delta.back().kind == step.kind && step.kind != DeltaOp::Kind::Insert) {
        delta.back().length += step.length;
    } else {
        delta.push_back(std::move(step));
    }
}

/// `theirs` without the insertions that `ours` makes as well.
Delta withoutCommonInsertions(const Delta &theirs, const Delta &ours)
{
    std::multimap<std::uint32_t, const std::u16string *> known;
    std::uint32_t at = 0;
    for (const DeltaOp &step : ours) {
        if (step.kind == DeltaOp::Kind::Insert) {
            known.emplace(at, &step.text);
        } else {
            at += step.length;
        }
    }
    Delta rest;
    at = 0;
    for (const DeltaOp &step : theirs) {
        const bool isInsertion = step.kind == DeltaOp::Kind::Insert;
        const auto [first, last] = known.equal_range(at);
        const bool isCommon = isInsertion && std::any_of(first, last, [&](const auto &entry) {
                                  return *entry.second == step.text;
                              });
        if (!isCommon) {
            append(rest, step);
        }
        at += isInsertion ? 0 : step.length;
    }
    return rest;
}

} // namespace

Delta rebased(const Delta &edits, const Delta &over)
{
    Delta result;
    Walk mine(edits);
    Walk other(over);
    while (!mine.isAtEnd()) {
        if (other.isAtInsertion()) {
            append(result, DeltaOp::retain(other.length()));
            other.advance(other.length());
            continue;
        }
        if (mine.isAtInsertion()) {
            append(result, mine.step());
            mine.advance(mine.length());
            continue;
        }
        const std::uint32_t length = std::min(mine.length(), other.length());
        if (other.kind() == DeltaOp::Kind::Retain) {
            append(result, mine.kind() == DeltaOp::Kind::Retain ? DeltaOp::retain(length)
                                                                : DeltaOp::remove(length));
        }
        mine.advance(length);
        other.advance(length);
    }
    return result;
}

Delta mergeEdits(std::u16string_view base, std::u16string_view ours, std::u16string_view theirs)
{
    const Delta changes = textDifference(base, theirs);
    if (ours == base) {
        return changes;
    }
    const Delta known = textDifference(base, ours);
    return rebased(withoutCommonInsertions(changes, known), known);
}

Delta uniteEdits(std::u16string_view ours, std::u16string_view theirs)
{
    Delta additions;
    for (const DeltaOp &step : textDifference(ours, theirs)) {
        append(additions, step.kind == DeltaOp::Kind::Delete ? DeltaOp::retain(step.length) : step);
    }
    return additions;
}

Result<void> applyEdits(crdt::Text text, const Delta &edits)
{
    std::uint32_t offset = 0;
    for (const DeltaOp &step : edits) {
        Result<void> done;
        switch (step.kind) {
        case DeltaOp::Kind::Retain:
            offset += step.length;
            break;
        case DeltaOp::Kind::Insert:
            done = text.insert(offset, step.text);
            offset += step.length;
            break;
        case DeltaOp::Kind::Delete:
            done = text.remove(offset, step.length);
            break;
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

} // namespace cowrite::session
