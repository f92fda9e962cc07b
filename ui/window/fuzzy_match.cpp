#include "ui/window/fuzzy_match.h"

#include <QString>

#include <algorithm>
#include <vector>

namespace cowrite::ui {

namespace {

constexpr int kLetter = 1;
constexpr int kNext = 8;      ///< follows the letter before it
constexpr int kWordStart = 8; ///< is the first one of a word
constexpr int kTextStart = 4; ///< and even of the text
constexpr int kNoFit = -1;

bool beginsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber() ||
           (text[at].isUpper() && text[at - 1].isLower());
}

/// The best of all ways to find the letters of one word: best[i] is that which ends at text[i].
int scoreOfWord(QStringView word, QStringView text)
{
    std::vector<int> before;
    for (const QChar letter : word) {
        std::vector<int> best(static_cast<std::size_t>(text.size()), kNoFit);
        int bestSoFar = before.empty() ? 0 : kNoFit;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const auto at = static_cast<std::size_t>(i);
            const int last = at > 0 && !before.empty() ? before[at - 1] : kNoFit;
            bestSoFar = std::max(bestSoFar, last);
            if (bestSoFar == kNoFit || text[i].toCaseFolded() != letter.toCaseFolded()) {
                continue;
            }
            const int own =
                kLetter + (beginsWord(text, i) ? kWordStart : 0) + (i == 0 ? kTextStart : 0);
            best[at] = own + std::max(bestSoFar, last == kNoFit ? kNoFit : last + kNext);
        }
        before = std::move(best);
    }
    return before.empty() ? kNoFit : *std::max_element(before.begin(), before.end());
}

} // namespace

std::optional<int> fuzzyMatch(QStringView letters, QStringView text)
{
    int score = 0;
    for (const QStringView word : letters.split(u' ', Qt::SkipEmptyParts)) {
        const int own = scoreOfWord(word, text);
        if (own == kNoFit) {
            return std::nullopt;
        }
        score += own;
    }
    return score;
}

} // namespace cowrite::ui
