#include "ui/editor/text_search.h"

#include <algorithm>

namespace cowrite::ui {

namespace {

template <class Found>
void forEachMatch(const QRegularExpression &expression, const QString &text,
                  const std::atomic<bool> &cancelled, Found found)
{
    QRegularExpressionMatchIterator it = expression.globalMatch(text);
    while (!cancelled && it.hasNext()) {
        const QRegularExpressionMatch match = it.next();
        if (match.capturedLength() > 0 && !found(match)) {
            return;
        }
    }
}

QString expanded(const QString &replacement, const QRegularExpressionMatch &match)
{
    QString result;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const QChar unit = replacement[i];
        if (unit != QLatin1Char('\\') || i + 1 == replacement.size()) {
            result += unit;
            continue;
        }
        const QChar next = replacement[++i];
        if (next >= QLatin1Char('0') && next <= QLatin1Char('9')) {
            result += match.captured(next.digitValue());
        } else if (next == QLatin1Char('n')) {
            result += QLatin1Char('\n');
        } else if (next == QLatin1Char('t')) {
            result += QLatin1Char('\t');
        } else {
            result += next;
        }
    }
    return result;
}

/// Moves whatever has an offset and a length through `change`, in place.
template <class Range>
void moveRanges(std::vector<Range> &ranges, const crdt::Delta &change)
{
    using Kind = crdt::DeltaOp::Kind;
    auto step = change.begin();
    std::uint32_t at = 0; // in the old text, where `step` begins
    std::uint32_t added = 0;
    std::uint32_t removed = 0;
    auto kept = ranges.begin();
    for (Range &range : ranges) {
        while (step != change.end() &&
               (step->kind == Kind::Insert || at + step->length <= range.offset)) {
            if (step->kind == Kind::Insert) {
                added += step->length;
            } else {
                removed += step->kind == Kind::Delete ? step->length : 0;
                at += step->length;
            }
            ++step;
        }
        const bool isWhole =
            range.offset >= at &&
            (step == change.end() ||
             (step->kind == Kind::Retain && range.offset + range.length <= at + step->length));
        if (!isWhole) {
            continue;
        }
        range.offset = range.offset + added - removed;
        if (&*kept != &range) {
            *kept = std::move(range);
        }
        ++kept;
    }
    ranges.erase(kept, ranges.end());
}

} // namespace

Result<QRegularExpression> expressionOf(const SearchQuery &query)
{
    QString pattern =
        query.isExpression ? query.pattern : QRegularExpression::escape(query.pattern);
    if (query.wholeWords) {
        pattern = QLatin1String("(?<!\\w)(?:") + pattern + QLatin1String(")(?!\\w)");
    }
    QRegularExpression::PatternOptions options =
        QRegularExpression::MultilineOption | QRegularExpression::UseUnicodePropertiesOption;
    if (!query.matchCase) {
        options |= QRegularExpression::CaseInsensitiveOption;
    }
    QRegularExpression expression(pattern, options);
    if (!expression.isValid()) {
        return fail(ErrorCode::Malformed, expression.errorString().toStdString());
    }
    expression.optimize();
    return expression;
}

std::vector<TextMatch> findAll(const QRegularExpression &expression, const QString &text,
                               std::size_t most, const std::atomic<bool> &cancelled)
{
    std::vector<TextMatch> matches;
    forEachMatch(expression, text, cancelled, [&](const QRegularExpressionMatch &match) {
        matches.push_back({static_cast<std::uint32_t>(match.capturedStart()),
                           static_cast<std::uint32_t>(match.capturedLength())});
        return matches.size() < most;
    });
    return matches;
}

std::vector<TextEdit> replaceAll(const QRegularExpression &expression, const QString &text,
                                 const QString &replacement, bool isExpression,
                                 const std::atomic<bool> &cancelled)
{
    std::vector<TextEdit> edits;
    forEachMatch(expression, text, cancelled, [&](const QRegularExpressionMatch &match) {
        const QString inserted = isExpression ? expanded(replacement, match) : replacement;
        if (inserted != match.capturedView()) {
            edits.push_back({static_cast<std::uint32_t>(match.capturedStart()),
                             static_cast<std::uint32_t>(match.capturedLength()), inserted});
        }
        return true;
    });
    return edits;
}

void moveMatches(std::vector<TextMatch> &matches, const crdt::Delta &change)
{
    moveRanges(matches, change);
}

void moveEdits(std::vector<TextEdit> &edits, const crdt::Delta &change)
{
    moveRanges(edits, change);
}

} // namespace cowrite::ui
