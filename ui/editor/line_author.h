#pragma once

#include <QColor>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>

namespace cowrite::ui {

/// Who wrote a line last, in words for the screen.
struct LineAuthor {
    QString name;
    QColor color;
    QString time;
};

/// Who wrote last in [from, to) of the text; nothing where nobody knows.
using LineAuthors = std::function<std::optional<LineAuthor>(std::uint32_t from, std::uint32_t to)>;

} // namespace cowrite::ui
