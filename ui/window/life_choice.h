#pragma once

#include <QComboBox>

#include <chrono>
#include <optional>

namespace cowrite::ui {

/// How long a link is good: an hour, a day, and so on. One that has lived a while shows when it
/// ends.
class LifeChoice : public QComboBox {
    Q_OBJECT

public:
    explicit LifeChoice(QWidget *parent = nullptr);

    /// How long it is good from now; nothing: without end.
    void setLeft(std::optional<std::chrono::seconds> left);

Q_SIGNALS:
    /// By the person, from now; nothing: without end.
    void chosen(std::optional<std::chrono::seconds> life);
};

} // namespace cowrite::ui
