#include "ui/document/place_in_text.h"

#include "libsync/codec/relative_position_codec.h"

#include <QList>

namespace cowrite::ui {

namespace {

QByteArray encoded(const crdt::RelativePosition &position)
{
    const Bytes bytes = codec::encodeRelativePosition(position);
    return QByteArray(reinterpret_cast<const char *>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toBase64();
}

Result<crdt::RelativePosition> decoded(const QByteArray &text)
{
    const QByteArray bytes = QByteArray::fromBase64(text);
    return codec::decodeRelativePosition({reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                                          static_cast<std::size_t>(bytes.size())});
}

} // namespace

QByteArray toText(const PlaceInText &place)
{
    return encoded(place.anchor) + ' ' + encoded(place.head) + ' ' + encoded(place.top);
}

std::optional<PlaceInText> placeFromText(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split(' ');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto anchor = decoded(parts[0]);
    const auto head = decoded(parts[1]);
    const auto top = decoded(parts[2]);
    if (!anchor || !head || !top) {
        return std::nullopt;
    }
    return PlaceInText{*anchor, *head, *top};
}

} // namespace cowrite::ui
