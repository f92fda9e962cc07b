#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/crdt/doc.h"
#include "libsync/session/document/document_info.h"
#include "libsync/session/document/identity.h"

#include <QString>

namespace cowrite::session {

/// What a document says about itself and who wrote in it: the roots `meta` and `users`
/// (product.md). Reading never writes.
class DocumentMeta {
public:
    /// `doc` outlives this object. Changes are made with `origin`.
    DocumentMeta(crdt::Doc &doc, crdt::Origin origin) : m_doc(doc), m_origin(origin) {}

    /// The identity, set once by the creator; empty if the document has none.
    [[nodiscard]] QString id() const { return text("id"); }
    [[nodiscard]] QString title() const { return text("title"); }
    /// Text if the document does not say.
    [[nodiscard]] DocumentKind kind() const { return documentKindFromString(text("kind")); }

    /// The id of a language ("python"); empty if the document does not say.
    [[nodiscard]] QString language() const { return text("language"); }

    /// Makes it a Cowrite document with a new identity. Nothing happens if it has one.
    void create(const QString &title, DocumentKind kind, const Clock &clock, Rng &rng);
    void setTitle(const QString &title) { setText("title", title); }
    void setLanguage(const QString &language) { setText("language", language); }
    /// Notes that `author` writes under the document's client id, unless that is known.
    void noteAuthor(const Identity &author);

private:
    [[nodiscard]] QString text(std::string_view key) const;
    void setText(std::string_view key, const QString &value);

    crdt::Doc &m_doc;
    crdt::Origin m_origin;
};

} // namespace cowrite::session
