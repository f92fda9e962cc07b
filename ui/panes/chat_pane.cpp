#include "ui/panes/chat_pane.h"

#include "libsync/session/document/chat.h"
#include "ui/editor/typing.h"
#include "ui/look/list_focus.h"
#include "ui/panes/chat_delegate.h"
#include "ui/panes/chat_model.h"
#include "ui/panes/message_input.h"
#include "ui/words/sentence.h"
#include "ui/words/translation.h"

#include <QFrame>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <chrono>

namespace cowrite::ui {

namespace {

/// Without a key for this long nobody is typing any more.
constexpr std::chrono::seconds kTypingTime{4};

QString typingSentence(const QStringList &names)
{
    switch (names.size()) {
    case 0:
        return {};
    case 1:
        return ChatPane::tr("%1 is typing…").arg(names.first());
    case 2:
        return ChatPane::tr("%1 and %2 are typing…").arg(names.at(0), names.at(1));
    default:
        return ChatPane::tr("%Ln people are typing…", nullptr, pluralOf(names.size()));
    }
}

} // namespace

ChatPane::ChatPane(const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_model(new ChatModel(this)),
      m_delegate(new ChatDelegate(theme, this)),
      m_search(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_empty(new QLabel(this)),
      m_typing(new QLabel(this)),
      m_problem(new QLabel(this)),
      m_replyStrip(new QFrame(this)),
      m_replyLabel(new QLabel(m_replyStrip)),
      m_input(new MessageInput([this] { return m_model->names(); }, this))
{
    setObjectName(QStringLiteral("chatPage"));
    setAttribute(Qt::WA_StyledBackground);
    m_search->setObjectName(QStringLiteral("chatSearch"));
    m_search->setPlaceholderText(tr("Search the messages"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_search->hide();
    m_empty->setObjectName(QStringLiteral("chatEmpty"));
    m_empty->setWordWrap(true);
    m_typing->setObjectName(QStringLiteral("chatTyping"));
    m_typing->setTextFormat(Qt::PlainText);
    m_problem->setObjectName(QStringLiteral("chatProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    makeList();
    makeReplyStrip();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_search);
    column->addWidget(m_empty);
    column->addWidget(m_list, 1);
    column->addWidget(m_typing);
    column->addWidget(m_problem);
    column->addWidget(makeFooter());

    m_typingEnds.setSingleShot(true);
    m_typingEnds.setInterval(kTypingTime);
    connect(&m_typingEnds, &QTimer::timeout, this, &ChatPane::stopTyping);
    connect(m_search, &QLineEdit::textChanged, this, &ChatPane::search);
    connect(m_input, &QLineEdit::returnPressed, this, &ChatPane::send);
    connect(m_input, &QLineEdit::textEdited, this, &ChatPane::onTextEdited);
    setReplica(nullptr);
}

void ChatPane::makeList()
{
    m_list->setObjectName(QStringLiteral("chatList"));
    m_list->setAccessibleName(tr("Messages"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    takeFocusWhenFilled(*m_list);
    m_list->installEventFilter(this);
    m_list->viewport()->setMouseTracking(true);
    m_list->viewport()->installEventFilter(this);
    connect(m_list, &QWidget::customContextMenuRequested, this, &ChatPane::showMenu);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_list->verticalScrollBar()->minimum()) {
            showEarlier();
        }
    });
}

void ChatPane::makeReplyStrip()
{
    m_replyStrip->setObjectName(QStringLiteral("chatReply"));
    m_replyLabel->setObjectName(QStringLiteral("chatReplyTo"));
    m_replyLabel->setTextFormat(Qt::PlainText);
    m_replyLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *close = new QPushButton(tr("Cancel"), m_replyStrip);
    close->setObjectName(QStringLiteral("chatReplyCancel"));
    close->setAccessibleName(tr("Do not answer this message"));
    connect(close, &QPushButton::clicked, this, &ChatPane::endReply);
    auto *row = new QHBoxLayout(m_replyStrip);
    row->setContentsMargins(2, 0, 0, 8);
    row->addWidget(m_replyLabel, 1);
    row->addWidget(close);
    m_replyStrip->hide();
}

QFrame *ChatPane::makeFooter()
{
    m_input->setObjectName(QStringLiteral("chatInput"));
    m_input->setPlaceholderText(tr("Message everyone in this document"));
    m_input->setAccessibleName(m_input->placeholderText());
    m_input->installEventFilter(this);
    auto *footer = new QFrame(this);
    footer->setObjectName(QStringLiteral("chatFooter"));
    auto *column = new QVBoxLayout(footer);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(0);
    column->addWidget(m_replyStrip);
    column->addWidget(m_input);
    return footer;
}

void ChatPane::setTheme(const Theme &theme)
{
    m_delegate->setTheme(theme);
    m_list->viewport()->update();
}

void ChatPane::setReplica(session::Replica *replica)
{
    if (m_replica) {
        stopTyping();
        m_replica->disconnect(this);
        m_replica->chat().disconnect(this);
    }
    m_replica = replica;
    m_input->clear();
    endReply();
    closeSearch();
    refreshInput();
    m_problem->hide();
    if (replica != nullptr) {
        connect(replica, &session::Replica::readOnlyChanged, this, &ChatPane::refreshInput);
        connect(replica, &session::Replica::peopleChanged, this, &ChatPane::onPeopleChanged);
        connect(&replica->chat(), &session::Chat::messagesChanged, this, &ChatPane::reload);
    }
    onPeopleChanged();
    reload();
    m_list->scrollToBottom();
}

void ChatPane::refreshInput()
{
    m_input->setEnabled(m_replica && protocol::mayEdit(m_replica->access()));
}

bool ChatPane::isAtEnd() const
{
    const QScrollBar *bar = m_list->verticalScrollBar();
    return bar->value() >= bar->maximum() - 4;
}

void ChatPane::reload()
{
    const bool follow = isAtEnd();
    if (m_replica) {
        m_model->setMessages(m_replica->chat().messages(), m_replica->self());
    } else {
        m_model->setMessages({}, {});
    }
    showWhatIsMissing();
    if (follow) {
        m_list->scrollToBottom();
    }
}

void ChatPane::showWhatIsMissing()
{
    m_empty->setText(m_search->text().isEmpty()
                         ? tr("Nobody has written here yet. Messages stay with the document, for "
                              "everybody who has it.")
                         : tr("No message has “%1”.").arg(m_search->text()));
    m_empty->setVisible(m_replica && m_model->rowCount() == 0);
}

void ChatPane::onPeopleChanged()
{
    QHash<QString, QColor> colors;
    QStringList names;
    QStringList typing;
    if (m_replica) {
        const session::Identity &self = m_replica->self();
        for (const protocol::Presence &person : m_replica->people()) {
            const QString userId = QString::fromStdString(person.userId);
            colors.insert(userId, QColor(QString::fromStdString(person.color)));
            names.append(QString::fromStdString(person.name));
            if (person.typing == protocol::Typing::Chat && userId != self.userId) {
                typing.append(QString::fromStdString(person.name));
            }
        }
        colors.insert(self.userId, QColor(self.color));
    }
    m_model->setPeople(names, colors);
    m_typing->setText(typingSentence(typing));
}

void ChatPane::onTextEdited()
{
    m_problem->hide();
    if (!m_replica) {
        return;
    }
    if (m_input->text().isEmpty()) {
        stopTyping();
    } else {
        m_replica->setTyping(protocol::Typing::Chat);
        m_typingEnds.start();
    }
}

void ChatPane::stopTyping()
{
    m_typingEnds.stop();
    if (m_replica) {
        endTyping(*m_replica, protocol::Typing::Chat);
    }
}

void ChatPane::send()
{
    if (!m_replica || m_input->text().trimmed().isEmpty()) {
        return;
    }
    const auto sent = m_replica->chat().send(m_replica->self(), m_input->text(), m_replyTo);
    if (!sent) {
        m_problem->setText(sentenceOf(sent.error()));
        m_problem->show();
        return;
    }
    m_input->clear();
    endReply();
    closeSearch();
    stopTyping();
    m_list->scrollToBottom();
}

} // namespace cowrite::ui
