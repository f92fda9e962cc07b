#pragma once

#include "ui/editor/editor_layer.h"

namespace cowrite::ui {

/// Spaces as dots, tabs as arrows, in the colour of line numbers. QTextOption could show them
/// too, but in the colour of the text.
class WhitespaceLayer : public EditorLayer {
public:
    using EditorLayer::EditorLayer;

    void setVisible(bool visible) { m_visible = visible; }
    [[nodiscard]] bool isVisible() const { return m_visible; }

    void paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines) override;

private:
    bool m_visible = false;
};

} // namespace cowrite::ui
