#include "ui/editor/search_layer.h"

#include "libsync/crdt/event.h"
#include "libsync/session/document/another_thread.h"
#include "ui/editor/editor.h"

#include <QPainter>
#include <QTextBlock>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace cowrite::ui {

namespace {

/// A text that changes all the time is searched this often at most.
constexpr std::chrono::milliseconds kAgainTime{150};
constexpr std::uint32_t kWholeText = std::numeric_limits<std::uint32_t>::max();

std::uint32_t endOf(const TextMatch &match)
{
    return match.offset + match.length;
}

} // namespace

SearchLayer::SearchLayer(Editor &editor) : QObject(&editor), EditorLayer(editor)
{
    m_again.setSingleShot(true);
    m_again.setInterval(kAgainTime);
    connect(&m_again, &QTimer::timeout, this, &SearchLayer::search);
    connect(&editor, &Editor::textSet, this, &SearchLayer::observeText);
    connect(&editor, &Editor::selectionMoved, this, &SearchLayer::changed);
    observeText();
}

SearchLayer::~SearchLayer()
{
    cancel();
    if (m_cancelReplace) {
        *m_cancelReplace = true;
    }
}

void SearchLayer::observeText()
{
    if (!editor().hasText()) {
        return;
    }
    m_subscription =
        editor().text().observe([this](const crdt::Event &event) { onTextChanged(event.delta()); });
    m_matches.clear();
    search();
}

void SearchLayer::onTextChanged(const crdt::Delta &change)
{
    if (m_cancelReplace) {
        m_sinceReplace.push_back(change);
    }
    if (!m_expression) {
        return;
    }
    moveMatches(m_matches, change);
    if (isSearching()) {
        m_since.push_back(change);
    }
    if (!m_again.isActive()) {
        m_again.start();
    }
}

// ---------------------------------------------------------------- looking

void SearchLayer::setQuery(const SearchQuery &query)
{
    if (query == m_query) {
        return;
    }
    m_query = query;
    m_expression.reset();
    m_problem.clear();
    m_pendingStep.reset();
    m_matches.clear();
    cancel();
    if (!query.pattern.isEmpty()) {
        auto expression = expressionOf(query);
        if (expression) {
            m_expression = *std::move(expression);
            search();
        } else {
            m_problem = QString::fromStdString(expression.error().message);
        }
    }
    editor().viewport()->update();
    Q_EMIT changed();
}

void SearchLayer::setMarked(bool marked)
{
    m_marked = marked;
    editor().viewport()->update();
}

void SearchLayer::cancel()
{
    m_again.stop();
    m_since.clear();
    if (const Cancel running = std::exchange(m_cancel, nullptr)) {
        *running = true;
    }
}

void SearchLayer::search()
{
    if (!m_expression || !editor().hasText()) {
        return;
    }
    if (isSearching()) {
        m_again.start();
        return;
    }
    m_cancel = std::make_shared<std::atomic<bool>>(false);
    session::onAnotherThread(
        [expression = *m_expression, text = editor().sharedText(0, kWholeText), cancel = m_cancel] {
            return findAll(expression, text, kMostMatches, *cancel);
        },
        [this, cancel = m_cancel](std::vector<TextMatch> matches) {
            // Set by the destructor as well.
            if (!*cancel) {
                onFound(std::move(matches));
            }
        });
}

void SearchLayer::onFound(std::vector<TextMatch> matches)
{
    m_cancel.reset();
    m_matches = std::move(matches);
    for (const crdt::Delta &change : std::exchange(m_since, {})) {
        moveMatches(m_matches, change);
    }
    if (const auto step = std::exchange(m_pendingStep, std::nullopt)) {
        go(*step);
    }
    editor().viewport()->update();
    Q_EMIT changed();
}

std::optional<std::size_t> SearchLayer::current() const
{
    const SelectionOffsets selection = editor().selection();
    const auto [from, to] = std::minmax(selection.anchor, selection.head);
    const TextMatch selected{from, to - from};
    const auto found =
        std::partition_point(m_matches.begin(), m_matches.end(),
                             [&](const TextMatch &match) { return match.offset < from; });
    return found != m_matches.end() && *found == selected
               ? std::optional(static_cast<std::size_t>(found - m_matches.begin()))
               : std::nullopt;
}

void SearchLayer::go(Step step)
{
    if (isSearching()) {
        m_pendingStep = step;
        return;
    }
    if (m_matches.empty()) {
        return;
    }
    const SelectionOffsets selection = editor().selection();
    const auto [from, to] = std::minmax(selection.anchor, selection.head);
    std::size_t index = 0;
    if (step == Step::Previous) {
        const std::uint32_t before = from;
        const auto after =
            std::partition_point(m_matches.begin(), m_matches.end(),
                                 [&](const TextMatch &match) { return endOf(match) <= before; });
        const bool isPast = after == m_matches.begin();
        index =
            static_cast<std::size_t>((isPast ? m_matches.end() : after) - m_matches.begin()) - 1;
        if (isPast) {
            Q_EMIT wrapped();
        }
    } else {
        const std::uint32_t since = step == Step::Here ? from : to;
        const auto next =
            std::partition_point(m_matches.begin(), m_matches.end(),
                                 [&](const TextMatch &match) { return match.offset < since; });
        if (next == m_matches.end()) {
            Q_EMIT wrapped();
        } else {
            index = static_cast<std::size_t>(next - m_matches.begin());
        }
    }
    select(index);
}

void SearchLayer::select(std::size_t index)
{
    const TextMatch &match = m_matches[index];
    editor().select({match.offset, endOf(match)});
    editor().bringIntoSight(match.offset);
    Q_EMIT changed();
}

// ---------------------------------------------------------------- replacing

void SearchLayer::replaceCurrent(const QString &replacement)
{
    const auto index = current();
    if (!index || editor().isReadOnly()) {
        go(Step::Next);
        return;
    }
    // What surrounds it may decide whether and how an expression matches.
    const TextMatch match = m_matches[*index];
    const QTextDocument &document = *editor().document();
    const QTextBlock first = document.findBlock(static_cast<int>(match.offset));
    const QTextBlock last = document.findBlock(static_cast<int>(endOf(match)));
    const auto start = static_cast<std::uint32_t>(first.position());
    const auto end = static_cast<std::uint32_t>(last.position() + last.length() - 1);
    const std::atomic<bool> never = false;
    const std::vector<TextEdit> edits =
        ui::replaceAll(*m_expression, editor().sharedText(start, end - start), replacement,
                       m_query.isExpression, never);
    for (TextEdit edit : edits) {
        edit.offset += start;
        if (edit.offset == match.offset && edit.length == match.length) {
            editor().applyChange(deltaOf({edit}));
            const auto caret = edit.offset + static_cast<std::uint32_t>(edit.text.size());
            editor().select({caret, caret});
            break;
        }
    }
    go(Step::Next);
}

void SearchLayer::replaceAll(const QString &replacement)
{
    if (!m_expression || m_cancelReplace || editor().isReadOnly()) {
        return;
    }
    m_sinceReplace.clear();
    m_cancelReplace = std::make_shared<std::atomic<bool>>(false);
    session::onAnotherThread(
        [expression = *m_expression, text = editor().sharedText(0, kWholeText), replacement,
         isExpression = m_query.isExpression, cancel = m_cancelReplace] {
            return ui::replaceAll(expression, text, replacement, isExpression, *cancel);
        },
        [this, cancel = m_cancelReplace](std::vector<TextEdit> edits) {
            if (!*cancel) {
                onReplacements(std::move(edits));
            }
        });
}

void SearchLayer::onReplacements(std::vector<TextEdit> edits)
{
    m_cancelReplace.reset();
    for (const crdt::Delta &change : std::exchange(m_sinceReplace, {})) {
        moveEdits(edits, change);
    }
    if (editor().isReadOnly()) {
        return;
    }
    editor().applyChange(deltaOf(edits));
    Q_EMIT replaced(static_cast<int>(edits.size()));
}

// ---------------------------------------------------------------- painting

void SearchLayer::paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    if (!m_marked || m_matches.empty()) {
        return;
    }
    const double paragraphEndWidth = editor().fontMetrics().horizontalAdvance(QLatin1Char(' '));
    for (const VisibleLine &line : lines) {
        auto match =
            std::partition_point(m_matches.begin(), m_matches.end(), [&](const TextMatch &found) {
                return endOf(found) <= line.startOffset;
            });
        for (; match != m_matches.end() && match->offset <= line.endOffset; ++match) {
            const QRectF rect = line.rectOf(match->offset, endOf(*match), paragraphEndWidth);
            if (!rect.isEmpty()) {
                painter.fillRect(rect, editor().theme().found);
            }
        }
    }
}

} // namespace cowrite::ui
