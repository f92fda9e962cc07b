#pragma once

#include "ui/document/people_model.h"
#include "ui/look/theme.h"

#include <QWidget>

#include <optional>

namespace cowrite::ui {

/// The overlapping faces of everybody in the document. A click shows that person's place,
/// one more follows them.
class FacesBar : public QWidget {
    Q_OBJECT

public:
    /// More people than this end in a face that counts the rest.
    static constexpr int kMaxFaces = 6;

    explicit FacesBar(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setPeople(const QList<Person> &people);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void personClicked(quint64 key);
    /// The face that counts the rest.
    void restClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int shownCount() const;
    [[nodiscard]] QRectF faceRect(int index) const;
    [[nodiscard]] std::optional<int> faceAt(const QPointF &point) const;

    Theme m_theme;
    QList<Person> m_people;
};

} // namespace cowrite::ui
