#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace cowrite::session {

/// Turns SIGTERM and SIGINT into an event of the loop, so that ending can take its time, and SIGHUP
/// if that is to mean “read your files again”. One for a program, on its main thread.
class QuitSignals : public QObject {
    Q_OBJECT

public:
    enum class Hangup {
        Ends, ///< the program at once, as it does when nobody listens
        Reloads,
    };

    explicit QuitSignals(Hangup hangup = Hangup::Ends, QObject *parent = nullptr);
    /// From here on the signals end the program at once again.
    ~QuitSignals() override;

Q_SIGNALS:
    /// The first signal; a second one ends the program at once.
    void requested();
    /// Each SIGHUP; only with Hangup::Reloads.
    void reloadRequested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    Hangup m_hangup;
};

} // namespace cowrite::session
