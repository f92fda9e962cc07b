#pragma once

#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/session/history/history.h"
#include "ui/document/entry_index.h"
#include "ui/document/time_bar.h"
#include "ui/editor/editor.h"

#include <QTimer>
#include <QWidget>

#include <memory>

namespace cowrite::ui {

/// The text of a document as it was, to read and to copy from: what the one wrote who made the
/// edit before it is marked, from the beginning of that stretch on. Below it is the bar to move in
/// time.
///
/// The text lies in a document of its own. Going from one moment to another writes only the
/// difference into it, so what stays the same stays where it is on the screen.
class PastView : public QWidget {
    Q_OBJECT

public:
    /// `history` is ready; it and `clock` must outlive the view.
    PastView(const session::History &history, const Clock &clock, const Theme &theme,
             QWidget *parent = nullptr);

    /// What moves on the screen when the moment changes.
    enum class Scrolling {
        Stay,
        ToFirstMark, ///< the first mark comes into sight
        ToChange,    ///< what is different comes into sight
    };

    [[nodiscard]] session::Moment moment() const { return m_moment; }
    /// Ends playing. A moment that is yet to come is now.
    void lookAt(session::Moment moment, Scrolling scrolling);
    /// Puts the first mark in view.
    void showFirstMark();
    [[nodiscard]] bool isPlaying() const { return m_player.isActive(); }
    /// From the beginning if there is nothing left to play.
    void play();
    void pause();

    void setTheme(const Theme &theme);
    [[nodiscard]] Editor &editor() const { return *m_editor; }

Q_SIGNALS:
    void momentChanged();
    /// Escape was pressed.
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void show(session::Moment moment, Scrolling scrolling);
    void playOn();
    void onExtended();
    [[nodiscard]] std::optional<LineAuthor> authorOf(std::uint32_t offset) const;

    const session::History &m_history;
    EntryIndex m_entries;
    session::Moment m_moment = 0;
    session::PastText m_past; ///< what is shown
    SeededRng m_rng{1};
    crdt::Doc m_doc{m_rng};
    crdt::Text m_text;
    QTimer m_player;
    TimeBar *m_bar;
    /// Here, not only with the other children: the document it shows must live longer.
    std::unique_ptr<Editor> m_editor;
};

} // namespace cowrite::ui
