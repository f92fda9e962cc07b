#pragma once

#include <QLabel>

namespace cowrite::ui {

/// Plain words on one line that take the room they are given: what does not fit ends with "…".
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    using QLabel::QLabel;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace cowrite::ui
