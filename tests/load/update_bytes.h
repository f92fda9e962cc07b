#pragma once

#include "libsync/base/bytes.h"
#include "libsync/lib0/encoder.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cowrite::load {

/// An update V1 in which `client` inserts `text`, in ASCII, behind its own unit `clock` - 1, or
/// into the root "content" if `clock` is 0. Made by hand: a document for each of a thousand guests
/// would be the load itself.
[[nodiscard]] Bytes insertionAtEnd(std::uint32_t client, std::uint64_t clock,
                                   std::string_view text);

/// A document of one client that grows paragraph by paragraph at its front, so that no two of them
/// become one item; told as updates.
class LongDocument {
public:
    explicit LongDocument(std::uint32_t client) : m_client(client) {}

    /// An update with the next paragraphs, of at least `bytes`.
    [[nodiscard]] Bytes next(std::size_t bytes);

    [[nodiscard]] std::size_t paragraphs() const { return m_paragraphs; }
    /// Of all updates so far.
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    /// What somebody has who saw only the first `paragraphs`.
    [[nodiscard]] Bytes stateVectorAfter(std::size_t paragraphs) const;

private:
    void writeParagraph(lib0::Encoder &encoder);

    std::uint32_t m_client;
    std::size_t m_paragraphs = 0;
    std::size_t m_bytes = 0;
};

} // namespace cowrite::load
