#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/ctl/document_json.h"
#include "libsync/base/bytes.h"
#include "libsync/base/error.h"
#include "libsync/crdt/delta.h"
#include "libsync/crdt/value.h"
#include "libsync/lib0/any.h"

/// The values in the steps of a document script, and what they stand for.
namespace cowrite::script {

/// A step that is not understood, or that the document refuses.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws the error of a result as Refused.
void check(const Result<> &result);
/// The value of a result; throws its error as Refused.
template <class T>
[[nodiscard]] const T &valueOf(const Result<T> &result)
{
    if (!result) {
        throw Refused(result.error().message);
    }
    return *result;
}

/// The member of a step; throws Refused when there is none, or when it is of another kind.
[[nodiscard]] const lib0::Any &member(const lib0::Any &step, const char *name);
[[nodiscard]] std::string stringMember(const lib0::Any &step, const char *name);
[[nodiscard]] std::u16string textMember(const lib0::Any &step, const char *name);
[[nodiscard]] std::span<const lib0::Any> arrayMember(const lib0::Any &step, const char *name);
[[nodiscard]] double numberMember(const lib0::Any &step, const char *name);
/// A whole number from 0 to 2^32-1: a position or a length in UTF-16 units or cells.
[[nodiscard]] std::uint32_t unitsMember(const lib0::Any &step, const char *name);
/// What an optional member says: `usual` when there is none, or it is no boolean.
[[nodiscard]] bool saysTrue(const lib0::Any *member, bool usual);
/// The bytes of a base64 string.
[[nodiscard]] Bytes fromBase64(const lib0::Any &text);
[[nodiscard]] Bytes bytesMember(const lib0::Any &step, const char *name);

/// What a cell of an array or a map is given: `{"$text":...}` and so on make nested types,
/// `{"$doc":...}` a subdocument.
[[nodiscard]] crdt::NewValue toNewValue(const lib0::Any &json);
/// XML nodes: `{"text":...}` or `{"element":...,"attributes":{...},"children":[...]}`.
[[nodiscard]] std::vector<crdt::NewValue> toXmlNodes(std::span<const lib0::Any> nodes);
/// The attributes of a step; nothing when it has none.
[[nodiscard]] std::optional<crdt::Attributes> toAttributes(const lib0::Any *json);
/// A Quill delta whose inserts are strings or embeds.
[[nodiscard]] crdt::Delta toDelta(std::span<const lib0::Any> ops);
[[nodiscard]] crdt::Path toPath(const lib0::Any &json);

using ctl::toBase64;

} // namespace cowrite::script
