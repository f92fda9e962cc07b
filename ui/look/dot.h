#pragma once

#include <QColor>
#include <QWidget>

namespace cowrite::ui {

/// A small coloured dot; invisible while its colour is invalid.
class Dot : public QWidget {
    Q_OBJECT

public:
    explicit Dot(QWidget *parent = nullptr);

    void setColor(const QColor &color);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_color;
};

} // namespace cowrite::ui
