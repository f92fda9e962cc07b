#include "libsync/session/document/sequence_diff.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace cowrite::session {

namespace {

using Sequence = std::span<const std::uint32_t>;

/// The shortest edit is looked for up to this many steps: it takes as many times the length in
/// time, and half its square in memory.
constexpr std::ptrdiff_t kMaxSteps = 700;
/// Matching what is there once divides a range; deeper than this it is not worth another pass.
constexpr int kMaxDivisions = 40;

struct Range {
    Hunk hunk;
    int depth = 0;
};

bool isEmpty(const Hunk &hunk)
{
    return hunk.fromBegin == hunk.fromEnd && hunk.toBegin == hunk.toEnd;
}

/// Without what is equal at both ends.
Hunk trimmed(Hunk hunk, Sequence from, Sequence to)
{
    while (hunk.fromBegin < hunk.fromEnd && hunk.toBegin < hunk.toEnd &&
           from[hunk.fromBegin] == to[hunk.toBegin]) {
        ++hunk.fromBegin;
        ++hunk.toBegin;
    }
    while (hunk.fromBegin < hunk.fromEnd && hunk.toBegin < hunk.toEnd &&
           from[hunk.fromEnd - 1] == to[hunk.toEnd - 1]) {
        --hunk.fromEnd;
        --hunk.toEnd;
    }
    return hunk;
}

struct Match {
    std::size_t from = 0;
    std::size_t to = 0;
};

/// The values that are there once on each side, in the order of `from`.
std::vector<Match> uniqueMatches(const Hunk &hunk, Sequence from, Sequence to)
{
    struct Places {
        std::size_t inFrom = 0;
        std::size_t inTo = 0;
        Match at;
    };
    std::unordered_map<std::uint32_t, Places> places;
    for (std::size_t i = hunk.fromBegin; i < hunk.fromEnd; ++i) {
        Places &place = places[from[i]];
        ++place.inFrom;
        place.at.from = i;
    }
    for (std::size_t i = hunk.toBegin; i < hunk.toEnd; ++i) {
        if (const auto found = places.find(to[i]); found != places.end()) {
            ++found->second.inTo;
            found->second.at.to = i;
        }
    }
    std::vector<Match> matches;
    for (const auto &[value, place] : places) {
        if (place.inFrom == 1 && place.inTo == 1 && value < kFirstCommonplace) {
            matches.push_back(place.at);
        }
    }
    std::sort(matches.begin(), matches.end(),
              [](const Match &a, const Match &b) { return a.from < b.from; });
    return matches;
}

/// The longest part of `matches` that is ascending on both sides (patience sorting).
std::vector<Match> longestAscending(const std::vector<Match> &matches)
{
    constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::vector<std::size_t> tops; // of the piles, by their places in `matches`
    std::vector<std::size_t> before(matches.size(), kNone);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const auto pile =
            std::lower_bound(tops.begin(), tops.end(), matches[i].to,
                             [&](std::size_t top, std::size_t to) { return matches[top].to < to; });
        if (pile != tops.begin()) {
            before[i] = *(pile - 1);
        }
        if (pile == tops.end()) {
            tops.push_back(i);
        } else {
            *pile = i;
        }
    }
    std::vector<Match> ascending;
    for (std::size_t i = tops.empty() ? kNone : tops.back(); i != kNone; i = before[i]) {
        ascending.push_back(matches[i]);
    }
    std::reverse(ascending.begin(), ascending.end());
    return ascending;
}

/// The shortest edit of a range that is trimmed, or nothing if it takes more than kMaxSteps.
/// After `d` steps, `reach` of the diagonal k = x - y is the farthest x.
std::optional<std::vector<Hunk>> shortestEdit(const Hunk &range, Sequence from, Sequence to)
{
    const auto fromLength = static_cast<std::ptrdiff_t>(range.fromEnd - range.fromBegin);
    const auto toLength = static_cast<std::ptrdiff_t>(range.toEnd - range.toBegin);
    const std::ptrdiff_t most = std::min(kMaxSteps, fromLength + toLength);
    const auto at = [](std::ptrdiff_t index) { return static_cast<std::size_t>(index); };
    std::vector<std::ptrdiff_t> reach(at(2 * most + 3), 0);
    std::vector<std::vector<std::ptrdiff_t>> trace;
    const std::ptrdiff_t middle = most + 1;
    const auto comesDown = [&](const std::vector<std::ptrdiff_t> &reached, std::ptrdiff_t offset,
                               std::ptrdiff_t k, std::ptrdiff_t d) {
        return k == -d || (k != d && reached[at(offset + k - 1)] < reached[at(offset + k + 1)]);
    };
    std::ptrdiff_t steps = -1;
    for (std::ptrdiff_t d = 0; d <= most && steps < 0; ++d) {
        // Only what the next step looks at: the diagonals -d-1 to d+1.
        trace.emplace_back(reach.begin() + (middle - d - 1), reach.begin() + (middle + d + 2));
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            std::ptrdiff_t x = comesDown(reach, middle, k, d) ? reach[at(middle + k + 1)]
                                                              : reach[at(middle + k - 1)] + 1;
            std::ptrdiff_t y = x - k;
            while (x < fromLength && y < toLength &&
                   from[range.fromBegin + at(x)] == to[range.toBegin + at(y)]) {
                ++x;
                ++y;
            }
            reach[at(middle + k)] = x;
            if (x >= fromLength && y >= toLength) {
                steps = d;
                break;
            }
        }
    }
    if (steps < 0) {
        return std::nullopt;
    }
    std::vector<Hunk> hunks; // from the last to the first
    std::ptrdiff_t x = fromLength;
    std::ptrdiff_t y = toLength;
    for (std::ptrdiff_t d = steps; d > 0; --d) {
        const std::vector<std::ptrdiff_t> &reached = trace[at(d)];
        const std::ptrdiff_t k = x - y;
        const bool isInsertion = comesDown(reached, d + 1, k, d);
        const std::ptrdiff_t beforeK = isInsertion ? k + 1 : k - 1;
        const std::ptrdiff_t beforeX = reached[at(d + 1 + beforeK)];
        const std::ptrdiff_t beforeY = beforeX - beforeK;
        const Hunk step{
            range.fromBegin + at(beforeX), range.fromBegin + at(beforeX + (isInsertion ? 0 : 1)),
            range.toBegin + at(beforeY), range.toBegin + at(beforeY + (isInsertion ? 1 : 0))};
        if (!hunks.empty() && hunks.back().fromBegin == step.fromEnd &&
            hunks.back().toBegin == step.toEnd) {
            hunks.back().fromBegin = step.fromBegin;
            hunks.back().toBegin = step.toBegin;
        } else {
            hunks.push_back(step);
        }
        x = beforeX;
        y = beforeY;
    }
    std::reverse(hunks.begin(), hunks.end());
    return hunks;
}

} // namespace

std::vector<Hunk> differences(Sequence from, Sequence to)
{
    std::vector<Hunk> hunks;
    std::vector<Range> ahead{{{0, from.size(), 0, to.size()}, 0}};
    while (!ahead.empty()) {
        const Range range = ahead.back();
        ahead.pop_back();
        const Hunk hunk = trimmed(range.hunk, from, to);
        if (isEmpty(hunk)) {
            continue;
        }
        if (hunk.fromBegin == hunk.fromEnd || hunk.toBegin == hunk.toEnd) {
            hunks.push_back(hunk);
            continue;
        }
        const std::vector<Match> anchors = range.depth < kMaxDivisions
                                               ? longestAscending(uniqueMatches(hunk, from, to))
                                               : std::vector<Match>();
        if (anchors.empty()) {
            if (const auto edit = shortestEdit(hunk, from, to)) {
                hunks.insert(hunks.end(), edit->begin(), edit->end());
            } else {
                hunks.push_back(hunk);
            }
            continue;
        }
        // The last part first: what is pushed last is looked at next.
        Hunk part = hunk;
        for (auto anchor = anchors.rbegin(); anchor != anchors.rend(); ++anchor) {
            part.fromBegin = anchor->from + 1;
            part.toBegin = anchor->to + 1;
            ahead.push_back({part, range.depth + 1});
            part.fromEnd = anchor->from;
            part.toEnd = anchor->to;
        }
        part.fromBegin = hunk.fromBegin;
        part.toBegin = hunk.toBegin;
        ahead.push_back({part, range.depth + 1});
    }
    return hunks;
}

} // namespace cowrite::session
