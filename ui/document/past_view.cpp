#include "ui/document/past_view.h"

#include "libsync/session/document/text_diff.h"
#include "ui/document/history_text.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace cowrite::ui {

namespace {

using session::Moment;

/// A step of playing, and how long playing everything takes at most.
constexpr std::chrono::milliseconds kFrame{40};
constexpr std::chrono::milliseconds kWhole{20'000};
/// Of an edit alone, where there are few.
constexpr std::chrono::milliseconds kLongestFrame{160};

std::vector<TextMark> shownMarks(const QList<session::TextMark> &marks)
{
    std::vector<TextMark> shown;
    shown.reserve(static_cast<std::size_t>(marks.size()));
    for (const session::TextMark &mark : marks) {
        shown.push_back({mark.offset, mark.length,
                         mark.kind == session::TextMark::Kind::Inserted ? TextMark::Kind::Inserted
                                                                        : TextMark::Kind::Deleted,
                         colorOf(mark.author)});
    }
    return shown;
}

} // namespace

PastView::PastView(const session::History &history, const Clock &clock, const Theme &theme,
                   QWidget *parent)
    : QWidget(parent),
      m_history(history),
      m_entries(history.entries()),
      m_text(*m_doc.text("past")),
      m_bar(new TimeBar(theme, this)),
      m_editor(std::make_unique<Editor>(clock, theme, this))
{
    setObjectName(QStringLiteral("pastView"));
    m_editor->setObjectName(QStringLiteral("pastEditor"));
    m_editor->setAccessibleName(tr("Text as it was"));
    m_editor->setText(m_text);
    setFocusProxy(m_editor.get());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor.get(), 1);
    column->addWidget(m_bar);
    m_bar->setNow(history.now());
    m_editor->setLineAuthors([this](std::uint32_t from, std::uint32_t) { return authorOf(from); });

    connect(&m_player, &QTimer::timeout, this, &PastView::playOn);
    connect(&history, &session::History::extended, this, &PastView::onExtended);
    connect(&history, &session::History::authorsChanged, this, [this] {
        m_entries = EntryIndex(m_history.entries());
        show(m_moment, Scrolling::Stay);
    });
    connect(m_bar, &TimeBar::momentChosen, this,
            [this](Moment moment) { lookAt(moment, Scrolling::Stay); });
    connect(m_bar, &TimeBar::entryWanted, this, [this](TimeBar::Direction direction) {
        lookAt(direction == TimeBar::Direction::Later ? m_entries.endAfter(m_moment)
                                                      : m_entries.endBefore(m_moment),
               Scrolling::ToFirstMark);
    });
    connect(m_bar, &TimeBar::playToggled, this, [this] { isPlaying() ? pause() : play(); });
}

void PastView::setTheme(const Theme &theme)
{
    m_editor->setTheme(theme);
    m_bar->setTheme(theme);
}

void PastView::lookAt(Moment moment, Scrolling scrolling)
{
    pause();
    show(moment, scrolling);
}

void PastView::show(Moment moment, Scrolling scrolling)
{
    if (!m_history.isReady()) {
        return; // it is being read anew, and this view is on its way out
    }
    m_moment = std::min(moment, m_history.now());
    const session::HistoryEntry *entry =
        m_moment > 0 ? m_entries.entryOf(m_moment, m_history.editBefore(m_moment).author) : nullptr;
    session::PastText past =
        m_history.textAt(m_moment, entry != nullptr ? entry->before : m_moment);
    const crdt::Delta change = session::textDifference(m_past.text, past.text);
    // The marks of the text before would lie on the wrong words while it changes.
    m_editor->setMarks({});
    // It is text for text: nothing that could be refused.
    (void)m_doc.transact([&] { return m_text.applyDelta(change); });
    m_editor->setMarks(shownMarks(past.marks));
    m_past = std::move(past);
    m_editor->updateAuthors();
    m_bar->setMoment(m_moment);
    if (scrolling == Scrolling::ToFirstMark) {
        showFirstMark();
    } else if (scrolling == Scrolling::ToChange && !change.empty()) {
        const bool atOnce = change.front().kind != crdt::DeltaOp::Kind::Retain;
        m_editor->bringIntoSight(atOnce ? 0 : change.front().length);
    }
    Q_EMIT momentChanged();
}

void PastView::showFirstMark()
{
    const std::vector<TextMark> &marks = m_editor->marks().all();
    if (!marks.empty()) {
        m_editor->bringIntoSight(marks.front().offset);
    }
}

void PastView::play()
{
    if (m_moment >= m_history.now()) {
        show(0, Scrolling::ToChange);
    }
    const Moment edits = std::max(m_history.now(), Moment{1});
    m_player.start(std::clamp(kWhole / static_cast<int>(edits), kFrame, kLongestFrame));
    m_bar->setPlaying(true);
}

void PastView::pause()
{
    m_player.stop();
    m_bar->setPlaying(false);
}

void PastView::playOn()
{
    const Moment now = m_history.now();
    // Rounded up: everything together must not take longer.
    const auto steps = static_cast<Moment>(
        (std::int64_t{now} * m_player.interval() + kWhole.count() - 1) / kWhole.count());
    show(m_moment + std::min(steps, now - m_moment), Scrolling::ToChange);
    if (m_moment >= now) {
        pause();
    }
}

void PastView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
    } else {
        QWidget::keyPressEvent(event);
    }
}

std::optional<LineAuthor> PastView::authorOf(std::uint32_t offset) const
{
    const Moment last = m_past.lastWrittenInLine(offset);
    return last > 0 && m_history.isReady() ? std::optional(lineAuthor(m_history.editBefore(last)))
                                           : std::nullopt;
}

void PastView::onExtended()
{
    m_entries = EntryIndex(m_history.entries());
    m_bar->setNow(m_history.now());
}

} // namespace cowrite::ui
