#pragma once

#include "ui/editor/editor_layer.h"

#include <cstdint>
#include <optional>

namespace cowrite::ui {

/// Marks the bracket at the caret and the one that belongs to it.
class BracketLayer : public EditorLayer {
public:
    using EditorLayer::EditorLayer;

    struct Pair {
        std::uint32_t atCaret = 0;
        std::uint32_t other = 0;

        friend bool operator==(const Pair &, const Pair &) = default;
    };

    /// The brackets at the caret: the one behind it, else the one before it. Nothing if there is
    /// none, or if its partner is not within the 20,000 units that are looked at.
    [[nodiscard]] std::optional<Pair> match() const;
    /// Puts the caret at the partner, so that a second time brings it back.
    void jump();

    void paintBelow(QPainter &painter, const std::vector<VisibleLine> &lines) override;
};

} // namespace cowrite::ui
