#pragma once

#include "libsync/base/bytes.h"
#include "libsync/codec/update_format.h"

#include <vector>

namespace cowrite::fuzz {

/// An update is taken whole or not at all, whatever it says the document keeps its invariants and
/// can be read, what it holds can be handed on to another replica, and it takes no more memory
/// than its size allows.
void runUpdate(ByteView input, codec::UpdateFormat format);

/// Every kind of content, in updates of one and of several clients.
std::vector<Bytes> validUpdates(codec::UpdateFormat format);
/// These, and those that are known to break others.
std::vector<Bytes> updateSeeds(codec::UpdateFormat format);

} // namespace cowrite::fuzz
