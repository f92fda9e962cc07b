#pragma once

#include <QWidget>

namespace cowrite::ui {

class Editor;

/// The strip with the line numbers; the editor, which knows its lines, paints it.
class LineGutter : public QWidget {
    Q_OBJECT

public:
    explicit LineGutter(Editor *editor);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Editor *m_editor;
};

} // namespace cowrite::ui
