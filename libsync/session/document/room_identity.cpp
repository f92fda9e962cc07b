#include "libsync/session/document/room_identity.h"

#include "libsync/codec/update_reader.h"
#include "libsync/protocol/messages.h"

#include <algorithm>
#include <string_view>

namespace cowrite::session {

namespace {

/// The name of the root stands in the bytes of an update V1 as it is.
bool mentionsMeta(ByteView bytes)
{
    constexpr std::string_view kName = "meta";
    return std::search(bytes.begin(), bytes.end(), kName.begin(), kName.end()) != bytes.end();
}

} // namespace

std::optional<std::string> identityIn(ByteView bytes)
{
    crdt::Update update;
    if (!mentionsMeta(bytes) || !codec::decodeUpdate(bytes, update)) {
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

std::optional<std::string> identityInMessage(ByteView frame)
{
    std::optional<std::string> identity;
    protocol::MessageReader reader(frame, protocol::Acknowledgements::Negotiated);
    for (auto message = reader.next(); message && *message; message = reader.next()) {
        std::optional<std::string> found;
        if (const auto *step2 = std::get_if<protocol::SyncStep2>(&**message)) {
            found = identityIn(step2->update);
        } else if (const auto *update = std::get_if<protocol::SyncUpdate>(&**message)) {
            found = identityIn(update->update);
        }
        if (found) {
            identity = std::move(found);
        }
    }
    return identity;
}

} // namespace cowrite::session
