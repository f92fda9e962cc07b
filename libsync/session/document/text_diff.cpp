#include "libsync/session/document/text_diff.h"

#include "libsync/session/document/sequence_diff.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace cowrite::session {

namespace {

using View = std::u16string_view;

bool isHighSurrogate(char16_t unit)
{
    return (unit & 0xFC00) == 0xD800;
}

bool isLowSurrogate(char16_t unit)
{
    return (unit & 0xFC00) == 0xDC00;
}

std::vector<View> linesOf(View text)
{
    std::vector<View> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(u'\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// Not so those of the writing systems that put no spaces between words, which come later.
bool isPartOfWord(char16_t unit)
{
    return unit == u'_' || (unit >= u'0' && unit <= u'9') || (unit >= u'A' && unit <= u'Z') ||
           (unit >= u'a' && unit <= u'z') || (unit >= u'\u00C0' && unit < u'\u2000');
}

/// Words, and each other character alone.
std::vector<View> wordsOf(View text)
{
    std::vector<View> words;
    while (!text.empty()) {
        std::size_t length = 1;
        if (isPartOfWord(text[0])) {
            while (length < text.size() && isPartOfWord(text[length])) {
                ++length;
            }
        } else if (isHighSurrogate(text[0]) && text.size() > 1 && isLowSurrogate(text[1])) {
            length = 2;
        }
        words.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return words;
}

/// A line that is empty, and a sign between words, is commonplace.
bool isCommonplace(View piece)
{
    return std::none_of(piece.begin(), piece.end(),
                        [](char16_t unit) { return unit > u'\u2E80' || isPartOfWord(unit); });
}

/// Equal pieces of both texts get the same number.
class Numbers {
public:
    std::vector<std::uint32_t> of(const std::vector<View> &pieces)
    {
        std::vector<std::uint32_t> numbers;
        numbers.reserve(pieces.size());
        for (const View piece : pieces) {
            const auto [known, isNew] = m_numbers.try_emplace(piece, 0);
            if (isNew) {
                known->second = static_cast<std::uint32_t>(m_numbers.size()) +
                                (isCommonplace(piece) ? kFirstCommonplace : 0);
            }
            numbers.push_back(known->second);
        }
        return numbers;
    }

private:
    std::unordered_map<View, std::uint32_t> m_numbers;
};

/// All of the pieces in [begin, end), which lie one after another in one text.
View joined(const std::vector<View> &pieces, std::size_t begin, std::size_t end)
{
    if (begin == end) {
        return {};
    }
    const View last = pieces[end - 1];
    return {pieces[begin].data(),
            static_cast<std::size_t>(last.data() + last.size() - pieces[begin].data())};
}

class Steps {
public:
    void keep(std::size_t length)
    {
        if (length == 0) {
            return;
        }
        if (!m_delta.empty() && m_delta.back().kind == crdt::DeltaOp::Kind::Retain) {
            m_delta.back().length += static_cast<std::uint32_t>(length);
        } else {
            m_delta.push_back(crdt::DeltaOp::retain(static_cast<std::uint32_t>(length)));
        }
    }

    /// Of a piece that grew or shrank, keeps the rest; any other is replaced whole, so that it does
    /// not fall apart when somebody else has removed it.
    void replace(View from, View to)
    {
        const std::size_t front = commonFront(from, to);
        const std::size_t back = commonBack(from.substr(front), to.substr(front));
        const bool isPartKept = front + back == std::min(from.size(), to.size());
        const View gone = isPartKept ? from.substr(front, from.size() - front - back) : from;
        const View added = isPartKept ? to.substr(front, to.size() - front - back) : to;
        keep(isPartKept ? front : 0);
        if (!added.empty()) {
            m_delta.push_back(crdt::DeltaOp::insertText(std::u16string(added)));
        }
        if (!gone.empty()) {
            m_delta.push_back(crdt::DeltaOp::remove(static_cast<std::uint32_t>(gone.size())));
        }
        keep(isPartKept ? back : 0);
    }

    crdt::Delta take() { return std::move(m_delta); }

private:
    static std::size_t commonFront(View a, View b)
    {
        const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        auto length = static_cast<std::size_t>(inA - a.begin());
        if (length > 0 && isHighSurrogate(a[length - 1])) {
            --length;
        }
        return length;
    }

    static std::size_t commonBack(View a, View b)
    {
        const auto [inA, inB] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
        auto length = static_cast<std::size_t>(inA - a.rbegin());
        if (length > 0 && isLowSurrogate(a[a.size() - length])) {
            --length;
        }
        return length;
    }

    crdt::Delta m_delta;
};

/// Two texts in pieces, and where these differ.
struct Comparison {
    Comparison(std::vector<View> itsFrom, std::vector<View> itsTo)
        : from(std::move(itsFrom)), to(std::move(itsTo))
    {
        Numbers numbers;
        const std::vector<std::uint32_t> fromNumbers = numbers.of(from);
        hunks = differences(fromNumbers, numbers.of(to));
    }

    /// `onHunk` gets what differs; what is equal is kept.
    template <class OnHunk>
    void walk(Steps &steps, OnHunk onHunk) const
    {
        std::size_t at = 0;
        for (const Hunk &hunk : hunks) {
            steps.keep(joined(from, at, hunk.fromBegin).size());
            onHunk(joined(from, hunk.fromBegin, hunk.fromEnd),
                   joined(to, hunk.toBegin, hunk.toEnd));
            at = hunk.fromEnd;
        }
        steps.keep(joined(from, at, from.size()).size());
    }

    /// Whether there are words in both, and not only the signs between them.
    [[nodiscard]] bool hasCommonWords() const
    {
        std::size_t at = 0;
        for (std::size_t i = 0; i <= hunks.size(); ++i) {
            const std::size_t end = i < hunks.size() ? hunks[i].fromBegin : from.size();
            if (!std::all_of(from.begin() + static_cast<std::ptrdiff_t>(at),
                             from.begin() + static_cast<std::ptrdiff_t>(end), isCommonplace)) {
                return true;
            }
            at = i < hunks.size() ? hunks[i].fromEnd : end;
        }
        return false;
    }

    std::vector<View> from;
    std::vector<View> to;
    std::vector<Hunk> hunks;
};

} // namespace

crdt::Delta textDifference(View from, View to)
{
    Steps steps;
    Comparison(linesOf(from), linesOf(to)).walk(steps, [&steps](View oldLines, View newLines) {
        const Comparison words(wordsOf(oldLines), wordsOf(newLines));
        if (words.hasCommonWords()) {
            words.walk(steps, [&steps](View oldWords, View newWords) {
                steps.replace(oldWords, newWords);
            });
        } else {
            steps.replace(oldLines, newLines);
        }
    });
    crdt::Delta delta = steps.take();
    if (!delta.empty() && delta.back().kind == crdt::DeltaOp::Kind::Retain) {
        delta.pop_back();
    }
    return delta;
}

} // namespace cowrite::session
