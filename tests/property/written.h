#pragma once

#include "libsync/base/bytes.h"
#include "libsync/codec/update_format.h"

#include <string>

namespace cowrite::test {

/// Conformance case 88: what in this update of ours not every peer could read (yjs-compat 9.2);
/// nothing if all is well. An update without gaps, as all are that a document without pending
/// structs sends.
std::string checkWritten(ByteView update, codec::UpdateFormat format);

} // namespace cowrite::test
