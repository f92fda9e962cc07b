#include "ui/window/status_bar.h"

#include "ui/look/dot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace cowrite::ui {

namespace {

constexpr int kHeight = 27;

} // namespace

StatusBar::StatusBar(const Theme &theme, QWidget *parent) : QFrame(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("statusBar"));
    setFixedHeight(kHeight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(13, 0, 13, 0);
    row->setSpacing(6);
    m_dot = new Dot(this);
    row->addWidget(m_dot);
    const auto addLabel = [&](const QString &name) {
        auto *label = new QLabel(this);
        label->setObjectName(name);
        label->setTextFormat(Qt::PlainText);
        row->addWidget(label);
        return label;
    };
    m_saved = addLabel(QStringLiteral("statusSaved"));
    row->addSpacing(10);
    m_people = addLabel(QStringLiteral("statusPeople"));
    row->addStretch(1);
    m_connection = addLabel(QStringLiteral("statusRoundTrip"));
    row->addSpacing(10);
    m_position = addLabel(QStringLiteral("statusPosition"));
    row->addSpacing(10);
    m_language = new QPushButton(this);
    m_language->setObjectName(QStringLiteral("statusLanguage"));
    m_language->setToolTip(tr("The language of the document"));
    m_language->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_language);
    connect(m_language, &QPushButton::clicked, this, &StatusBar::languageClicked);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleTime);
    connect(&m_settle, &QTimer::timeout, this, &StatusBar::showSaved);
}

void StatusBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    showSaved();
}

void StatusBar::setSaved(const StatusSentence &sentence)
{
    if (m_settle.isActive() && sentence == m_next) {
        return;
    }
    m_next = sentence;
    if (sentence.safety > m_shown.safety && !m_shown.text.isEmpty()) {
        m_settle.start();
    } else {
        showSaved();
    }
}

void StatusBar::showSaved()
{
    m_settle.stop();
    m_shown = m_next;
    m_saved->setText(m_shown.text);
    QColor color;
    if (!m_shown.text.isEmpty()) {
        switch (m_shown.tone) {
        case Tone::Good:
            color = m_theme.good;
            break;
        case Tone::Waiting:
            color = m_theme.waiting;
            break;
        case Tone::Bad:
            color = m_theme.bad;
            break;
        }
    }
    m_dot->setColor(color);
}

void StatusBar::setPeople(const QString &text)
{
    m_people->setText(text);
}

void StatusBar::setConnection(const QString &text)
{
    m_connection->setText(text);
}

void StatusBar::setPosition(int line, int column)
{
    m_position->setText(tr("Ln %1, Col %2").arg(line).arg(column));
}

void StatusBar::setLanguage(const QString &name)
{
    m_language->setText(name);
    m_language->setAccessibleName(name.isEmpty() ? QString() : tr("Language: %1").arg(name));
    m_language->setVisible(!name.isEmpty());
}

void StatusBar::clear()
{
    m_next = {};
    showSaved();
    for (QLabel *label : {m_people, m_connection, m_position}) {
        label->clear();
    }
    setLanguage({});
}

} // namespace cowrite::ui
