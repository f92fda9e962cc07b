#include "libsync/session/document/room_identity.h"

#include "libsync/codec/update_codec.h"
#include "libsync/session/document/document_meta.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::session;

class RoomIdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWholeDocumentShowsItsIdentity();
    void whatComesLaterShowsNone();
    void otherDocumentsShowNone();
    void brokenBytesShowNone();
};

void RoomIdentityTest::aWholeDocumentShowsItsIdentity()
{
    SeededRng rng(1);
    ManualClock clock;
    crdt::Doc doc(rng);
    DocumentMeta meta(doc, {});
    meta.create(QStringLiteral("Plan"), DocumentKind::Text, clock, rng);
    QVERIFY(doc.text("content")->insert(0, u"hello").has_value());
    const auto identity = identityIn(codec::encodeStateAsUpdate(doc));
    QVERIFY(identity.has_value());
    QCOMPARE(QString::fromStdString(*identity), meta.id());
}

void RoomIdentityTest::whatComesLaterShowsNone()
{
    SeededRng rng(2);
    ManualClock clock;
    crdt::Doc doc(rng);
    DocumentMeta(doc, {}).create(QStringLiteral("Plan"), DocumentKind::Text, clock, rng);
    const crdt::StateVector known = doc.stateVector();
    QVERIFY(doc.text("content")->insert(0, u"hello").has_value());
    QVERIFY(!identityIn(codec::encodeStateAsUpdate(doc, known)).has_value());
}

void RoomIdentityTest::otherDocumentsShowNone()
{
    SeededRng rng(3);
    crdt::Doc doc(rng);
    QVERIFY(doc.map("other")->set("id", crdt::Any("x")).has_value());
    QVERIFY(doc.map("meta")->set("title", crdt::Any("x")).has_value());
    QVERIFY(doc.map("meta")->set("nested", crdt::NewMap{{{"id", crdt::Any("x")}}}).has_value());
    QVERIFY(!identityIn(codec::encodeStateAsUpdate(doc)).has_value());
    QVERIFY(doc.map("meta")->set("id", crdt::Any(7)).has_value());
    QVERIFY(!identityIn(codec::encodeStateAsUpdate(doc)).has_value());
}

void RoomIdentityTest::brokenBytesShowNone()
{
    const Bytes bytes{0x05, 0x01};
    QVERIFY(!identityIn(bytes).has_value());
}

QTEST_GUILESS_MAIN(RoomIdentityTest)
#include "room_identity_test.moc"
