#pragma once

#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/delete_set.h"
#include "libsync/lib0/any.h"

#include <map>
#include <string>
#include <vector>

namespace cowrite::ctl {

/// What one client contributes to an update.
struct ClientInfo {
    crdt::ClientId client = 0;
    std::vector<crdt::ClockRange> ranges; ///< without the gaps, which Skips stand for
    std::size_t structs = 0;              ///< Skips included
};

/// What is in an update, without a document.
struct UpdateInfo {
    codec::UpdateFormat format = codec::UpdateFormat::V1;
    std::size_t bytes = 0;
    std::vector<ClientInfo> clients; ///< in the order of the update
    /// By the kind of content, as Yjs calls it: "String", "Type", "GC" ...
    std::map<std::string, std::size_t> structsByKind;
    crdt::DeleteSet deletions;
};

/// Errors of codec::decodeUpdate().
[[nodiscard]] Result<UpdateInfo> readUpdateInfo(ByteView update, codec::UpdateFormat format);

/// `{"format":"v1","bytes":19,"clients":[{"client":1,"ranges":[{"clock":0,"length":2}],"structs":1}],
/// "structs":{"String":1},"deletions":[{"client":1,"ranges":[{"clock":0,"length":1}]}]}`
[[nodiscard]] lib0::Any toJson(const UpdateInfo &info);

/// The same for people, in lines.
[[nodiscard]] std::string toText(const UpdateInfo &info);

} // namespace cowrite::ctl
