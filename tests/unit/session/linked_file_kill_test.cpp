#include "libsync/session/files/linked_file.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/log/logged_doc.h"
#include "libsync/store/backup.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/session/file_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

namespace {

/// A document on its log, in step with a file, and what a kill would leave of both.
class Fixture : public QObject {
    QTemporaryDir m_folder;
    ManualClock m_clock;
    SeededRng m_rng{5};

public:
    Fixture()
    {
        store::LogOptions options;
        options.executor = [this](std::function<void()> function) {
            QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
        };
        log = store::Log::open(profile().toStdString(), m_clock, std::move(options)).value();
        info.key = "doc";
        info.id = log->createDocument(info).value();
        logged = std::make_unique<LoggedDoc>(
            *log, info.id, m_rng, [](const crdt::Transaction &) { return std::string("author"); });
        logged->setLoaded();
        file = std::make_unique<LinkedFile>(LinkedFile::Context{
            *log, BaseTexts(profile()), 1, QStringLiteral("tag"), notes,
            [this] {
                info.extra = notes.toJson();
                QVERIFY(log->updateDocument(info).has_value());
            },
            [this] { return *logged->doc().text("content"); }, [] { return false; }, [] {}});
        file->start();
    }

    [[nodiscard]] QString profile() const { return m_folder.filePath(QStringLiteral("profile")); }
    [[nodiscard]] std::u16string text() { return logged->doc().text("content")->toString(); }

    /// What the next start would find on the disk if the program ended now.
    struct Remains {
        std::u16string text;
        FileNotes file;
    };

    Remains remains()
    {
        const QString copy = m_folder.filePath(QStringLiteral("copy"));
        (void)QDir(copy).removeRecursively();
        (void)QDir().mkpath(copy);
        // All that has been queued may be on the disk by then.
        (void)log->flush();
        const std::filesystem::path target = copy.toStdString();
        (void)store::backUp(profile().toStdString(), target / store::Log::kFileName);
        const auto found = store::Log::open(target, m_clock).value();
        const store::StoredDocument stored = found->load(info.id).value();
        crdt::Doc doc(m_rng);
        for (const store::StoredUpdate &update : stored.updates) {
            (void)codec::applyUpdate(doc, update.bytes, crdt::Origin::of(this));
        }
        return {doc.text("content")->toString(), ReplicaNotes::fromJson(stored.info.extra).file};
    }

    QString path = m_folder.filePath(QStringLiteral("notes.txt"));
    ReplicaNotes notes;
    store::DocumentInfo info;
    std::unique_ptr<store::Log> log;
    std::unique_ptr<LoggedDoc> logged;
    std::unique_ptr<LinkedFile> file;
};

} // namespace

/// What a kill leaves of a document and its file, at the moments that matter.
class LinkedFileKillTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasMergedAndItsBaseAreStoredAsOne();
};

void LinkedFileKillTest::whatWasMergedAndItsBaseAreStoredAsOne()
{
    Fixture ann;
    put(ann.path, "one\n");
    ann.file->keep(ann.path, ExistingText::Merge);
    QTRY_COMPARE_WITH_TIMEOUT(ann.text(), u"one\n", kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(ann.remains().file.base, BaseTexts::nameOf("one\n"), kPatience);

    std::optional<Fixture::Remains> between;
    const Subscription subscription = ann.logged->changed.connect(
        [&](ByteView, store::Seq, const crdt::Transaction &) { between = ann.remains(); });
    put(ann.path, "one\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(ann.text(), u"one\ntheirs\n", kPatience);
    QVERIFY(between);
    // With the edits and without the base, the next start would not know whose they are.
    QCOMPARE(between->text, u"one\n");
    QCOMPARE(between->file.base, BaseTexts::nameOf("one\n"));
    const Fixture::Remains after = ann.remains();
    QCOMPARE(after.text, u"one\ntheirs\n");
    QCOMPARE(after.file.base, BaseTexts::nameOf("one\ntheirs\n"));
}

QTEST_GUILESS_MAIN(LinkedFileKillTest)
#include "linked_file_kill_test.moc"
