#pragma once

#include "libsync/base/bytes.h"
#include "libsync/crdt/delta.h"
#include "libsync/crdt/shared_type.h"
#include "libsync/crdt/value.h"
#include "libsync/lib0/any.h"

#include <string>

/// The JSON form of what a document holds. Nested shared types are resolved; what JSON lacks stands
/// as `{"$bytes":"<base64>"}`, `{"$undefined":true}` and `{"$bigint":"<digits>"}`, a subdocument as
/// `{"$doc":{"guid":"…","options":{…}}}`. A text is its
/// delta, an array a list, a map an object with its keys sorted, XML its string form.
namespace cowrite::ctl {

[[nodiscard]] std::string toBase64(ByteView bytes);

[[nodiscard]] lib0::Any toJson(const lib0::Any &value);
[[nodiscard]] lib0::Any toJson(const crdt::Value &value);
[[nodiscard]] lib0::Any toJson(const crdt::SharedType &type);

/// Whether the inserts of a delta are those of a text (a string or one value) or of a list.
enum class DeltaOf { Text, List };

/// The Quill form of a delta; attributes sorted by name.
[[nodiscard]] lib0::Any toJson(const crdt::Delta &delta, DeltaOf of);

} // namespace cowrite::ctl
