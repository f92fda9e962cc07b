#include "ui/editor/highlighter.h"

#include "libsync/session/document/another_thread.h"
#include "ui/editor/editor.h"
#include "ui/syntax/block_tokens.h"
#include "ui/syntax/syntax_format.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>

#include <algorithm>
#include <mutex>

namespace cowrite::ui {

namespace {

/// Lines around those in sight that are coloured too, so that a turn of the wheel shows no others.
constexpr int kMargin = 20;
/// Where the state is not known, this many lines above tell nearly always enough.
constexpr int kGuessLines = 60;
constexpr int kMostLines = 200;
/// Farther down than this a guess is all there is.
constexpr int kMostUnknown = 20'000;
/// What a turn of the event loop may take of prose.
constexpr qint64 kSliceMilliseconds = 3;

/// Libraries have global state: one line of code at a time, whatever the document.
std::mutex &codeMutex()
{
    static std::mutex mutex;
    return mutex;
}

} // namespace

/// Made where it is used: reading a language takes its time.
struct Highlighter::SyntaxOwner {
    const Language &language;
    std::unique_ptr<Syntax> syntax;
};

Highlighter::Highlighter(Editor &editor, const Theme &theme)
    : QObject(&editor),
      m_editor(editor),
      m_document(*editor.document()),
      m_theme(theme),
      m_syntax(std::make_shared<SyntaxOwner>(SyntaxOwner{plainText(), nullptr}))
{
    connect(&m_document, &QTextDocument::contentsChange, this, &Highlighter::onContentsChange);
    connect(editor.verticalScrollBar(), &QScrollBar::valueChanged, this, &Highlighter::workSoon);
    editor.viewport()->installEventFilter(this);
}

Highlighter::~Highlighter()
{
    *m_isAlive = false;
}

void Highlighter::setTheme(const Theme &theme)
{
    m_theme = theme;
    ++m_generation;
    workSoon();
}

void Highlighter::setLanguage(const Language &language)
{
    if (&language == &m_syntax->language) {
        return;
    }
    m_syntax = std::make_shared<SyntaxOwner>(SyntaxOwner{language, nullptr});
    ++m_generation;
    m_states.clear();
    m_isAwayVoid = true;
    workSoon();
}

const std::vector<Token> *Highlighter::tokensOf(const QTextBlock &block) const
{
    const BlockTokens *data = BlockTokens::of(block);
    return data != nullptr && data->generation == m_generation && !data->isStale ? &data->tokens
                                                                                 : nullptr;
}

bool Highlighter::isIdle() const
{
    return !m_away && !m_isScheduled && !nextJob();
}

bool Highlighter::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) {
        workSoon();
    }
    return false;
}

// ---------------------------------------------------------------- changes of the text

void Highlighter::onContentsChange(int position, int removed, int added)
{
    const int end = std::min(position + added, m_document.characterCount() - 1);
    const QTextBlock first = m_document.findBlock(position);
    const int last = m_document.findBlock(end).blockNumber();
    const int grown =
        m_document.blockCount() - std::exchange(m_blockCount, m_document.blockCount());
    if (!first.isValid()) {
        return;
    }
    for (QTextBlock block = first; block.isValid() && block.blockNumber() <= last;
         block = block.next()) {
        if (BlockTokens *data = BlockTokens::of(block)) {
            data->isStale = true;
        }
    }
    if (grown == 0 && last == first.blockNumber() && added != removed) {
        shiftTokens(first, position - first.position(), removed, added);
    }
    noteChange(first.blockNumber(), last, grown);
    if (m_syntax->language.kind == Language::Kind::Code) {
        workSoon();
    } else {
        work();
    }
}

void Highlighter::noteChange(int first, int last, int grown)
{
    m_states.noteChange(first, last, grown, m_blockCount);
    if (!m_away) {
        return;
    }
    const int oldLast = last - grown;
    if (first < m_away->first + m_awayCount && oldLast >= m_away->first - 1) {
        m_isAwayVoid = true;
    } else if (first < m_away->first) {
        m_away->first += grown;
        m_away->firstWithTokens += grown;
    }
}

void Highlighter::shiftTokens(const QTextBlock &block, int position, int removed, int added) const
{
    BlockTokens *data = BlockTokens::of(block);
    if (data == nullptr || data->tokens.empty() || block.length() > Syntax::kLongestLine) {
        return;
    }
    // Until the line is looked at again its colours go along with its words.
    const auto moved = [&](std::uint32_t offset) {
        const auto at = static_cast<int>(offset);
        return static_cast<std::uint32_t>(at <= position             ? at
                                          : at >= position + removed ? at + added - removed
                                                                     : position);
    };
    for (Token &token : data->tokens) {
        const std::uint32_t end = moved(token.start + token.length);
        token.start = moved(token.start);
        token.length = end - token.start;
    }
    applyFormats(block, data->tokens);
}

// ---------------------------------------------------------------- what to do next

std::pair<int, int> Highlighter::sight() const
{
    const auto [first, last] = m_editor.blocksInSight();
    return {std::max(first - kMargin, 0), std::min(last + kMargin, m_blockCount - 1)};
}

std::optional<int> Highlighter::stateBefore(const QTextBlock &block) const
{
    if (block.blockNumber() == 0) {
        return Syntax::kInitialState;
    }
    const int state = block.previous().userState();
    return block.blockNumber() <= m_states.knownTo() && state >= 0 ? std::optional(state)
                                                                   : std::nullopt;
}

bool Highlighter::isFresh(const QTextBlock &block) const
{
    const BlockTokens *data = BlockTokens::of(block);
    if (data == nullptr || data->isStale || data->generation != m_generation) {
        return false;
    }
    const auto before = stateBefore(block);
    return before ? data->before == *before : data->isGuess;
}

Highlighter::Job Highlighter::makeJob(int first, int last, int firstWithTokens, int before) const
{
    Job job;
    job.first = first;
    job.before = before;
    job.firstWithTokens = firstWithTokens;
    job.syntax = m_syntax;
    QTextBlock block = m_document.findBlockByNumber(first);
    for (int number = first; number <= last && block.isValid(); ++number, block = block.next()) {
        // A line that is too long is only counted.
        job.lines.append(block.length() > Syntax::kLongestLine
                             ? QString(Syntax::kLongestLine + 1, QLatin1Char(' '))
                             : block.text());
    }
    return job;
}

std::optional<Highlighter::Job> Highlighter::jobInSight(int from, int to) const
{
    QTextBlock block = m_document.findBlockByNumber(from);
    while (block.isValid() && block.blockNumber() <= to && isFresh(block)) {
        block = block.next();
    }
    if (!block.isValid() || block.blockNumber() > to) {
        return std::nullopt;
    }
    const int first = block.blockNumber();
    int last = first;
    for (QTextBlock next = block.next(); next.isValid() && last < to && !isFresh(next);
         next = next.next()) {
        ++last;
    }
    last = std::min({std::max(last, first + m_burst - 1), first + kMostLines, m_blockCount - 1});
    QTextBlock start = block;
    for (int i = 0; i < kMostLines && !stateBefore(start); ++i) {
        start = start.previous();
    }
    if (const auto before = stateBefore(start)) {
        return makeJob(start.blockNumber(), last, start.blockNumber(), *before);
    }
    Job job = makeJob(std::max(first - kGuessLines, 0), last, first, Syntax::kInitialState);
    job.isGuess = true;
    return job;
}

std::optional<Highlighter::Job> Highlighter::nextJob() const
{
    if (!m_editor.isVisible()) {
        return std::nullopt;
    }
    const auto [from, to] = sight();
    if (auto job = jobInSight(from, to)) {
        return job;
    }
    if (m_states.hasHoles() && m_states.firstHole() <= to) {
        const int first = m_states.firstHole();
        const int count = std::clamp(m_states.holesInARow(), m_burst, kMostLines);
        const int last = std::min(first + count, m_states.knownTo()) - 1;
        const auto before = stateBefore(m_document.findBlockByNumber(first));
        return makeJob(first, last, m_blockCount, before.value_or(Syntax::kInitialState));
    }
    const int known = m_states.knownTo();
    if (known <= to && to - known < kMostUnknown) {
        const auto before = stateBefore(m_document.findBlockByNumber(known));
        return makeJob(known, std::min(known + kMostLines, to), m_blockCount,
                       before.value_or(Syntax::kInitialState));
    }
    return std::nullopt;
}

// ---------------------------------------------------------------- doing it

void Highlighter::workSoon()
{
    if (!m_isScheduled) {
        m_isScheduled = true;
        // Before what is in sight is painted: that has a low priority.
        QMetaObject::invokeMethod(this, &Highlighter::work, Qt::QueuedConnection);
    }
}

void Highlighter::work()
{
    m_isScheduled = false;
    QElapsedTimer timer;
    timer.start();
    while (!m_away) {
        std::optional<Job> job = nextJob();
        if (!job) {
            return;
        }
        if (m_syntax->language.kind == Language::Kind::Code) {
            send(*std::move(job));
            return;
        }
        apply(*job, run(*job));
        if (timer.elapsed() >= kSliceMilliseconds) {
            workSoon();
            return;
        }
    }
}

std::vector<Highlighter::Line> Highlighter::run(const Job &job)
{
    SyntaxOwner &owner = *job.syntax;
    if (!owner.syntax) {
        owner.syntax = makeSyntax(owner.language);
    }
    std::vector<Line> lines;
    lines.reserve(static_cast<std::size_t>(job.lines.size()));
    int state = job.before;
    int number = job.first;
    for (const QString &text : job.lines) {
        Line line;
        state = owner.syntax->highlight(text, state,
                                        number >= job.firstWithTokens ? &line.tokens : nullptr);
        line.after = state;
        lines.push_back(std::move(line));
        ++number;
    }
    return lines;
}

void Highlighter::send(Job job)
{
    m_away = job;
    m_away->lines.clear();
    m_awayCount = static_cast<int>(job.lines.size());
    m_isAwayVoid = false;
    session::onAnotherThread(
        [job = std::move(job)] {
            const std::lock_guard lock(codeMutex());
            return run(job);
        },
        [this, isAlive = m_isAlive](std::vector<Line> lines) {
            if (!*isAlive) {
                return;
            }
            const Job done = *std::exchange(m_away, std::nullopt);
            if (!m_isAwayVoid) {
                apply(done, std::move(lines));
            }
            workSoon();
        });
}

void Highlighter::apply(const Job &job, std::vector<Line> lines)
{
    QTextBlock block = m_document.findBlockByNumber(job.first);
    int before = job.before;
    int dirtyFrom = -1;
    int dirtyTo = -1;
    for (std::size_t i = 0; i < lines.size() && block.isValid(); ++i, block = block.next()) {
        Line &line = lines[i];
        const int number = block.blockNumber();
        if (number >= job.firstWithTokens) {
            auto *data = BlockTokens::of(block);
            const bool isSame =
                data != nullptr && data->generation == m_generation && data->tokens == line.tokens;
            if (data == nullptr) {
                data = new BlockTokens;
                block.setUserData(data);
            }
            data->tokens = std::move(line.tokens);
            data->before = before;
            data->generation = m_generation;
            data->isGuess = job.isGuess;
            data->isStale = false;
            // A composition takes away the formats of its line.
            if (!isSame || !block.layout()->preeditAreaText().isEmpty()) {
                applyFormats(block, data->tokens);
                dirtyFrom = dirtyFrom < 0 ? block.position() : dirtyFrom;
                dirtyTo = block.position() + block.length();
            }
        }
        if (!job.isGuess) {
            noteState(block, line.after, i + 1 == lines.size());
        }
        before = line.after;
    }
    if (dirtyFrom >= 0) {
        m_document.markContentsDirty(dirtyFrom, dirtyTo - dirtyFrom);
    }
    if (job.firstWithTokens < m_blockCount) {
        Q_EMIT tokensChanged();
    }
}

void Highlighter::noteState(const QTextBlock &block, int after, bool isLast)
{
    const int number = block.blockNumber();
    const bool changed = block.userState() != after;
    QTextBlock(block).setUserState(after);
    m_states.learn(number);
    if (isLast) {
        const bool goesOn = changed && number + 1 < m_states.knownTo();
        m_burst = goesOn ? std::min(m_burst * 4, kMostLines) : 1;
        if (goesOn) {
            m_states.forget(number + 1);
        }
    }
}

void Highlighter::applyFormats(const QTextBlock &block, const std::vector<Token> &tokens) const
{
    block.layout()->setFormats(formatsWithPreedit(*block.layout(), formatRanges(tokens, m_theme)));
}

} // namespace cowrite::ui
