#include "libsync/session/files/import.h"

#include "libsync/base/limits.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_tools.h"
#include "libsync/session/document/content_root.h"
#include "libsync/session/document/document_meta.h"
#include "libsync/session/document/room_identity.h"
#include "libsync/session/files/external_file.h"

#include <QFileInfo>

namespace cowrite::session {

namespace {

std::string nameOf(const QString &path)
{
    return "“" + QFileInfo(path).fileName().toStdString() + "”";
}

/// The update as V1, whichever format it is in; nothing for what is none. V1 is tried first: an
/// update V2 begins with a zero byte, which in V1 says that there are no structs, and then too much
/// follows.
std::optional<Bytes> asV1(Bytes bytes, crdt::Update &update)
{
    if (codec::decodeUpdate(bytes, update)) {
        return bytes;
    }
    Result<Bytes> converted =
        codec::convertUpdate(bytes, codec::UpdateFormat::V2, codec::UpdateFormat::V1);
    if (!converted || !codec::decodeUpdate(*converted, update)) {
        return std::nullopt;
    }
    return std::move(*converted);
}

QString rootNames(const crdt::Doc &doc)
{
    QStringList names;
    for (const crdt::SharedType &root : doc.roots()) {
        names.append(QString::fromStdString(root.name()));
    }
    return names.join(QLatin1String(", "));
}

Result<Imported> importUpdate(const FileContent &content, const QString &path)
{
    ImportedUpdate imported;
    imported.update = std::make_shared<crdt::Update>();
    std::optional<Bytes> bytes =
        asV1(Bytes(content.bytes.begin(), content.bytes.end()), *imported.update);
    if (!bytes) {
        return fail(ErrorCode::WrongKind,
                    nameOf(path) +
                        " is neither text in UTF-8 nor a whole document of a Yjs program.");
    }
    imported.bytes = std::move(*bytes);
    // What is in it shows in a document only.
    SystemRng rng;
    crdt::Doc doc(rng);
    const crdt::Origin origin = crdt::Origin::of(&doc);
    if (const auto applied = codec::applyUpdate(doc, imported.bytes, origin); !applied) {
        return tl::unexpected(applied.error());
    }
    if (doc.hasPending()) {
        return fail(ErrorCode::Unsupported, nameOf(path) +
                                                " is only a part of a document. Open a file with "
                                                "the whole of it.");
    }
    imported.identity = QString::fromStdString(identityIn(imported.bytes).value_or(std::string()));
    if (imported.identity.isEmpty() && usualRootsIn(doc).isEmpty()) {
        const QString names = rootNames(doc);
        return fail(ErrorCode::Unsupported,
                    nameOf(path) + (names.isEmpty()
                                        ? " holds no text that Cowrite could show."
                                        : " holds no text that Cowrite could show. It has these "
                                          "parts: " +
                                              names.toStdString() + "."));
    }
    const DocumentMeta meta(doc, origin);
    imported.title = meta.title().isEmpty() ? QFileInfo(path).completeBaseName() : meta.title();
    imported.kind = meta.kind();
    return Imported(std::move(imported));
}

} // namespace

Result<Imported> readImport(const QString &path)
{
    const Result<FileContent> content = readContent(path, limits::kMaxMessageBytes);
    if (!content) {
        return tl::unexpected(content.error());
    }
    Result<TextFile> text = decodeTextFile(content->bytes, path);
    if (!text && text.error().code == ErrorCode::WrongKind) {
        return importUpdate(*content, path);
    }
    return text ? Result<Imported>(ImportedText{std::move(*text), content->bytes})
                : tl::unexpected(text.error());
}

} // namespace cowrite::session
