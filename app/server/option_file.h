#pragma once

#include "app/server/options.h"

#include <QByteArray>
#include <QString>

namespace cowrite::server {

/// Reads a file of options, TOML with a key for each line of the table, over what `options` has
/// already. Errors: Malformed or OutOfRange, beginning with `NAME:LINE: `; `options` is as it was.
[[nodiscard]] Result<void> readOptionText(const QByteArray &text, const QString &name,
                                          ServerOptions &options);
/// The same of a file. Errors also: Io with a sentence.
[[nodiscard]] Result<void> readOptionFile(const QString &name, ServerOptions &options);

/// `name = value` as the file has it.
[[nodiscard]] QString optionLine(const Option &option, const ServerOptions &options);
/// A file that names every option, with what it is for and its default, which it changes nothing
/// of.
[[nodiscard]] QString exampleOptionFile();

} // namespace cowrite::server
