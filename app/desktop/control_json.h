#pragma once

#include "libsync/crdt/doc.h"

#include <QJsonObject>
#include <QJsonValue>

namespace cowrite::desktop {

/// What `print` answers: text, delta, state vector, deletions, and the whole state as update V1.
/// Binary forms in base64; client ids are keys, so they are strings.
[[nodiscard]] QJsonObject stateToJson(const crdt::Doc &doc, const crdt::Text &text);

/// Formatting in the order in which JSON objects are read here, which is that of their keys.
[[nodiscard]] crdt::Attributes attributesFromJson(const QJsonValue &value);

} // namespace cowrite::desktop
