#include "fixture.h"

#include "libsync/codec/update_codec.h"

#include <QFile>
#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

namespace {

QByteArray asByteArray(const Bytes &bytes)
{
    return {reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

QByteArray stateOf(const crdt::Doc &doc, codec::UpdateFormat format = codec::UpdateFormat::V1)
{
    return asByteArray(codec::encodeStateAsUpdate(doc, {}, format));
}

} // namespace

class ImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUpdateBecomesTheDocumentThatIsInIt_data();
    void anUpdateBecomesTheDocumentThatIsInIt();
    void anUpdateOfADocumentThatIsHereGoesIntoIt();
    void whatComesOutOfAFileWaitsForTheServer();
    void aDocumentOfAnotherProgramKeepsItsRootAndIsKnownAgain();
    void aStructureThatCannotBeEditedIsShownOnly();
    void whatCannotBeOpenedGivesASentence_data();
    void whatCannotBeOpenedGivesASentence();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return path;
    }

    Replica &open(TestPerson &person, const QString &path)
    {
        const auto opened = person.import(path);
        if (!opened) {
            qFatal("%s", opened.error().message.c_str());
        }
        if (!QTest::qWaitFor([&] { return (*opened)->isLoaded(); }, 20'000)) {
            qFatal("not loaded");
        }
        return **opened;
    }

    QTemporaryDir m_folder;
};

void ImportTest::anUpdateBecomesTheDocumentThatIsInIt_data()
{
    QTest::addColumn<bool>("isV2");
    QTest::newRow("v1") << false;
    QTest::newRow("v2") << true;
}

void ImportTest::anUpdateBecomesTheDocumentThatIsInIt()
{
    QFETCH(bool, isV2);
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &hers = ann.create(QStringLiteral("Plan"), u"one\ntwo\n");
    const QString path =
        write(QStringLiteral("copy.yjs"),
              stateOf(hers.doc(), isV2 ? codec::UpdateFormat::V2 : codec::UpdateFormat::V1));
    Replica &his = open(bob, path);
    QCOMPARE(textOf(his), QStringLiteral("one\ntwo\n"));
    QCOMPARE(his.title(), QStringLiteral("Plan"));
    QCOMPARE(his.identityKey(), hers.identityKey());
    QVERIFY(!his.isReadOnly());
    QCOMPARE(his.link(), LinkState::Local);
    // It is the same document: what each writes fits to the other.
    type(his, 8, u"three\n");
    type(hers, 0, u"zero\n");
    open(ann, write(QStringLiteral("back.yjs"), stateOf(his.doc())));
    QCOMPARE(textOf(hers), QStringLiteral("zero\none\ntwo\nthree\n"));

    bob.restart();
    Replica *const again = bob.profile().open(bob.profile().documents().first().id).value();
    QTRY_VERIFY(again->isLoaded());
    QCOMPARE(textOf(*again), QStringLiteral("one\ntwo\nthree\n"));
}

void ImportTest::anUpdateOfADocumentThatIsHereGoesIntoIt()
{
    TestPerson ann(QStringLiteral("Ann"));
    Replica &hers = ann.create(QStringLiteral("Plan"), u"one\n");
    const QString path = write(QStringLiteral("old.yjs"), stateOf(hers.doc()));
    type(hers, 4, u"two\n");
    QCOMPARE(&open(ann, path), &hers);
    QCOMPARE(textOf(hers), QStringLiteral("one\ntwo\n"));
    ann.restart();
    Replica &again = open(ann, path);
    QCOMPARE(textOf(again), QStringLiteral("one\ntwo\n"));
    QCOMPARE(ann.profile().documents().size(), 1);
}

void ImportTest::whatComesOutOfAFileWaitsForTheServer()
{
    TestServer server;
    server.start();
    TestPerson ann(QStringLiteral("Ann"));
    TestPerson bob(QStringLiteral("Bob"));
    Replica &his = bob.join(server.address(QStringLiteral("x")));
    QTRY_VERIFY(!his.identityKey().isEmpty());
    type(his, 0, u"one");
    Replica &hers = ann.join(server.address(QStringLiteral("x")));
    QTRY_COMPARE(textOf(hers), QStringLiteral("one"));
    QTRY_COMPARE(his.edits().waiting, quint64(0));
    server.stop();
    QTRY_COMPARE(his.link(), LinkState::Offline);
    QTRY_COMPARE(hers.link(), LinkState::Offline);
    type(his, 3, u" two");
    bob.close();

    TestPerson carl(QStringLiteral("Carl"));
    const QString path = [&] {
        bob.open();
        Replica &again = *bob.profile().open(bob.profile().documents().first().id).value();
        [&] { QTRY_VERIFY(again.isLoaded()); }();
        return write(QStringLiteral("stick.yjs"), stateOf(again.doc()));
    }();
    bob.close();
    QCOMPARE(&open(ann, path), &hers);
    QTRY_COMPARE(textOf(hers), QStringLiteral("one two"));
    QTRY_COMPARE(hers.edits().waiting, quint64(1));
    // There is nothing in it a second time.
    QCOMPARE(&open(ann, path), &hers);
    QCOMPARE(hers.edits().waiting, quint64(1));
    ann.restart();
    QVERIFY(ann.profile().documents().first().state == DocumentState::Waiting);
    server.start();
    QTRY_COMPARE(textOf(carl.join(server.address(QStringLiteral("x")))), QStringLiteral("one two"));
    QTRY_VERIFY(ann.profile().documents().first().state == DocumentState::Synced);
}

void ImportTest::aDocumentOfAnotherProgramKeepsItsRootAndIsKnownAgain()
{
    TestPerson ann(QStringLiteral("Ann"));
    SeededRng rng(1);
    crdt::Doc foreign(rng);
    QVERIFY(foreign.text("codemirror")->insert(0, u"from elsewhere").has_value());
    const QString path = write(QStringLiteral("their notes.bin"), stateOf(foreign));
    Replica &first = open(ann, path);
    QCOMPARE(first.contentRoot(), QStringLiteral("codemirror"));
    QCOMPARE(textOf(first), QStringLiteral("from elsewhere"));
    QCOMPARE(first.title(), QStringLiteral("their notes"));
    // None of our roots is written into it.
    QCOMPARE(first.identityKey(), QString());
    QCOMPARE(stateOf(first.doc()), stateOf(foreign));
    QCOMPARE(&open(ann, path), &first);
    ann.restart();
    QCOMPARE(textOf(open(ann, path)), QStringLiteral("from elsewhere"));
    QCOMPARE(ann.profile().documents().size(), 1);
}

void ImportTest::aStructureThatCannotBeEditedIsShownOnly()
{
    TestPerson ann(QStringLiteral("Ann"));
    SeededRng rng(1);
    crdt::Doc foreign(rng);
    auto fragment = *foreign.xmlFragment("prosemirror");
    QVERIFY(fragment.insert(0, {crdt::NewXmlElement{"paragraph", {}, {}}}).has_value());
    Replica &replica = open(ann, write(QStringLiteral("rich.yjs"), stateOf(foreign)));
    QVERIFY(replica.isReadOnly());
}

void ImportTest::whatCannotBeOpenedGivesASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("sentence");
    SeededRng rng(1);
    crdt::Doc maps(rng);
    QVERIFY(maps.map("settings")->set("a", crdt::Any(1.0)).has_value());
    QVERIFY(maps.array("list")->push({crdt::Any(1.0)}).has_value());
    crdt::Doc whole(rng);
    QVERIFY(whole.text("content")->insert(0, u"one").has_value());
    const crdt::StateVector before = whole.stateVector();
    QVERIFY(whole.text("content")->insert(3, u"two").has_value());
    const QByteArray update = stateOf(whole);

    QTest::newRow("neither") << QByteArray("\x89PNG\r\n\x1a\n\0", 9)
                             << QStringLiteral("“file” is neither text in UTF-8 nor a whole "
                                               "document of a Yjs program.");
    QTest::newRow("cut off") << update.chopped(3)
                             << QStringLiteral("“file” is neither text in UTF-8 nor a whole "
                                               "document of a Yjs program.");
    QTest::newRow("a part") << asByteArray(codec::encodeStateAsUpdate(whole, before))
                            << QStringLiteral("“file” is only a part of a document. Open a file "
                                              "with the whole of it.");
    QTest::newRow("no text") << stateOf(maps)
                             << QStringLiteral("“file” holds no text that Cowrite could show. It "
                                               "has these parts: settings, list.");
    QTest::newRow("nothing at all")
        << QByteArray("\0\0", 2) << QStringLiteral("“file” holds no text that Cowrite could show.");
}

void ImportTest::whatCannotBeOpenedGivesASentence()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, sentence);
    TestPerson ann(QStringLiteral("Ann"));
    const auto opened = ann.import(write(QStringLiteral("file"), bytes));
    QVERIFY(!opened.has_value());
    QCOMPARE(QString::fromStdString(opened.error().message), sentence);
    QVERIFY(ann.profile().documents().isEmpty());
}

QTEST_GUILESS_MAIN(ImportTest)
#include "import_test.moc"
