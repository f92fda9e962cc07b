#include "file_fixture.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/files/base_texts.h"

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
    void twoDocumentsAreNotKeptInOneFile();
    void aFileOfMixedLineEndsIsLeftAsItIsUntilAnEdit();
    void whatCouldNotBeReadAgainIsNotWritten();
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
    QVERIFY(ann.replica->keepFile(ann.path, ExistingText::Replace).has_value());
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

void LinkedFileEndsTest::twoDocumentsAreNotKeptInOneFile()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    Replica &other = ann.person.create(QStringLiteral("Other"), u"other\n");
    const Result<void> refused = other.keepFile(ann.path, ExistingText::Replace);
    QVERIFY(!refused.has_value());
    QCOMPARE(QString::fromStdString(refused.error().message),
             QStringLiteral("“notes.md” is kept in step with the document “notes.md”. Choose "
                            "another file."));
    QVERIFY(!other.isFileKept());
    // Once it is let go, the other one may have it, and is what the file opens as.
    ann.replica->stopKeepingFile();
    QVERIFY(other.keepFile(ann.path, ExistingText::Replace).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("other\n"), kPatience);
    QCOMPARE(ann.person.import(ann.path).value(), &other);
    QCOMPARE(textOf(*ann.replica), QStringLiteral("one\n"));
}

void LinkedFileEndsTest::aFileOfMixedLineEndsIsLeftAsItIsUntilAnEdit()
{
    const QByteArray mixed("one\r\ntwo\nthree\n");
    Writer ann;
    ann.import(mixed);
    ann.keep();
    ann.closeAll();
    QCOMPARE(contentOf(ann.path), mixed);
    ann.restart();
    type(*ann.replica, 0, u"zero\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("zero\none\ntwo\nthree\n"),
                              kPatience);
}

void LinkedFileEndsTest::whatCouldNotBeReadAgainIsNotWritten()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    type(*ann.replica, 0, std::u16string(1, u'\0'));
    QTRY_COMPARE_WITH_TIMEOUT(
        ann.replica->fileMessage(),
        QStringLiteral("This document has characters that cannot be in a text file. Your text is "
                       "safe in Cowrite, and goes into the file as soon as that is possible."),
        kPatience);
    QCOMPARE(contentOf(ann.path), QByteArray("one\n"));
    QVERIFY(ann.replica->content().remove(0, 1).has_value());
    type(*ann.replica, 0, std::u16string(kMaxTextFileBytes, u'x'));
    QTRY_VERIFY_WITH_TIMEOUT(ann.replica->fileMessage().startsWith(QStringLiteral(
                                 "“notes.md” is too large for a document: more than 8 MB.")),
                             kPatience);
    QCOMPARE(contentOf(ann.path), QByteArray("one\n"));
    QVERIFY(ann.replica->content().remove(0, kMaxTextFileBytes).has_value());
    type(*ann.replica, 4, u"two\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\n"), kPatience);
}

QTEST_GUILESS_MAIN(LinkedFileEndsTest)
#include "linked_file_ends_test.moc"
