#include "ui/panes/comments_pane.h"

#include "libsync/session/replica/replica.h"
#include "ui/document/document_view.h"
#include "ui/editor/comment_layer.h"
#include "ui/editor/editor.h"
#include "ui/look/accessible_role.h"
#include "ui/look/mirrored.h"
#include "ui/words/sentence.h"

#include <QCheckBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <limits>

namespace cowrite::ui {

namespace {

/// While somebody types, lines and the order are made anew this often at most.
constexpr std::chrono::milliseconds kRefreshTime{200};
constexpr int kInputHeight = 64;
constexpr int kShownQuote = 80;

} // namespace

CommentsPane::CommentsPane(QWidget *parent)
    : QWidget(parent),
      m_composer(new QFrame(this)),
      m_quote(new QLabel(m_composer)),
      m_input(new QPlainTextEdit(m_composer)),
      m_problem(new QLabel(m_composer)),
      m_submit(new QPushButton(tr("Comment"), m_composer)),
      m_area(new QScrollArea(this)),
      m_empty(new QLabel(this)),
      m_showResolved(new QCheckBox(tr("Show resolved"), this))
{
    setObjectName(QStringLiteral("commentsPage"));
    setAttribute(Qt::WA_StyledBackground);
    m_composer->setObjectName(QStringLiteral("commentComposer"));
    m_quote->setObjectName(QStringLiteral("commentQuote"));
    m_quote->setTextFormat(Qt::PlainText);
    m_quote->setWordWrap(true);
    m_quote->setAlignment(leadingSide() | Qt::AlignVCenter);
    m_input->setObjectName(QStringLiteral("commentInput"));
    m_input->setAccessibleName(tr("Comment"));
    m_input->setPlaceholderText(tr("Comment on this text"));
    m_input->setFixedHeight(kInputHeight);
    m_input->setTabChangesFocus(true);
    m_input->installEventFilter(this);
    m_problem->setObjectName(QStringLiteral("commentProblem"));
    m_problem->setWordWrap(true);
    m_submit->setObjectName(QStringLiteral("commentSubmit"));
    m_submit->setProperty("primary", true);
    auto *cancel = new QPushButton(tr("Cancel"), m_composer);
    cancel->setObjectName(QStringLiteral("commentCancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_submit);
    auto *composing = new QVBoxLayout(m_composer);
    composing->setContentsMargins(12, 12, 12, 12);
    composing->setSpacing(8);
    composing->addWidget(m_quote);
    composing->addWidget(m_input);
    composing->addWidget(m_problem);
    composing->addLayout(buttons);

    auto *cards = new QWidget(m_area);
    cards->setObjectName(QStringLiteral("commentCards"));
    cards->setAccessibleName(tr("Comments"));
    setAccessibleRole(*cards, QAccessible::List);
    m_column = new QVBoxLayout(cards);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    m_area->setObjectName(QStringLiteral("commentList"));
    m_area->setAccessibleName(tr("Comments"));
    m_area->setFocusPolicy(Qt::NoFocus); // the cards take it
    m_area->setWidget(cards);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setObjectName(QStringLiteral("commentsEmpty"));
    m_empty->setWordWrap(true);
    m_empty->setText(tr("Nobody has commented on this document. Select some text, and press "
                        "Ctrl+Alt+M."));
    m_showResolved->setObjectName(QStringLiteral("commentsResolved"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_composer);
    column->addWidget(m_empty);
    column->addWidget(m_area, 1);
    column->addWidget(m_showResolved);

    m_refresh.setSingleShot(true);
    m_refresh.setInterval(kRefreshTime);
    connect(&m_refresh, &QTimer::timeout, this, &CommentsPane::refresh);
    connect(m_showResolved, &QCheckBox::toggled, this, &CommentsPane::refresh);
    connect(m_submit, &QPushButton::clicked, this, &CommentsPane::submit);
    connect(cancel, &QPushButton::clicked, this, &CommentsPane::endComposing);
    setView(nullptr);
}

session::Comments &CommentsPane::comments() const
{
    return m_view->replica().comments();
}

bool CommentsPane::mayWrite() const
{
    return m_view && m_view->replica().isLoaded() && !m_view->replica().isReadOnly();
}

void CommentsPane::setView(DocumentView *view)
{
    if (m_view) {
        comments().disconnect(this);
        m_view->editor().disconnect(this);
        m_view->editor().document()->disconnect(this);
        m_view->replica().disconnect(this);
        m_view->commentLayer().setChosen({});
    }
    m_view = view;
    m_chosen.clear();
    for (const auto &[id, card] : m_cards) {
        delete card;
    }
    m_cards.clear();
    endComposing();
    if (view != nullptr) {
        session::Replica &replica = view->replica();
        connect(&replica.comments(), &session::Comments::changed, this, &CommentsPane::refresh);
        connect(&replica, &session::Replica::readOnlyChanged, this, &CommentsPane::refresh);
        connect(&replica, &session::Replica::loaded, this, &CommentsPane::refresh);
        connect(&replica, &session::Replica::peopleChanged, this, &CommentsPane::refreshSoon);
        connect(&view->editor(), &Editor::selectionMoved, this, &CommentsPane::onSelectionMoved);
        connect(view->editor().document(), &QTextDocument::contentsChanged, this,
                &CommentsPane::refreshSoon);
    }
    refresh();
}

void CommentsPane::refreshSoon()
{
    // Nothing moves without comments.
    if (!m_cards.empty() && !m_refresh.isActive()) {
        m_refresh.start();
    }
}

void CommentsPane::refresh()
{
    m_refresh.stop();
    struct Shown {
        const session::CommentThread *thread;
        std::optional<session::Comments::Range> range;
    };
    std::vector<Shown> shown;
    int open = 0;
    int resolved = 0;
    if (m_view && m_view->editor().hasText()) {
        const crdt::Text text = m_view->editor().text();
        for (const session::CommentThread &thread : comments().threads()) {
            ++(thread.isResolved ? resolved : open);
            if (!thread.isResolved || m_showResolved->isChecked()) {
                shown.push_back({&thread, comments().placeOf(thread.anchor, text)});
            }
        }
    }
    // Those whose text was removed come last.
    std::stable_sort(shown.begin(), shown.end(), [](const Shown &a, const Shown &b) {
        constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();
        return (a.range ? a.range->from : kNowhere) < (b.range ? b.range->from : kNowhere);
    });
    std::map<QString, CommentCard *> left = std::exchange(m_cards, {});
    CommentCard::Context context;
    context.mayWrite = mayWrite();
    if (m_view) {
        context.selfId = m_view->replica().self().userId;
        context.colors = m_view->userColors();
    }
    int place = 0;
    for (const Shown &one : shown) {
        CommentCard *&card = m_cards[one.thread->id];
        if (const auto known = left.find(one.thread->id); known != left.end()) {
            card = known->second;
            left.erase(known);
        } else {
            card = cardOf(one.thread->id);
        }
        context.where = one.range ? tr("Line %1").arg(m_view->editor().lineOf(one.range->from))
                                  : tr("The text was removed");
        card->show(*one.thread, context);
        card->setChosen(one.thread->id == m_chosen);
        if (m_column->itemAt(place)->widget() != card) {
            m_column->insertWidget(place, card);
        }
        ++place;
    }
    for (const auto &[id, card] : left) {
        card->deleteLater(); // it may be what was clicked
        card->hide();
        m_column->removeWidget(card);
    }
    m_empty->setVisible(m_view && open == 0 && resolved == 0 && m_composer->isHidden());
    m_area->setVisible(!shown.empty());
    m_showResolved->setVisible(resolved > 0);
    if (open != m_openCount) {
        m_openCount = open;
        Q_EMIT openCountChanged();
    }
}

CommentCard *CommentsPane::cardOf(const QString &thread)
{
    auto *card = new CommentCard(m_area->widget());
    connect(card, &CommentCard::chosen, this,
            [this, thread] { setChosen(thread, ScrollText::Yes); });
    connect(card, &CommentCard::neighbourRequested, this, [this, card](int step) {
        const QLayoutItem *item = m_column->itemAt(m_column->indexOf(card) + step);
        if (item != nullptr && item->widget() != nullptr) {
            item->widget()->setFocus(Qt::TabFocusReason);
            m_area->ensureWidgetVisible(item->widget());
        }
    });
    connect(card, &CommentCard::replied, this, [this, thread, card](const QString &text) {
        const auto sent = comments().reply(m_view->replica().self(), thread, text);
        if (sent) {
            card->clearReply();
        } else {
            card->showProblem(sentenceOf(sent.error()));
        }
    });
    connect(card, &CommentCard::resolveRequested, this, [this, thread, card](bool resolve) {
        if (const auto done = comments().setResolved(thread, resolve); !done) {
            card->showProblem(sentenceOf(done.error()));
        }
    });
    return card;
}

void CommentsPane::choose(const QString &thread)
{
    setChosen(thread, ScrollText::No);
    if (const auto card = m_cards.find(thread); card != m_cards.end()) {
        m_area->ensureWidgetVisible(card->second);
    }
}

void CommentsPane::setChosen(const QString &thread, ScrollText scroll)
{
    m_chosen = thread;
    for (const auto &[id, card] : m_cards) {
        card->setChosen(id == thread);
    }
    if (!m_view) {
        return;
    }
    m_view->commentLayer().setChosen(thread);
    if (scroll == ScrollText::No || !m_view->editor().hasText()) {
        return;
    }
    for (const session::CommentThread &known : comments().threads()) {
        const auto range = known.id == thread
                               ? comments().placeOf(known.anchor, m_view->editor().text())
                               : std::nullopt;
        if (range) {
            m_view->backToNow();
            m_view->editor().bringIntoSight(range->from);
        }
    }
}

void CommentsPane::onSelectionMoved()
{
    const QString thread = m_view->commentLayer().threadAt(m_view->editor().selection().head);
    // Leaving its text is no reason to close the one that is being read.
    if (!thread.isEmpty() && thread != m_chosen) {
        choose(thread);
    }
}

// ---------------------------------------------------------------- a new one

void CommentsPane::compose()
{
    if (!m_view || !m_view->editor().hasText()) {
        return;
    }
    m_view->backToNow();
    const SelectionOffsets selection = m_view->editor().selection();
    const session::Comments::Range range{std::min(selection.anchor, selection.head),
                                         std::max(selection.anchor, selection.head)};
    m_problem->hide();
    m_input->setEnabled(mayWrite() && range.from < range.to);
    m_submit->setEnabled(m_input->isEnabled());
    m_composer->show();
    m_empty->hide();
    if (!mayWrite()) {
        m_quote->setText(tr("You can read this document, but not comment on it."));
        return;
    }
    if (range.from == range.to) {
        m_quote->setText(tr("Select the text that the comment is about first."));
        return;
    }
    m_anchor = session::Comments::anchorOf(m_view->editor().text(), range);
    QString quote = m_view->editor().sharedText(
        range.from, std::min<std::uint32_t>(range.to - range.from, kShownQuote));
    m_quote->setText(QChar(0x201C) + quote.replace(QLatin1Char('\n'), QLatin1Char(' ')) +
                     QChar(0x201D));
    m_input->setFocus();
}

void CommentsPane::submit()
{
    if (!m_view || !m_submit->isEnabled()) {
        return;
    }
    const auto begun = comments().begin(m_view->replica().self(), m_view->editor().text(), m_anchor,
                                        m_input->toPlainText());
    if (!begun) {
        m_problem->setText(sentenceOf(begun.error()));
        m_problem->show();
        return;
    }
    endComposing();
    choose(*begun);
    m_view->editor().setFocus();
}

void CommentsPane::endComposing()
{
    m_composer->hide();
    m_problem->hide();
    m_input->clear();
    if (m_view) {
        refresh();
    }
}

bool CommentsPane::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_input && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isReturn = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isReturn && key->modifiers().testFlag(Qt::ControlModifier)) {
            submit();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            endComposing();
            m_view->editor().setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

} // namespace cowrite::ui
