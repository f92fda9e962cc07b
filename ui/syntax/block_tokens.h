#pragma once

#include "ui/syntax/syntax.h"

#include <QTextBlock>

#include <vector>

namespace cowrite::ui {

/// What is known about a line that is or was in sight.
class BlockTokens : public QTextBlockUserData {
public:
    std::vector<Token> tokens;
    int before = Syntax::kInitialState;
    int generation = -1;
    bool isGuess = false;
    bool isStale = false;

    [[nodiscard]] static BlockTokens *of(const QTextBlock &block)
    {
        return static_cast<BlockTokens *>(block.userData());
    }
};

} // namespace cowrite::ui
