#pragma once

#include "libsync/net/event_stream.h"
#include "libsync/session/admission/entrance.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <vector>

namespace cowrite::session {

/// Ends the event streams of those whose invitation has ended, within a second or two.
class StreamWatch : public QObject {
    Q_OBJECT

public:
    /// `entrance` outlives the watch.
    explicit StreamWatch(const Entrance &entrance, QObject *parent = nullptr);

    void watch(net::EventStream *stream, const Visitor &visitor);

private:
    struct Watched {
        QPointer<net::EventStream> stream;
        Visitor visitor;
    };

    void look();

    const Entrance &m_entrance;
    std::vector<Watched> m_watched;
    QTimer m_timer;
};

} // namespace cowrite::session
