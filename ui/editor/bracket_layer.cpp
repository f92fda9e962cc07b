#include "ui/editor/bracket_layer.h"

#include "ui/editor/editor.h"

#include <QPainter>
#include <QTextBlock>

#include <array>

namespace cowrite::ui {

namespace {

/// How far a partner is looked for, so that a paint costs the same in every document.
constexpr int kReach = 20'000;
constexpr double kRadius = 2;

constexpr std::array<std::pair<char16_t, char16_t>, 3> kBrackets{
    {{u'(', u')'}, {u'[', u']'}, {u'{', u'}'}}};

struct Bracket {
    QChar own;
    QChar partner;
    int step = 0; ///< to where the partner is
};

std::optional<Bracket> bracketOf(QChar unit)
{
    for (const auto &[open, close] : kBrackets) {
        if (unit == open) {
            return Bracket{unit, close, 1};
        }
        if (unit == close) {
            return Bracket{unit, open, -1};
        }
    }
    return std::nullopt;
}

std::optional<int> partnerOf(const QTextDocument &document, int position, const Bracket &bracket)
{
    QTextBlock block = document.findBlock(position);
    int at = position - block.position();
    int depth = 0;
    int left = kReach;
    while (block.isValid() && block.length() <= left) {
        const QString text = block.text();
        for (; at >= 0 && at < text.size(); at += bracket.step) {
            if (text[at] == bracket.own) {
                ++depth;
            } else if (text[at] == bracket.partner && --depth == 0) {
                return block.position() + at;
            }
        }
        left -= block.length();
        block = bracket.step > 0 ? block.next() : block.previous();
        at = bracket.step > 0 || !block.isValid() ? 0 : block.length() - 2;
    }
    return std::nullopt;
}

} // namespace

std::optional<BracketLayer::Pair> BracketLayer::match() const
{
    const QTextCursor cursor = editor().textCursor();
    if (cursor.hasSelection()) {
        return std::nullopt;
    }
    const QTextDocument &document = *editor().document();
    for (const int position : {cursor.position(), cursor.position() - 1}) {
        const auto bracket =
            position >= 0 ? bracketOf(document.characterAt(position)) : std::nullopt;
        if (!bracket) {
            continue;
        }
        if (const auto partner = partnerOf(document, position, *bracket)) {
            return Pair{static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(*partner)};
        }
    }
    return std::nullopt;
}

void BracketLayer::jump()
{
    if (const auto pair = match()) {
        editor().select({pair->other, pair->other});
    }
}

void BracketLayer::paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    const auto pair = match();
    if (!pair) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(editor().theme().bracket);
    for (const VisibleLine &line : lines) {
        for (const std::uint32_t offset : {pair->atCaret, pair->other}) {
            const QRectF rect = line.rectOf(offset, offset + 1, 0);
            if (!rect.isEmpty()) {
                painter.drawRoundedRect(rect, kRadius, kRadius);
            }
        }
    }
    painter.restore();
}

} // namespace cowrite::ui
