#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/ctl/files.h"
#include "libsync/base/error.h"
#include "libsync/codec/update_format.h"
#include "libsync/crdt/shared_type.h"

namespace cowrite::ctl {

/// A root to print: its name and what it is read as.
struct RootChoice {
    std::string name;
    crdt::TypeKind kind = crdt::TypeKind::Text;
};

/// Reads `NAME:KIND` with KIND text, array, map or xml; a name may hold colons.
/// Errors: Malformed for any other form.
[[nodiscard]] Result<RootChoice> parseRootChoice(const std::string &text);

struct UpdateJson {
    std::string json;        ///< one object with a member per root
    bool isComplete = false; ///< false when the updates refer to others that are not among them
};

/// Applies the updates in order to an empty document and gives its roots as JSON.
/// Errors: Malformed or LimitExceeded, the message naming the file and the byte offset.
[[nodiscard]] Result<UpdateJson> updatesToJson(const std::vector<InputFile> &files,
                                               codec::UpdateFormat format,
                                               const std::vector<RootChoice> &roots);

} // namespace cowrite::ctl
