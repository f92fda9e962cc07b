#include "file_fixture.h"

#include "libsync/session/log/text_undo.h"
#include "tests/support/manual_clock.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <unistd.h>

using namespace cowrite;
using namespace cowrite::session;

class LinkedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsTypedIsSavedToTheFile();
    void lineEndsMarkPermissionsAndLinksStay();
    void whatAnotherProgramWritesComesIntoTheDocument();
    void whatAnotherProgramWroteIsUndoneAlone();
    void bothSidesAreMerged();
    void aFileThatIsReplacedIsNoticed();
    void whatHappenedWhileTheProgramWasNotRunningIsMerged();
    void whatWasBeingWrittenIsKnownAgain();
    void closingSavesToTheFileFirst();
    void aFileThatIsOnlyImportedIsNotWritten();
    void openingAFileAgainOpensItsDocument();
    void aRemovedFileIsAStateAndComesBack();
    void aRemovedFileIsMadeAgainWhenAsked();
    void whatIsNotTextIsLeftAlone();
    void anEmptiedFileIsBelievedAfterAWhile();
    void anotherFileIsReplacedWhenThePersonAgreed();
    void whatCouldNotBeReplacedIsReplacedAfterARestart();
    void whatWasNeverWrittenIsNoBase();
    void withoutABaseNothingIsTakenAway();
    void nothingIsLeftBesideTheFile();
};

void LinkedFileTest::whatIsTypedIsSavedToTheFile()
{
    Writer ann;
    ann.import("one\n");
    QCOMPARE(ann.replica->filePath(), ann.path);
    QVERIFY(!ann.replica->isFileKept());
    ann.keep();
    QVERIFY(ann.replica->isFileKept());
    type(*ann.replica, 4, u"two\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\n"), kPatience);
    type(*ann.replica, 0, u"grün 😀\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("grün 😀\none\ntwo\n"), kPatience);
    ann.replica->stopKeepingFile();
    QVERIFY(!ann.replica->isFileKept());
    QCOMPARE(ann.replica->fileMessage(), QString());
}

void LinkedFileTest::lineEndsMarkPermissionsAndLinksStay()
{
    Writer ann;
    QVERIFY(QDir(ann.folder.path()).mkdir(QStringLiteral("real")));
    const QString real = ann.folder.filePath(QStringLiteral("real/notes.md"));
    put(real, "\xef\xbb\xbfone\r\ntwo\r\n");
    const auto permissions = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                             QFile::ReadUser | QFile::WriteUser | QFile::ExeUser;
    QVERIFY(QFile::setPermissions(real, permissions));
    QVERIFY(QFile::link(QStringLiteral("real/notes.md"), ann.path));
    ann.open();
    QCOMPARE(textOf(*ann.replica), QStringLiteral("one\ntwo\n"));
    ann.keep();
    type(*ann.replica, 0, u"x\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(real), QByteArray("\xef\xbb\xbfx\r\none\r\ntwo\r\n"),
                              kPatience);
    QVERIFY(QFileInfo(ann.path).isSymLink());
    QCOMPARE(QFile::permissions(real), permissions);
}

void LinkedFileTest::whatAnotherProgramWritesComesIntoTheDocument()
{
    Writer ann;
    ann.import("one\ntwo\nthree\n");
    ann.keep();
    type(*ann.replica, 14, u"four\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\nthree\nfour\n"),
                              kPatience);
    // A place in the text stays where it is: only what changed is edited.
    const crdt::RelativePosition place = crdt::makeRelativePosition(ann.replica->content(), 10);
    put(ann.path, "one\n2\nthree\nfour\nfive\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), QStringLiteral("one\n2\nthree\nfour\nfive\n"),
                              kPatience);
    QCOMPARE(crdt::resolve(ann.replica->doc(), place)->index, 8U);
    QCOMPARE(contentOf(ann.path), QByteArray("one\n2\nthree\nfour\nfive\n"));
}

void LinkedFileTest::whatAnotherProgramWroteIsUndoneAlone()
{
    // The clock stands still, so that everything happens at once.
    const ManualClock clock;
    SystemRng rng;
    const QTemporaryDir folder;
    const auto profile =
        std::move(*Profile::open(folder.filePath(QStringLiteral("p")), clock, rng));
    Replica &replica = **profile->createDocument(QStringLiteral("Notes"), DocumentKind::Text);
    const QString path = folder.filePath(QStringLiteral("notes.txt"));
    replica.undo().track({});
    type(replica, 0, u"one\n");
    QVERIFY(replica.keepFile(path, ExistingText::Replace).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(path), QByteArray("one\n"), kPatience);
    put(path, "one\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(replica), QStringLiteral("one\ntheirs\n"), kPatience);
    type(replica, 0, u"two\n");
    replica.undo().undo();
    QCOMPARE(textOf(replica), QStringLiteral("one\ntheirs\n"));
    replica.undo().undo();
    QCOMPARE(textOf(replica), QStringLiteral("one\n"));
    replica.undo().undo();
    QCOMPARE(textOf(replica), QString());
}

void LinkedFileTest::bothSidesAreMerged()
{
    Writer ann;
    ann.import("one\ntwo\nthree\n");
    ann.keep();
    // In the same moment, before either side has seen the other.
    put(ann.path, "one\ntwo\nthree\ntheirs\n");
    type(*ann.replica, 0, u"ours\n");
    const QString both = QStringLiteral("ours\none\ntwo\nthree\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), both, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), both.toUtf8(), kPatience);
}

void LinkedFileTest::aFileThatIsReplacedIsNoticed()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    for (int i = 0; i < 3; ++i) {
        const QByteArray next = contentOf(ann.path) + "line\n";
        putByRenaming(ann.path, next);
        QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica).toUtf8(), next, kPatience);
    }
    type(*ann.replica, 0, u"ours\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("ours\none\nline\nline\nline\n"),
                              kPatience);
}

void LinkedFileTest::whatHappenedWhileTheProgramWasNotRunningIsMerged()
{
    Writer ann;
    ann.import("one\ntwo\nthree\n");
    ann.keep();
    type(*ann.replica, 0, u"ours\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("ours\none\ntwo\nthree\n"),
                              kPatience);
    // Not saved to the file any more: the program ends without having been asked.
    type(*ann.replica, 0, u"later\n");
    ann.person.close();
    put(ann.path, "ours\none\nthree\ntheirs\n");
    ann.restart();
    const QString both = QStringLiteral("later\nours\none\nthree\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), both, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), both.toUtf8(), kPatience);
}

void LinkedFileTest::whatWasBeingWrittenIsKnownAgain()
{
    // The moment after the file was replaced and before the log knows: the file is what the notes
    // call next. Then the same text is on both sides, and must not come twice.
    Writer ann;
    ann.import("one\n");
    ann.keep();
    type(*ann.replica, 4, u"tw");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntw"), kPatience);
    QTRY_VERIFY(ann.replica->edits().unsaved == 0);
    ann.closeAll();
    ann.person.close();
    const BaseTexts bases(ann.person.folder());
    QVERIFY(bases.write(ann.id, "one\n").has_value());
    ann.changeNotes([](ReplicaNotes &notes) {
        notes.file.next = std::exchange(notes.file.base, BaseTexts::nameOf("one\n"));
    });
    ann.restart();
    type(*ann.replica, 6, u"o and more\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo and more\n"), kPatience);
    QCOMPARE(textOf(*ann.replica), QStringLiteral("one\ntwo and more\n"));
}

void LinkedFileTest::closingSavesToTheFileFirst()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    type(*ann.replica, 4, u"two\n");
    ann.closeAll();
    QCOMPARE(contentOf(ann.path), QByteArray("one\ntwo\n"));

    // One document alone, which may be opened again while it is being written.
    ann.replica = ann.person.profile().open(ann.person.profile().documents().first().id).value();
    QTRY_VERIFY(ann.replica->isLoaded());
    type(*ann.replica, 8, u"three\n");
    ann.person.profile().close(ann.replica);
    Replica *const again = ann.person.profile().open(ann.replica->id()).value();
    QCOMPARE(again, ann.replica);
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\nthree\n"), kPatience);
    ann.person.profile().close(again);
    QTRY_VERIFY_WITH_TIMEOUT(ann.person.profile().openReplicas().isEmpty(), kPatience);
}

void LinkedFileTest::aFileThatIsOnlyImportedIsNotWritten()
{
    Writer ann;
    ann.import("one\n");
    type(*ann.replica, 0, u"x");
    ann.closeAll();
    QCOMPARE(contentOf(ann.path), QByteArray("one\n"));
}

void LinkedFileTest::openingAFileAgainOpensItsDocument()
{
    Writer ann;
    ann.import("one\ntwo\n");
    const DocumentId id = ann.replica->id();
    type(*ann.replica, 0, u"ours\n");
    put(ann.path, "one\ntwo\ntheirs\n");
    ann.open();
    QCOMPARE(ann.replica->id(), id);
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), QStringLiteral("ours\none\ntwo\ntheirs\n"),
                              kPatience);
    ann.restart();
    put(ann.path, "one\ntwo\ntheirs\nmore\n");
    ann.open();
    QCOMPARE(ann.replica->id(), id);
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica),
                              QStringLiteral("ours\none\ntwo\ntheirs\nmore\n"), kPatience);
    QCOMPARE(ann.person.profile().documents().size(), 1);
    QCOMPARE(contentOf(ann.path), QByteArray("one\ntwo\ntheirs\nmore\n"));
}

void LinkedFileTest::aRemovedFileIsAStateAndComesBack()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    QSignalSpy changed(ann.replica, &Replica::fileChanged);
    QVERIFY(QFile::remove(ann.path));
    QTRY_VERIFY_WITH_TIMEOUT(ann.replica->isFileMissing(), kPatience);
    QCOMPARE(ann.replica->fileMessage(),
             QStringLiteral("“notes.md” is not there any more. Your text is safe in Cowrite, and "
                            "goes into the file as soon as that is possible."));
    QVERIFY(!changed.isEmpty());
    type(*ann.replica, 4, u"two\n");
    put(ann.path, "one\ntheirs\n");
    const QString both = QStringLiteral("one\ntwo\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), both.toUtf8(), kPatience);
    QCOMPARE(textOf(*ann.replica), both);
    QTRY_COMPARE(ann.replica->fileMessage(), QString());
}

void LinkedFileTest::aRemovedFileIsMadeAgainWhenAsked()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    QVERIFY(QFile::remove(ann.path));
    QTRY_VERIFY_WITH_TIMEOUT(ann.replica->isFileMissing(), kPatience);
    QVERIFY(!QFile::exists(ann.path));
    ann.replica->makeFileAgain();
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\n"), kPatience);
    QTRY_COMPARE(ann.replica->fileMessage(), QString());
}

void LinkedFileTest::whatIsNotTextIsLeftAlone()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    type(*ann.replica, 4, u"two\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\n"), kPatience);
    put(ann.path, QByteArray("\x89PNG\0\r\n", 7));
    type(*ann.replica, 8, u"three\n");
    QTRY_VERIFY_WITH_TIMEOUT(
        ann.replica->fileMessage().startsWith(QStringLiteral("“notes.md” is not a text file.")),
        kPatience);
    QCOMPARE(contentOf(ann.path), QByteArray("\x89PNG\0\r\n", 7));
    put(ann.path, "one\ntwo\ntheirs\n");
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), QByteArray("one\ntwo\nthree\ntheirs\n"),
                              kPatience);
    QTRY_COMPARE(ann.replica->fileMessage(), QString());
}

void LinkedFileTest::anEmptiedFileIsBelievedAfterAWhile()
{
    Writer ann;
    ann.import("one\ntwo\n");
    ann.keep();
    // Programs that save begin with nothing. Only who leaves it so means it.
    put(ann.path, {});
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), QString(), kPatience);
    QVERIFY2(timer.elapsed() > 1'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(ann.replica->fileMessage().isEmpty());
}

void LinkedFileTest::anotherFileIsReplacedWhenThePersonAgreed()
{
    Writer ann;
    ann.import("one\n");
    const QString other = ann.folder.filePath(QStringLiteral("other.txt"));
    put(other, "something else\n");
    QVERIFY(ann.replica->keepFile(other, ExistingText::Replace).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(other), QByteArray("one\n"), kPatience);
    QCOMPARE(textOf(*ann.replica), QStringLiteral("one\n"));
    QCOMPARE(contentOf(ann.path), QByteArray("one\n"));
    const QString fresh = ann.folder.filePath(QStringLiteral("fresh.txt"));
    QVERIFY(ann.replica->keepFile(fresh, ExistingText::Replace).has_value());
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(fresh), QByteArray("one\n"), kPatience);
    put(fresh, "one\ntwo\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), QStringLiteral("one\ntwo\n"), kPatience);
}

void LinkedFileTest::whatCouldNotBeReplacedIsReplacedAfterARestart()
{
    Writer ann;
    ann.import("one\n");
    const QString other = ann.folder.filePath(QStringLiteral("other.txt"));
    put(other, "something else\n");
    // Nothing can be written without its base.
    const QString bases = ann.person.folder() + QStringLiteral("/bases");
    QTRY_VERIFY_WITH_TIMEOUT(!QDir(bases).isEmpty(), kPatience);
    QVERIFY(QDir(bases).removeRecursively());
    put(bases, {});
    QVERIFY(ann.replica->keepFile(other, ExistingText::Replace).has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!ann.replica->fileMessage().isEmpty(), kPatience);
    ann.person.close();
    QVERIFY(QFile::remove(bases));
    ann.restart();
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(other), QByteArray("one\n"), kPatience);
    QCOMPARE(textOf(*ann.replica), QStringLiteral("one\n"));
}

void LinkedFileTest::whatWasNeverWrittenIsNoBase()
{
    // Ended between keeping what was to be written and writing it, with nothing in common before.
    Writer ann;
    ann.import("one\n");
    ann.keep();
    ann.closeAll();
    ann.person.close();
    ann.changeNotes(
        [](ReplicaNotes &notes) { notes.file.next = std::exchange(notes.file.base, QString()); });
    put(ann.path, "theirs\n");
    ann.restart();
    QTRY_VERIFY_WITH_TIMEOUT(textOf(*ann.replica).contains(QStringLiteral("theirs\n")), kPatience);
    QVERIFY2(textOf(*ann.replica).contains(QStringLiteral("one\n")),
             qPrintable(textOf(*ann.replica)));
}

void LinkedFileTest::withoutABaseNothingIsTakenAway()
{
    Writer ann;
    ann.import("one\ntwo\n");
    ann.keep();
    type(*ann.replica, 8, u"ours\n");
    ann.closeAll();
    ann.person.close();
    // As after a backup was taken back, which has the log alone.
    QVERIFY(QDir(ann.person.folder() + QStringLiteral("/bases")).removeRecursively());
    put(ann.path, "one\ntwo\ntheirs\n");
    ann.restart();
    const QString both = QStringLiteral("one\ntwo\ntheirs\nours\n");
    QTRY_COMPARE_WITH_TIMEOUT(textOf(*ann.replica), both, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), both.toUtf8(), kPatience);
}

void LinkedFileTest::nothingIsLeftBesideTheFile()
{
    Writer ann;
    ann.import("one\n");
    ann.keep();
    for (int i = 0; i < 3; ++i) {
        type(*ann.replica, 0, u"x");
        ann.person.profile().flush();
        QTRY_COMPARE_WITH_TIMEOUT(contentOf(ann.path), textOf(*ann.replica).toUtf8(), kPatience);
    }
    QCOMPARE(QDir(ann.folder.path()).entryList(QDir::Files | QDir::Hidden),
             QStringList{QStringLiteral("notes.md")});
    QVERIFY(QDir(ann.person.folder() + QStringLiteral("/bases")).entryList(QDir::Files).size() <=
            2);
}

QTEST_GUILESS_MAIN(LinkedFileTest)
#include "linked_file_test.moc"
