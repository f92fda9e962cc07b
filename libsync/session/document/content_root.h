#pragma once

#include "libsync/crdt/doc.h"

#include <QString>
#include <QStringList>

namespace cowrite::session {

/// The root of a Cowrite document's text.
inline constexpr char kContentRoot[] = "content";

/// The usual roots in which other programs keep a document (product.md), of those that hold
/// something here; the likeliest first.
[[nodiscard]] QStringList usualRootsIn(crdt::Doc &doc);

/// Whether the text under `root` can be edited as text: anything nested in it was made by a rich
/// editor, and editing around it would damage the structure.
[[nodiscard]] bool isPlainlyEditable(crdt::Doc &doc, const QString &root);

} // namespace cowrite::session
