#include "ui/spelling/spelling.h"

#include "ui/document/document_view.h"
#include "ui/editor/editor.h"
#include "ui/spelling/spelling_layer.h"

#include <QAction>
#include <QDir>
#include <QLocale>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace cowrite::ui {

namespace {

QString keyOf(const DocumentView &view)
{
    return QStringLiteral("spellingLanguages/%1").arg(view.replica().id());
}

} // namespace

Spelling::Spelling(const QString &folder, Settings &settings,
                   std::function<DocumentView *()> current, QWidget *window)
    : QObject(window),
      m_settings(settings),
      m_current(std::move(current)),
      m_files(dictionariesIn(dictionaryFolders())),
      m_words(QDir(folder).filePath(QStringLiteral("dictionary.txt")))
{
    connect(&settings, &Settings::changed, this, &Spelling::changed);
}

Spelling::~Spelling() = default;

void Spelling::fillMenu(QMenu *menu)
{
    m_isOn = menu->addAction(tr("Check &spelling"));
    m_isOn->setObjectName(QStringLiteral("actionSpelling"));
    m_isOn->setShortcut(QKeySequence(QStringLiteral("Shift+F7")));
    m_isOn->setCheckable(true);
    m_isOn->setEnabled(!m_files.isEmpty());
    const auto show = [this] {
        m_isOn->setChecked(!m_files.isEmpty() && m_settings.get(Settings::kSpelling));
    };
    connect(m_isOn, &QAction::triggered, this,
            [this](bool on) { m_settings.set(Settings::kSpelling, on); });
    connect(&m_settings, &Settings::changed, m_isOn, show);
    show();
    QMenu *languages = menu->addMenu(tr("Spelling lan&guage"));
    languages->setObjectName(QStringLiteral("spellingLanguages"));
    connect(languages, &QMenu::aboutToShow, this, [this, languages] { fillLanguages(languages); });
}

void Spelling::fillLanguages(QMenu *menu)
{
    menu->clear();
    DocumentView *view = m_current();
    if (m_files.isEmpty() || view == nullptr) {
        menu->addAction(m_files.isEmpty() ? tr("No dictionary is installed")
                                          : tr("No document is open"))
            ->setEnabled(false);
        return;
    }
    for (const DictionaryFile &file : std::as_const(m_files)) {
        QAction *action = menu->addAction(dictionaryName(file.code));
        action->setObjectName(QStringLiteral("actionSpelling_") + file.code);
        action->setCheckable(true);
        action->setChecked(file.code == codeOf(*view));
        connect(action, &QAction::triggered, this, [this, code = file.code] {
            if (const DocumentView *shown = m_current()) {
                m_settings.file().setValue(keyOf(*shown), code);
                m_settings.set(Settings::kSpellingLanguage, code);
                Q_EMIT changed();
            }
        });
    }
}

QStringList Spelling::codes() const
{
    QStringList codes;
    for (const DictionaryFile &file : m_files) {
        codes.append(file.code);
    }
    return codes;
}

void Spelling::attach(DocumentView &view)
{
    new SpellingLayer(view.editor());
    apply(view);
    connect(this, &Spelling::changed, &view, [this, &view] { apply(view); });
}

void Spelling::apply(DocumentView &view)
{
    auto *layer = view.editor().findChild<SpellingLayer *>();
    layer->setDictionary(m_settings.get(Settings::kSpelling) ? dictionary(codeOf(view)) : nullptr);
}

QString Spelling::codeOf(const DocumentView &view) const
{
    const QString chosen = m_settings.file().value(keyOf(view)).toString();
    const bool isThere =
        std::any_of(m_files.begin(), m_files.end(),
                    [&](const DictionaryFile &file) { return file.code == chosen; });
    return isThere ? chosen : usualCode();
}

QString Spelling::usualCode() const
{
    const QString mine = QLocale().name();
    const QString wanted[] = {m_settings.get(Settings::kSpellingLanguage), mine,
                              mine.section(QLatin1Char('_'), 0, 0), QStringLiteral("en_US")};
    for (const QString &code : wanted) {
        for (const DictionaryFile &file : m_files) {
            if (!code.isEmpty() && file.code.startsWith(code)) {
                return file.code;
            }
        }
    }
    return m_files.isEmpty() ? QString() : m_files.first().code;
}

SpellingDictionary *Spelling::dictionary(const QString &code)
{
    const auto file = std::find_if(m_files.begin(), m_files.end(),
                                   [&](const DictionaryFile &one) { return one.code == code; });
    if (file == m_files.end()) {
        return nullptr;
    }
    auto &made = m_dictionaries[code];
    if (!made) {
        made = std::make_unique<SpellingDictionary>(*file, m_words);
    }
    return made.get();
}

} // namespace cowrite::ui
