#pragma once

#include "libsync/base/error.h"

#include <QJsonObject>

#include <chrono>
#include <functional>
#include <string>

namespace cowrite::ctl {

/// Asks the `cowrited` with this data folder, which must run, and waits for its answer, for at most
/// the patience between two parts of it. Errors, each a sentence: NotFound if no server runs there,
/// Denied for the server of another user, Io, and Refused with what the server says.
[[nodiscard]] Result<QJsonObject>
askServer(const std::string &folder, const QJsonObject &request,
          std::chrono::seconds patience = std::chrono::seconds(10));
/// Asks, and passes on every line that comes, until the server ends it or `take` gives false.
/// Errors as askServer().
[[nodiscard]] Result<void> listenToServer(const std::string &folder, const QJsonObject &request,
                                          const std::function<bool(const std::string &line)> &take);

/// One line of JSON.
[[nodiscard]] std::string toLine(const QJsonObject &object);

} // namespace cowrite::ctl
