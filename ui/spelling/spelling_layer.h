#pragma once

#include "libsync/base/signal.h"
#include "ui/editor/editor_layer.h"
#include "ui/editor/text_search.h"
#include "ui/spelling/spelling_dictionary.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMenu;

namespace cowrite::ui {

/// Underlines words that are not in the dictionary, of the lines in sight, and offers others in the
/// menu of the text. The word that is being written is left alone until one goes on.
class SpellingLayer : public QObject, public EditorLayer {
    Q_OBJECT

public:
    /// Becomes a child of `editor`.
    explicit SpellingLayer(Editor &editor);

    /// Null turns it off.
    void setDictionary(SpellingDictionary *dictionary);
    [[nodiscard]] SpellingDictionary *dictionary() const { return m_dictionary; }

    /// What is underlined, ascending.
    [[nodiscard]] const std::vector<TextMatch> &mistakes() const { return m_mistakes; }

    void paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines) override;

private:
    void observeText();
    void checkSoon();
    void check();
    /// In sight; what the dictionary does not know yet is looked up.
    [[nodiscard]] std::vector<TextMatch> findMistakes();
    void fillMenu(QMenu &menu, std::uint32_t offset);
    void replace(const TextMatch &mistake, const QString &word, const QString &with);

    QPointer<SpellingDictionary> m_dictionary;
    std::vector<TextMatch> m_mistakes;
    QTimer m_check;
    Subscription m_subscription;
};

} // namespace cowrite::ui
