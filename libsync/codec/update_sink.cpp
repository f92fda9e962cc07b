#include "libsync/codec/update_sink.h"

#include "libsync/codec/wire.h"
#include "libsync/lib0/json.h"

namespace cowrite::codec {

void UpdateV1Sink::writeJson(const lib0::Any &value)
{
    // Undefined and bigint have no JSON. Yjs throws here and can no longer write its document;
    // nothing of ours makes such a value, and null keeps the document readable.
    const Result<std::string> text = lib0::stringifyJson(value);
    m_out.writeVarString(text ? std::string_view(*text) : std::string_view("null"));
}

void UpdateV2Sink::clear()
{
    m_keyClock.clear();
    m_client.clear();
    m_leftClock.clear();
    m_rightClock.clear();
    m_info.clear();
    m_string.clear();
    m_parentKind.clear();
    m_typeRef.clear();
    m_length.clear();
    m_rest.clear();
    m_keys = 0;
    m_out.clear();
}

ByteView UpdateV2Sink::finish()
{
    join();
    return m_out.bytes();
}

Bytes UpdateV2Sink::take()
{
    join();
    Bytes bytes = m_out.take();
    clear();
    return bytes;
}

void UpdateV2Sink::join()
{
    m_out.writeVarUint(wire::kFeatureFlag);
    m_out.writeVarBytes(m_keyClock.finish());
    m_out.writeVarBytes(m_client.finish());
    m_out.writeVarBytes(m_leftClock.finish());
    m_out.writeVarBytes(m_rightClock.finish());
    m_out.writeVarBytes(m_info.finish());
    m_string.finish(m_out);
    m_out.writeVarBytes(m_parentKind.finish());
    m_out.writeVarBytes(m_typeRef.finish());
    m_out.writeVarBytes(m_length.finish());
    m_out.writeBytes(m_rest.bytes());
}

} // namespace cowrite::codec
