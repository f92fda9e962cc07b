#pragma once

#include <QStringList>
#include <QWidget>

namespace cowrite::ui {

/// A row of colours of which one is chosen, by pointer or by arrow keys.
class ColorChoice : public QWidget {
    Q_OBJECT

public:
    /// `colors` as `#rrggbb`; not empty.
    explicit ColorChoice(const QStringList &colors, QWidget *parent = nullptr);

    /// A colour that is not among them is left unmarked, and kept.
    void setColor(const QString &color);
    [[nodiscard]] QString color() const { return m_color; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// By the person, with the pointer or a key.
    void chosen(const QString &color);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(const QString &color);

    QStringList m_colors;
    QString m_color;
};

} // namespace cowrite::ui
