#include "app/ctl/export_documents.h"

#include "app/ctl/files.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/codec/update_codec.h"
#include "libsync/session/document/content_root.h"
#include "libsync/session/document/document_meta.h"
#include "libsync/session/files/import.h"
#include "libsync/session/files/replica_notes.h"
#include "libsync/store/backup.h"
#include "libsync/store/damage.h"
#include "libsync/store/log.h"
#include "ui/look/rendering.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <memory>

namespace cowrite::ctl {

namespace {

/// Of a name, in UTF-8; file systems take 255, and an ending and a number come after it.
constexpr qsizetype kMaxNameBytes = 200;

QByteArray asByteArray(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

Result<void> writeBytes(const std::string &target, const QByteArray &bytes)
{
    return writeFile(target, ByteView(reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                                      static_cast<std::size_t>(bytes.size())));
}

/// The root that holds the text; nothing if there is none that could be written as text.
std::optional<QString> textRoot(crdt::Doc &doc)
{
    const QString content = QLatin1String(session::kContentRoot);
    const bool isOurs = !session::DocumentMeta(doc, {}).id().isEmpty();
    const QStringList usual = isOurs ? QStringList{content} : session::usualRootsIn(doc);
    const QString root = usual.isEmpty() ? content : usual.first();
    return session::isPlainlyEditable(doc, root) ? std::optional(root) : std::nullopt;
}

QString suffixOf(const ExportedDocument &document, ExportFormat format)
{
    switch (format) {
    case ExportFormat::Text:
        return session::suffixOf(document.kind);
    case ExportFormat::Html:
        return QStringLiteral(".html");
    case ExportFormat::Pdf:
        return QStringLiteral(".pdf");
    case ExportFormat::UpdateV1:
        return QStringLiteral(".yjs");
    case ExportFormat::UpdateV2:
        return QStringLiteral(".yjs2");
    }
    return {};
}

/// Fonts need one; it needs no screen.
std::unique_ptr<QGuiApplication> applicationForFonts()
{
    if (QCoreApplication::instance() != nullptr) {
        return nullptr;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static int count = 1;
    static std::array<char, 11> name{"cowritectl"};
    static std::array<char *, 2> arguments{name.data(), nullptr};
    return std::make_unique<QGuiApplication>(count, arguments.data());
}

/// All of a stored document that could be read.
void fill(crdt::Doc &doc, const store::StoredDocument &stored, bool &isDamaged)
{
    const crdt::Origin origin = crdt::Origin::of(&doc);
    isDamaged = store::damagedContentRows(stored) > 0;
    const auto take = [&](ByteView update) {
        isDamaged |= !codec::applyUpdate(doc, update, origin).has_value();
    };
    if (!stored.checkpoint.empty()) {
        take(stored.checkpoint);
    }
    for (const store::StoredUpdate &update : stored.updates) {
        take(update.bytes);
    }
}

Result<void> makeDocument(crdt::Doc &doc, const session::TextFile &text, Rng &rng)
{
    const SystemClock clock;
    session::DocumentMeta(doc, {}).create(text.title, text.kind, clock, rng);
    return doc.text(session::kContentRoot)->insert(0, text.text);
}

ExportedDocument describe(crdt::Doc &doc, const store::DocumentInfo &info)
{
    const session::DocumentMeta meta(doc, {});
    ExportedDocument document;
    document.title = meta.title();
    for (const std::string &other : {info.title, info.key}) {
        if (document.title.isEmpty()) {
            document.title = QString::fromStdString(other);
        }
    }
    document.kind = meta.id().isEmpty()
                        ? session::documentKindFromString(QString::fromStdString(info.kind))
                        : meta.kind();
    document.form = session::ReplicaNotes::fromJson(info.extra).form;
    return document;
}

/// A document that is left out keeps the file of an earlier export.
void exportOne(store::Log &log, const store::DocumentInfo &info,
               const std::filesystem::path &target, ExportFormat format, ExportReport &report)
{
    SystemRng rng;
    crdt::Doc doc(rng);
    const auto leaveOut = [](QStringList &list, const ExportedDocument &document,
                             const Error &error) {
        list.append(QStringLiteral("“%1” is left out: %2")
                        .arg(document.title, QString::fromStdString(error.message)));
    };
    const Result<store::StoredDocument> stored = log.load(info.id);
    if (!stored) {
        leaveOut(report.failed, describe(doc, info), stored.error());
        return;
    }
    bool isDamaged = false;
    fill(doc, *stored, isDamaged);
    const ExportedDocument document = describe(doc, info);
    if (isDamaged) {
        report.failed.append(QStringLiteral("“%1” is damaged: what could not be read is missing.")
                                 .arg(document.title));
    }
    const Result<QByteArray> content = fileContent(doc, document, format);
    if (!content) {
        leaveOut(report.leftOut, document, content.error());
        return;
    }
    const QString name = safeFileName(document, format, report.written);
    if (const auto written = writeBytes((target / name.toStdString()).string(), *content)) {
        report.written.append(name);
    } else {
        leaveOut(report.failed, document, written.error());
    }
}

} // namespace

std::optional<ExportFormat> exportFormatFrom(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, ExportFormat>, 5> kNames{{
        {"text", ExportFormat::Text},
        {"html", ExportFormat::Html},
        {"pdf", ExportFormat::Pdf},
        {"update", ExportFormat::UpdateV1},
        {"update-v2", ExportFormat::UpdateV2},
    }};
    const auto *const found = std::find_if(
        kNames.begin(), kNames.end(), [name](const auto &entry) { return entry.first == name; });
    return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

Result<QByteArray> fileContent(crdt::Doc &doc, const ExportedDocument &document,
                               ExportFormat format)
{
    if (format == ExportFormat::UpdateV1 || format == ExportFormat::UpdateV2) {
        return asByteArray(codec::encodeStateAsUpdate(
            doc, {},
            format == ExportFormat::UpdateV2 ? codec::UpdateFormat::V2 : codec::UpdateFormat::V1));
    }
    if (document.kind == session::DocumentKind::Table) {
        return fail(ErrorCode::Unsupported, "it is a table. Take the format update.");
    }
    const std::optional<QString> root = textRoot(doc);
    if (!root) {
        return fail(ErrorCode::Unsupported, "it holds more than text. Take the format update.");
    }
    const std::u16string text = doc.text(root->toStdString())->toString();
    if (format == ExportFormat::Text) {
        return session::encodeText(text, document.form);
    }
    const ui::Page page{document.title, QString::fromStdU16String(text), document.kind};
    const auto application = applicationForFonts();
    return format == ExportFormat::Html ? ui::toHtml(page) : ui::toPdf(page);
}

Result<QByteArray> contentOf(ByteView update, const QString &name, ExportFormat format)
{
    SystemRng rng;
    crdt::Doc doc(rng);
    if (const auto done = codec::applyUpdate(doc, update, crdt::Origin::of(&doc)); !done) {
        return tl::unexpected(done.error());
    }
    store::DocumentInfo info;
    info.key = name.toStdString();
    return fileContent(doc, describe(doc, info), format);
}

Result<Bytes> updateOf(const std::string &file)
{
    const Result<session::Imported> imported = session::readImport(QString::fromStdString(file));
    if (!imported) {
        return tl::unexpected(imported.error());
    }
    if (const auto *update = std::get_if<session::ImportedUpdate>(&*imported)) {
        return update->bytes;
    }
    SystemRng rng;
    crdt::Doc doc(rng);
    const auto made = makeDocument(doc, std::get<session::ImportedText>(*imported).file, rng);
    return made ? Result<Bytes>(codec::encodeStateAsUpdate(doc, {})) : tl::unexpected(made.error());
}

QString safeFileName(const ExportedDocument &document, ExportFormat format,
                     const QStringList &taken)
{
    static const QString forbidden = QStringLiteral("/\\:*?\"<>|");
    QString name = document.title;
    for (QChar &character : name) {
        if (!character.isPrint() || forbidden.contains(character)) {
            character = QLatin1Char('-');
        }
    }
    name = name.trimmed();
    // Neither hidden, nor the folder itself or the one above it.
    while (name.startsWith(QLatin1Char('.'))) {
        name.remove(0, 1);
    }
    QString suffix = suffixOf(document, format);
    const QString own = QFileInfo(name).suffix();
    if (name.endsWith(suffix, Qt::CaseInsensitive)) {
        name.chop(suffix.size());
    } else if (format == ExportFormat::Text && document.kind == session::DocumentKind::Code &&
               !own.isEmpty()) {
        suffix = QLatin1Char('.') + own;
        name.chop(suffix.size());
    }
    while (name.toUtf8().size() > kMaxNameBytes) {
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    }
    if (name.isEmpty()) {
        name = QStringLiteral("Untitled");
    }
    QString unique = name + suffix;
    // Some file systems do not tell capitals from small letters.
    for (int number = 2; taken.contains(unique, Qt::CaseInsensitive); ++number) {
        unique = QStringLiteral("%1 (%2)%3").arg(name).arg(number).arg(suffix);
    }
    return unique;
}

Result<ExportReport> exportFolder(const std::filesystem::path &folder,
                                  const std::filesystem::path &target, ExportFormat format)
{
    // The program that has the log open keeps it for itself: what is read is a copy.
    const QTemporaryDir copies;
    if (!copies.isValid()) {
        return fail(ErrorCode::Io,
                    "There is no place for a copy: " + copies.errorString().toStdString() + '.');
    }
    const std::filesystem::path copy = copies.path().toStdString();
    if (const Result<> copied = store::backUp(folder, copy / store::Log::kFileName); !copied) {
        return tl::unexpected(copied.error());
    }
    const SystemClock clock;
    const auto log = store::Log::open(copy, clock);
    if (!log) {
        return tl::unexpected(log.error());
    }
    std::error_code error;
    std::filesystem::create_directories(target, error);
    if (error) {
        return fail(ErrorCode::Io, target.string() + " cannot be made: " + error.message() + '.');
    }
    ExportReport report;
    for (const store::DocumentInfo &info : (*log)->documents()) {
        exportOne(**log, info, target, format, report);
    }
    return report;
}

Result<void> exportFile(const std::string &file, const std::string &target, ExportFormat format)
{
    const Result<session::Imported> imported = session::readImport(QString::fromStdString(file));
    if (!imported) {
        return tl::unexpected(imported.error());
    }
    const auto *update = std::get_if<session::ImportedUpdate>(&*imported);
    if (update == nullptr) {
        return fail(ErrorCode::WrongKind, file + " is a text already.");
    }
    SystemRng rng;
    crdt::Doc doc(rng);
    if (const auto done = codec::applyUpdate(doc, update->bytes, crdt::Origin::of(&doc)); !done) {
        return tl::unexpected(done.error());
    }
    const Result<QByteArray> content = fileContent(doc, {update->title, update->kind, {}}, format);
    return content ? writeBytes(target, *content)
                   : fail(content.error().code,
                          file + " cannot be written so: " + content.error().message);
}

Result<void> importFile(const std::string &file, const std::string &target, ExportFormat format)
{
    const Result<session::TextFile> text = session::readTextFile(QString::fromStdString(file));
    if (!text) {
        return tl::unexpected(text.error());
    }
    SystemRng rng;
    crdt::Doc doc(rng);
    if (const auto made = makeDocument(doc, *text, rng); !made) {
        return made;
    }
    return writeBytes(target, *fileContent(doc, {}, format));
}

} // namespace cowrite::ctl
