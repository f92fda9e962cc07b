#pragma once

#include "libsync/crdt/relative_position.h"

#include <QByteArray>

#include <optional>

namespace cowrite::ui {

/// Where somebody is in a text: selection and what is in sight. It sticks to the text, so it is
/// still right after others have written.
struct PlaceInText {
    crdt::RelativePosition anchor;
    crdt::RelativePosition head;
    /// The beginning of the topmost line in sight.
    crdt::RelativePosition top;

    friend bool operator==(const PlaceInText &, const PlaceInText &) = default;
};

/// One line of ASCII, for a file.
[[nodiscard]] QByteArray toText(const PlaceInText &place);
/// Nothing if that is none.
[[nodiscard]] std::optional<PlaceInText> placeFromText(const QByteArray &text);

} // namespace cowrite::ui
