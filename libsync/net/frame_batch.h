#pragma once

#include "libsync/base/bytes.h"

#include <QByteArray>

#include <cstddef>
#include <vector>

namespace cowrite::net {

/// Writes `message` behind `frames` as a server sends it: the one frame of a binary message, which
/// is not masked (RFC 6455, 5.2).
void appendFrame(QByteArray &frames, ByteView message);

/// Messages for many guests alike: framed once, and sent to each of them from the same bytes.
class FrameBatch {
public:
    void append(ByteView message);

    [[nodiscard]] bool isEmpty() const { return m_places.empty(); }
    /// How many messages.
    [[nodiscard]] std::size_t size() const { return m_places.size(); }
    /// Of all frames.
    [[nodiscard]] std::size_t byteCount() const
    {
        return static_cast<std::size_t>(m_frames.size());
    }
    /// Valid, as frames() is, until the batch changes.
    [[nodiscard]] ByteView message(std::size_t index) const;
    /// The frames of the messages from `first` to before `last`.
    [[nodiscard]] ByteView frames(std::size_t first, std::size_t last) const;
    /// Of these messages, without their frames.
    [[nodiscard]] std::size_t messageBytes(std::size_t first, std::size_t last) const;

private:
    struct Place {
        std::size_t message = 0; ///< where it begins, behind the head of its frame
        std::size_t end = 0;
        std::size_t messageBytes = 0; ///< of all until here
    };

    [[nodiscard]] ByteView between(std::size_t begin, std::size_t end) const;

    QByteArray m_frames;
    std::vector<Place> m_places;
};

} // namespace cowrite::net
