#pragma once

#include "ui/settings/settings.h"
#include "ui/spelling/spelling_dictionary.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

class QAction;
class QMenu;
class QWidget;

namespace cowrite::ui {

class DocumentView;

/// Checking the spelling in a window: which dictionaries there are, the one of each document, and
/// the entries of the menu.
class Spelling : public QObject {
    Q_OBJECT

public:
    /// The words that people add lie in `folder`. `settings` must outlive it; `current` tells the
    /// document in front, or null.
    Spelling(const QString &folder, Settings &settings, std::function<DocumentView *()> current,
             QWidget *window);
    ~Spelling() override;

    void fillMenu(QMenu *menu);
    /// The codes of the dictionaries that there are.
    [[nodiscard]] QStringList codes() const;
    /// Checks the text of this document from now on.
    void attach(DocumentView &view);

Q_SIGNALS:
    /// Another dictionary, or none.
    void changed();

private:
    void apply(DocumentView &view);
    void fillLanguages(QMenu *menu);
    /// Empty if there is no dictionary at all.
    [[nodiscard]] QString codeOf(const DocumentView &view) const;
    [[nodiscard]] QString usualCode() const;
    [[nodiscard]] SpellingDictionary *dictionary(const QString &code);

    Settings &m_settings;
    std::function<DocumentView *()> m_current;
    QList<DictionaryFile> m_files;
    OwnWords m_words;
    std::map<QString, std::unique_ptr<SpellingDictionary>> m_dictionaries;
    QAction *m_isOn = nullptr;
};

} // namespace cowrite::ui
