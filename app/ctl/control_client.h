#pragma once

#include "libsync/base/error.h"

#include <QJsonObject>

#include <string>

namespace cowrite::ctl {

/// Asks the `cowrited` with this data folder, which must run, and waits for its answer: ten seconds
/// at most. Errors, each a sentence: NotFound if no server runs there, Denied for the server of
/// another user, Io, and Refused with what the server says.
[[nodiscard]] Result<QJsonObject> askServer(const std::string &folder, const QJsonObject &request);

/// One line of JSON.
[[nodiscard]] std::string toLine(const QJsonObject &object);

} // namespace cowrite::ctl
