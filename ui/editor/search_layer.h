#pragma once

#include "libsync/base/signal.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/text_search.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace cowrite::ui {

/// What a search found in the text of an editor: marks every match, goes from one to the next, and
/// replaces. The text is searched on another thread; meanwhile and afterwards the matches move with
/// every change of the text, whoever makes it, and a little later it is searched again.
class SearchLayer : public QObject, public EditorLayer {
    Q_OBJECT

public:
    /// More matches than these are not marked, and the count says so.
    static constexpr std::size_t kMostMatches = 500'000;

    explicit SearchLayer(Editor &editor);
    ~SearchLayer() override;

    /// An empty pattern ends the search.
    void setQuery(const SearchQuery &query);
    [[nodiscard]] const SearchQuery &query() const { return m_query; }
    /// Whether the matches are marked.
    void setMarked(bool marked);

    /// What is wrong with the expression; empty for nothing.
    [[nodiscard]] const QString &problem() const { return m_problem; }
    /// Whether count() is that of another query or another text.
    [[nodiscard]] bool isSearching() const { return m_cancel != nullptr; }
    [[nodiscard]] std::size_t count() const { return m_matches.size(); }
    [[nodiscard]] bool hasMore() const { return m_matches.size() >= kMostMatches; }
    /// The match that is selected, from 0.
    [[nodiscard]] std::optional<std::size_t> current() const;

    enum class Step {
        Here, ///< the match at the beginning of the selection, else the next one
        Next,
        Previous,
    };
    /// Selects a match, beyond the last one the first; as soon as the search is through.
    void go(Step step);
    /// Replaces the selected match and goes to the next; if none is selected, only the latter.
    void replaceCurrent(const QString &replacement);
    /// Replaces every match as one step of undo, as soon as the search for them is through.
    void replaceAll(const QString &replacement);

    void paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines) override;

Q_SIGNALS:
    /// Anything above has changed.
    void changed();
    /// go() went past the end of the text, or past its beginning.
    void wrapped();
    /// replaceAll() is done.
    void replaced(int count);

private:
    /// A run on another thread; who gives it up sets the flag.
    using Cancel = std::shared_ptr<std::atomic<bool>>;

    void observeText();
    void onTextChanged(const crdt::Delta &change);
    void search();
    void cancel();
    void onFound(std::vector<TextMatch> matches);
    void onReplacements(std::vector<TextEdit> edits);
    void select(std::size_t index);

    SearchQuery m_query;
    std::optional<QRegularExpression> m_expression;
    QString m_problem;
    bool m_marked = true;
    std::vector<TextMatch> m_matches;
    std::optional<Step> m_pendingStep;
    Cancel m_cancel;        ///< null while none is looked for
    Cancel m_cancelReplace; ///< null while nothing is replaced
    /// What changed since the text was taken that is searched.
    std::vector<crdt::Delta> m_since;
    std::vector<crdt::Delta> m_sinceReplace;
    QTimer m_again;
    Subscription m_subscription;
};

} // namespace cowrite::ui
