#pragma once

#include "libsync/base/error.h"
#include "libsync/session/admission/visitor.h"
#include "libsync/session/log/flowing_time.h"

#include <QFile>
#include <QJsonObject>
#include <QString>

#include <memory>
#include <string_view>

namespace cowrite::session {

/// Who did what, and when, one JSON object a line; never what was written, never a secret. It is
/// only ever appended to, and readable by this user alone.
class AuditLog {
public:
    /// Opens `file`, or makes it. Errors, each a sentence: Io. `clock` outlives the log.
    static Result<std::unique_ptr<AuditLog>> open(const QString &file, const Clock &clock);

    /// Notes that `who` did `what` (a word) in `room`; empty for the server as a whole.
    void note(std::string_view what, const QString &room, const Visitor &who,
              QJsonObject more = {});
    /// What somebody did who sits at the server itself.
    void noteOperator(std::string_view what, QJsonObject more);
    /// Opens the file anew: it may have been moved aside. Errors as open(); the old one stays in
    /// use then.
    Result<void> reopen();

private:
    AuditLog(const QString &file, const Clock &clock);

    void write(std::string_view what, QJsonObject line);

    QString m_name;
    const Clock &m_clock;
    std::unique_ptr<QFile> m_file;
};

} // namespace cowrite::session
