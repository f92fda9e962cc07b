#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace cowrite::session {

/// Turns SIGTERM and SIGINT into an event of the loop, so that ending can take its time. One for a
/// program, on its main thread.
class QuitSignals : public QObject {
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    /// From here on the signals end the program at once again.
    ~QuitSignals() override;

Q_SIGNALS:
    /// The first signal; a second one ends the program at once.
    void requested();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace cowrite::session
