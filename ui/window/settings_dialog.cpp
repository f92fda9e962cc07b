#include "ui/window/settings_dialog.h"

#include "libsync/session/profile/profile.h"
#include "ui/look/color_choice.h"
#include "ui/spelling/spelling_dictionary.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>

namespace cowrite::ui {

namespace {

constexpr QSize kSize(640, 420);
constexpr int kTitlesWidth = 160;
constexpr int kLargestPort = 65535;

} // namespace

SettingsDialog::SettingsDialog(session::Profile &profile, Settings &settings,
                               const QStringList &dictionaries, QWidget *parent)
    : QDialog(parent),
      m_profile(profile),
      m_settings(settings),
      m_titles(new QListWidget(this)),
      m_pages(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kSize);
    m_titles->setObjectName(QStringLiteral("settingsPages"));
    m_titles->setAccessibleName(tr("Pages"));
    m_titles->setFixedWidth(kTitlesWidth);
    addIdentity();
    addEditor(dictionaries);
    addAppearance();
    addNetwork();
    addPrivacy();
    addNotifications();
    auto *close = new QPushButton(tr("Close"), this);
    close->setObjectName(QStringLiteral("settingsClose"));
    close->setAutoDefault(false);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(18, 0, 18, 16);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_pages, 1);
    right->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_titles);
    row->addLayout(right, 1);
    connect(m_titles, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    m_titles->setCurrentRow(0);
}

QFormLayout *SettingsDialog::addPage(const QString &title)
{
    m_titles->addItem(title);
    auto *page = new QWidget(m_pages);
    page->setAccessibleName(title);
    auto *form = new QFormLayout(page);
    form->setContentsMargins(20, 18, 20, 12);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setLabelAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_pages->addWidget(page);
    return form;
}

// ---------------------------------------------------------------- rows

void SettingsDialog::addToggle(QFormLayout *page, const char *name, const QString &label,
                               const Setting<bool> &setting)
{
    auto *box = new QCheckBox(label, this);
    box->setObjectName(QLatin1String(name));
    page->addRow(box);
    const auto show = [this, box, &setting] { box->setChecked(m_settings.get(setting)); };
    connect(box, &QCheckBox::toggled, this,
            [this, &setting](bool on) { m_settings.set(setting, on); });
    connect(&m_settings, &Settings::changed, box, show);
    show();
}

template <class T>
QComboBox *SettingsDialog::addChoice(QFormLayout *page, const char *name, const QString &label,
                                     const Setting<T> &setting,
                                     const QList<QPair<T, QString>> &choices)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(label);
    QList<T> values;
    for (const auto &[value, text] : choices) {
        box->addItem(text);
        values.append(value);
    }
    page->addRow(label, box);
    const auto show = [this, box, values, &setting] {
        box->setCurrentIndex(static_cast<int>(values.indexOf(m_settings.get(setting))));
    };
    connect(box, &QComboBox::activated, this,
            [this, values, &setting](int index) { m_settings.set(setting, values.at(index)); });
    connect(&m_settings, &Settings::changed, box, show);
    show();
    return box;
}

void SettingsDialog::addNumber(QFormLayout *page, const char *name, const QString &label,
                               const Setting<int> &setting, int smallest, int largest)
{
    auto *box = new QSpinBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(label);
    box->setRange(smallest, largest);
    // A number that is being typed is none yet.
    box->setKeyboardTracking(false);
    page->addRow(label, box);
    const auto show = [this, box, &setting] { box->setValue(m_settings.get(setting)); };
    connect(box, &QSpinBox::valueChanged, this,
            [this, &setting](int value) { m_settings.set(setting, value); });
    connect(&m_settings, &Settings::changed, box, show);
    show();
}

void SettingsDialog::addHint(QFormLayout *page, const QString &text)
{
    auto *hint = new QLabel(text, this);
    hint->setObjectName(QStringLiteral("dialogHint"));
    hint->setWordWrap(true);
    page->addRow(hint);
}

// ---------------------------------------------------------------- pages

void SettingsDialog::addIdentity()
{
    QFormLayout *page = addPage(tr("You"));
    auto *name = new QLineEdit(m_profile.identity().name, this);
    name->setObjectName(QStringLiteral("settingsName"));
    name->setAccessibleName(tr("Your name"));
    name->setMaxLength(60);
    name->setMinimumWidth(240);
    auto *colors = new ColorChoice(session::palette(), this);
    colors->setObjectName(QStringLiteral("settingsColor"));
    colors->setColor(m_profile.identity().color);
    page->addRow(tr("Name"), name);
    page->addRow(tr("Colour"), colors);
    addHint(page, tr("The people you write with see this name and this colour."));
    connect(name, &QLineEdit::editingFinished, this, [this, name] {
        session::Identity identity = m_profile.identity();
        if (const QString text = name->text().trimmed(); !text.isEmpty()) {
            identity.name = text;
            m_profile.setIdentity(identity);
        } else {
            name->setText(identity.name); // nobody is nameless
        }
    });
    connect(colors, &ColorChoice::chosen, this, [this](const QString &color) {
        session::Identity identity = m_profile.identity();
        identity.color = color;
        m_profile.setIdentity(identity);
    });
}

void SettingsDialog::addEditor(const QStringList &dictionaries)
{
    QFormLayout *page = addPage(tr("Editor"));
    addChoice<Settings::Face>(page, "settingsFace", tr("Font"), Settings::kFace,
                              {{Settings::Face::Monospaced, tr("Monospaced")},
                               {Settings::Face::Proportional, tr("Proportional")}});
    addNumber(page, "settingsTextSize", tr("Size"), Settings::kTextSize, Settings::kSmallestText,
              Settings::kLargestText);
    addToggle(page, "settingsWrap", tr("Wrap long lines"), Settings::kWrap);
    addToggle(page, "settingsLineNumbers", tr("Line numbers"), Settings::kLineNumbers);
    addToggle(page, "settingsAuthors", tr("A stripe that says who wrote each line"),
              Settings::kAuthors);
    addToggle(page, "settingsWhitespace", tr("Show spaces and tabs"), Settings::kWhitespace);
    if (dictionaries.isEmpty()) {
        addHint(page, tr("To check the spelling, install a dictionary of Hunspell."));
        return;
    }
    addToggle(page, "settingsSpelling", tr("Check the spelling"), Settings::kSpelling);
    auto *language = new QComboBox(this);
    language->setObjectName(QStringLiteral("settingsSpellingLanguage"));
    language->setAccessibleName(tr("Language of new documents"));
    language->addItem(tr("As the system"), QString());
    for (const QString &code : dictionaries) {
        language->addItem(dictionaryName(code), code);
    }
    page->addRow(tr("Language of new documents"), language);
    const auto show = [this, language] {
        const int index = language->findData(m_settings.get(Settings::kSpellingLanguage));
        language->setCurrentIndex(std::max(index, 0));
    };
    connect(language, &QComboBox::activated, this, [this, language] {
        m_settings.set(Settings::kSpellingLanguage, language->currentData().toString());
    });
    connect(&m_settings, &Settings::changed, language, show);
    show();
}

void SettingsDialog::addAppearance()
{
    addChoice<Settings::Appearance>(addPage(tr("Appearance")), "settingsAppearance", tr("Theme"),
                                    Settings::kAppearance,
                                    {{Settings::Appearance::System, tr("Like the system")},
                                     {Settings::Appearance::Light, tr("Light")},
                                     {Settings::Appearance::Dark, tr("Dark")}});
}

void SettingsDialog::addNetwork()
{
    QFormLayout *page = addPage(tr("Network"));
    addChoice<Settings::Reach>(page, "settingsReach", tr("Share with"), Settings::kReach,
                               {{Settings::Reach::ThisComputer, tr("Programs on this computer")},
                                {Settings::Reach::ThisNetwork, tr("Computers on this network")}});
    addNumber(page, "settingsPort", tr("Port"), Settings::kPort, 0, kLargestPort);
    auto *port = findChild<QSpinBox *>(QStringLiteral("settingsPort"));
    port->setSpecialValueText(tr("Any"));
    addHint(page, tr("Where this computer listens when you share a document from it. What is "
                     "shared now stays where it is."));
}

void SettingsDialog::addPrivacy()
{
    QFormLayout *page = addPage(tr("Privacy"));
    addToggle(page, "settingsTellPlace", tr("Show others where I am in the text"),
              Settings::kTellPlace);
    addToggle(page, "settingsTellTyping", tr("Show others when I am typing"),
              Settings::kTellTyping);
    addHint(page, tr("Your name, your colour and what you write are always seen by the people in "
                     "a document."));
}

void SettingsDialog::addNotifications()
{
    QFormLayout *page = addPage(tr("Notifications"));
    addToggle(page, "settingsNotifyMentions", tr("When somebody mentions me"),
              Settings::kNotifyMentions);
    addToggle(page, "settingsDoNotDisturb", tr("Do not disturb"), Settings::kDoNotDisturb);
    addHint(page, tr("While you are not to be disturbed, nothing is shown outside of the window."));
}

} // namespace cowrite::ui
