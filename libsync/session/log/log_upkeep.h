#pragma once

#include "libsync/store/log.h"

#include <QTimer>

namespace cowrite::session {

/// Has a log compacted some time after it was opened, and then every day.
class LogUpkeep : public QObject {
    Q_OBJECT

public:
    /// `log` outlives it.
    explicit LogUpkeep(store::Log &log);

private:
    void compact();

    store::Log &m_log;
    QTimer m_timer;
};

} // namespace cowrite::session
