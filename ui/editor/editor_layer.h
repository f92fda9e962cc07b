#pragma once

#include "ui/editor/visible_line.h"

#include <QPointer>

#include <vector>

class QPainter;

namespace cowrite::ui {

class Editor;

/// Something that is painted with the text of an editor, below or above it. It registers itself,
/// and is gone from the editor when it is destroyed; each may go first.
class EditorLayer {
public:
    explicit EditorLayer(Editor &editor);
    virtual ~EditorLayer();
    EditorLayer(const EditorLayer &) = delete;
    EditorLayer &operator=(const EditorLayer &) = delete;

    /// `lines` are those in sight; called at every paint, so it should look at nothing else.
    virtual void paintBelow(QPainter &, const std::vector<VisibleLine> &) {}
    virtual void paintAbove(QPainter &, const std::vector<VisibleLine> &) {}

protected:
    [[nodiscard]] Editor &editor() const { return *m_editor; }

private:
    QPointer<Editor> m_editor;
};

} // namespace cowrite::ui
