#pragma once

#include "libsync/base/clock.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace cowrite::net {

class WebSocketChannel;

/// Sends together what the channels of one thread have to say: all that came for a channel within a
/// moment is one write, which is what a crowd costs most. The moment grows with the crowd that was
/// served last: none for two people, 16 ms, a frame of a screen, for two hundred.
class Outbox : public QObject {
    Q_OBJECT

public:
    /// A write takes a few microseconds, and this many times as long passes before the next one.
    static constexpr std::chrono::microseconds kPausePerChannel{80};
    static constexpr std::chrono::milliseconds kLongestPause{16};

    explicit Outbox(QObject *parent = nullptr);

    /// `channel` has something to send, and is asked for it soon; once until then.
    void add(WebSocketChannel *channel);
    /// It is not asked any more.
    void remove(WebSocketChannel *channel);

private:
    void flush();

    std::vector<WebSocketChannel *> m_waiting;
    /// Being asked just now; null for those that went meanwhile.
    std::vector<WebSocketChannel *> m_asked;
    QTimer m_timer;
    std::chrono::steady_clock::time_point m_notBefore;
};

} // namespace cowrite::net
