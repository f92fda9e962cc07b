#include "file_fixture.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/base_texts.h"

#include <QCoreApplication>
#include <QElapsedTimer>

using namespace cowrite;
using namespace cowrite::session;

/// A document and a file that are kept in step no longer.
class LinkedFileEndsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFileOfOneRootIsNotThatOfAnother();
    void nothingIsWrittenOnceItIsStopped();
};

void LinkedFileEndsTest::theFileOfOneRootIsNotThatOfAnother()
{
    SystemRng rng;
    crdt::Doc foreign(rng);
    QVERIFY(foreign.text("codemirror")->insert(0, u"first\n").has_value());
    QVERIFY(foreign.text("monaco")->insert(0, u"second\n").has_value());
    const Bytes update = codec::encodeStateAsUpdate(foreign);
    Writer ann;
    ann.path = ann.folder.filePath(QStringLiteral("foreign.yjs"));
    ann.import(QByteArray(reinterpret_cast<const char *>(update.data()),
                          static_cast<qsizetype>(update.size())));
    ann.path = ann.folder.filePath(QStringLiteral("notes.txt"));
    ann.replica->chooseContentRoot(QStringLiteral("codemirror"));
    ann.replica->keepFile(ann.path, ExistingText::Replace);
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("first\n"), kPatience);

    ann.replica->chooseContentRoot(QStringLiteral("monaco"));
    QVERIFY(!ann.replica->isFileKept());
    QCOMPARE(ann.replica->filePath(), QString());
    ann.keep();
    QTRY_VERIFY_WITH_TIMEOUT(contentOf(ann.path).contains("second\n"), kPatience);
    QVERIFY2(contentOf(ann.path).contains("first\n"), contentOf(ann.path).constData());
}

void LinkedFileEndsTest::nothingIsWrittenOnceItIsStopped()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    type(*ann.replica, 4, u"two\n");
    // The moment in which the file is about to be written.
    const BaseTexts bases(ann.person.folder());
    const QString next = BaseTexts::nameOf("one\ntwo\n");
    QElapsedTimer timer;
    timer.start();
    while (!bases.read(ann.id, next) && timer.elapsed() < kPatience) {
        QCoreApplication::processEvents();
    }
    ann.replica->stopKeepingFile();
    ann.closeAll();
    QCOMPARE(contentOf(ann.path), QByteArray("one\n"));
}

QTEST_GUILESS_MAIN(LinkedFileEndsTest)
#include "linked_file_ends_test.moc"
