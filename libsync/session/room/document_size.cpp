#include "libsync/session/room/document_size.h"

#include "libsync/codec/update_codec.h"
#include "libsync/codec/update_reader.h"
#include "libsync/protocol/messages.h"

#include <algorithm>

namespace cowrite::session {

namespace {

/// A full document that shrinks is found to have room within this.
constexpr std::chrono::seconds kBetweenMeasuring{2};

bool hasContent(ByteView bytes)
{
    crdt::Update update;
    // What cannot be read is refused by those who apply it.
    if (!codec::decodeUpdate(bytes, update)) {
        return false;
    }
    return std::any_of(update.structs.begin(), update.structs.end(), [](const auto &item) {
        return item.kind != crdt::ContentKind::Gc && item.kind != crdt::ContentKind::Deleted &&
               item.kind != crdt::ContentKind::Skip;
    });
}

} // namespace

bool DocumentSize::isFull()
{
    if (m_measuredAt && m_bytes < m_most) {
        return false;
    }
    const auto now = m_clock.steadyNow();
    if (m_wasFull && (!m_hasChanged || now - *m_measuredAt < kBetweenMeasuring)) {
        return true;
    }
    m_bytes = codec::encodeStateAsUpdate(m_doc, {}).size();
    m_hasChanged = false;
    m_measuredAt = now;
    m_wasFull = m_bytes >= m_most;
    return m_wasFull;
}

bool bringsContent(ByteView frame)
{
    protocol::MessageReader reader(frame, protocol::Acknowledgements::Negotiated);
    for (auto message = reader.next(); message && *message; message = reader.next()) {
        const auto *const step2 = std::get_if<protocol::SyncStep2>(&**message);
        const auto *const update = std::get_if<protocol::SyncUpdate>(&**message);
        if ((step2 && hasContent(step2->update)) || (update && hasContent(update->update))) {
            return true;
        }
    }
    return false;
}

} // namespace cowrite::session
