#pragma once

#include <QByteArray>
#include <QString>
#include <QWidget>

namespace cowrite::ui {

/// A text as a picture for the camera of a telephone. Black on white in every theme: cameras read
/// nothing else well.
class QrCode : public QWidget {
    Q_OBJECT

public:
    explicit QrCode(QWidget *parent = nullptr);

    /// Shows nothing for an empty text, or one that is too long for a picture (2,900 bytes).
    void setText(const QString &text);
    /// Modules on a side, without the margin; 0 while nothing is shown.
    [[nodiscard]] int moduleCount() const { return m_count; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QByteArray m_modules; ///< row by row, 1 for black
    int m_count = 0;
};

} // namespace cowrite::ui
