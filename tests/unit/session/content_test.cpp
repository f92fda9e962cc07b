#include "libsync/codec/update_codec.h"
#include "libsync/session/document/content_root.h"
#include "libsync/session/document/document_meta.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

class ContentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theUsualRootsAreFoundInTheirOrder();
    void textIsEditableAndStructureIsNot();
    void anIdentityIsGivenOnce();
    void authorsAreNotedOnce();
    void aTitleIsWrittenOnlyIfItChanges();
};

void ContentTest::theUsualRootsAreFoundInTheirOrder()
{
    SeededRng rng(1);
    crdt::Doc other(rng);
    QVERIFY(other.text("quill")->insert(0, u"a").has_value());
    QVERIFY(other.text("codemirror")->insert(0, u"b").has_value());
    QVERIFY(other.text("unusual")->insert(0, u"c").has_value());
    (void)other.text("monaco");
    crdt::Doc doc(rng);
    QVERIFY(codec::applyUpdate(doc, codec::encodeStateAsUpdate(other), crdt::Origin::of(&other))
                .has_value());
    QCOMPARE(usualRootsIn(doc),
             (QStringList{QStringLiteral("codemirror"), QStringLiteral("quill")}));
}

void ContentTest::textIsEditableAndStructureIsNot()
{
    SeededRng rng(2);
    crdt::Doc doc(rng);
    QVERIFY(doc.text("content")->insert(0, u"text").has_value());
    QVERIFY(isPlainlyEditable(doc, QStringLiteral("content")));
    QVERIFY(isPlainlyEditable(doc, QStringLiteral("empty")));
    // What an editor of rich text keeps in its root: elements, here a list in a list.
    QVERIFY(doc.array("list")->push({crdt::NewArray{}}).has_value());
    crdt::Doc reader(rng);
    QVERIFY(codec::applyUpdate(reader, codec::encodeStateAsUpdate(doc), crdt::Origin::of(&doc))
                .has_value());
    QVERIFY(!isPlainlyEditable(reader, QStringLiteral("list")));
}

void ContentTest::anIdentityIsGivenOnce()
{
    SeededRng rng(3);
    ManualClock clock;
    crdt::Doc doc(rng);
    DocumentMeta meta(doc, {});
    QVERIFY(meta.id().isEmpty());
    meta.create(QStringLiteral("Plan"), DocumentKind::Markdown, clock, rng);
    const QString id = meta.id();
    QCOMPARE(id.size(), 22);
    QCOMPARE(meta.title(), QStringLiteral("Plan"));
    QVERIFY(meta.kind() == DocumentKind::Markdown);
    meta.create(QStringLiteral("Other"), DocumentKind::Code, clock, rng);
    QCOMPARE(meta.id(), id);
    QCOMPARE(meta.title(), QStringLiteral("Plan"));
}

void ContentTest::authorsAreNotedOnce()
{
    SeededRng rng(4);
    crdt::Doc doc(rng);
    DocumentMeta meta(doc, {});
    const Identity ann{QStringLiteral("u1"), QStringLiteral("Ann"), QStringLiteral("#112233")};
    meta.noteAuthor(ann);
    const crdt::StateVector once = doc.stateVector();
    meta.noteAuthor(ann);
    QVERIFY(doc.stateVector() == once);

    // Another session of the same person, under a new name.
    crdt::Doc again(rng);
    QVERIFY(codec::applyUpdate(again, codec::encodeStateAsUpdate(doc), crdt::Origin::of(&doc))
                .has_value());
    DocumentMeta(again, {}).noteAuthor(
        {QStringLiteral("u1"), QStringLiteral("Anna"), QStringLiteral("#112233")});
    const crdt::Map user(again.map("users")->get("u1")->type());
    QCOMPARE(QString::fromUtf8(user.get("name")->any().asString()), QStringLiteral("Anna"));
    const crdt::Array clients(user.get("clients")->type());
    QCOMPARE(clients.length(), 2u);
    QCOMPARE(clients.get(0)->any().asNumber(), static_cast<double>(doc.clientId()));
    QCOMPARE(clients.get(1)->any().asNumber(), static_cast<double>(again.clientId()));
}

void ContentTest::aTitleIsWrittenOnlyIfItChanges()
{
    SeededRng rng(5);
    ManualClock clock;
    crdt::Doc doc(rng);
    DocumentMeta meta(doc, {});
    meta.create(QStringLiteral("Plan"), DocumentKind::Text, clock, rng);
    const crdt::StateVector before = doc.stateVector();
    meta.setTitle(QStringLiteral("Plan"));
    QVERIFY(doc.stateVector() == before);
    meta.setTitle(QStringLiteral("Better"));
    QCOMPARE(meta.title(), QStringLiteral("Better"));
}

QTEST_GUILESS_MAIN(ContentTest)
#include "content_test.moc"
