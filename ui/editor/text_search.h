#pragma once

#include "libsync/base/error.h"
#include "libsync/crdt/delta.h"
#include "ui/editor/text_edits.h"

#include <QRegularExpression>
#include <QString>

#include <atomic>
#include <cstdint>
#include <vector>

namespace cowrite::ui {

/// What is looked for in a text.
struct SearchQuery {
    QString pattern;
    bool matchCase = false;
    bool wholeWords = false;
    bool isExpression = false; ///< a regular expression of Perl's kind, `^` and `$` for lines

    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

struct TextMatch {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;

    friend bool operator==(const TextMatch &, const TextMatch &) = default;
};

/// Error Malformed, with what is wrong in the words of the library, for an expression that is none.
[[nodiscard]] Result<QRegularExpression> expressionOf(const SearchQuery &query);

/// The first `most` places in `text`, ascending, without overlaps, none of them empty; fewer as
/// soon as `cancelled`, or where looking gets too complicated. For any thread.
[[nodiscard]] std::vector<TextMatch> findAll(const QRegularExpression &expression,
                                             const QString &text, std::size_t most,
                                             const std::atomic<bool> &cancelled);

/// The same as edits to `replacement`, in which an expression's captures are `\1` to `\9`, the
/// whole match `\0`, and `\n`, `\t` and `\\` are what they are elsewhere; without an expression it
/// is taken as it is.
[[nodiscard]] std::vector<TextEdit> replaceAll(const QRegularExpression &expression,
                                               const QString &text, const QString &replacement,
                                               bool isExpression,
                                               const std::atomic<bool> &cancelled);

/// Moves matches through a change of the text; those that it touched are left out.
void moveMatches(std::vector<TextMatch> &matches, const crdt::Delta &change);
void moveEdits(std::vector<TextEdit> &edits, const crdt::Delta &change);

} // namespace cowrite::ui
