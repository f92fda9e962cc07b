#include "ui/document/banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace cowrite::ui {

namespace {

constexpr int kHeight = 42;
/// Between the title and the sentence beside it.
constexpr int kWordSpacing = 10;

QPushButton *makeButton(const QString &objectName, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(objectName);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent),
      m_title(new QLabel(this)),
      m_label(new QLabel(this)),
      m_words(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_action(makeButton(QStringLiteral("bannerAction"), this)),
      m_otherAction(makeButton(QStringLiteral("bannerOtherAction"), this)),
      m_close(makeButton(QStringLiteral("bannerClose"), this))
{
    setObjectName(QStringLiteral("banner"));
    setMinimumHeight(kHeight);
    m_title->setObjectName(QStringLiteral("bannerTitle"));
    m_label->setObjectName(QStringLiteral("bannerText"));
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_close->setText(tr("Close"));

    m_words->addWidget(m_title);
    m_words->addWidget(m_label, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 5, 12, 6);
    row->setSpacing(10);
    row->addLayout(m_words, 1);
    row->addWidget(m_action);
    row->addWidget(m_otherAction);
    row->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, &Banner::actionTriggered);
    connect(m_otherAction, &QPushButton::clicked, this, &Banner::otherActionTriggered);
    connect(m_close, &QPushButton::clicked, this, &Banner::closed);
    hide();
}

void Banner::show(const BannerText &text, Closing closing)
{
    m_close->setVisible(closing == Closing::ByPerson);
    if (text == m_text) {
        return;
    }
    m_text = text;
    m_title->setText(text.title);
    m_label->setText(text.text);
    m_action->setText(text.action);
    m_action->setVisible(!text.action.isEmpty());
    m_otherAction->setText(text.otherAction);
    m_otherAction->setVisible(!text.otherAction.isEmpty());
    arrange();
    setProperty("problem", text.tone == Tone::Bad);
    setProperty("good", text.tone == Tone::Good);
    style()->unpolish(this);
    style()->polish(this);
    setAccessibleName(message());
    setVisible(!text.title.isEmpty());
}

void Banner::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void Banner::arrange()
{
    int buttons = 0;
    for (const QPushButton *button : {m_action, m_otherAction, m_close}) {
        buttons += button->isHidden() ? 0 : button->sizeHint().width() + layout()->spacing();
    }
    const QMargins margins = layout()->contentsMargins();
    const int room = width() - margins.left() - margins.right() - buttons;
    const int words = m_title->fontMetrics().horizontalAdvance(m_title->text()) + kWordSpacing +
                      m_label->fontMetrics().horizontalAdvance(m_label->text());
    const bool isCrowded = words > room;
    m_words->setDirection(isCrowded ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_words->setSpacing(isCrowded ? 0 : kWordSpacing);
    m_title->setWordWrap(isCrowded);
}

QString Banner::message() const
{
    return m_text.text.isEmpty() ? m_text.title : m_text.title + QLatin1Char(' ') + m_text.text;
}

} // namespace cowrite::ui
