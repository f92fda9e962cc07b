#pragma once

#include "libsync/base/signal.h"
#include "libsync/crdt/id.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <set>

class QWidget;

namespace cowrite::crdt {
class Event;
}

namespace cowrite::ui {

class Editor;

/// Says a sentence to people who use a screen reader, when it has said everything else. `about`
/// should be where they are. Qt before 6.8 has no announcements: there it is the description of
/// `about` that changes, which screen readers say of what has the focus.
void announce(QWidget &about, const QString &sentence);

/// Tells them what the others write, a few seconds of it in one sentence.
class EditAnnouncer : public QObject {
    Q_OBJECT

public:
    /// `nameOf` tells who has this client id; empty if that is not known. `isLive` tells whether
    /// what comes from others now is being written now: on joining and on coming back it was
    /// written before, and only comes.
    EditAnnouncer(Editor &editor, std::function<QString(crdt::ClientId)> nameOf,
                  std::function<bool()> isLive);

private:
    void observeText();
    void note(const crdt::Event &event);
    void speak();

    Editor &m_editor;
    std::function<QString(crdt::ClientId)> m_nameOf;
    std::function<bool()> m_isLive;
    std::map<QString, std::set<int>> m_lines; ///< by name
    QTimer m_speak;
    Subscription m_subscription;
};

} // namespace cowrite::ui
