#include "ui/syntax/view_text.h"

#include <algorithm>

namespace cowrite::ui {

namespace {

constexpr char16_t kParagraphSeparator = u'\u2029';
constexpr char16_t kReplacement = u'\uFFFD';
constexpr char16_t kObjectReplacement = u'\uFFFC';

bool isHigh(char16_t unit)
{
    return (unit & 0xFC00) == 0xD800;
}

bool isLow(char16_t unit)
{
    return (unit & 0xFC00) == 0xDC00;
}

/// Whether a cut before `at` would part the halves of a pair.
bool cutsPair(std::u16string_view text, std::size_t at)
{
    return at > 0 && at < text.size() && isHigh(text[at - 1]) && isLow(text[at]);
}

std::u16string withoutLoneSurrogates(std::u16string_view text)
{
    std::u16string result(text);
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (isHigh(result[i]) && i + 1 < result.size() && isLow(result[i + 1])) {
            ++i;
        } else if (isHigh(result[i]) || isLow(result[i])) {
            result[i] = kReplacement;
        }
    }
    return result;
}

} // namespace

char16_t toView(char16_t unit)
{
    switch (unit) {
    case u'\n':
        return kParagraphSeparator;
    case u'\r':
        return kCarriageReturnSign;
    case kObjectReplacement:
        return kObjectSign;
    case kParagraphSeparator:
    case u'\uFDD0':
    case u'\uFDD1':
        return kReplacement;
    default:
        return unit;
    }
}

bool isStandIn(char16_t unit)
{
    return unit != u'\n' && toView(unit) != unit;
}

TextChange smallestChange(std::u16string_view shared, std::u16string_view view,
                          std::uint32_t offset, std::uint32_t hint)
{
    const std::size_t shorter = std::min(shared.size(), view.size());
    std::size_t prefix = 0;
    while (prefix < shorter && toView(shared[prefix]) == view[prefix]) {
        ++prefix;
    }
    if (prefix == shared.size() && prefix == view.size()) {
        return {offset, 0, {}};
    }
    std::size_t suffix = 0;
    while (suffix < shorter - prefix &&
           toView(shared[shared.size() - 1 - suffix]) == view[view.size() - 1 - suffix]) {
        ++suffix;
    }
    // "aaa" with one more "a": the scan from the front went past the caret. Units that equal their
    // neighbours on the other side of the change may belong to either end.
    const std::size_t wanted = hint > offset ? hint - offset : 0;
    const std::size_t changed = std::max(shared.size(), view.size()) - prefix - suffix;
    const std::u16string_view longer = shared.size() > view.size() ? shared : view;
    if (shared.size() == prefix + suffix || view.size() == prefix + suffix) {
        const std::size_t caret =
            shared.size() > view.size() ? wanted : wanted - std::min(wanted, changed);
        while (prefix > caret && longer[prefix - 1] == longer[prefix - 1 + changed]) {
            --prefix;
            ++suffix;
        }
    }
    if (cutsPair(shared, prefix) || cutsPair(view, prefix)) {
        --prefix;
    }
    if (suffix > 0 &&
        (cutsPair(shared, shared.size() - suffix) || cutsPair(view, view.size() - suffix))) {
        --suffix;
    }
    TextChange change;
    change.offset = offset + static_cast<std::uint32_t>(prefix);
    change.removedLength = static_cast<std::uint32_t>(shared.size() - prefix - suffix);
    const std::u16string text =
        withoutLoneSurrogates(view.substr(prefix, view.size() - prefix - suffix));
    change.inserted.reserve(text.size());
    for (const char16_t unit : text) {
        change.inserted.push_back(unit == kParagraphSeparator ? u'\n' : unit);
    }
    return change;
}

} // namespace cowrite::ui
