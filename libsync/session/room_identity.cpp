#include "libsync/session/room_identity.h"

#include "libsync/codec/update_reader.h"

namespace cowrite::session {

std::optional<std::string> identityIn(ByteView bytes)
{
    crdt::Update update;
    if (!codec::decodeUpdate(bytes, update)) {
        return std::nullopt;
    }
    std::optional<std::string> identity;
    for (const crdt::WireStruct &item : update.structs) {
        const bool isMetaId = item.parentKind == crdt::ParentKind::Root &&
                              item.key != crdt::kNoIndex && update.names[item.key] == "id" &&
                              update.names[item.parent.clock] == "meta" &&
                              item.kind == crdt::ContentKind::Any;
        if (!isMetaId) {
            continue;
        }
        const auto &values = std::get<crdt::AnyContent>(*update.contents[item.content]).values;
        if (!values.empty() && values.back().isString()) {
            identity = values.back().asString();
        }
    }
    return identity;
}

} // namespace cowrite::session
