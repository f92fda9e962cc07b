#pragma once

#include "libsync/crdt/delta.h"
#include "libsync/crdt/doc.h"

#include <string>

namespace cowrite::test {

/// What a shared type says, as one line of JSON: a text as its delta, an array and a map with what
/// is nested in them, map keys sorted, XML as its string form. What JSON lacks stands as
/// `{"$undefined":true}`, `{"$bigint":"…"}`, `{"$bytes":[…]}` and `{"$doc":"guid","options":{…}}`.
std::string toJson(const crdt::SharedType &type);
std::string toJson(const crdt::Value &value);
std::string toJson(const lib0::Any &value);

/// `[{"retain":1},{"insert":"x","attributes":{"bold":true}}]`. What is not text is inserted as a
/// list of values, an embed as a list of one.
std::string toJson(const crdt::Delta &delta);

} // namespace cowrite::test
