#include "libsync/session/past_text.h"

#include "libsync/session/timeline.h"

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

void mark(QList<TextMark> &marks, std::uint32_t offset, std::uint32_t length, TextMark::Kind kind,
          const Author &author)
{
    if (!marks.isEmpty()) {
        TextMark &last = marks.back();
        if (last.offset + last.length == offset && last.kind == kind && last.author == author) {
            last.length += length;
            return;
        }
    }
    marks.append({offset, length, kind, author});
}

} // namespace

PastText pastText(Timeline &timeline, Moment moment, Moment since, const NameWriter &name)
{
    PastText past;
    for (const TimelineRun &run : timeline.runs()) {
        const bool is = run.isThereAt(moment);
        const bool was = run.isThereAt(since);
        if (!is && !was) {
            continue;
        }
        if (is != was) {
            mark(past.marks, static_cast<std::uint32_t>(past.text.size()), run.length,
                 is ? TextMark::Kind::Inserted : TextMark::Kind::Deleted,
                 name(is ? run.writer : timeline.editBefore(run.deleted).writer));
        }
        past.text += timeline.text().substr(run.offset, run.length);
    }
    return past;
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
        return run.deleted > since && isTheirs(timeline.editBefore(run.deleted).writer) &&
               (run.inserted <= since || !isTheirs(run.writer));
    });
}

} // namespace cowrite::session
