#include "ui/editor/line_commands.h"

#include "ui/editor/editor.h"
#include "ui/syntax/language.h"

#include <QTextBlock>

#include <algorithm>

namespace cowrite::ui {

namespace {

using session::SelectionOffsets;

constexpr int kTabColumns = 4;

std::uint32_t sizeOf(const QString &text)
{
    return static_cast<std::uint32_t>(text.size());
}

bool isBlank(const QString &text)
{
    return text.trimmed().isEmpty();
}

qsizetype indentOf(const QString &text)
{
    qsizetype size = 0;
    while (size < text.size() &&
           (text[size] == QLatin1Char(' ') || text[size] == QLatin1Char('\t'))) {
        ++size;
    }
    return size;
}

/// How many units of the beginning of `text` are one level.
qsizetype levelOf(const QString &text, qsizetype columns)
{
    if (text.startsWith(QLatin1Char('\t'))) {
        return 1;
    }
    qsizetype size = 0;
    while (size < columns && size < text.size() && text[size] == QLatin1Char(' ')) {
        ++size;
    }
    return size;
}

} // namespace

LineCommands::LineCommands(Editor &editor) : QObject(&editor), m_editor(editor) {}

// ---------------------------------------------------------------- lines

LineCommands::Line LineCommands::lineAt(int blockNumber) const
{
    const QTextBlock block = m_editor.document()->findBlockByNumber(blockNumber);
    const auto offset = static_cast<std::uint32_t>(block.position());
    return {offset, m_editor.sharedText(offset, static_cast<std::uint32_t>(block.length()) - 1)};
}

std::vector<LineCommands::Line> LineCommands::selectedLines() const
{
    const QTextDocument &document = *m_editor.document();
    const SelectionOffsets selection = m_editor.selection();
    const auto [start, end] = std::minmax(selection.anchor, selection.head);
    const int first = document.findBlock(static_cast<int>(start)).blockNumber();
    const QTextBlock lastBlock = document.findBlock(static_cast<int>(end));
    int last = lastBlock.blockNumber();
    if (last > first && lastBlock.position() == static_cast<int>(end)) {
        --last;
    }
    std::vector<Line> lines;
    for (int number = first; number <= last; ++number) {
        lines.push_back(lineAt(number));
    }
    return lines;
}

std::optional<LineCommands::Line> LineCommands::lineBeside(const std::vector<Line> &lines,
                                                           int step) const
{
    const Line &edge = step < 0 ? lines.front() : lines.back();
    const int number =
        m_editor.document()->findBlock(static_cast<int>(edge.offset)).blockNumber() + step;
    if (number < 0 || number >= m_editor.blockCount()) {
        return std::nullopt;
    }
    return lineAt(number);
}

void LineCommands::apply(const std::vector<TextEdit> &edits)
{
    const crdt::Delta delta = deltaOf(edits);
    const SelectionOffsets before = m_editor.selection();
    // A selection that begins with a line has what comes before that line as well.
    const auto moved = [&](std::uint32_t offset) {
        const bool startsLine = m_editor.columnOf(offset) == 1 && before.anchor != before.head;
        return TextBinding::moved(
            offset, delta, startsLine ? TextBinding::Side::Before : TextBinding::Side::After);
    };
    apply(edits, {moved(before.anchor), moved(before.head)});
}

void LineCommands::apply(const std::vector<TextEdit> &edits, const SelectionOffsets &selection)
{
    if (m_editor.isReadOnly() || edits.empty()) {
        return;
    }
    m_editor.applyChange(deltaOf(edits));
    m_editor.select(selection);
}

// ---------------------------------------------------------------- indenting

QString LineCommands::indentUnit() const
{
    constexpr int kLinesLookedAt = 500;
    int tabs = 0;
    int spaced = 0;
    qsizetype narrowest = 8;
    QTextBlock block = m_editor.document()->firstBlock();
    for (int i = 0; i < kLinesLookedAt && block.isValid(); ++i, block = block.next()) {
        const QTextDocument &document = *m_editor.document();
        if (document.characterAt(block.position()) == QLatin1Char('\t')) {
            ++tabs;
            continue;
        }
        int width = 0;
        while (width < block.length() - 1 && width < narrowest &&
               document.characterAt(block.position() + width) == QLatin1Char(' ')) {
            ++width;
        }
        if (width >= 2 && width < block.length() - 1) {
            ++spaced;
            narrowest = std::min<qsizetype>(narrowest, width);
        }
    }
    const QString &language = m_editor.language().id;
    const bool wantsTabs = language == QLatin1String("makefile") || language == QLatin1String("go");
    if (tabs > spaced || (tabs + spaced == 0 && wantsTabs)) {
        return QStringLiteral("\t");
    }
    const bool isKnown = spaced > 0 && (narrowest == 2 || narrowest == 3);
    return QString(isKnown ? narrowest : kTabColumns, QLatin1Char(' '));
}

void LineCommands::indent()
{
    const std::vector<Line> lines = selectedLines();
    const QString unit = indentUnit();
    std::vector<TextEdit> edits;
    for (const Line &line : lines) {
        if (!line.text.isEmpty() || lines.size() == 1) {
            edits.push_back({line.offset, 0, unit});
        }
    }
    apply(edits);
}

void LineCommands::unindent()
{
    const QString unit = indentUnit();
    const qsizetype columns = unit == QLatin1String("\t") ? kTabColumns : unit.size();
    std::vector<TextEdit> edits;
    for (const Line &line : selectedLines()) {
        if (const qsizetype level = levelOf(line.text, columns); level > 0) {
            edits.push_back({line.offset, static_cast<std::uint32_t>(level), {}});
        }
    }
    apply(edits);
}

// ---------------------------------------------------------------- comments

void LineCommands::toggleComment()
{
    const Language &language = m_editor.language();
    const std::vector<Line> lines = selectedLines();
    if (!language.hasComments()) {
        return;
    }
    if (language.lineComment.isEmpty()) {
        toggleBlockComment(lines);
        return;
    }
    const QString &marker = language.lineComment;
    qsizetype column = -1;
    bool areAllOut = true;
    for (const Line &line : lines) {
        if (isBlank(line.text)) {
            continue;
        }
        const qsizetype indent = indentOf(line.text);
        column = column < 0 ? indent : std::min(column, indent);
        areAllOut = areAllOut && QStringView(line.text).mid(indent).startsWith(marker);
    }
    if (column < 0) {
        return;
    }
    std::vector<TextEdit> edits;
    for (const Line &line : lines) {
        if (isBlank(line.text)) {
            continue;
        }
        if (!areAllOut) {
            edits.push_back(
                {line.offset + static_cast<std::uint32_t>(column), 0, marker + QLatin1Char(' ')});
            continue;
        }
        const qsizetype indent = indentOf(line.text);
        const bool hasSpace =
            QStringView(line.text).mid(indent + marker.size()).startsWith(QLatin1Char(' '));
        edits.push_back({line.offset + static_cast<std::uint32_t>(indent),
                         sizeOf(marker) + (hasSpace ? 1 : 0),
                         {}});
    }
    apply(edits);
}

void LineCommands::toggleBlockComment(const std::vector<Line> &lines)
{
    const Language &language = m_editor.language();
    const Line &first = lines.front();
    const Line &last = lines.back();
    const QString opening = language.commentStart + QLatin1Char(' ');
    const QString closing = QLatin1Char(' ') + language.commentEnd;
    const auto start = first.offset + static_cast<std::uint32_t>(indentOf(first.text));
    QString ending = last.text;
    while (!ending.isEmpty() && ending.back().isSpace()) {
        ending.chop(1);
    }
    const std::uint32_t end = std::max(last.offset + sizeOf(ending), start);
    const QString inside = m_editor.sharedText(start, end - start);
    if (inside.isEmpty()) {
        return;
    }
    if (inside.startsWith(language.commentStart) && inside.endsWith(language.commentEnd) &&
        inside.size() >= language.commentStart.size() + language.commentEnd.size()) {
        const QString &opened = inside.startsWith(opening) ? opening : language.commentStart;
        const QString &closed =
            inside.endsWith(closing) && inside.size() >= opened.size() + closing.size()
                ? closing
                : language.commentEnd;
        apply({{start, sizeOf(opened), {}}, {end - sizeOf(closed), sizeOf(closed), {}}});
    } else {
        apply({{start, 0, opening}, {end, 0, closing}});
    }
}

// ---------------------------------------------------------------- moving

void LineCommands::moveUp()
{
    const std::vector<Line> lines = selectedLines();
    const auto above = lineBeside(lines, -1);
    // What stands for an embedded object would come back as a mere sign.
    if (!above || above->text.contains(QChar::ObjectReplacementCharacter)) {
        return;
    }
    const std::uint32_t size = sizeOf(above->text) + 1;
    const SelectionOffsets selection = m_editor.selection();
    apply({{above->offset, size, {}},
           {lines.back().offset + sizeOf(lines.back().text), 0, QLatin1Char('\n') + above->text}},
          {selection.anchor - size, selection.head - size});
}

void LineCommands::moveDown()
{
    const std::vector<Line> lines = selectedLines();
    const auto below = lineBeside(lines, 1);
    if (!below || below->text.contains(QChar::ObjectReplacementCharacter)) {
        return;
    }
    const std::uint32_t size = sizeOf(below->text) + 1;
    const SelectionOffsets selection = m_editor.selection();
    // With the line break before it: the last line has none behind it.
    apply(
        {{lines.front().offset, 0, below->text + QLatin1Char('\n')}, {below->offset - 1, size, {}}},
        {selection.anchor + size, selection.head + size});
}

void LineCommands::duplicate()
{
    const std::vector<Line> lines = selectedLines();
    const std::uint32_t start = lines.front().offset;
    const std::uint32_t end = lines.back().offset + sizeOf(lines.back().text);
    const SelectionOffsets selection = m_editor.selection();
    const std::uint32_t size = end - start + 1;
    apply({{end, 0, QLatin1Char('\n') + m_editor.sharedText(start, end - start)}},
          {selection.anchor + size, selection.head + size});
}

void LineCommands::removeLines()
{
    const std::vector<Line> lines = selectedLines();
    std::uint32_t start = lines.front().offset;
    std::uint32_t end = lines.back().offset + sizeOf(lines.back().text);
    const int column = m_editor.columnOf(m_editor.selection().head) - 1;
    const auto below = lineBeside(lines, 1);
    const auto above = lineBeside(lines, -1);
    std::uint32_t caret = start;
    if (below) {
        ++end;
        caret += std::min(static_cast<std::uint32_t>(column), sizeOf(below->text));
    } else if (above) {
        --start;
        caret = above->offset + std::min(static_cast<std::uint32_t>(column), sizeOf(above->text));
    }
    if (end > start) {
        apply({{start, end - start, {}}}, {caret, caret});
    }
}

} // namespace cowrite::ui
