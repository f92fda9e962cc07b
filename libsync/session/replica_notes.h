#pragma once

#include "libsync/store/types.h"

#include <QString>

#include <string>

namespace cowrite::session {

/// What only the app keeps about a document, in store::DocumentInfo::extra.
struct ReplicaNotes {
    QString lineEnd = QStringLiteral("\n");
    /// The root that was chosen in a foreign room; empty for none.
    QString contentRoot;
    /// Edits that waited for the server when this was written, and the last place then.
    quint64 waiting = 0;
    store::Seq waitingAt = 0;

    [[nodiscard]] std::string toJson() const;
    /// Takes defaults for what is missing or broken.
    [[nodiscard]] static ReplicaNotes fromJson(const std::string &json);
};

} // namespace cowrite::session
