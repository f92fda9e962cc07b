#include "ui/panes/comment_card.h"

#include "ui/look/accessible_role.h"
#include "ui/look/face.h"
#include "ui/look/mirrored.h"
#include "ui/panes/chat_model.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace cowrite::ui {

namespace {

constexpr int kFaceSize = 22;
constexpr int kLongestQuote = 80;

/// The face of whoever wrote a message.
class Face : public QWidget {
public:
    Face(QString name, const QColor &color, QWidget *parent)
        : QWidget(parent), m_name(std::move(name)), m_color(color)
    {
        setFixedSize(kFaceSize, kFaceSize);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintFace(painter, rect(), m_name, m_color);
    }

private:
    QString m_name;
    QColor m_color;
};

QLabel *plainLabel(const QString &text, const char *name, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(leadingSide() | Qt::AlignVCenter);
    return label;
}

QString shortened(QString quote)
{
    quote.replace(QLatin1Char('\n'), QLatin1Char(' '));
    return quote.size() <= kLongestQuote ? quote
                                         : quote.left(kLongestQuote - 1).trimmed() + QChar(0x2026);
}

} // namespace

CommentCard::CommentCard(QWidget *parent)
    : QFrame(parent),
      m_quote(plainLabel({}, "commentQuote", this)),
      m_where(plainLabel({}, "commentWhere", this)),
      m_messages(new QWidget(this)),
      m_rows(new QVBoxLayout(m_messages)),
      m_reply(new QLineEdit(this)),
      m_problem(plainLabel({}, "commentProblem", this)),
      m_resolve(new QPushButton(this))
{
    setObjectName(QStringLiteral("commentCard"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleRole(*this, QAccessible::ListItem);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(8);
    m_reply->setObjectName(QStringLiteral("commentReply"));
    m_reply->setPlaceholderText(tr("Reply"));
    m_reply->setAccessibleName(tr("Reply to this comment"));
    m_resolve->setObjectName(QStringLiteral("commentResolve"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_quote);
    column->addWidget(m_where);
    column->addWidget(m_messages);
    column->addWidget(m_reply);
    column->addWidget(m_problem);
    column->addWidget(m_resolve, 0, Qt::AlignLeft);
    m_problem->hide();
    connect(m_reply, &QLineEdit::returnPressed, this, [this] {
        if (!m_reply->text().trimmed().isEmpty()) {
            Q_EMIT replied(m_reply->text());
        }
    });
    connect(m_reply, &QLineEdit::textEdited, m_problem, &QWidget::hide);
    connect(m_resolve, &QPushButton::clicked, this,
            [this] { Q_EMIT resolveRequested(!m_isResolved); });
    updateActions();
}

void CommentCard::show(const session::CommentThread &thread, const Context &context)
{
    m_isResolved = thread.isResolved;
    m_mayWrite = context.mayWrite;
    m_quote->setText(QChar(0x201C) + shortened(thread.quote) + QChar(0x201D));
    m_quote->setVisible(!thread.quote.isEmpty());
    m_where->setText(thread.isResolved ? tr("Resolved") : context.where);
    showMessages(thread.messages, context);
    const session::Message &first = thread.messages.first();
    setAccessibleName(tr("Comment by %1 on “%2”, %3: %4")
                          .arg(messageName(first, context.selfId), shortened(thread.quote),
                               m_where->text(), first.text));
    updateActions();
}

void CommentCard::showMessages(const QList<session::Message> &messages, const Context &context)
{
    if (messages == m_shown) {
        return;
    }
    m_shown = messages;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const session::Message &message : messages) {
        auto *row = new QWidget(m_messages);
        const QColor color = context.colors.value(message.author, kUnknownPerson);
        auto *header = new QHBoxLayout;
        header->setSpacing(6);
        QLabel *name = plainLabel(messageName(message, context.selfId), "commentName", row);
        name->setWordWrap(false);
        QLabel *time = plainLabel(messageTime(message.time), "commentTime", row);
        time->setWordWrap(false);
        header->addWidget(name);
        header->addWidget(time);
        header->addStretch(1);
        auto *text = new QVBoxLayout;
        text->setSpacing(1);
        text->addLayout(header);
        QLabel *said = plainLabel(message.text, "commentText", row);
        said->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->addWidget(said);
        auto *columns = new QHBoxLayout(row);
        columns->setContentsMargins(0, 0, 0, 0);
        columns->setSpacing(8);
        columns->addWidget(new Face(message.name, color, row), 0, Qt::AlignTop);
        columns->addLayout(text, 1);
        m_rows->addWidget(row);
    }
}

void CommentCard::setChosen(bool isChosen)
{
    if (isChosen == m_isChosen) {
        return;
    }
    m_isChosen = isChosen;
    setProperty("chosen", isChosen);
    style()->unpolish(this);
    style()->polish(this);
    updateActions();
}

void CommentCard::showProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->show();
}

void CommentCard::clearReply()
{
    m_reply->clear();
    m_problem->hide();
}

void CommentCard::updateActions()
{
    m_resolve->setText(m_isResolved ? tr("Open again") : tr("Resolve"));
    m_resolve->setVisible(m_isChosen && m_mayWrite);
    m_reply->setVisible(m_isChosen && m_mayWrite && !m_isResolved);
}

void CommentCard::mousePressEvent(QMouseEvent *event)
{
    QFrame::mousePressEvent(event);
    Q_EMIT chosen();
}

void CommentCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT chosen();
        m_reply->setFocus();
        return;
    }
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        Q_EMIT neighbourRequested(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    QFrame::keyPressEvent(event);
}

void CommentCard::focusInEvent(QFocusEvent *event)
{
    QFrame::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) {
        Q_EMIT chosen();
    }
}

} // namespace cowrite::ui
