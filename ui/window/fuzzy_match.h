#pragma once

#include <QStringView>

#include <optional>

namespace cowrite::ui {

/// How well a person's few letters fit a text: all of them must be in it, in their order, whatever
/// is in between. Higher is better: letters that begin a word or follow each other count more.
/// Nothing if they do not fit. Words apart may come in any order.
[[nodiscard]] std::optional<int> fuzzyMatch(QStringView letters, QStringView text);

} // namespace cowrite::ui
