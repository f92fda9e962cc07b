#pragma once

#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/doc.h"

#include <functional>

namespace cowrite::codec {

/// The state of a document that a peer at `target` lacks, with the whole delete set and what is
/// pending (yjs-compat 4.4). Byte for byte what Yjs writes for the same history.
[[nodiscard]] Bytes encodeStateAsUpdate(const crdt::Doc &doc, const crdt::StateVector &target = {},
                                        UpdateFormat format = UpdateFormat::V1);

/// The bytes of one transaction's changes, from a handler of Doc::committed. Empty if it changed
/// nothing (yjs-compat 3.6).
[[nodiscard]] Bytes encodeTransaction(const crdt::Transaction &transaction,
                                      UpdateFormat format = UpdateFormat::V1);

/// Decodes, checks and integrates an update. When decoding fails (Malformed with the byte
/// offset, LimitExceeded) the document is as it was; the errors of integration are those of
/// crdt::Doc::apply().
[[nodiscard]] Result<void> applyUpdate(crdt::Doc &doc, ByteView update, crdt::Origin origin,
                                       UpdateFormat format = UpdateFormat::V1);

/// Calls `callback` with the update bytes of each transaction that changed the document.
[[nodiscard]] Subscription
observeUpdates(crdt::Doc &doc,
               std::function<void(ByteView update, const crdt::Transaction &)> callback,
               UpdateFormat format = UpdateFormat::V1);

} // namespace cowrite::codec
