#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

namespace cowrite::net {

/// Sends together what the connections of one thread have to say: all that came for a guest within
/// a moment is one write, which is what a crowd costs most. Writing may take a seventh of the time;
/// only where that is not enough, there are moments to wait for, of a frame of a screen at most.
class Outbox : public QObject {
    Q_OBJECT

public:
    /// A write takes about three and a half microseconds, and uses up so much of the time.
    static constexpr std::chrono::microseconds kTimePerWrite{24};
    static constexpr std::chrono::milliseconds kLongestPause{16};
    /// What may be used up ahead, so that a crowd that says little is served at once.
    static constexpr std::chrono::milliseconds kAhead{16};

    /// Somebody with something to say.
    class Sender {
    public:
        /// Says it. How many writes that took.
        virtual int flush() = 0;

    protected:
        ~Sender() = default;
    };

    /// A crowd first: what one of its guests is told beside the others then goes along.
    enum class Turn { OfCrowds, OfOne };

    /// That of the calling thread.
    [[nodiscard]] static Outbox &ofThread();
    explicit Outbox(QObject *parent = nullptr);

    /// `sender` has something to say, and is asked for it soon; once until then.
    void add(Sender &sender, Turn turn);
    /// It is not asked any more.
    void remove(Sender &sender);

private:
    void flush();

    std::vector<Sender *> m_crowds;
    std::vector<Sender *> m_others;
    /// Being asked just now; null for those that went meanwhile.
    std::vector<Sender *> m_asked;
    QTimer m_timer;
    /// The time until then is used up.
    std::chrono::steady_clock::time_point m_usedUp;
};

} // namespace cowrite::net
