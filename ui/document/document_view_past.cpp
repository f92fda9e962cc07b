// The part of DocumentView that goes back in time.
#include "ui/document/document_view.h"

#include "ui/document/history_text.h"
#include "ui/document/past_view.h"
#include "ui/editor/editor.h"
#include "ui/editor/find_bar.h"
#include "ui/editor/go_to_bar.h"
#include "ui/words/sentence.h"

#include <QInputDialog>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

#include <utility>

namespace cowrite::ui {

using session::Moment;

std::optional<LineAuthor> DocumentView::authorOf(std::uint32_t from, std::uint32_t to) const
{
    const auto last = history().lastWriter(from, to);
    return last ? std::optional(lineAuthor(*last)) : std::nullopt;
}

Editor &DocumentView::shownEditor() const
{
    return m_past != nullptr ? m_past->editor() : *m_editor;
}

std::optional<Moment> DocumentView::pastMoment() const
{
    return m_past != nullptr ? std::optional(m_past->moment()) : std::nullopt;
}

void DocumentView::lookAt(Moment moment)
{
    if (!history().isReady()) {
        return;
    }
    if (m_past != nullptr) {
        m_past->lookAt(moment, PastView::Scrolling::ToFirstMark);
        return;
    }
    const bool focused = m_editor->hasFocus();
    m_past = new PastView(history(), m_clock, m_theme, m_pages);
    m_past->editor().setLookOf(*m_editor);
    m_pages->addWidget(m_past);
    m_pages->setCurrentWidget(m_past);
    setFocusProxy(m_past);
    if (focused) {
        m_past->setFocus();
    }
    connect(m_past, &PastView::leaveRequested, this, &DocumentView::backToNow);
    connect(m_past, &PastView::momentChanged, this, [this] {
        updateBanner();
        Q_EMIT pastChanged();
    });
    connect(&m_past->editor(), &Editor::selectionMoved, this, &DocumentView::statusChanged);
    m_findBar->setEditor(m_past->editor());
    m_goToBar->setEditor(m_past->editor());
    m_past->lookAt(moment, PastView::Scrolling::Stay);
    // What was in sight stays in sight, as far as it was there then.
    m_past->editor().verticalScrollBar()->setValue(m_editor->verticalScrollBar()->value());
    m_past->showFirstMark();
    Q_EMIT statusChanged();
}

void DocumentView::backToNow()
{
    if (m_past == nullptr) {
        return;
    }
    PastView *past = std::exchange(m_past, nullptr);
    past->pause();
    past->disconnect(this);
    const bool focused = past->isAncestorOf(focusWidget());
    m_findBar->setEditor(*m_editor);
    m_goToBar->setEditor(*m_editor);
    m_editor->setLookOf(past->editor());
    m_pages->setCurrentWidget(m_body);
    m_pages->removeWidget(past);
    setFocusProxy(m_editor);
    if (focused) {
        m_editor->setFocus();
    }
    // It may be one of its own signals that brings us here.
    past->hide();
    past->deleteLater();
    updateBanner();
    Q_EMIT pastChanged();
    Q_EMIT statusChanged();
}

BannerText DocumentView::pastBanner() const
{
    const Moment moment = m_past->moment();
    const QString title = moment == 0
                              ? tr("Looking at the time before the first edit.")
                              : tr("Looking at %1.")
                                    .arg(dayAndTimeInSentence(history().editBefore(moment).time,
                                                              QDate::currentDate()));
    return {title, tr("The document itself has not changed."), tr("Back to now"), Tone::Good};
}

void DocumentView::applyFromHistory(const crdt::Delta &change, const QString &done)
{
    backToNow();
    m_editor->setFocus();
    if (change.empty()) {
        showNotice(tr("There is nothing to change. The document is like that already."),
                   Tone::Good);
        return;
    }
    m_editor->applyChange(change);
    const bool atOnce = change.front().kind != crdt::DeltaOp::Kind::Retain;
    m_editor->bringIntoSight(atOnce ? 0 : change.front().length);
    showNotice(done, Tone::Good);
}

void DocumentView::restore(Moment moment)
{
    if (m_replica.isReadOnly() || !history().isReady()) {
        return;
    }
    const QString when =
        moment == 0 ? QString()
                    : dayAndTimeInSentence(history().editBefore(moment).time, QDate::currentDate());
    applyFromHistory(history().changesTo(moment),
                     when.isEmpty()
                         ? tr("The document is empty again. Undo takes that back.")
                         : tr("The document is as it was at %1. Undo takes that back.").arg(when));
}

void DocumentView::undoAuthor(const session::Author &author, Moment since)
{
    if (m_replica.isReadOnly() || !history().isReady()) {
        return;
    }
    const bool mine = author.userId == m_replica.self().userId;
    applyFromHistory(
        history().changesWithout(author, since),
        mine ? tr("What you wrote since then is undone. Undo brings it back.")
             : tr("What %1 wrote since then is undone. Undo brings it back.").arg(nameOf(author)));
}

void DocumentView::askForName(Moment moment)
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("versionNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Name this moment"));
    dialog->setLabelText(tr("Everybody who has the document sees the name."));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, moment](const QString &name) {
        if (!name.trimmed().isEmpty()) {
            nameMoment(moment, name.trimmed());
        }
    });
    dialog->open();
}

void DocumentView::nameMoment(Moment moment, const QString &name)
{
    if (const auto named = history().nameVersion(moment, name); !named) {
        showNotice(sentenceOf(named.error()), Tone::Bad);
    }
}

} // namespace cowrite::ui
