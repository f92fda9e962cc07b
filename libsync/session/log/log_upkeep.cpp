#include "libsync/session/log/log_upkeep.h"

#include <QLoggingCategory>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcUpkeep, "cowrite.session.upkeep", QtWarningMsg)

/// Whoever starts a program wants something else first.
constexpr std::chrono::minutes kFirstDelay{1};
constexpr std::chrono::hours kInterval{24};

} // namespace

LogUpkeep::LogUpkeep(store::Log &log) : m_log(log)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &LogUpkeep::compact);
    m_timer.start(kFirstDelay);
}

void LogUpkeep::compact()
{
    m_timer.start(kInterval);
    m_log.compact([](const Result<> &done) {
        if (!done) {
            qCWarning(lcUpkeep, "not compacted: %s", done.error().message.c_str());
        }
    });
}

} // namespace cowrite::session
