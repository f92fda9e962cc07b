#pragma once

#include "ui/editor/line_states.h"
#include "ui/look/theme.h"
#include "ui/syntax/syntax.h"

#include <QObject>
#include <QStringList>
#include <QTextLayout>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QTextBlock;
class QTextDocument;

namespace cowrite::ui {

class BlockTokens;
class Editor;

/// Colours the text of an editor: the part in sight first, and never more of the rest than it takes
/// to know how the part in sight begins. Code is looked at on another thread; prose, which takes
/// hardly any time, at once.
///
/// The state after a line is its block's userState(). Lines from the top on are known, with some
/// holes where the text was edited since; what comes from elsewhere is coloured by a guess until
/// then. An edit is looked at again only as far down as it changes states.
class Highlighter : public QObject {
    Q_OBJECT

public:
    Highlighter(Editor &editor, const Theme &theme);
    ~Highlighter() override;

    void setTheme(const Theme &theme);
    void setLanguage(const Language &language);

    /// Of a line that is or was in sight; null if it was not looked at, or changed since.
    [[nodiscard]] const std::vector<Token> *tokensOf(const QTextBlock &block) const;
    /// Whether everything in sight has the colours it should have.
    [[nodiscard]] bool isIdle() const;

Q_SIGNALS:
    /// tokensOf() says something else about lines in sight.
    void tokensChanged();

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    struct SyntaxOwner;
    /// Some lines on the way to another thread and back.
    struct Job {
        int first = 0;
        int before = Syntax::kInitialState;
        int firstWithTokens = 0;
        bool isGuess = false;
        QStringList lines;
        std::shared_ptr<SyntaxOwner> syntax;

        [[nodiscard]] int last() const { return first + static_cast<int>(lines.size()) - 1; }
    };
    struct Line {
        int after = Syntax::kInitialState;
        std::vector<Token> tokens;
    };

    [[nodiscard]] static std::vector<Line> run(const Job &job);
    void onContentsChange(int position, int removed, int added);
    void noteChange(int first, int last, int grown);
    void shiftTokens(const QTextBlock &block, int position, int removed, int added) const;
    void workSoon();
    void work();
    void send(Job job);
    void apply(const Job &job, std::vector<Line> lines);
    /// Whether the block after this one must be looked at again.
    void noteState(const QTextBlock &block, int after, bool isLast);
    void applyFormats(const QTextBlock &block, const std::vector<Token> &tokens) const;
    [[nodiscard]] std::optional<Job> nextJob() const;
    [[nodiscard]] std::optional<Job> jobInSight(int from, int to) const;
    [[nodiscard]] Job makeJob(int first, int last, int firstWithTokens, int before) const;
    [[nodiscard]] std::pair<int, int> sight() const;
    [[nodiscard]] std::optional<int> stateBefore(const QTextBlock &block) const;
    [[nodiscard]] bool isFresh(const QTextBlock &block) const;

    Editor &m_editor;
    QTextDocument &m_document;
    Theme m_theme;
    std::shared_ptr<SyntaxOwner> m_syntax;
    /// Of language and theme; tokens of another one are none.
    int m_generation = 0;
    int m_blockCount = 1;
    LineStates m_states;
    /// More lines are looked at together as long as one changes the state of the next.
    int m_burst = 1;
    /// The job that is elsewhere; without lines, as only its place is of interest.
    std::optional<Job> m_away;
    int m_awayCount = 0; ///< of its lines
    bool m_isAwayVoid = false;
    bool m_isScheduled = false;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace cowrite::ui
