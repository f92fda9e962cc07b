#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"

#include <string>

namespace cowrite::ctl {

/// A file that was read: its name, for messages, and what is in it.
struct InputFile {
    std::string name;
    Bytes bytes;
};

/// Reads a whole file; "-" is standard input. Error Io.
[[nodiscard]] Result<InputFile> readFile(const std::string &name);

/// Writes a whole file: under its name there is either what was there before or all of `bytes`.
/// Error Io.
[[nodiscard]] Result<void> writeFile(const std::string &name, ByteView bytes);

/// The same error, its message saying in which file and at which byte.
[[nodiscard]] Error inFile(const Error &error, const std::string &name);

} // namespace cowrite::ctl
