#include "ui/editor/editor_layer.h"

#include "ui/editor/editor.h"

namespace cowrite::ui {

EditorLayer::EditorLayer(Editor &editor) : m_editor(&editor)
{
    editor.addLayer(*this);
}

EditorLayer::~EditorLayer()
{
    if (m_editor) {
        m_editor->removeLayer(*this);
    }
}

} // namespace cowrite::ui
