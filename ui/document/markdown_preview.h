#pragma once

#include "libsync/base/signal.h"
#include "ui/look/theme.h"

#include <QTextBrowser>
#include <QTimer>

#include <memory>
#include <vector>

namespace cowrite::ui {

class Editor;

/// What the Markdown of an editor looks like, kept up with the text and scrolled along with it. It
/// is read on another thread. Nothing is loaded from anywhere: pictures stay the words that
/// describe them, and a link opens outside when it is clicked.
class MarkdownPreview : public QTextBrowser {
    Q_OBJECT

public:
    /// Longer texts are not shown: laying them out would hold up the window.
    static constexpr qsizetype kLongestText = 400'000;

    /// `editor` must outlive it.
    MarkdownPreview(Editor &editor, const Theme &theme, QWidget *parent = nullptr);
    ~MarkdownPreview() override;

    void setTheme(const Theme &theme);

protected:
    QVariant loadResource(int type, const QUrl &name) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Parsed;

    void observeText();
    void parse();
    void onParsed(Parsed parsed);
    void follow();
    void openLink(const QUrl &link);

    Editor &m_editor;
    QTimer m_parse;
    bool m_isParsing = false;
    bool m_isStale = true;
    /// The lines of the headings in the text that is shown.
    std::vector<int> m_headingLines;
    Subscription m_subscription;
    std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

} // namespace cowrite::ui
