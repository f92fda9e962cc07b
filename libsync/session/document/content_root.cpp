#include "libsync/session/document/content_root.h"

#include <algorithm>
#include <array>

namespace cowrite::session {

namespace {

constexpr std::array kUsualRoots{"content", "codemirror", "monaco",     "quill",
                                 "default", "source",     "prosemirror"};

} // namespace

QStringList usualRootsIn(crdt::Doc &doc)
{
    const std::vector<crdt::SharedType> roots = doc.roots();
    QStringList found;
    for (const char *name : kUsualRoots) {
        const bool isThere =
            std::any_of(roots.begin(), roots.end(), [&](const crdt::SharedType &root) {
                return root.name() == name && (root.kind() == crdt::TypeKind::Untyped ||
                                               root.kind() == crdt::TypeKind::Text);
            });
        if (!isThere) {
            continue;
        }
        // A root has no kind on the wire: reading it as text is how one finds out.
        const Result<crdt::Text> text = doc.text(name);
        if (text && text->length() > 0) {
            found.append(QLatin1String(name));
        }
    }
    return found;
}

bool isPlainlyEditable(crdt::Doc &doc, const QString &root)
{
    const Result<crdt::Text> text = doc.text(root.toStdString());
    if (!text) {
        return false;
    }
    const crdt::Delta delta = text->toDelta();
    return std::none_of(delta.begin(), delta.end(), [](const crdt::DeltaOp &op) {
        return std::any_of(op.values.begin(), op.values.end(),
                           [](const crdt::Value &value) { return value.isType(); });
    });
}

} // namespace cowrite::session
