#include "app/ctl/update_json.h"

#include "app/ctl/document_json.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/crdt/doc.h"
#include "libsync/lib0/json.h"

namespace cowrite::ctl {

Result<RootChoice> parseRootChoice(const std::string &text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) {
        return fail(ErrorCode::Malformed, "A root is given as NAME:KIND, not as \"" + text + "\".");
    }
    const std::string kind = text.substr(colon + 1);
    const std::string name = text.substr(0, colon);
    if (kind == "text") {
        return RootChoice{name, crdt::TypeKind::Text};
    }
    if (kind == "array") {
        return RootChoice{name, crdt::TypeKind::Array};
    }
    if (kind == "map") {
        return RootChoice{name, crdt::TypeKind::Map};
    }
    if (kind == "xml") {
        return RootChoice{name, crdt::TypeKind::XmlFragment};
    }
    return fail(ErrorCode::Malformed,
                "A root is of kind text, array, map or xml, not \"" + kind + "\".");
}

Result<UpdateJson> updatesToJson(const std::vector<InputFile> &files, codec::UpdateFormat format,
                                 const std::vector<RootChoice> &roots)
{
    SeededRng rng(0); // nothing is written, so the client id does not matter
    crdt::Doc doc(rng, {.gc = crdt::GarbageCollection::Off});
    const crdt::Origin origin = crdt::Origin::of(&files);
    for (const InputFile &file : files) {
        if (const Result<> applied = codec::applyUpdate(doc, file.bytes, origin, format);
            !applied) {
            return tl::unexpected(inFile(applied.error(), file.name));
        }
    }
    std::vector<lib0::AnyObject::Member> members;
    for (const RootChoice &choice : roots) {
        const Result<crdt::SharedType> root = doc.root(choice.name, choice.kind);
        if (!root) {
            return tl::unexpected(root.error());
        }
        members.emplace_back(choice.name, toJson(*root));
    }
    Result<std::string> json =
        lib0::stringifyJson(lib0::Any::object(lib0::AnyObject::fromMembers(std::move(members))));
    if (!json) {
        return tl::unexpected(json.error());
    }
    return UpdateJson{std::move(*json), !doc.hasPending()};
}

} // namespace cowrite::ctl
