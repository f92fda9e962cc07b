#include "libsync/session/history/past_text.h"

#include "libsync/session/history/timeline.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cowrite::session {

namespace {

/// Collects the steps of a delta, neighbours of a kind in one.
class Steps {
public:
    void retain(std::uint32_t length) { m_retained += length; }
    void insert(std::u16string_view text)
    {
        if (next(crdt::DeltaOp::Kind::Insert)) {
            m_delta.back().text += text;
            m_delta.back().length += static_cast<std::uint32_t>(text.size());
        } else {
            m_delta.push_back(crdt::DeltaOp::insertText(std::u16string(text)));
        }
    }
    void remove(std::uint32_t length)
    {
        if (next(crdt::DeltaOp::Kind::Delete)) {
            m_delta.back().length += length;
        } else {
            m_delta.push_back(crdt::DeltaOp::remove(length));
        }
    }
    crdt::Delta take() { return std::move(m_delta); }

private:
    /// Writes down what was retained; whether the step before is of this kind.
    bool next(crdt::DeltaOp::Kind kind)
    {
        if (m_retained > 0) {
            m_delta.push_back(crdt::DeltaOp::retain(m_retained));
            m_retained = 0;
        }
        return !m_delta.empty() && m_delta.back().kind == kind;
    }

    crdt::Delta m_delta;
    std::uint32_t m_retained = 0;
};

/// Steps from the text as it is to the one that has the runs for which `belongs` is true.
template <class Belongs>
crdt::Delta changes(Timeline &timeline, Belongs belongs)
{
    Steps steps;
    for (const TimelineRun &run : timeline.runs()) {
        const bool isThere = run.deleted == TimelineRun::kNever;
        const bool shouldBe = belongs(run, isThere);
        if (isThere && shouldBe) {
            steps.retain(run.length);
        } else if (isThere) {
            steps.remove(run.length);
        } else if (shouldBe) {
            steps.insert(timeline.text().substr(run.offset, run.length));
        }
    }
    return steps.take();
}

/// Puts a PastText together, run by run.
class PastTextBuilder {
public:
    PastTextBuilder() { m_past.lines.push_back({}); }

    void addKept(std::u16string_view text, Moment written)
    {
        addOld();
        add(text, written);
    }
    void addInserted(std::u16string_view text, Moment written, const Author &author)
    {
        mark(text.size(), TextMark::Kind::Inserted, author);
        add(text, written);
    }
    void addDeleted(std::u16string_view text, const Author &author)
    {
        m_old.emplace_back(text, &author);
    }
    PastText take()
    {
        addOld();
        return std::move(m_past);
    }

private:
    void addOld()
    {
        for (const auto &[text, author] : m_old) {
            mark(text.size(), TextMark::Kind::Deleted, *author);
            add(text, 0);
        }
        m_old.clear();
    }
    void add(std::u16string_view text, Moment written)
    {
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = std::min(text.find(u'\n', begin), text.size());
            LastWritten &line = m_past.lines.back();
            if (end > begin) {
                line.moment = std::max(line.moment, written);
            }
            if (end < text.size()) {
                m_past.lines.push_back({offset() + static_cast<std::uint32_t>(end) + 1, 0});
            }
            begin = end + 1;
        }
        m_past.text += text;
    }
    /// Marks what is about to be added.
    void mark(std::size_t size, TextMark::Kind kind, const Author &author)
    {
        const auto length = static_cast<std::uint32_t>(size);
        if (!m_past.marks.isEmpty()) {
            TextMark &last = m_past.marks.back();
            if (last.offset + last.length == offset() && last.kind == kind &&
                last.author == author) {
                last.length += length;
                return;
            }
        }
        m_past.marks.append({offset(), length, kind, author});
    }
    [[nodiscard]] std::uint32_t offset() const
    {
        return static_cast<std::uint32_t>(m_past.text.size());
    }

    PastText m_past;
    /// What was deleted since the last piece that stayed.
    std::vector<std::pair<std::u16string_view, const Author *>> m_old;
};

} // namespace

Moment PastText::lastWrittenInLine(std::uint32_t offset) const
{
    const auto line = std::partition_point(
        lines.begin(), lines.end(), [offset](const LastWritten &it) { return it.offset < offset; });
    return line != lines.end() && line->offset == offset ? line->moment : 0;
}

PastText pastText(Timeline &timeline, Moment moment, Moment since, const NameWriter &name)
{
    PastTextBuilder past;
    for (const TimelineRun &run : timeline.runs()) {
        const bool is = run.isThereAt(moment);
        const bool was = run.isThereAt(since);
        const std::u16string_view text = timeline.text().substr(run.offset, run.length);
        if (is && was) {
            past.addKept(text, run.inserted);
        } else if (is) {
            past.addInserted(text, run.inserted, name(run.writer));
        } else if (was) {
            past.addDeleted(text, name(timeline.editBefore(run.deleted).deleter));
        }
    }
    return past.take();
}

crdt::Delta changesTo(Timeline &timeline, Moment moment)
{
    return changes(timeline, [&](const TimelineRun &run, bool) { return run.isThereAt(moment); });
}

crdt::Delta changesWithout(Timeline &timeline, Moment since,
                           const std::function<bool(std::uint32_t)> &isTheirs)
{
    return changes(timeline, [&](const TimelineRun &run, bool isThere) {
        if (isThere) {
            return run.inserted <= since || !isTheirs(run.writer);
        }
        return run.deleted > since && isTheirs(timeline.editBefore(run.deleted).deleter) &&
               (run.inserted <= since || !isTheirs(run.writer));
    });
}

} // namespace cowrite::session
