#include "libsync/session/history/timeline.h"

#include "libsync/codec/update_codec.h"

#include <algorithm>

namespace cowrite::session {

namespace {

crdt::DocOptions keepingEverything()
{
    crdt::DocOptions options;
    options.gc = crdt::GarbageCollection::Off;
    return options;
}

/// The first of sorted `spans` that ends after `clock`.
template <class Spans>
auto firstEndingAfter(const Spans &spans, crdt::Clock clock)
{
    return std::partition_point(spans.begin(), spans.end(), [clock](const auto &span) {
        return span.clock + span.length <= clock;
    });
}

/// When that happened to the unit at `clock`.
template <class Spans>
std::optional<Moment> momentOf(const Spans &spans, crdt::Clock clock)
{
    const auto span = firstEndingAfter(spans, clock);
    return span != spans.end() && span->contains(clock) ? std::optional(span->moment)
                                                        : std::nullopt;
}

} // namespace

Timeline::Timeline(std::string root)
    : m_root(std::move(root)), m_doc(m_rng, keepingEverything()), m_content(m_doc.text(m_root))
{
    // Not `committed`: which types changed is only told while somebody watches before it.
    m_subscription = m_doc.afterTransaction.connect(
        [this](const crdt::Transaction &transaction) { onTransaction(transaction); });
}

Result<void> Timeline::add(ByteView update, std::chrono::system_clock::time_point time,
                           const std::string &user)
{
    if (!m_content) {
        return tl::unexpected(m_content.error());
    }
    m_time = time;
    m_user = &user;
    return codec::applyUpdate(m_doc, update, {});
}

void Timeline::onTransaction(const crdt::Transaction &transaction)
{
    const std::uint32_t lengthBefore = std::exchange(m_length, m_content->length());
    const std::vector<crdt::SharedType> &changed = transaction.changedTypes();
    if (std::find(changed.begin(), changed.end(), *m_content) == changed.end()) {
        return;
    }
    // Who wrote most of it, should there be several.
    crdt::ClientId writer = 0;
    crdt::Clock most = 0;
    TimelineEdit edit{m_time, 0, 0, 0, 0};
    const Moment moment = now() + 1;
    for (const crdt::ClientAdvance &advance : transaction.advances()) {
        Client &client = m_clients[advance.client];
        const crdt::Clock length = advance.after - advance.before;
        client.insertions.push_back({advance.before, length, moment});
        if (length > most) {
            most = length;
            writer = advance.client;
        }
    }
    for (const auto &[clientId, ranges] : transaction.deletions()) {
        Client &client = m_clients[clientId];
        for (const crdt::ClockRange &range : ranges) {
            client.isSorted = client.isSorted && (client.deletions.empty() ||
                                                  client.deletions.back().clock < range.clock);
            client.deletions.push_back({range.clock, range.length, moment});
            const crdt::Clock known = transaction.clockBefore(clientId, range.end());
            edit.deleted += std::min(range.end(), known) - std::min(range.clock, known);
        }
    }
    // What was deleted in other roots is not told apart; the difference is right all the same.
    edit.deleted = transaction.advances().empty() ? lengthBefore - m_length
                                                  : std::min(edit.deleted, lengthBefore);
    edit.inserted = m_length + edit.deleted - lengthBefore;
    edit.deleter = writerIndex(*m_user, transaction.advances().size() == 1 ? writer : 0);
    edit.writer = writerIndex(*m_user, writer);
    m_edits.push_back(edit);
    m_runsAreOld = true;
}

std::uint32_t Timeline::writerIndex(const std::string &user, crdt::ClientId client)
{
    // Mostly the same one goes on.
    if (m_lastWriter < m_writers.size() && m_writers[m_lastWriter].client == client &&
        m_writers[m_lastWriter].user == user) {
        return m_lastWriter;
    }
    const auto [place, isNew] =
        m_writerIndexes.try_emplace({user, client}, static_cast<std::uint32_t>(m_writers.size()));
    if (isNew) {
        m_writers.push_back(place->first);
    }
    m_lastWriter = place->second;
    return m_lastWriter;
}

const std::vector<TimelineRun> &Timeline::runs()
{
    if (m_runsAreOld && m_content) {
        makeRuns();
    }
    return m_runs;
}

void Timeline::sortDeletions(Client &client)
{
    if (!client.isSorted) {
        std::sort(client.deletions.begin(), client.deletions.end(),
                  [](const Span &a, const Span &b) { return a.clock < b.clock; });
        client.isSorted = true;
    }
}

void Timeline::makeRuns()
{
    m_runs.clear();
    m_text.clear();
    for (auto &[id, client] : m_clients) {
        sortDeletions(client);
    }
    crdt::forEachRun(*m_content, [this](const crdt::TextRun &run) {
        if (const auto client = m_clients.find(run.first.client); client != m_clients.end()) {
            addRuns(run, client->second);
        }
    });
    m_runsAreOld = false;
}

/// Cuts a run wherever another edit wrote or deleted.
void Timeline::addRuns(const crdt::TextRun &run, const Client &client)
{
    const crdt::Clock end = run.first.clock + run.length;
    auto insertion = firstEndingAfter(client.insertions, run.first.clock);
    auto deletion = firstEndingAfter(client.deletions, run.first.clock);
    for (crdt::Clock clock = run.first.clock;
         clock < end && insertion != client.insertions.end();) {
        const Moment inserted = insertion->moment;
        Moment deleted = TimelineRun::kNever;
        crdt::Clock next = std::min(end, insertion->clock + insertion->length);
        if (deletion != client.deletions.end()) {
            const bool isDeleted = deletion->contains(clock);
            deleted = isDeleted ? deletion->moment : TimelineRun::kNever;
            next = std::min(next, isDeleted ? deletion->clock + deletion->length : deletion->clock);
        }
        const std::uint32_t length = next - clock;
        // An edit may bring what several wrote: an index of its own for each.
        std::uint32_t writer = editBefore(inserted).writer;
        if (m_writers[writer].client != run.first.client) {
            writer = writerIndex(std::string(m_writers[writer].user), run.first.client);
        }
        m_runs.push_back(
            {static_cast<std::uint32_t>(m_text.size()), length, writer, inserted, deleted});
        if (run.text.empty()) {
            m_text.append(length, crdt::kObjectUnit);
        } else {
            m_text.append(run.text.substr(clock - run.first.clock, length));
        }
        clock = next;
        if (!insertion->contains(clock)) {
            ++insertion;
        }
        if (deletion != client.deletions.end() && deletion->clock + deletion->length <= clock) {
            ++deletion;
        }
    }
}

std::optional<Timeline::LastEdit> Timeline::lastEditIn(std::uint32_t from, std::uint32_t to) const
{
    if (!m_content || from >= to) {
        return std::nullopt;
    }
    std::optional<LastEdit> last;
    crdt::ClientId writer = 0;
    for (const crdt::TextRun &run : crdt::runsIn(*m_content, from, to - from)) {
        const auto client = m_clients.find(run.first.client);
        // Within a run the clocks rise, and with them the moments.
        const std::optional<Moment> moment =
            client != m_clients.end()
                ? momentOf(client->second.insertions, run.first.clock + run.length - 1)
                : std::nullopt;
        if (moment && (!last || last->moment < *moment)) {
            last = LastEdit{*moment, 0};
            writer = run.first.client;
        }
    }
    if (last) {
        const std::uint32_t ofEdit = editBefore(last->moment).writer;
        const auto found = m_writerIndexes.find({m_writers[ofEdit].user, writer});
        last->writer = found != m_writerIndexes.end() ? found->second : ofEdit;
    }
    return last;
}

std::optional<EditName> Timeline::nameOf(Moment moment) const
{
    // By its last unit: where the log is kept by the minute, an edit holds many.
    for (const auto &[id, client] : m_clients) {
        const auto span =
            std::lower_bound(client.insertions.begin(), client.insertions.end(), moment,
                             [](const Span &it, Moment wanted) { return it.moment < wanted; });
        if (span != client.insertions.end() && span->moment == moment) {
            return EditName{{id, span->clock + span->length - 1}, false};
        }
    }
    for (const auto &[id, client] : m_clients) {
        for (const Span &span : client.deletions) {
            if (span.moment == moment) {
                return EditName{{id, span.clock + span.length - 1}, true};
            }
        }
    }
    return std::nullopt;
}

std::optional<Moment> Timeline::find(const EditName &edit)
{
    const auto client = m_clients.find(edit.unit.client);
    if (client == m_clients.end()) {
        return std::nullopt;
    }
    if (!edit.isDeletion) {
        return momentOf(client->second.insertions, edit.unit.clock);
    }
    sortDeletions(client->second);
    return momentOf(client->second.deletions, edit.unit.clock);
}

} // namespace cowrite::session
